//! The faces of a book: those that ship with the tool, those of its `fonts/`
//! folder, and where it asks for them those that are installed.

use super::catalogue::in_records;
use super::folder::{Folder, Unread};
use super::homes::Homes;
use super::installed::{self, FontFile};
use super::styles::Styled;
use crate::diag::{Code, Diagnostic, Error, Span, nearest};
use crate::font::{FontData, Library};
use crate::sources::Sources;
use crate::style::{Family, Style, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The folder of a book's fonts.
const FOLDER: &str = "fonts";
/// Files that may be fonts, of kinds that we read and of others.
const ENDINGS: [&str; 9] = [".otf", ".ttf", ".ttc", ".otc", ".woff", ".woff2", ".pfb", ".pfa", ".t1"];

/// The faces that a book may be set in, and the files that they come from
/// beside those that ship.
pub(super) struct Fonts {
    pub library: Library,
    pub files: Vec<FontFile>,
    /// The families that neither ship nor are the book's.
    pub installed: Vec<String>,
}

/// Reads the faces of a book. A family that its style names and that there is
/// not is a finding, and the usual one takes its place.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub(super) fn read(
    styled: &mut Styled,
    homes: &Homes<'_>,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Result<Fonts, Error> {
    let mut fonts = Fonts { library: Library::built_in(), files: Vec::new(), installed: Vec::new() };
    fonts.library.draw_for(styled.style.size().to_f32());
    findings.extend(
        homes.book.leading_out(FOLDER).map(|message| Diagnostic::new(Code::FileOutside, None, message)),
    );
    fonts.add_all(&homes.book, FOLDER, str::to_owned, findings)?;
    if let Some(shared) = homes.fonts() {
        fonts.add_all(shared, "", |name| in_records(&format!("{FOLDER}/{name}")), findings)?;
    }
    if styled.style.text.system_fonts {
        let language = sources.meta.language.tag();
        let text = characters(sources);
        let own: Vec<String> = fonts.library.families().into_iter().map(str::to_owned).collect();
        let taken = installed::take(&mut styled.style, &mut fonts.library, &text, language, findings);
        fonts.files.extend(taken);
        let added =
            fonts.library.families().into_iter().filter(|family| !own.iter().any(|own| own == family));
        fonts.installed = added.map(str::to_owned).collect();
    }
    check_families(styled, &fonts.library, findings);
    Ok(fonts)
}

impl Fonts {
    /// Adds the fonts in a folder, which records call by `named`.
    fn add_all(
        &mut self,
        home: &Folder,
        folder: &str,
        named: impl Fn(&str) -> String,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<(), Error> {
        for name in home.list(folder, &ENDINGS) {
            match home.read(&name) {
                Ok(bytes) => {
                    let (name, data): (String, FontData) = (named(&name), Arc::new(bytes));
                    match self.library.add(data.clone()) {
                        Ok(()) => self.files.push((name, data)),
                        Err(fault) => {
                            let message = format!("`{name}` {fault}");
                            findings.push(Diagnostic::new(Code::FontUnreadable, None, message));
                        }
                    }
                }
                Err(Unread::Machine(error)) => return Err(error),
                Err(Unread::Finding(code, message)) => findings.push(Diagnostic::new(code, None, message)),
            }
        }
        Ok(())
    }
}

/// Every character of the book's files once, but for those of ASCII.
fn characters(sources: &Sources) -> String {
    let texts = sources.map.iter().map(|(_, file)| file.text.chars().filter(|c| !c.is_ascii()));
    let set: BTreeSet<char> = texts.flatten().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    set.into_iter().collect()
}

/// Says which families are named that there are not; the usual ones take their
/// place, so that each is told of once.
fn check_families(styled: &mut Styled, library: &Library, findings: &mut Vec<Diagnostic>) {
    let usual = Style::default();
    let has = |family: &str| library.families().iter().any(|name| name.eq_ignore_ascii_case(family));
    let system = styled.style.text.system_fonts;
    let keys = Family::ALL.map(Family::key).into_iter().chain([("text", "sans")]);
    for (table, key) in keys {
        let span = styled.span_of(table, key);
        let Some(family) = styled.style.written(table, key) else { continue };
        let family = family.trim_matches('"');
        if span.is_none() || has(family) {
            continue;
        }
        findings.push(absent(&format!("{table}.{key}"), span, family, system, library));
        let usual = usual.written(table, key).unwrap_or_else(|| styled.style.text.font.clone());
        let usual = Value::Text(usual.trim_matches('"').to_owned());
        // a family's name can always be set
        drop(styled.style.set(table, key, &usual));
    }
    let span = styled.span_of("text", "fallback");
    let text = &mut styled.style.text;
    for family in text.fallback.iter().filter(|family| !has(family)) {
        findings.push(absent("text.fallback", span, family, text.system_fonts, library));
    }
    text.fallback.retain(|family| has(family));
}

fn absent(key: &str, span: Option<Span>, family: &str, system: bool, library: &Library) -> Diagnostic {
    let message = match family.trim() {
        "" => format!("`{key}` is empty"),
        _ => format!("`{key}`: there is no family `{family}`"),
    };
    let finding = Diagnostic::new(Code::FaceMissing, span, message);
    if !system && installed::is_installed(family) {
        return finding.hint("it is installed on this machine: with `text.system-fonts = true` it is used");
    }
    let families = library.families();
    let near = nearest(family, families.iter().copied());
    let near = near.map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
    let list = families.join(", ");
    finding.hint(format!(
        "{near}there are {list}; for another one, put its font files into the book's fonts/ folder"
    ))
}
