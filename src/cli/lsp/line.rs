//! The line to the editor: messages on standard input and output, none of them longer than any text of a book.
//!
//! lsp-server would make room for as many bytes as a message says that it has before it reads the first of them.

use crate::diag::Error;
use lsp_server::{Connection, Message};
use std::io::{self, BufRead, Cursor, Read};
use std::thread::{self, JoinHandle};

/// How many bytes a message has at most: the longest text, with each of its signs escaped.
const MOST: u64 = 64 << 20;
/// How many bytes a line of its head has at most.
const HEAD: u64 = 4 << 10;

/// The threads that read and write.
pub(super) struct Line {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

impl Line {
    /// Begins to read and to write.
    ///
    /// # Errors
    /// When the machine has no thread left.
    pub(super) fn open() -> Result<(Connection, Line), Error> {
        let (ours, Connection { sender, receiver }) = Connection::memory();
        let read = move || {
            let mut input = io::stdin().lock();
            while let Some(message) = read(&mut input)? {
                let ends = matches!(&message, Message::Notification(told) if told.method == "exit");
                sender.send(message).map_err(io::Error::other)?;
                if ends {
                    break;
                }
            }
            Ok(())
        };
        let write = move || {
            let mut output = io::stdout().lock();
            receiver.into_iter().try_for_each(|message| message.write(&mut output))
        };
        let spawn = |name: &str, work: Box<dyn FnOnce() -> io::Result<()> + Send>| {
            let spawned = thread::Builder::new().name(name.to_owned()).spawn(work);
            spawned.map_err(|error| Error::io("cannot talk to the editor", error))
        };
        let (reader, writer) = (spawn("reader", Box::new(read))?, spawn("writer", Box::new(write))?);
        Ok((ours, Line { reader, writer }))
    }

    /// Waits until the editor has said its last word and heard ours.
    ///
    /// # Errors
    /// When the line was cut, or what came through it is no message.
    pub(super) fn close(self) -> io::Result<()> {
        let fell = |_| Err(io::Error::other("a thread fell"));
        self.reader.join().unwrap_or_else(fell)?;
        self.writer.join().unwrap_or_else(fell)
    }
}

/// The next message; none when the editor is gone.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(HEAD).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let Some(text) = text.strip_suffix("\r\n") else {
            return invalid("the head of a message is malformed");
        };
        if text.is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(": ") else {
            return invalid("the head of a message is malformed");
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let Some(length) = length else { return invalid("a message does not say how long it is") };
    if length > MOST {
        return invalid(&format!("a message has {length} bytes; {MOST} is the most"));
    }
    let mut whole = format!("Content-Length: {length}\r\n\r\n").into_bytes();
    let read = input.by_ref().take(length).read_to_end(&mut whole)?;
    if read as u64 != length {
        return invalid("a message ends too soon");
    }
    Message::read(&mut Cursor::new(whole))
}

fn invalid<T>(what: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_bounded_before_there_is_room_for_them() {
        let said = |bytes: &str| {
            read(&mut Cursor::new(bytes.as_bytes().to_vec()))
                .map(|read| read.is_some())
                .map_err(|why| why.to_string())
        };
        let body = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        assert_eq!(said(&format!("Content-Length: {}\r\nX: y\r\n\r\n{body}", body.len())), Ok(true));
        assert_eq!(said(""), Ok(false));
        for (bytes, why) in [
            ("Content-Length: 99999999999999\r\n\r\n{}", "99999999999999 bytes; 67108864 is the most"),
            ("Content-Length: 5\r\n\r\n{}", "ends too soon"),
            ("Content-Length: -5\r\n\r\n{}", "does not say how long"),
            ("X: y\r\n\r\n{}", "does not say how long"),
            ("Content-Length: 2\n\n{}", "malformed"),
            ("Content-Length\r\n\r\n", "malformed"),
        ] {
            let found = said(bytes).expect_err("it is no message");
            assert!(found.contains(why), "{bytes:?}: {found}");
        }
        let endless = said(&"a".repeat(1 << 20)).expect_err("it is no message");
        assert!(endless.contains("malformed"), "{endless}");
    }
}
