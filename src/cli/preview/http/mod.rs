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

mod request;
mod response;

use request::{Method, Request};
pub(super) use response::Response;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest head of a request that is read, in bytes: a browser's has a tenth.
const LONGEST_HEAD: usize = 8192;
/// How long a browser may take to ask, and to take the answer.
const TIME_TO_ASK: Duration = Duration::from_secs(5);
const TIME_TO_TAKE: Duration = Duration::from_secs(30);
/// So many connections at a time: a browser opens six to a host.
const MOST_CONNECTIONS: usize = 48;
/// The stack of a thread that answers: drawings on a page may be nested.
const STACK: usize = 8 << 20;

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
