//! `pamphleteer lsp`: a book's findings, keys and names in an editor, by the Language Server
//! Protocol 3.17 over standard input and output.
//!
//! This thread answers what the editor asks, each time from the texts as they stand in it;
//! `findings` works beside it and tells what it found. Nothing is written.

mod asked;
mod documents;
mod findings;
mod hover;
mod line;
mod names;
mod offers;
mod place;
mod remedies;
mod spelling;

use super::End;
use super::dictionaries;
use super::findings::Reporter;
use crate::diag::Error;
use crate::guard::guarded;
use asked::Asked;
use documents::Documents;
use findings::Worker;
use line::Line;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};
use spelling::Speller;
use std::path::PathBuf;
use std::sync::Arc;

/// Serves one editor until it says that it is done. Words are looked up in those dictionaries.
///
/// # Errors
/// When a dictionary cannot be read, the editor and we do not understand each other, or the line is cut.
pub(super) fn serve(dictionaries: &[PathBuf], reporter: &Reporter) -> Result<End, Error> {
    let read = dictionaries.iter().map(|path| dictionaries::read(path));
    let speller = Arc::new(Speller::new(read.collect::<Result<_, _>>()?));
    let (connection, line) = Line::open()?;
    let trouble =
        |error| Error::new(format!("the editor and pamphleteer do not understand each other: {error}"));
    connection.initialize(abilities()).map_err(trouble)?;
    let editor = connection.sender.clone();
    // an editor that is gone is found out when the next message is read
    let tell = move |message| drop(editor.send(message));
    let worker = Worker::start(tell, reporter.policy().clone(), speller.clone())?;
    let mut server = Server { documents: Documents::default(), worker, speller };
    for message in &connection.receiver {
        match message {
            Message::Request(request) if connection.handle_shutdown(&request).map_err(trouble)? => break,
            Message::Request(request) => {
                drop(connection.sender.send(Message::Response(server.answer(request))));
            }
            Message::Notification(notification) => server.heed(&notification),
            Message::Response(_) => {}
        }
    }
    drop((server, connection));
    line.close().map_err(|error| Error::io("cannot talk to the editor", error))?;
    Ok(End::Done)
}

/// What we can do, in the protocol's words. Documents come whole (1).
fn abilities() -> Value {
    json!({
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "completionProvider": { "triggerCharacters": ["^", "#", "(", ".", ":", "=", "\"", "["] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentSymbolProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
    })
}

struct Server {
    documents: Documents,
    worker: Worker,
    speller: Arc<Speller>,
}

impl Server {
    /// Takes note of what happens to documents.
    fn heed(&mut self, notification: &Notification) {
        let params = &notification.params;
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
        let saved = match notification.method.as_str() {
            "textDocument/didOpen" => {
                self.documents.hold(uri, params["textDocument"]["text"].as_str());
                true
            }
            "textDocument/didChange" => {
                let changes = params["contentChanges"].as_array();
                self.documents.hold(uri, changes.and_then(|all| all.last()?["text"].as_str()));
                false
            }
            "textDocument/didSave" => true,
            "textDocument/didClose" => {
                self.documents.close(uri);
                false
            }
            _ => return,
        };
        if let Some(order) = self.documents.order(uri, saved) {
            self.worker.look(order);
        }
    }

    /// Answers a question. What cannot be answered is nothing, which editors take well.
    fn answer(&self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let asked = || Asked::new(&self.documents, &params);
        let answered = guarded(|| match method.as_str() {
            "textDocument/completion" => Some(asked().map_or(Ok(Value::Null), |it| Ok(offers::offers(&it)))),
            "textDocument/hover" => Some(asked().map_or(Ok(Value::Null), |it| Ok(hover::hover(&it)))),
            "textDocument/definition" => {
                Some(asked().map_or(Ok(Value::Null), |it| Ok(names::definition(&it))))
            }
            "textDocument/references" => {
                Some(asked().map_or(Ok(Value::Null), |it| Ok(names::references(&it))))
            }
            "textDocument/documentSymbol" => {
                Some(asked().map_or(Ok(Value::Null), |it| Ok(names::headings(&it))))
            }
            "textDocument/codeAction" => Some(
                asked().map_or(Ok(Value::Null), |it| Ok(remedies::remedies(&self.speller, &it, &params))),
            ),
            "textDocument/prepareRename" => Some(asked().map_or(Ok(Value::Null), |it| names::renamable(&it))),
            "textDocument/rename" => {
                let name = params["newName"].as_str().unwrap_or_default();
                Some(asked().map_or(Ok(Value::Null), |it| names::rename(&it, name)))
            }
            _ => None,
        });
        match answered {
            Ok(Some(Ok(answer))) => Response::new_ok(id, answer),
            Ok(Some(Err(reason))) => Response::new_err(id, ErrorCode::RequestFailed as i32, reason.into()),
            Ok(None) => Response::new_err(
                id,
                ErrorCode::MethodNotFound as i32,
                format!("`{method}` is not known here"),
            ),
            Err(fall) => Response::new_err(id, ErrorCode::InternalError as i32, fall.to_string()),
        }
    }
}
