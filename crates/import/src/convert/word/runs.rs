//! What stands in a paragraph of a Word file: runs of words, fields, links, notes, pictures,
//! changes and remarks.

use super::called::Called;
use super::package::{Package, Target};
use super::raw::raw_of;
use super::styles::{Styles, look_of, shifted, val};
use crate::convert::element::{Element, Node};
use crate::convert::look::Look;
use crate::convert::model::{Book, Inline, plain};
use crate::convert::pauses::PAUSE;
use crate::convert::remarks::Remarks;
use crate::convert::targets::{anchor, linked, outside};
use crate::convert::tracked::{Kind, Verdicts, by};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// No address is longer than this many bytes of a field's code.
const LONGEST_CODE: usize = 8192;
/// So many fields in one another are followed.
const MOST_FIELDS: usize = 60;

/// What the report calls the signs of notes that stay out.
pub(super) const NOTE_SIGNS: &str = "numbers of notes, which are made anew";

/// A field on the way: `TOC`, `HYPERLINK` …
#[derive(Clone, Debug, Default)]
struct Field {
    code: String,
    /// Its result is read now, no longer its code.
    shows: bool,
}

/// Reads the runs of one part.
pub(super) struct Runs<'p, 'b, 'z> {
    pub package: &'p Package<'z>,
    pub styles: &'p Styles,
    pub relations: Rc<BTreeMap<String, Target>>,
    pub book: &'b mut Book,
    pub changes: &'p Verdicts,
    /// Places that links or references lead to.
    pub wanted: &'p BTreeSet<String>,
    /// The notes that were called, in order: `f12` for footnotes, `e3` for endnotes.
    pub notes: &'b mut Called,
    pub remarks: &'b mut Remarks,
    /// Text boxes that were met, and what else is to be read after its paragraph.
    pub boxes: Vec<Element>,
    fields: Vec<Field>,
    /// How many fields are open beyond those that are followed.
    deeper_fields: usize,
    pub page_break: bool,
    /// A page ends behind words of the paragraph: the next one begins a page.
    pub ends_page: bool,
    /// Words of the paragraph were met.
    has_words: bool,
    /// Words of contents or of an index were met.
    saw_contents: bool,
    /// The look of the paragraph's style, which is no look of its words.
    pub usual: Look,
    /// The largest size met, in half points.
    pub size: u32,
    /// Whether all words met are underlined; none before the first.
    pub underlined: Option<bool>,
}

impl<'p, 'b, 'z> Runs<'p, 'b, 'z> {
    #[allow(clippy::too_many_arguments, reason = "each is a part of the file")]
    pub(super) fn new(
        package: &'p Package<'z>,
        styles: &'p Styles,
        part: &str,
        book: &'b mut Book,
        changes: &'p Verdicts,
        wanted: &'p BTreeSet<String>,
        notes: &'b mut Called,
        remarks: &'b mut Remarks,
    ) -> Runs<'p, 'b, 'z> {
        let relations = package.relations(part);
        let (boxes, fields) = (Vec::new(), Vec::new());
        let (page_break, ends_page, has_words, saw_contents) = (false, false, false, false);
        let (usual, size) = (Look::default(), 0);
        Runs {
            package,
            styles,
            relations,
            book,
            changes,
            wanted,
            notes,
            remarks,
            boxes,
            fields,
            deeper_fields: 0,
            page_break,
            ends_page,
            has_words,
            saw_contents,
            usual,
            size,
            underlined: None,
        }
    }

    /// Begins a paragraph in the look of its style.
    pub(super) fn begin(&mut self, usual: Look, page_break: bool) {
        (self.usual, self.size, self.page_break) = (usual, 0, page_break);
        self.underlined = None;
        // what a remark is about goes on behind the end of a paragraph
        self.remarks.see(" ");
        (self.ends_page, self.has_words) = (false, false);
        self.saw_contents = self.in_contents();
    }

    /// Whether the result of a contents field was read in this paragraph.
    pub(super) fn saw_contents(&self) -> bool {
        self.saw_contents || self.in_contents()
    }

    /// Whether the result of a contents field is read.
    fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.shows && matches!(field.name(), "TOC" | "INDEX" | "TOA"))
    }

    /// The inlines of a paragraph, or of what stands in one.
    pub(super) fn inlines(&mut self, element: &Element) -> Vec<Inline> {
        let mut out = Vec::new();
        for inner in element.elements() {
            self.part(inner, &mut out);
        }
        out
    }

    fn part(&mut self, element: &Element, out: &mut Vec<Inline>) {
        match element.name.as_str() {
            "w:r" => self.run(element, out),
            "w:hyperlink" => {
                let inner = self.link(element);
                let to = self.target(element);
                out.extend(linked(to, inner));
            }
            "w:fldSimple" => {
                let inner = self.inlines(element);
                let to = self.field_target(element.get("w:instr").unwrap_or(""));
                out.extend(linked(to, inner));
            }
            "w:ins" | "w:moveTo" => {
                self.change(element, Kind::Insertion, "insertions that were rejected", out);
            }
            "w:del" | "w:moveFrom" => {
                self.change(element, Kind::Deletion, "deletions that were accepted", out);
            }
            "w:bookmarkStart" => out.extend(self.place(element)),
            "w:commentRangeStart" => self.remark(element, true),
            "w:commentRangeEnd" => self.remark(element, false),
            "m:oMath" | "m:oMathPara" => {
                self.book.turn("formulas into plain words");
                out.extend(crate::convert::formulas::inlines(element, self.book));
            }
            "mc:AlternateContent" => {
                if let Some(choice) = element.child("mc:Choice") {
                    out.extend(self.inlines(choice));
                }
            }
            "w:pPr" | "w:rPr" | "w:proofErr" | "w:bookmarkEnd" => {}
            // words that stand in no run
            "w:t" | "w:delText" | "w:br" | "w:cr" | "w:tab" | "w:noBreakHyphen" => self.piece(element, out),
            _ => out.extend(self.inlines(element)),
        }
    }

    /// A place that links lead to.
    pub(super) fn place(&self, element: &Element) -> Option<Inline> {
        let name = element.get("w:name").and_then(anchor).filter(|name| self.wanted.contains(name));
        name.map(Inline::Anchor)
    }

    /// The words of a link, whose line below them is no emphasis.
    fn link(&mut self, element: &Element) -> Vec<Inline> {
        let usual = self.usual;
        self.usual.underlined = Some(true);
        let inner = self.inlines(element);
        self.usual = usual;
        inner
    }

    /// An insertion or a deletion that somebody kept track of.
    fn change(&mut self, element: &Element, kind: Kind, why: &'static str, out: &mut Vec<Inline>) {
        self.book.turn("changes that were kept track of, accepted or rejected as you asked");
        let words = raw_of(element);
        if self.keeps(element, kind, &words) {
            out.extend(self.inlines(element));
        } else {
            self.book.leave_out(why, words);
        }
    }

    /// Whether the words of a change stand in the book; it is told of when the editor is asked.
    pub(super) fn keeps(&mut self, element: &Element, kind: Kind, words: &str) -> bool {
        let said = |key: &str| element.get(key).unwrap_or("");
        if self.changes.are_asked() {
            self.book.changes.add(kind, said("w:id"), words, by(said("w:author"), said("w:date")));
        }
        self.changes.keep(kind, said("w:id"))
    }

    fn remark(&mut self, element: &Element, opens: bool) {
        if let Some(id) = element.get("w:id") {
            self.remarks.mark(id, opens);
        }
    }

    fn run(&mut self, run: &Element, out: &mut Vec<Inline>) {
        let properties = run.child("w:rPr");
        let style = properties.and_then(|p| p.child("w:rStyle")).and_then(val);
        let mut look =
            look_of(properties).or(style.map(|id| self.styles.resolved(id).look).unwrap_or_default());
        look.raised = look.raised.or(shifted(properties, self.usual.size.unwrap_or(self.styles.size)));
        let (mut inner, boxes) = (Vec::new(), self.boxes.len());
        let marked = run.elements().find(|part| part.get("w:customMarkFollows").is_some_and(|on| on != "0"));
        for part in run.elements() {
            match marked {
                Some(call) if part.name == "w:t" => self.own_mark(call, part.words()),
                _ => self.piece(part, &mut inner),
            }
        }
        if look.hidden.or(self.usual.hidden) == Some(true) {
            self.boxes.truncate(boxes);
            self.book.leave_out("words that the source hides", raw_of(run));
            return;
        }
        if inner.is_empty() {
            return;
        }
        self.size = self.size.max(look.size.or(self.usual.size).unwrap_or(0));
        if !plain(&inner).trim().is_empty() {
            let is_underlined = look.underlined.or(self.usual.underlined) == Some(true);
            self.underlined = Some(self.underlined.unwrap_or(true) && is_underlined);
        }
        let code = style.is_some_and(|id| self.styles.is_code(id));
        let language = properties.and_then(|p| p.child("w:lang")).and_then(val);
        let is_link = self.fields.last().is_some_and(|field| field.name() == "HYPERLINK");
        let usual = Look { underlined: self.usual.underlined.or(is_link.then_some(true)), ..self.usual };
        let inner = look.capitals(inner, usual, self.book);
        let around = self.book.meta.language.as_deref().unwrap_or("en");
        out.extend(look.dress(inner, usual, code, language.map(|tag| (tag, around))));
    }

    /// A sign with which the author calls a note by hand: its number is made anew.
    fn own_mark(&mut self, call: &Element, sign: String) {
        if let Some(name) = note_name(call) {
            self.notes.mark(name, sign.trim());
        }
        self.book.leave_out(NOTE_SIGNS, sign);
    }

    fn piece(&mut self, part: &Element, out: &mut Vec<Inline>) {
        match part.name.as_str() {
            "w:fldChar" => self.field_mark(part),
            "w:instrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                    let words = part.words();
                    if field.code.len() + words.len() <= LONGEST_CODE {
                        field.code.push_str(&words);
                    }
                }
            }
            "w:t" | "w:delText" => {
                let words = part.words();
                // the result of a field in the code of another, which is shown instead
                let inner = self.fields.len().saturating_sub(1);
                if self.fields.last().is_some_and(|field| field.shows)
                    && self.fields[..inner].iter().any(|field| !field.shows)
                {
                    self.book.leave_out("what fields of the source reckon with", words);
                    return;
                }
                self.has_words |= !words.trim().is_empty();
                self.saw_contents |= self.in_contents();
                self.remarks.see(&words);
                let to = self.fields.last().filter(|field| field.shows).map(|field| field.code.clone());
                let to = to.and_then(|code| self.field_target(&code));
                out.extend(linked(to, vec![Inline::Text(words)]));
            }
            "w:tab" | "w:ptab" => out.push(Inline::Text("\t".into())),
            "w:noBreakHyphen" => out.push(Inline::Text("\u{2011}".into())),
            "w:softHyphen" => out.push(Inline::Text("\u{ad}".into())),
            "w:br" if part.get("w:type") == Some("page") && self.has_words => self.ends_page = true,
            "w:br" if part.get("w:type") == Some("page") => self.page_break = true,
            "w:br" | "w:cr" => out.push(Inline::Break),
            "w:sym" => self.symbol(part, out),
            "w:footnoteReference" | "w:endnoteReference" => {
                let name = note_name(part);
                out.extend(name.map(|name| Inline::Note(self.notes.number(name))));
            }
            "mc:AlternateContent" => {
                if let Some(choice) = part.child("mc:Choice") {
                    choice.elements().for_each(|inner| self.piece(inner, out));
                }
            }
            "w:drawing" | "w:pict" | "w:object" => self.drawing(part, out),
            "w:ruby" => {
                let (base, reading) = (part.child("w:rubyBase"), part.child("w:rt"));
                out.extend(base.map(|inner| self.inlines(inner)).unwrap_or_default());
                if let Some(reading) = reading {
                    self.book.added.push_str("() ");
                    out.push(Inline::Text("(".into()));
                    out.extend(self.inlines(reading));
                    out.push(Inline::Text(")".into()));
                }
            }
            // what has no place in a run, and words: they are read after the paragraph, as those of a text box
            _ if !raw_of(part).trim().is_empty() => {
                self.boxes
                    .push(Element { children: vec![Node::Element(part.clone())], ..Element::default() });
            }
            _ => {}
        }
    }

    fn field_mark(&mut self, part: &Element) {
        match part.get("w:fldCharType") {
            Some("begin") if self.fields.len() < MOST_FIELDS => self.fields.push(Field::default()),
            Some("begin") => self.deeper_fields += 1,
            Some("separate") if self.deeper_fields == 0 => {
                self.fields.last_mut().into_iter().for_each(|field| field.shows = true);
            }
            Some("separate") => {}
            _ if self.deeper_fields > 0 => self.deeper_fields -= 1,
            _ => _ = self.fields.pop(),
        }
    }

    /// Where a field leads: `HYPERLINK "address"`, `HYPERLINK \l "place"`, `REF place`.
    fn field_target(&self, code: &str) -> Option<String> {
        let code = code.trim();
        let rest = code.strip_prefix("HYPERLINK")?;
        let quoted = rest.split('"').nth(1)?;
        if rest.contains("\\l") {
            return anchor(quoted).filter(|name| self.wanted.contains(name)).map(|name| format!("#{name}"));
        }
        outside(quoted)
    }

    fn target(&mut self, element: &Element) -> Option<String> {
        if let Some(place) = element.get("w:anchor").and_then(anchor) {
            return self.wanted.contains(&place).then(|| format!("#{place}"));
        }
        let target = self.relations.get(element.get("r:id")?).filter(|target| target.is_outside)?;
        let to = outside(&target.to);
        if to.is_none() {
            self.book.unfollowed.is_outside(&target.to);
        }
        to
    }

    /// A sign of a face of symbols.
    fn symbol(&mut self, part: &Element, out: &mut Vec<Inline>) {
        let code = part.get("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let sign = code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
        match sign {
            Some(sign) => {
                self.book.added.push(sign);
                self.book.added.push(' ');
                out.push(Inline::Text(sign.to_string()));
            }
            None => self
                .book
                .missing
                .push(format!("a sign of the face {}", part.get("w:font").unwrap_or("Symbol"))),
        }
    }

    /// Tells of charts and diagrams, which the program draws from data.
    fn unshown(&mut self, part: &Element) {
        let mut found = Vec::new();
        part.all(&|inner| matches!(inner.name.as_str(), "c:chart" | "cx:chart" | "dgm:relIds"), &mut found);
        for drawn in found {
            let target = ["r:id", "r:dm"].iter().find_map(|key| self.relations.get(drawn.get(key)?));
            let what = target.map_or("a chart", |target| target.to.as_str());
            self.book.unfollowed.is_unshown(what.to_owned());
        }
    }

    /// A drawing: pictures stand here, text boxes after the paragraph.
    fn drawing(&mut self, part: &Element, out: &mut Vec<Inline>) {
        let mut rules = Vec::new();
        part.all(&|inner| inner.get("o:hr").is_some_and(|on| on == "t"), &mut rules);
        if !rules.is_empty() {
            // a rule across the page, as `---` becomes in many programs
            self.book.added.push_str(PAUSE);
            out.push(Inline::Text(PAUSE.into()));
            return;
        }
        self.unshown(part);
        let mut boxes = Vec::new();
        part.all(&|inner| inner.name == "w:txbxContent", &mut boxes);
        // the same box stands there once more for older programs
        let mut fallbacks = Vec::new();
        part.all(&|inner| inner.name == "mc:Fallback", &mut fallbacks);
        let mut old = Vec::new();
        fallbacks.iter().for_each(|fallback| fallback.all(&|inner| inner.name == "w:txbxContent", &mut old));
        let old: BTreeSet<*const Element> = old.into_iter().map(std::ptr::from_ref).collect();
        for found in boxes {
            if !old.contains(&std::ptr::from_ref(found)) {
                self.boxes.push(found.clone());
                self.book.turn("text boxes into paragraphs");
            }
        }
        let mut pictures = Vec::new();
        part.all(&|inner| matches!(inner.name.as_str(), "a:blip" | "v:imagedata"), &mut pictures);
        let mut named = Vec::new();
        part.all(&|inner| inner.name == "wp:docPr", &mut named);
        let alt = named.first().and_then(|named| named.get("descr")).unwrap_or("").to_owned();
        for picture in pictures {
            let id = ["r:embed", "r:id", "r:link"].iter().find_map(|key| picture.get(key));
            let target = id.and_then(|id| self.relations.get(id));
            let inside = target.filter(|target| !target.is_outside);
            let archive = &self.package.archive;
            match inside.and_then(|target| self.book.picture(&target.to, |path| archive.read(path))) {
                Some(path) => out.push(Inline::Image { path, alt: alt.clone() }),
                None => self
                    .book
                    .missing
                    .push(target.map_or_else(|| "a picture".to_owned(), |target| target.to.clone())),
            }
        }
    }
}

/// The name of the note that is called.
fn note_name(call: &Element) -> Option<String> {
    let kind = if call.name == "w:footnoteReference" { 'f' } else { 'e' };
    call.get("w:id").map(|id| format!("{kind}{id}"))
}

impl Field {
    fn name(&self) -> &str {
        self.code.split_ascii_whitespace().next().unwrap_or("")
    }
}
