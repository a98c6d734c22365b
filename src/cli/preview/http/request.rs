//! The head of a request, and whether whoever sends it may ask: a page of the web may send its
//! reader's browser here, and only what is ours is answered.

use super::response::Response;

/// The longest body of a request that is read, in bytes.
const LONGEST_BODY: usize = 16 << 10;

/// The methods that are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Head,
    Post,
}

/// The head of a request by somebody who may ask.
#[derive(Debug, PartialEq)]
pub(super) struct Request {
    pub path: String,
    pub method: Method,
    /// The token that came with it; empty when there is none.
    pub token: String,
    /// How many bytes of body follow.
    pub length: usize,
}

impl Request {
    /// Reads the head of a request to this machine's `port`.
    pub(super) fn read(head: &[u8], port: u16) -> Result<Request, Response> {
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
