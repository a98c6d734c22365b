//! Fonts that are installed on this machine, for books that ask for them with
//! `text.system-fonts = true`.
//!
//! Only families that the style names are taken, and those that are wanted for
//! characters which no named family has. What is taken is a file of the book
//! from then on: its hash stands in the record of the build.

use super::door;
use crate::diag::{Code, Diagnostic};
use crate::font::{Face, FontData, Library, Variant, has_ink, may_embed};
use crate::style::{Family, Style};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A font file that was taken, by the name that the record calls it.
pub type FontFile = (String, FontData);

/// Folders within folders are looked into so deep.
const DEEPEST: usize = 6;
/// So many families at most are added for characters that no other has.
const MOST_ADDED: usize = 4;
/// No larger file is read: the largest collections of Han are half of it.
const LARGEST: u64 = 256 << 20;

/// Families that have a box or a blank for every character.
const WITHOUT_SHAPES: [&str; 4] = ["lastresort", "last resort", "adobe blank", "unifont"];

/// Takes what the style names and the library lacks, and then families for the
/// characters of `text` that are still missing; these become further fallbacks.
pub(super) fn take(
    style: &mut Style,
    library: &mut Library,
    text: &str,
    language: &str,
    findings: &mut Vec<Diagnostic>,
) -> Vec<FontFile> {
    let mut taken = Vec::new();
    let families = Family::ALL.map(|family| style.family(family));
    let fallback = style.text.fallback.iter().map(String::as_str);
    let named = families.into_iter().chain([style.text.sans.as_str()]).chain(fallback);
    let absent: BTreeSet<String> =
        named.filter(|family| !has(library, family)).map(|family| family.to_lowercase()).collect();
    let mut installed = None;
    if !absent.is_empty() {
        let fonts = installed.get_or_insert_with(Installed::look);
        absent.iter().for_each(|family| fonts.add(family, library, &mut taken, findings));
    }
    for _ in 0..MOST_ADDED {
        let missing = library.missing(&style.text.font, &style.text.fallback, text);
        if missing.is_empty() {
            break;
        }
        // what ships, or lies in fonts/, comes before what only this machine has
        if let Some(family) = at_hand(library, &missing) {
            style.text.fallback.push(family);
            continue;
        }
        let fonts = installed.get_or_insert_with(Installed::look);
        let Some(family) = fonts.best_for(&missing, style, library, language) else { break };
        fonts.add(&family.to_lowercase(), library, &mut taken, findings);
        if !has(library, &family) {
            break;
        }
        style.text.fallback.push(family);
    }
    taken
}

/// The family of the library that has the most of those characters.
fn at_hand(library: &Library, missing: &[char]) -> Option<String> {
    let upright = library.iter().map(|(_, face)| face).filter(|face| face.variant == Variant::default());
    let counted = upright.map(|face| (missing.iter().filter(|c| has_ink(face, **c)).count(), face));
    let most = counted.filter(|(count, _)| *count > 0).rev().max_by_key(|(count, _)| *count);
    most.map(|(_, face)| face.family.clone())
}

/// Whether a family of that name is installed: what `text.system-fonts` would find.
pub(super) fn is_installed(family: &str) -> bool {
    Installed::look().families.contains_key(&family.to_lowercase())
}

fn has(library: &Library, family: &str) -> bool {
    library.iter().any(|(_, face)| face.family.eq_ignore_ascii_case(family))
}

/// The faces that are installed, by the names of their families in small letters.
struct Installed {
    families: BTreeMap<String, Vec<Found>>,
}

/// A face in a file.
struct Found {
    path: PathBuf,
    index: u32,
    variant: Variant,
    strangeness: f32,
}

impl Installed {
    /// Reads the names of all fonts in the usual folders, in the order of their paths.
    fn look() -> Installed {
        let mut paths = Vec::new();
        folders().iter().for_each(|folder| gather(folder, DEEPEST, &mut paths));
        paths.sort();
        paths.dedup();
        let mut families: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for path in paths {
            for face in faces(&path) {
                let (index, variant, strangeness) = (face.index, face.variant, face.strangeness());
                let found = Found { path: path.clone(), index, variant, strangeness };
                families.entry(face.family.to_lowercase()).or_default().push(found);
            }
        }
        Installed { families }
    }

    /// The face of a family that is nearest to a variant.
    fn face(&self, family: &str, variant: Variant) -> Option<&Found> {
        let faces = self.families.get(family)?.iter().filter(|found| found.variant == variant);
        faces.min_by(|a, b| a.strangeness.total_cmp(&b.strangeness))
    }

    /// Adds the faces of a family to the library, one for each variant.
    fn add(
        &self,
        family: &str,
        library: &mut Library,
        taken: &mut Vec<FontFile>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let mut drawn = BTreeSet::new();
        for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
            let Some(found) = self.face(family, Variant { bold, italic }) else { continue };
            let Some(face) = read(found) else { continue };
            let name = file_name(&found.path);
            if !may_embed(&face) {
                let message =
                    format!("{} is installed, but its licence bits forbid to embed it", face.postscript);
                findings.push(Diagnostic::new(Code::FontRestricted, None, message));
                continue;
            }
            let data = face.data.clone();
            // one file of a variable font has several faces
            if face.is_variable && !drawn.insert(&found.path) {
                continue;
            }
            let is_variable = face.is_variable;
            match if is_variable { library.add(data.clone()) } else { library.add_face(face) } {
                Ok(()) => taken.push((format!("(installed) {name}"), data)),
                Err(fault) => {
                    let message = format!("the installed font `{name}` {fault}");
                    findings.push(Diagnostic::new(Code::FontUnreadable, None, message));
                }
            }
        }
    }

    /// The family that has the most of those characters; of several the one that
    /// suits the language, then a serif, then the first by its name.
    fn best_for(&self, missing: &[char], style: &Style, library: &Library, language: &str) -> Option<String> {
        let mut best: Option<((usize, i32), String)> = None;
        for family in self.families.keys() {
            let shapeless = WITHOUT_SHAPES.iter().any(|name| family.contains(name));
            if shapeless || has(library, family) {
                continue;
            }
            let Some(face) = self.face(family, Variant::default()).and_then(read) else { continue };
            let count = missing.iter().filter(|c| has_ink(&face, **c)).count();
            let rank = (count, taste(family, &style.text.font, language));
            if count > 0 && may_embed(&face) && best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, face.family));
            }
        }
        best.map(|(_, family)| family)
    }
}

/// How well a family suits a book, besides the characters that it has.
fn taste(family: &str, text: &str, language: &str) -> i32 {
    let wanted = match language.split('-').next() {
        Some("ko") => " kr",
        Some("zh") if language.contains("Hant") || language.contains("TW") => " tc",
        Some("zh") if language.contains("HK") => " hk",
        Some("zh") => " sc",
        _ => " jp",
    };
    let serif =
        ["serif", "mincho", "song", "ming", "batang", "myeongjo"].iter().any(|kind| family.contains(kind));
    let sans_book = ["Sans", "Gothic", "Grotesk"].iter().any(|kind| text.contains(kind));
    let mono = ["mono", "code", "typewriter"].iter().any(|kind| family.contains(kind));
    4 * i32::from(family.ends_with(wanted)) + 2 * i32::from(serif != sans_book) - 8 * i32::from(mono)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(found: &Found) -> Option<Face> {
    Face::read(Arc::new(bytes(&found.path)?), found.index)
}

/// The faces of a file; none of a file that is no font.
fn faces(path: &Path) -> Vec<Face> {
    let Some(bytes) = bytes(path) else { return Vec::new() };
    Face::all(&(Arc::new(bytes) as FontData))
}

/// A file's bytes; none when it cannot be read: it is not the book's.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    door::read(path, LARGEST).ok()
}

/// The font files in a folder and the folders in it.
fn gather(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if path.is_dir() && depth > 0 {
            gather(&path, depth - 1, paths);
        } else if matches!(ending.as_deref(), Some("otf" | "ttf" | "ttc" | "otc")) {
            paths.push(path);
        }
    }
}

/// Where systems keep their fonts, and users theirs.
fn folders() -> Vec<PathBuf> {
    let of =
        |variable: &str, inside: &str| std::env::var_os(variable).map(|base| Path::new(&base).join(inside));
    let named: &[&str] = if cfg!(target_os = "macos") {
        &["/System/Library/Fonts", "/Library/Fonts", "/Network/Library/Fonts"]
    } else if cfg!(windows) {
        &[]
    } else {
        &["/usr/share/fonts", "/usr/local/share/fonts"]
    };
    let own = if cfg!(target_os = "macos") {
        vec![of("HOME", "Library/Fonts")]
    } else if cfg!(windows) {
        vec![of("SystemRoot", "Fonts"), of("LOCALAPPDATA", "Microsoft/Windows/Fonts")]
    } else {
        vec![of("XDG_DATA_HOME", "fonts"), of("HOME", ".local/share/fonts"), of("HOME", ".fonts")]
    };
    named.iter().map(PathBuf::from).chain(own.into_iter().flatten()).collect()
}
