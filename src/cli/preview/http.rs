//! Just enough of HTTP/1.1 (RFC 9112) to show a book to a browser on the same
//! machine: one request a connection, no more than `GET`.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// The longest head of a request that is read, in bytes.
const LONGEST_HEAD: usize = 8192;
/// How long a silent browser is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is shown may load nothing from elsewhere; the only script is our own.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
                      script-src 'self'; frame-ancestors 'self'";

/// What a request is answered with.
pub struct Response {
    /// 200, 404 and the like.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// What is sent.
    pub body: Vec<u8>,
}

impl Response {
    /// Something that is there.
    pub fn found(media: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status: 200, media, body: body.into() }
    }

    /// Something that is not.
    pub fn missing() -> Response {
        Response::refused(404, "not found")
    }

    fn refused(status: u16, why: &str) -> Response {
        Response { status, media: "text/plain; charset=utf-8", body: why.as_bytes().to_vec() }
    }
}

/// Answers requests until the process ends. `answer` is asked with the path,
/// without its query; several requests may come at once.
pub fn serve(listener: &TcpListener, answer: &(dyn Fn(&str) -> Response + Sync)) {
    std::thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            scope.spawn(move || {
                // A browser that goes away in the middle is its own business.
                let _ = converse(stream, answer);
            });
        }
    });
}

fn converse(mut stream: TcpStream, answer: &(dyn Fn(&str) -> Response + Sync)) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let head = read_head(&mut stream)?;
    let response = match path_of(&head) {
        Ok(path) => answer(path),
        Err(refused) => refused,
    };
    let Response { status, media, body } = response;
    write!(
        stream,
        "HTTP/1.1 {status} {}\r\nContent-Type: {media}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        if status == 200 { "OK" } else { "Refused" },
        body.len()
    )?;
    stream.write_all(&body)
}

fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut buffer)?;
        if count == 0 || head.len() > LONGEST_HEAD {
            break;
        }
        head.extend_from_slice(&buffer[..count]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// The path that is asked for. Only a browser that means this machine by its
/// address is answered, so that no page of the web can read the book through
/// a name of its own (DNS rebinding).
fn path_of(head: &str) -> Result<&str, Response> {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some("GET"), Some(target)) = (words.next(), words.next()) else {
        return Err(Response::refused(405, "only GET"));
    };
    let host = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    let name = host.and_then(|host| host.rsplit_once(':')).map_or(host, |(name, _)| Some(name));
    if !matches!(name, Some("127.0.0.1" | "localhost")) {
        return Err(Response::refused(403, "ask for 127.0.0.1"));
    }
    Ok(target.split(['?', '#']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn only_this_machine_is_answered() {
        let status = |head: &str| path_of(head).map_or_else(|refused| refused.status, |_| 200);
        assert_eq!(path_of("GET /a?v=1 HTTP/1.1\r\nHost: 127.0.0.1:4127\r\n\r\n").ok(), Some("/a"));
        assert_eq!(status("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"), 200);
        assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example:4127\r\n\r\n"), 403);
        assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), 403);
        assert_eq!(status("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 405);
        assert_eq!(status(""), 405);
    }
}
