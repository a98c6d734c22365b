//! What a request is answered with: its head says what a browser may load and run of it.

/// The page around the book: nothing but our own files, and no markup's styles or scripts.
const OURS: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                        connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The files of the ebook: what a stranger wrote runs nothing and loads nothing from elsewhere.
const BOOKS: &str = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; \
                         base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// What a request is answered with.
pub(in crate::cli::preview) struct Response {
    /// 200, 404 and the like.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// The Content-Security-Policy.
    pub policy: &'static str,
    /// What is sent.
    pub body: Vec<u8>,
    /// The name under which it is saved, when it is not to be shown.
    pub file_name: Option<String>,
    /// What is sent behind it, for as long as the browser takes it.
    pub events: Option<Events>,
}

/// Server-sent events (the HTML standard, section 9.2): waits for the next and writes it.
pub(in crate::cli::preview) type Events = Box<dyn FnMut() -> String + Send>;

impl Response {
    /// Something that is there.
    pub(in crate::cli::preview) fn found(media: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status: 200, media, policy: OURS, body: body.into(), file_name: None, events: None }
    }

    /// Events as they happen.
    pub(in crate::cli::preview) fn of_events(events: Events) -> Response {
        Response { events: Some(events), ..Response::found("text/event-stream", Vec::new()) }
    }

    /// The same as a file to save.
    pub(in crate::cli::preview) fn into_file(self, name: &str) -> Response {
        Response { file_name: Some(name.to_owned()), ..self }
    }

    /// The same as a part of the ebook.
    pub(in crate::cli::preview) fn of_book(self) -> Response {
        Response { policy: BOOKS, ..self }
    }

    /// Something that is not.
    pub(in crate::cli::preview) fn missing() -> Response {
        Response::refused(404, "not found")
    }

    /// A request that is not answered, and why.
    pub(in crate::cli::preview) fn refused(status: u16, why: &str) -> Response {
        let body = why.as_bytes().to_vec();
        Response {
            status,
            media: "text/plain; charset=utf-8",
            policy: OURS,
            body,
            file_name: None,
            events: None,
        }
    }

    pub(super) fn head(&self) -> String {
        let Response { status, media, policy, body, file_name, events } = self;
        // names of outputs are slugs; whatever else came here would be no name
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let save = file_name.as_ref().map_or_else(String::new, |name| {
            let name: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
            format!("Content-Disposition: attachment; filename=\"{name}\"\r\n")
        });
        let length = match events {
            Some(_) => String::new(),
            None => format!("Content-Length: {}\r\n", body.len()),
        };
        let reason = match status {
            200 => "OK",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            409 => "Conflict",
            413 => "Content Too Large",
            _ => "Request Header Fields Too Large",
        };
        format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {media}\r\n{length}Allow: GET, HEAD, POST\r\n{save}\
             Cache-Control: no-store\r\nContent-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n\
             Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
        )
    }
}
