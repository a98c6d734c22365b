//! Just enough of HTTP/1.1 (RFC 9112) to show a book to a browser on the same
//! machine: one request a connection, `GET`, `HEAD`, and `POST` of a few words.
//!
//! Who asks is not trusted. A page of the web may send its reader's browser here,
//! under a name of its own (DNS rebinding) or this one; so `Host`, `Origin` and
//! `Sec-Fetch-Site` must be ours. Every head has a bound, every connection a
//! deadline, and there are so many connections at most: when one more comes the
//! oldest that has not finished asking goes, so that no number of slow clients
//! keeps a quick one waiting.
//!
//! What a `POST` asks for may change a file, so it must come from our own page: its
//! `Origin` is there and ours, and it brings the token that only our page was given.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest head of a request that is read, in bytes: a browser's has a tenth.
const LONGEST_HEAD: usize = 8192;
/// The longest body of a request that is read, in bytes.
const LONGEST_BODY: usize = 16 << 10;
/// How long a browser may take to ask, and to take the answer.
const TIME_TO_ASK: Duration = Duration::from_secs(5);
const TIME_TO_TAKE: Duration = Duration::from_secs(30);
/// So many connections at a time: a browser opens six to a host.
const MOST_CONNECTIONS: usize = 48;
/// The stack of a thread that answers: drawings on a page may be nested.
const STACK: usize = 8 << 20;

/// The page around the book: nothing but our own files, and no markup's styles or scripts.
pub(super) const OURS: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                        connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The files of the ebook: what a stranger wrote runs nothing and loads nothing from elsewhere.
pub(super) const BOOKS: &str = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; \
                         base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// What a request is answered with.
pub(super) struct Response {
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
pub(super) type Events = Box<dyn FnMut() -> String + Send>;

/// What is asked for, by somebody who may.
pub(super) struct Asked<'r> {
    /// The path, without its query.
    pub path: &'r str,
    /// What a `POST` brings; none when something is only looked at.
    pub post: Option<Post<'r>>,
}

/// What a `POST` brings.
pub(super) struct Post<'r> {
    /// The token of the page that sends it.
    pub token: &'r str,
    /// The body.
    pub body: &'r [u8],
}

/// Who answers: several requests may come at once.
pub(super) type Answer<'a> = &'a (dyn Fn(&Asked<'_>) -> Response + Sync);

impl Response {
    /// Something that is there.
    pub(super) fn found(media: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status: 200, media, policy: OURS, body: body.into(), file_name: None, events: None }
    }

    /// Events as they happen.
    pub(super) fn of_events(events: Events) -> Response {
        Response { events: Some(events), ..Response::found("text/event-stream", Vec::new()) }
    }

    /// The same as a file to save.
    pub(super) fn into_file(self, name: &str) -> Response {
        Response { file_name: Some(name.to_owned()), ..self }
    }

    /// The same as a part of the ebook.
    pub(super) fn of_book(self) -> Response {
        Response { policy: BOOKS, ..self }
    }

    /// Something that is not.
    pub(super) fn missing() -> Response {
        Response::refused(404, "not found")
    }

    /// A request that is not answered, and why.
    pub(super) fn refused(status: u16, why: &str) -> Response {
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

    fn head(&self) -> String {
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

/// Answers requests until the process ends.
pub(super) fn serve(listener: &TcpListener, answer: Answer<'_>) {
    let port = listener.local_addr().map_or(0, |address| address.port());
    let connections = Connections::default();
    thread::scope(|scope| {
        for (number, stream) in (0..).zip(listener.incoming().flatten()) {
            if !connections.welcome(number, &stream) {
                continue;
            }
            let connections = &connections;
            let talk = move || {
                // A browser that goes away in the middle is its own business.
                let _ = converse(stream, port, || connections.has_asked(number), answer);
                connections.part(number);
            };
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, talk).is_err() {
                connections.part(number);
            }
        }
    });
}

/// The connections of this moment, by their numbers.
#[derive(Default)]
struct Connections(Mutex<BTreeMap<u64, Connection>>);

struct Connection {
    stream: TcpStream,
    has_asked: bool,
}

impl Connections {
    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in one more; when there are too many, another goes: the oldest that
    /// is still asking, else the oldest.
    fn welcome(&self, number: u64, stream: &TcpStream) -> bool {
        let Ok(stream) = stream.try_clone() else { return false };
        let mut all = self.all();
        if all.len() >= MOST_CONNECTIONS {
            let asking = all.iter().find(|(_, one)| !one.has_asked).or_else(|| all.iter().next());
            if let Some(gone) = asking.map(|(number, _)| *number).and_then(|number| all.remove(&number)) {
                // its thread ends by it
                let _ = gone.stream.shutdown(Shutdown::Both);
            }
        }
        all.insert(number, Connection { stream, has_asked: false });
        true
    }

    fn has_asked(&self, number: u64) {
        if let Some(connection) = self.all().get_mut(&number) {
            connection.has_asked = true;
        }
    }

    fn part(&self, number: u64) {
        self.all().remove(&number);
    }
}

fn converse(
    mut stream: TcpStream,
    port: u16,
    has_asked: impl FnOnce(),
    answer: Answer<'_>,
) -> io::Result<()> {
    let asking = Instant::now() + TIME_TO_ASK;
    let asked = read_request(&mut stream, port, asking)?;
    has_asked();
    let (response, is_whole) = match asked {
        Ok((Request { path, method, token, .. }, body)) => {
            let post = (method == Method::Post).then_some(Post { token: &token, body: &body });
            (answer(&Asked { path: &path, post }), method != Method::Head)
        }
        Err(refused) => (refused, true),
    };
    let deadline = Instant::now() + TIME_TO_TAKE;
    send(&mut stream, response.head().as_bytes(), deadline)?;
    if is_whole {
        send(&mut stream, &response.body, deadline)?;
        if let Some(mut next) = response.events {
            // until the browser is gone, which the next event finds out
            loop {
                send(&mut stream, next().as_bytes(), Instant::now() + TIME_TO_TAKE)?;
            }
        }
    }
    stream.shutdown(Shutdown::Write)
}

/// Reads a request with its body; a refusal when it does not come in time or bounds.
fn read_request(
    stream: &mut TcpStream,
    port: u16,
    deadline: Instant,
) -> io::Result<Result<(Request, Vec<u8>), Response>> {
    let mut read = Vec::new();
    let end = loop {
        let from = read.len().saturating_sub(3);
        if let Err(refused) = read_more(stream, &mut read, deadline)? {
            return Ok(Err(refused));
        }
        if let Some(end) = read[from..].windows(4).position(|end| end == b"\r\n\r\n") {
            break from + end;
        }
        if read.len() > LONGEST_HEAD {
            return Ok(Err(Response::refused(431, "the request is too long")));
        }
    };
    let mut body = read.split_off(end + 4);
    read.truncate(end);
    let request = match Request::read(&read, port) {
        Ok(request) => request,
        Err(refused) => return Ok(Err(refused)),
    };
    while body.len() < request.length {
        if let Err(refused) = read_more(stream, &mut body, deadline)? {
            return Ok(Err(refused));
        }
    }
    body.truncate(request.length);
    Ok(Ok((request, body)))
}

/// Reads what has come, at the end of `read`.
fn read_more(
    stream: &mut TcpStream,
    read: &mut Vec<u8>,
    deadline: Instant,
) -> io::Result<Result<(), Response>> {
    let mut buffer = [0; 1024];
    stream.set_read_timeout(Some(left(deadline)?))?;
    let count = match stream.read(&mut buffer) {
        Ok(count) => count,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            return Ok(Err(Response::refused(408, "too slow")));
        }
        Err(error) => return Err(error),
    };
    if count == 0 {
        return Ok(Err(Response::refused(400, "no whole request")));
    }
    read.extend_from_slice(&buffer[..count]);
    Ok(Ok(()))
}

/// The time left; an error when there is none.
fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::Error::from(ErrorKind::TimedOut)) } else { Ok(left) }
}

/// Sends bytes to somebody who may take them slowly, but not for ever.
fn send(stream: &mut TcpStream, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left(deadline)?))?;
        let count = stream.write(bytes)?;
        bytes = bytes.get(count..).filter(|_| count > 0).ok_or(ErrorKind::WriteZero)?;
    }
    Ok(())
}

/// The methods that are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Get,
    Head,
    Post,
}

/// The head of a request by somebody who may ask.
#[derive(Debug, PartialEq)]
struct Request {
    path: String,
    method: Method,
    /// The token that came with it; empty when there is none.
    token: String,
    /// How many bytes of body follow.
    length: usize,
}

impl Request {
    /// Reads the head of a request to this machine's `port`.
    fn read(head: &[u8], port: u16) -> Result<Request, Response> {
        let bad = |why| Response::refused(400, why);
        let head = std::str::from_utf8(head).map_err(|_| bad("no text"))?;
        let mut lines = head.split("\r\n");
        let line: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let [method, target, "HTTP/1.1" | "HTTP/1.0"] = line[..] else { return Err(bad("no HTTP/1.1")) };
        let fields = lines.map(field).collect::<Option<Vec<_>>>().ok_or_else(|| bad("no header fields"))?;
        let fields = Fields(fields);
        judge(&fields, port)?;
        let method = match method {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            "POST" => Method::Post,
            _ => return Err(Response::refused(405, "only GET, HEAD and POST")),
        };
        if !target.starts_with('/') {
            return Err(bad("no path"));
        }
        let length = body_length(&fields, method)?;
        let path = target.split(['?', '#']).next().unwrap_or_default().to_owned();
        let token = fields.all("x-token").next().unwrap_or_default().to_owned();
        Ok(Request { path, method, token, length })
    }
}

/// How long the body is that a request may have: none but that of a `POST` of our own page.
fn body_length(fields: &Fields<'_>, method: Method) -> Result<usize, Response> {
    let lengths: Vec<&str> = fields.all("content-length").collect();
    let is_chunked = fields.all("transfer-encoding").next().is_some();
    if method != Method::Post {
        let has_body = is_chunked || lengths.iter().any(|length| *length != "0");
        let refused = Response::refused(400, "a request without a body, please");
        return if has_body { Err(refused) } else { Ok(0) };
    }
    // a browser sends the origin of every page that posts; which is ours, or we had refused
    if fields.all("origin").next().is_none() {
        return Err(Response::refused(403, "only for the page of the preview"));
    }
    match lengths[..] {
        [length] if !is_chunked && length.bytes().all(|byte| byte.is_ascii_digit()) => {
            let length = length.parse().ok().filter(|length| *length <= LONGEST_BODY);
            length.ok_or_else(|| Response::refused(413, "too long"))
        }
        _ => Err(Response::refused(400, "a body of known length, please")),
    }
}

/// The name and the value of a header field.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_token = |c: char| c.is_ascii_graphic() && !"\"(),/:;<=>?@[\\]{}".contains(c);
    (!name.is_empty() && name.chars().all(is_token)).then(|| (name, value.trim()))
}

/// The header fields of a request.
struct Fields<'f>(Vec<(&'f str, &'f str)>);

impl Fields<'_> {
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

/// Lets through what this machine's browser asks of this server, and what our own
/// pages ask.
fn judge(fields: &Fields<'_>, port: u16) -> Result<(), Response> {
    let of_ours = |host: &str| {
        let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
        let known = ["127.0.0.1", "localhost"].iter().any(|ours| name.eq_ignore_ascii_case(ours));
        known && given == port.to_string()
    };
    let refused = |why| Err(Response::refused(403, why));
    let hosts: Vec<&str> = fields.all("host").collect();
    if hosts.len() != 1 || !of_ours(hosts[0]) {
        return refused("ask for 127.0.0.1 and the port that the preview names");
    }
    if !fields.all("origin").all(|origin| origin.strip_prefix("http://").is_some_and(of_ours)) {
        return refused("not for pages from elsewhere");
    }
    let elsewhere = fields.all("sec-fetch-site").any(|site| matches!(site, "cross-site" | "same-site"));
    if elsewhere && !fields.all("sec-fetch-mode").all(|mode| mode == "navigate") {
        return refused("not for pages from elsewhere");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Method, Request};

    #[test]
    fn only_this_machine_is_answered() {
        let status =
            |head: &str| Request::read(head.as_bytes(), 4127).map_or_else(|refused| refused.status, |_| 200);
        let with = |fields: &str| status(&format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:4127{fields}"));
        let asked = Request::read(b"HEAD /a?v=1 HTTP/1.1\r\nhost: LOCALHOST:4127", 4127).ok();
        assert_eq!(
            asked,
            Some(Request { path: "/a".to_owned(), method: Method::Head, token: String::new(), length: 0 })
        );
        assert_eq!(with(""), 200);
        assert_eq!(with("\r\nOrigin: http://127.0.0.1:4127\r\nSec-Fetch-Site: same-origin"), 200);
        assert_eq!(with("\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate"), 200);
        for fields in [
            "\r\nHost: 127.0.0.1:4127",
            "\r\nOrigin: null",
            "\r\nOrigin: https://127.0.0.1:4127",
            "\r\nOrigin: http://other.example",
            "\r\nOrigin: http://127.0.0.1:8080",
            "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
        ] {
            assert_eq!(with(fields), 403, "{fields}");
        }
        for host in [
            "other.example:4127",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.other.example:4127",
            "localhost:4127x",
            "",
        ] {
            assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}")), 403, "{host}");
        }
        assert_eq!(status("GET / HTTP/1.1"), 403);
        let post = |fields: &str| status(&format!("POST /try HTTP/1.1\r\nHost: localhost:4127{fields}"));
        assert_eq!(post("\r\nContent-Length: 2"), 403);
        assert_eq!(post("\r\nOrigin: http://other.example\r\nContent-Length: 2"), 403);
        let ours = "\r\nOrigin: http://localhost:4127";
        assert_eq!(post(&format!("{ours}\r\nContent-Length: 2")), 200);
        assert_eq!(post(&format!("{ours}\r\nContent-Length: 99999")), 413);
        for bad in [
            "",
            "\r\nContent-Length: -1",
            "\r\nContent-Length: 1\r\nContent-Length: 2",
            "\r\nTransfer-Encoding: chunked",
        ] {
            assert_eq!(post(&format!("{ours}{bad}")), 400, "{bad}");
        }
        assert_eq!(status("TRACE / HTTP/1.1\r\nHost: localhost:4127"), 405);
        for bad in [
            "",
            "GET /",
            "GET / HTTP/2",
            "GET  / HTTP/1.1",
            "GET http://localhost:4127/ HTTP/1.1\r\nHost: localhost:4127",
        ] {
            assert_eq!(status(bad), 400, "{bad}");
        }
        for bad in [
            "\r\nno field",
            "\r\n folded: a",
            "\r\na b: c",
            "\r\nContent-Length: 5",
            "\r\nTransfer-Encoding: chunked",
        ] {
            assert_eq!(with(bad), 400, "{bad}");
        }
        assert_eq!(Request::read(b"GET /\xff HTTP/1.1", 4127).map_err(|refused| refused.status), Err(400));
    }
}
