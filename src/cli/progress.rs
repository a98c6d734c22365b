//! What a long build is doing: one line on a terminal, which goes away.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A build that takes no longer says nothing: a line that flashes up tells nobody anything.
const PATIENCE: Duration = Duration::from_millis(400);

/// Where a build says at which stage it is. The line is gone when this is.
#[derive(Default)]
pub(super) struct Progress {
    line: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    /// A line on the terminal.
    pub(super) fn on_terminal() -> Progress {
        let (stages, told) = mpsc::channel();
        let spawned = thread::Builder::new().name("progress".to_owned()).spawn(move || show(&told));
        // without a thread there is no line, and the build is the same
        Progress { line: spawned.ok().map(|thread| (stages, thread)) }
    }

    /// Says what is done now.
    pub(super) fn at(&self, stage: &'static str) {
        if let Some((stages, _)) = &self.line {
            // a line that cannot be written ends its thread, and nobody misses it
            let _ = stages.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stages, thread)) = self.line.take() {
            drop(stages);
            let _ = thread.join();
        }
    }
}

/// Shows the stage, from the end of our patience to that of the build.
fn show(stages: &Receiver<&'static str>) {
    let end = Instant::now() + PATIENCE;
    let mut now = "";
    loop {
        match stages.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(stage) => now = stage,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    write(now);
    while let Ok(stage) = stages.recv() {
        write(stage);
    }
    write("");
}

/// Writes the line anew: back to its start, the words, and nothing of what stood there.
fn write(words: &str) {
    let ellipsis = if words.is_empty() { "" } else { " …" };
    let mut terminal = io::stderr().lock();
    let _ = write!(terminal, "\r\x1b[2K{words}{ellipsis}").and_then(|()| terminal.flush());
}
