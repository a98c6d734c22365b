//! Files that change together, whatever happens in between.
//!
//! A commit has three parts, and each may end in a crash:
//!
//! 1. *Stage.* Every new file is written whole into the folder [`STAGE`] beside
//!    its place, and the file that it replaces gets a second name there (a hard
//!    link); so is a list of the moves. All of it is synced at once. Nothing has
//!    changed yet: without a journal the stage is deleted.
//! 2. *Journal.* The list of moves is renamed into its place. From here on the
//!    commit will be finished.
//! 3. *Move.* Each new file is renamed over the old one, in the order of the
//!    list. A rename is atomic, and one that was made is known by its file
//!    having left the stage; so going through the list again after a crash
//!    finishes it, and does nothing when it was finished.
//!
//! When a rename fails, the journal is renamed to [`UNDO`] and the moves are
//! undone in reverse: the second names take their places back, which also may be
//! done again after a crash. At every moment each file is the old or the new
//! one, whole. (M. Kerrisk, "The Linux Programming Interface", §18; the scheme is
//! that of a redo log, J. Gray and A. Reuter, "Transaction Processing", §10.)

use super::super::door;
use super::Output;
use crate::diag::Error;
use crate::jobs;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The folder of a commit under way.
const STAGE: &str = ".pamphleteer-unfinished";
/// The list of moves before anything is sure.
const DRAFT: &str = "journal";
/// The list of moves; once it is there, they are made.
const JOURNAL: &str = "journal.json";
/// The same list; once it is there, they are undone.
const UNDO: &str = "undo.json";
/// The largest journal that is read: the names of some 100,000 files.
const MAX_JOURNAL: u64 = 32 << 20;

/// So many files are written side by side: a disk is waited for, no processor.
const AT_A_TIME: usize = 8;

/// One move, from the stage into its place. Its number is its place in the list.
#[derive(Debug, Deserialize, Serialize)]
struct Move {
    /// The file's path in the folder, with `/`.
    file: String,
    /// What it replaces.
    old: Old,
}

/// What a move replaces.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
enum Old {
    /// No file.
    Nothing,
    /// A file, which has a second name in the stage, with its length and the
    /// nanoseconds of its last change.
    File(u64, u64),
    /// What an earlier move of the same list put there.
    EarlierMove,
}

/// Writes all files into `folder`, or leaves it as it was.
pub(super) fn commit(folder: &Path, outputs: &[impl Borrow<Output> + Sync]) -> Result<(), Error> {
    commit_with(folder, outputs, &mut |_| Ok(()))
}

/// The same, with `before` called before each move with its number: the tests
/// end the process there, or let the move fail.
fn commit_with(
    folder: &Path,
    outputs: &[impl Borrow<Output> + Sync],
    before: &mut dyn FnMut(usize) -> io::Result<()>,
) -> Result<(), Error> {
    let stage = Stage { folder, path: folder.join(STAGE) };
    let staged = stage.fill(outputs).and_then(|moves| stage.begin().map(|()| moves));
    let moves = match staged {
        Ok(moves) => moves,
        Err(error) => {
            stage.sweep();
            return Err(error);
        }
    };
    if let Err(error) = stage.make(&moves, before) {
        // where it cannot be undone now the next process will do it
        let _ = stage.roll_back(&moves);
        return Err(error);
    }
    stage.sync_places(&moves);
    stage.close();
    Ok(())
}

/// Whether a process has left a commit in `folder`.
pub(super) fn is_unfinished(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(STAGE)).is_ok()
}

/// Finishes a commit that was left with its journal, undoes one that could not be
/// finished, and forgets one that had not begun to move files.
pub(super) fn recover(folder: &Path) -> Result<(), Error> {
    if !is_unfinished(folder) {
        return Ok(());
    }
    let stage = Stage { folder, path: folder.join(STAGE) };
    // a link may lead anywhere: it is deleted, and what it leads to is left alone
    if fs::symlink_metadata(&stage.path).is_ok_and(|found| !found.is_dir()) {
        stage.sweep();
        return Ok(());
    }
    if let Some(moves) = stage.read_list(UNDO) {
        return stage.roll_back(&moves);
    }
    if let Some(moves) = stage.read_list(JOURNAL) {
        stage.leave_alone_what_was_edited(&moves);
        if stage.make(&moves, &mut |_| Ok(())).is_err() {
            return stage.roll_back(&moves);
        }
        stage.sync_places(&moves);
    }
    stage.close();
    Ok(())
}

/// A commit's folder, inside the one that is written to.
struct Stage<'f> {
    folder: &'f Path,
    path: PathBuf,
}

impl Stage<'_> {
    fn new_file(&self, index: usize) -> PathBuf {
        self.path.join(format!("{index}.new"))
    }

    fn old_file(&self, index: usize) -> PathBuf {
        self.path.join(format!("{index}.old"))
    }

    /// The new file of a move that is not made, since somebody has written to
    /// its place.
    fn left_file(&self, index: usize) -> PathBuf {
        self.path.join(format!("{index}.left"))
    }

    /// Gives the old files their second names, and writes all new ones and the list of moves: several at a
    /// time, since each waits for the disk, and so does the folder for their names, which are made before.
    fn fill(&self, outputs: &[impl Borrow<Output> + Sync]) -> Result<Vec<Move>, Error> {
        self.sweep();
        fs::create_dir(&self.path).map_err(|e| cannot_write(&self.path, e))?;
        let mut names = BTreeSet::new();
        let mut moves: Vec<Move> = Vec::with_capacity(outputs.len());
        for (index, output) in outputs.iter().map(Borrow::borrow).enumerate() {
            let first = names.insert(&output.name);
            let old = if first { self.keep(index, &output.name)? } else { Old::EarlierMove };
            moves.push(Move { file: output.name.clone(), old });
        }
        let journal = serde_json::to_vec(&moves).map_err(|e| Error::new(e.to_string()))?;
        let draft = self.path.join(DRAFT);
        let outputs = outputs.iter().map(Borrow::borrow).enumerate();
        let files =
            outputs.map(|(n, output)| (self.new_file(n), self.folder.join(&output.name), &output.bytes));
        let files: Vec<_> = files.chain([(draft.clone(), draft, &journal)]).collect();
        for (file, place, _) in &files {
            File::create_new(file).map_err(|e| cannot_write(place, e))?;
        }
        let written = jobs::waiting_side_by_side(files.len() + 1, AT_A_TIME, |n| match files.get(n) {
            Some((file, place, bytes)) => write_synced(file, bytes).map_err(|e| cannot_write(place, e)),
            None => {
                sync_folder(&self.path);
                Ok(())
            }
        });
        written.into_iter().collect::<Result<(), Error>>()?;
        Ok(moves)
    }

    /// Gives the file that will be replaced its second name.
    fn keep(&self, index: usize, name: &str) -> Result<Old, Error> {
        let place = self.place(name)?;
        let Ok(found) = fs::symlink_metadata(&place) else { return Ok(Old::Nothing) };
        if !found.is_file() && !found.is_symlink() {
            let what = if found.is_dir() { "a folder stands" } else { "something that is no file stands" };
            return Err(Error::new(format!("cannot write {}: {what} in its place", place.display())));
        }
        let second = self.old_file(index);
        // some file systems have no second names
        fs::hard_link(&place, &second)
            .or_else(|_| fs::copy(&place, &second).map(drop))
            .map_err(|e| cannot_write(&place, e))?;
        let (length, changed) = stamp(&found);
        Ok(Old::File(length, changed))
    }

    /// Where a file goes. A link among the folders on the way may lead anywhere,
    /// and is refused.
    fn place(&self, name: &str) -> Result<PathBuf, Error> {
        let mut place = self.folder.to_owned();
        for part in name.split('/') {
            if place != self.folder && fs::symlink_metadata(&place).is_ok_and(|found| !found.is_dir()) {
                return Err(Error::new(format!("cannot write {name}: {} is no folder", place.display())));
            }
            place.push(part);
        }
        Ok(place)
    }

    /// Puts the list of moves in its place.
    fn begin(&self) -> Result<(), Error> {
        let journal = self.path.join(JOURNAL);
        fs::rename(self.path.join(DRAFT), &journal).map_err(|e| cannot_write(&journal, e))?;
        sync_folder(&self.path);
        Ok(())
    }

    /// The moves in a file of the stage. A book from elsewhere may have brought
    /// the file along: no name in it leads out of the folder.
    fn read_list(&self, name: &str) -> Option<Vec<Move>> {
        let bytes = door::read(&self.path.join(name), MAX_JOURNAL).ok()?;
        let moves: Vec<Move> = serde_json::from_slice(&bytes).ok()?;
        moves.iter().all(|step| door::stays_inside(&step.file)).then_some(moves)
    }

    /// Makes the moves that were not made yet.
    fn make(&self, moves: &[Move], before: &mut dyn FnMut(usize) -> io::Result<()>) -> Result<(), Error> {
        for (index, step) in moves.iter().enumerate() {
            let new = self.new_file(index);
            if fs::symlink_metadata(&new).is_ok_and(|found| found.is_file()) {
                let place = self.place(&step.file)?;
                let made = make_parent(&place).and_then(|()| before(index));
                made.and_then(|()| fs::rename(&new, &place)).map_err(|e| cannot_write(&place, e))?;
            }
        }
        Ok(())
    }

    /// Takes out of the moves what would replace a file that somebody has written
    /// to since the process died.
    fn leave_alone_what_was_edited(&self, moves: &[Move]) {
        for (index, step) in moves.iter().enumerate() {
            let lies_there = fs::symlink_metadata(self.folder.join(&step.file)).ok();
            let edited = match (&step.old, lies_there) {
                (_, None) | (Old::EarlierMove, _) => false,
                (Old::Nothing, Some(_)) => true,
                (Old::File(length, changed), Some(found)) => stamp(&found) != (*length, *changed),
            };
            if edited {
                let _ = fs::rename(self.new_file(index), self.left_file(index));
            }
        }
    }

    /// Undoes the moves that were made, the last first.
    fn roll_back(&self, moves: &[Move]) -> Result<(), Error> {
        let journal = self.path.join(JOURNAL);
        if journal.exists() {
            fs::rename(&journal, self.path.join(UNDO)).map_err(|e| cannot_write(&journal, e))?;
            sync_folder(&self.path);
        }
        for (index, step) in moves.iter().enumerate().rev() {
            if self.new_file(index).exists() || self.left_file(index).exists() {
                continue;
            }
            let place = self.place(&step.file)?;
            let old = self.old_file(index);
            match step.old {
                Old::EarlierMove => {}
                Old::Nothing => remove_if_there(&place).map_err(|e| cannot_write(&place, e))?,
                // a rename of one file onto itself does nothing, and is right
                Old::File(..) if fs::symlink_metadata(&old).is_ok() => {
                    fs::rename(&old, &place).map_err(|e| cannot_write(&place, e))?;
                }
                Old::File(..) => {}
            }
        }
        self.sync_places(moves);
        self.close();
        Ok(())
    }

    /// Makes the moves last through a loss of power.
    fn sync_places(&self, moves: &[Move]) {
        let mut folders: Vec<PathBuf> = moves
            .iter()
            .filter_map(|step| self.folder.join(&step.file).parent().map(Path::to_owned))
            .collect();
        folders.sort();
        folders.dedup();
        folders.iter().for_each(|folder| sync_folder(folder));
    }

    /// Forgets the moves, and then the stage: without a list it is only swept.
    fn close(&self) {
        let _ = fs::remove_file(self.path.join(JOURNAL));
        let _ = fs::remove_file(self.path.join(UNDO));
        self.sweep();
    }

    /// Deletes the stage. What cannot be deleted is in nobody's way: the next
    /// commit says so when it needs the place.
    fn sweep(&self) {
        let _ = match fs::symlink_metadata(&self.path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&self.path),
            Ok(_) => fs::remove_file(&self.path),
            Err(_) => Ok(()),
        };
    }
}

fn cannot_write(path: &Path, error: io::Error) -> Error {
    Error::io(format!("cannot write {}", path.display()), error)
}

/// Writes what stands in a new file, so that it outlasts a loss of power.
fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

fn make_parent(place: &Path) -> io::Result<()> {
    place.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Makes the names in a folder last. Not every system can; then it does itself.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A file's length, and when it was changed last. A clock before 1970 is no time.
fn stamp(found: &Metadata) -> (u64, u64) {
    let changed = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (found.len(), changed.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, abort};

    /// The environment of a process that is to die.
    const FOLDER: &str = "PAMPHLETEER_TEST_FOLDER";
    const DIES_BEFORE: &str = "PAMPHLETEER_TEST_DIES_BEFORE";

    /// Four moves: a record that comes first and last, a file that is replaced, a new one in a new folder.
    fn outputs(generation: &str) -> Vec<Output> {
        let output =
            |name: &str, text: &str| Output { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let between = format!("between {generation}");
        let new = format!("b-{generation}/c");
        vec![
            output("record", &between),
            output("a", generation),
            output(&new, generation),
            output("record", generation),
        ]
    }

    /// A folder with the files of the first generation.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("pamphleteer-commit-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        commit(&folder, &outputs("1")).unwrap();
        folder
    }

    /// What stands in a file; nothing when there is none.
    fn text(folder: &Path, name: &str) -> String {
        fs::read_to_string(folder.join(name)).unwrap_or_default()
    }

    fn assert_generation(folder: &Path, generation: &str, when: &str) {
        assert_eq!(text(folder, "a"), generation, "{when}");
        assert_eq!(text(folder, "record"), generation, "{when}");
        assert_eq!(text(folder, "b-2/c") == "2", generation == "2", "{when}");
        assert!(!is_unfinished(folder), "{when}: the stage is left");
    }

    /// No test but the process that the next one starts.
    #[test]
    #[ignore = "it is the process that dies"]
    fn dies() {
        let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
        let last: usize = std::env::var_os(DIES_BEFORE).unwrap().to_str().unwrap().parse().unwrap();
        let mut before = |index| if index == last { abort() } else { Ok(()) };
        commit_with(&folder, &outputs("2"), &mut before).unwrap();
        abort();
    }

    /// Starts a process that dies before a move.
    fn die(folder: &Path, before: usize) {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "project::write::commit::tests::dies", "--ignored"])
            .env(FOLDER, folder)
            .env(DIES_BEFORE, before.to_string())
            .output()
            .unwrap()
            .status;
        assert!(!status.success());
    }

    #[test]
    fn a_process_that_dies_at_any_move_is_finished_by_the_next() {
        let folder = folder("dies");
        for before in 0..=4 {
            die(&folder, before);
            let (a, record) = (text(&folder, "a"), text(&folder, "record"));
            assert!(["1", "2"].contains(&a.as_str()), "{before}: {a}");
            let told = if a == "2" || before > 0 { "between 2" } else { "1" };
            assert_eq!(record, if before == 4 { "2" } else { told }, "{before}");
            recover(&folder).unwrap();
            assert_generation(&folder, "2", &format!("died before {before}"));
            let _ = fs::remove_dir_all(folder.join("b-2"));
            commit(&folder, &outputs("1")).unwrap();
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_move_that_fails_undoes_those_before() {
        let folder = folder("fails");
        for fails in 0..4 {
            let mut before = |index| if index == fails { Err(io::Error::other("refused")) } else { Ok(()) };
            let error = commit_with(&folder, &outputs("2"), &mut before).unwrap_err();
            assert!(error.to_string().contains("refused"));
            assert_generation(&folder, "1", &format!("move {fails} fails"));
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_was_being_undone_is_undone_by_the_next() {
        let folder = folder("undone");
        for before in 0..4 {
            die(&folder, before);
            fs::rename(folder.join(STAGE).join(JOURNAL), folder.join(STAGE).join(UNDO)).unwrap();
            recover(&folder).unwrap();
            assert_generation(&folder, "1", &format!("undone from {before}"));
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_somebody_wrote_since_the_process_died_stays() {
        let folder = folder("edited");
        die(&folder, 1);
        fs::write(folder.join("a"), "by hand").unwrap();
        recover(&folder).unwrap();
        assert_eq!(text(&folder, "a"), "by hand");
        assert_eq!((text(&folder, "record").as_str(), text(&folder, "b-2/c").as_str()), ("2", "2"));
        assert!(!is_unfinished(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_journal_that_leads_out_moves_nothing() {
        let folder = folder("journal");
        let stage = folder.join(STAGE);
        fs::create_dir(&stage).unwrap();
        fs::write(stage.join("0.new"), "from elsewhere").unwrap();
        fs::write(stage.join(JOURNAL), r#"[{"file":"../outside","old":"Nothing"}]"#).unwrap();
        recover(&folder).unwrap();
        assert!(!folder.parent().unwrap().join("outside").exists() && !is_unfinished(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn only_a_file_is_replaced() {
        let folder = folder("places");
        fs::remove_file(folder.join("a")).unwrap();
        fs::create_dir(folder.join("a")).unwrap();
        let said = commit(&folder, &outputs("2")).unwrap_err().to_string();
        assert!(said.contains("a folder stands in its place"), "{said}");
        assert_eq!(text(&folder, "record"), "1");
        assert!(!is_unfinished(&folder) && !folder.join("b-2").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
