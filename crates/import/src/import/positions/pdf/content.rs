//! What a page paints: its strings with their place, size and mark (ISO 32000-1 §9.4, §14.6).

use super::MOST_BYTES;
use super::budget::Budget;
use super::font::{Font, Fonts, number};
use crate::reason::Reason;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::rc::Rc;

/// How deep forms stand in one another at most.
const DEEPEST: usize = 12;
/// How many steps of painting it is worth to begin a form: it is unpacked, and its resources are looked up.
const FORM: usize = 100;
/// How deep the state of painting is kept at most.
const MOST_SAVED: usize = 512;

/// A string as it is painted.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// Its baseline, from the top of the page down.
    pub base: f32,
    pub size: f32,
    pub slanted: bool,
    /// Whether its letters are those of a typewriter.
    pub fixed: bool,
    /// The number of its marked content.
    pub mark: Option<i64>,
    /// Whether it is painted as none of the text.
    pub artifact: bool,
}

/// `a b c d e f`.
type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The first, then the second.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What a page paints.
pub(super) struct Painted {
    /// All its strings in the order of painting.
    pub runs: Vec<Run>,
    /// What of it could not be read, to be said behind "page 7": none, where all was.
    pub unread: Option<String>,
    /// How many signs have no letters in the file.
    pub unknown: usize,
}

/// Reads what a page paints.
///
/// # Errors
/// When that is more than is read of a file.
pub(super) fn painted<'f>(
    file: &'f Document,
    page: ObjectId,
    fonts: &Fonts<'f>,
    budget: &Budget,
) -> Result<Painted, Reason> {
    let mut painter =
        Painter { file, fonts, budget, runs: Vec::new(), unread: None, unknown: 0, marks: Vec::new() };
    match file.get_page_resources(page) {
        Ok((own, more)) => {
            let inherited = more.iter().filter_map(|id| file.get_dictionary(*id).ok());
            let resources: Vec<&Dictionary> = own.into_iter().chain(inherited).collect();
            let bytes = painter.page_bytes(page)?;
            painter.paint(&bytes, &resources, State::default(), 0)?;
        }
        Err(error) => painter.unread = Some(error.to_string()),
    }
    let height = height(file, page);
    painter.runs.iter_mut().for_each(|run| run.base = height - run.base);
    Ok(Painted { runs: painter.runs, unread: painter.unread, unknown: painter.unknown })
}

/// The height of a page; a box may be inherited.
fn height(file: &Document, page: ObjectId) -> f32 {
    let mut at = Some(page);
    for _ in 0..DEEPEST {
        let Some(node) = at.and_then(|id| file.get_dictionary(id).ok()) else { break };
        if let Ok(list) = node.get_deref(b"MediaBox", file).and_then(Object::as_array) {
            return number(list.get(3)).unwrap_or(0.0);
        }
        at = node.get(b"Parent").and_then(Object::as_reference).ok();
    }
    0.0
}

/// The state of painting.
#[derive(Clone)]
struct State<'f> {
    page: Matrix,
    line: Matrix,
    text: Matrix,
    font: Option<Rc<Font<'f>>>,
    size: f32,
    between: f32,
    spaces: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

impl Default for State<'_> {
    fn default() -> Self {
        State {
            page: IDENTITY,
            line: IDENTITY,
            text: IDENTITY,
            font: None,
            size: 1.0,
            between: 0.0,
            spaces: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

struct Painter<'f, 'b> {
    file: &'f Document,
    fonts: &'b Fonts<'f>,
    budget: &'b Budget,
    runs: Vec<Run>,
    /// What could not be read, as the first of it says.
    unread: Option<String>,
    /// How many signs have no letters in the file.
    unknown: usize,
    /// The marked content that is open.
    marks: Vec<MarkedContent>,
}

/// A passage of marked content (ISO 32000-2, 14.6).
#[derive(Clone, Debug, Default)]
struct MarkedContent {
    number: Option<i64>,
    /// It is no text of the page: a running head, an ornament.
    artifact: bool,
    /// The words that stand for it.
    words: Option<String>,
}

impl<'f> Painter<'f, '_> {
    /// All that a page paints, its streams one after the other.
    fn page_bytes(&mut self, page: ObjectId) -> Result<Vec<u8>, Reason> {
        let mut bytes = Vec::new();
        for id in self.file.get_page_contents(page) {
            let stream = self.file.get_object(id).and_then(Object::as_stream);
            match stream.and_then(|s| s.get_plain_content_with_limit(MOST_BYTES)) {
                Ok(more) => {
                    self.budget.content(more.len())?;
                    bytes.extend(more);
                    bytes.push(b'\n');
                }
                Err(error) => self.cannot_read(error.to_string()),
            }
        }
        Ok(bytes)
    }

    fn cannot_read(&mut self, why: String) {
        self.unread.get_or_insert(why);
    }

    fn paint(
        &mut self,
        bytes: &[u8],
        resources: &[&'f Dictionary],
        mut state: State<'f>,
        depth: usize,
    ) -> Result<(), Reason> {
        let mut saved: Vec<State<'_>> = Vec::new();
        let open = self.marks.len();
        for operation in Content::decode_iter(bytes) {
            self.budget.steps(1)?;
            let operation = match operation {
                Ok(operation) => operation,
                Err(error) => {
                    self.cannot_read(error.to_string());
                    break;
                }
            };
            let of = |n: usize| number(operation.operands.get(n)).unwrap_or(0.0);
            let matrix = || [of(0), of(1), of(2), of(3), of(4), of(5)];
            match operation.operator.as_str() {
                "q" if saved.len() < MOST_SAVED => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.page = then(matrix(), state.page),
                "BT" => (state.line, state.text) = (IDENTITY, IDENTITY),
                "Tm" => (state.line, state.text) = (matrix(), matrix()),
                "Td" => state.turn(of(0), of(1)),
                "TD" => {
                    state.leading = -of(1);
                    state.turn(of(0), of(1));
                }
                "T*" => state.turn(0.0, -state.leading),
                "TL" => state.leading = of(0),
                "Tc" => state.between = of(0),
                "Tw" => state.spaces = of(0),
                "Tz" => state.scale = of(0) / 100.0,
                "Ts" => state.rise = of(0),
                "Tf" => {
                    let name = operation.operands.first().and_then(|n| n.as_name().ok());
                    state.font = match name.and_then(|name| self.font(name, resources)) {
                        Some(font) => Some(self.fonts.of(self.file, font, self.budget)?),
                        None => None,
                    };
                    state.size = of(1);
                }
                "Tj" | "TJ" => self.show(&operation.operands, &mut state)?,
                "'" | "\"" => {
                    state.turn(0.0, -state.leading);
                    self.show(&operation.operands[operation.operands.len().saturating_sub(1)..], &mut state)?;
                }
                "BMC" | "BDC" => self.open(&operation.operands, resources)?,
                "EMC" if self.marks.len() > open => self.close(&state),
                "Do" if depth < DEEPEST => self.form(&operation.operands, resources, &state, depth)?,
                _ => {}
            }
        }
        self.marks.truncate(open);
        Ok(())
    }

    /// The font of a name; the nearest resources say which it is.
    fn font(&self, name: &[u8], resources: &[&'f Dictionary]) -> Option<&'f Dictionary> {
        resources.iter().find_map(|resources| {
            let fonts = resources.get_deref(b"Font", self.file).ok()?.as_dict().ok()?;
            fonts.get_deref(name, self.file).ok()?.as_dict().ok()
        })
    }

    /// A form: a content stream within another.
    fn form(
        &mut self,
        operands: &[Object],
        resources: &[&'f Dictionary],
        state: &State<'f>,
        depth: usize,
    ) -> Result<(), Reason> {
        let name = operands.first().and_then(|n| n.as_name().ok()).unwrap_or(b"");
        let named = resources.iter().find_map(|r| {
            let forms = r.get_deref(b"XObject", self.file).ok()?.as_dict().ok()?;
            forms.get_deref(name, self.file).ok()?.as_stream().ok()
        });
        let Some(form) =
            named.filter(|f| f.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form"))
        else {
            return Ok(());
        };
        let bytes = match form.get_plain_content_with_limit(MOST_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.cannot_read(error.to_string());
                return Ok(());
            }
        };
        self.budget.content(bytes.len())?;
        self.budget.steps(FORM)?;
        let own = form.dict.get_deref(b"Resources", self.file).and_then(Object::as_dict).ok();
        let list = form.dict.get_deref(b"Matrix", self.file).and_then(Object::as_array).ok();
        let matrix: Option<Vec<f32>> =
            list.map(|l| l.iter().map(|n| number(Some(n)).unwrap_or(0.0)).collect());
        let matrix = matrix.and_then(|m| Matrix::try_from(m).ok()).unwrap_or(IDENTITY);
        let inner = State { page: then(matrix, state.page), ..state.clone() };
        self.paint(&bytes, &own.map_or_else(|| resources.to_vec(), |own| vec![own]), inner, depth + 1)
    }

    /// Marked content begins.
    fn open(&mut self, operands: &[Object], resources: &[&'f Dictionary]) -> Result<(), Reason> {
        let artifact = operands.first().and_then(|n| n.as_name().ok()) == Some(b"Artifact");
        let list = match operands.get(1) {
            Some(Object::Name(name)) => resources.iter().find_map(|r| {
                let lists = r.get_deref(b"Properties", self.file).ok()?.as_dict().ok()?;
                lists.get_deref(name, self.file).ok()?.as_dict().ok()
            }),
            Some(list) => list.as_dict().ok(),
            None => None,
        };
        let (number, inside) =
            self.marks.last().map_or((None, false), |above| (above.number, above.artifact));
        let mark = list.and_then(|l| l.get(b"MCID").ok()?.as_i64().ok());
        let words = list.and_then(|l| l.get(b"ActualText").ok());
        // one list may be named again and again
        self.budget.letters(words.and_then(|w| w.as_str().ok()).map_or(0, <[u8]>::len))?;
        let words = words.and_then(|w| lopdf::decode_text_string(w).ok());
        if self.marks.len() < MOST_SAVED {
            let (number, artifact) = (mark.or(number), artifact || inside);
            self.marks.push(MarkedContent { number, artifact, words });
        }
        Ok(())
    }

    /// Marked content ends; words that stand for what it painted take the place of it.
    fn close(&mut self, _: &State<'_>) {
        self.marks.pop();
    }

    fn show(&mut self, operands: &[Object], state: &mut State<'f>) -> Result<(), Reason> {
        let Some(font) = state.font.clone() else {
            self.cannot_read("words are painted in a font that the file does not have".to_owned());
            return Ok(());
        };
        for operand in operands {
            match operand {
                Object::String(bytes, _) => self.string(bytes, &font, state)?,
                Object::Array(parts) => {
                    for part in parts {
                        match part {
                            Object::String(bytes, _) => self.string(bytes, &font, state)?,
                            other => {
                                let by = number(Some(other)).unwrap_or(0.0);
                                state.advance(-by / 1000.0 * state.size * state.scale);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn string(&mut self, bytes: &[u8], font: &Font<'f>, state: &mut State<'f>) -> Result<(), Reason> {
        let MarkedContent { number: mark, artifact, words } = self.marks.last().cloned().unwrap_or_default();
        let start = state.place();
        let mut unknown = 0;
        let mut text = String::new();
        for (letter, width, space) in font.letters(bytes) {
            text.push_str(&letter);
            let by = width / 1000.0 * state.size + state.between + if space { state.spaces } else { 0.0 };
            state.advance(by * state.scale);
            self.budget.letters(letter.len().max(1))?;
            unknown += usize::from(letter.is_empty());
        }
        if words.is_none() && !artifact {
            self.unknown += unknown;
        }
        if let Some(words) = words {
            // the first string bears the words, the others of the passage nothing
            text = words;
            if let Some(last) = self.marks.last_mut() {
                last.words = Some(String::new());
            }
        }
        let end = state.place();
        // what stands upright is no line of the page
        let flat = (end.1 - start.1).abs() <= (end.0 - start.0).abs().max(0.01);
        if flat && !text.is_empty() {
            let size = state.drawn_size();
            let (left, right) = (start.0.min(end.0), start.0.max(end.0));
            self.runs.push(Run {
                text,
                left,
                right,
                base: start.1,
                size,
                slanted: font.slanted,
                fixed: font.fixed,
                mark,
                artifact,
            });
        }
        Ok(())
    }
}

impl State<'_> {
    fn turn(&mut self, x: f32, y: f32) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f32) {
        self.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    /// Where the next letter stands on the page.
    fn place(&self) -> (f32, f32) {
        let at = then(self.text, self.page);
        (at[4] + self.rise * at[2], at[5] + self.rise * at[3])
    }

    /// The size of type as it is seen.
    fn drawn_size(&self) -> f32 {
        let at = then(self.text, self.page);
        self.size.abs() * (at[2] * at[2] + at[3] * at[3]).sqrt()
    }
}
