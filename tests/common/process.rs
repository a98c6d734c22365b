//! Books in folders of their own, and processes of the tool that must end in time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// No run of these tests takes a tenth of it; one that hangs is ended.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that goes with the test.
pub struct Scratch(pub PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    pub fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("pamphleteer-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    /// A folder with a book of one text.
    pub fn book(name: &str, text: &str) -> Scratch {
        let scratch = Scratch::new(name);
        let toml = "title = \"Seen\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n";
        scratch.write("book.toml", toml);
        scratch.write("text.md", text);
        scratch
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }
}

/// What lies in a folder and the folders in it, hidden or not, by its path with `/`; sorted.
pub fn names_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                names.push(entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    names.sort();
    names
}

/// The tool with arguments.
pub fn tool<I: IntoIterator<Item = S>, S: AsRef<std::ffi::OsStr>>(args: I) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pamphleteer"));
    command.args(args);
    command
}

/// Runs a command to its end, and no longer than we are patient.
pub fn run(command: &mut Command) -> Output {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let (done, waits) = std::sync::mpsc::channel::<()>();
    let watchdog = std::thread::spawn(move || {
        if waits.recv_timeout(PATIENCE).is_err() {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
    });
    let begin = Instant::now();
    let output = child.wait_with_output().unwrap();
    let _ = done.send(());
    watchdog.join().unwrap();
    assert!(begin.elapsed() < PATIENCE, "{command:?} does not end");
    output
}

/// The exit code, and all that was said.
pub fn said(command: &mut Command) -> (Option<i32>, String) {
    let output = run(command);
    let words = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&words).into_owned())
}

/// Ends a child after a while in the hardest way.
pub fn kill_after(mut child: Child, pause: Duration) {
    std::thread::sleep(pause);
    // it may have ended by itself
    let _ = child.kill();
    child.wait().unwrap();
}
