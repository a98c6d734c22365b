//! Links: to the web, to places of the book, to its notes.

use super::Resolver;
use crate::book::{AnchorId, Inline, InlineKind, Target, Text, address, near_address};
use crate::diag::{Code, FileId, Severity, Span, nearest};
use crate::manuscript::anchors::Found;
use crate::manuscript::links::{self, Dest};
use crate::manuscript::raw;
use crate::sources::{self, candidates};

impl Resolver<'_> {
    pub(super) fn link(
        &mut self,
        written: &str,
        page: bool,
        children: Vec<raw::Inline>,
        span: Span,
        out: &mut Vec<Inline>,
    ) {
        let bare = children.is_empty();
        let mut children = self.inlines(children);
        let kind = match links::dest(written) {
            Dest::Url(url) => {
                if bare {
                    children.push(Inline { kind: InlineKind::Text(Text::new(url.clone())), span });
                }
                self.web_link(&url, &mut children, span)
            }
            Dest::Scheme(scheme) => {
                self.scheme_unknown(written, &scheme, span);
                None
            }
            Dest::Note(label) => self.note_link(&label, bare, &mut children, span),
            Dest::Id(id) => self
                .id_link(&id, span)
                .map(|anchor| self.anchor_link(anchor, bare, page, &mut children, span)),
            Dest::File(path, id) => self
                .file_link((&path, id.as_deref()), bare, span)
                .map(|anchor| self.anchor_link(anchor, bare, page, &mut children, span)),
        };
        match kind {
            Some(kind) => out.push(Inline { kind, span }),
            None => {
                self.graver_when(bare);
                out.append(&mut children);
            }
        }
    }

    /// A link out of the book, to an address that every reader takes.
    fn web_link(&mut self, url: &str, children: &mut Vec<Inline>, span: Span) -> Option<InlineKind> {
        match address(url) {
            Ok(url) => Some(InlineKind::Link(Target::Url(url), std::mem::take(children))),
            Err(reason) => {
                let message = format!("`{url}` is not an address: {reason}");
                let hint = match url.starts_with("mailto:") {
                    true => "write `mailto:name@example.org`; until then its words stand without a link",
                    false => {
                        "copy it from the address line of a browser; until then its words stand without a link"
                    }
                };
                self.find(Code::AddressInvalid, span, message, hint);
                None
            }
        }
    }

    fn scheme_unknown(&mut self, written: &str, scheme: &str, span: Span) {
        let (message, hint) = match near_address(written) {
            Some(near) => (
                format!("`{written}` looks like a web address, but does not say `https://`"),
                format!("write `{near}`"),
            ),
            None => (
                format!("a book does not follow `{scheme}` links"),
                "take the link away, or write an address that begins with https:, http: or mailto:"
                    .to_owned(),
            ),
        };
        self.find(Code::LinkScheme, span, message, &hint);
    }

    /// A reference without words of its own would leave a hole in the text.
    fn graver_when(&mut self, bare: bool) {
        if let Some(finding) = self.findings.last_mut().filter(|_| bare) {
            finding.severity = Severity::Error;
        }
    }

    fn anchor_link(
        &mut self,
        anchor: AnchorId,
        bare: bool,
        page: bool,
        children: &mut Vec<Inline>,
        span: Span,
    ) -> InlineKind {
        if page {
            InlineKind::PageOf(anchor)
        } else if bare {
            self.untitled.push((anchor, span));
            InlineKind::TitleOf(anchor)
        } else {
            InlineKind::Link(Target::Anchor(anchor), std::mem::take(children))
        }
    }

    fn note_link(
        &mut self,
        label: &str,
        bare: bool,
        children: &mut Vec<Inline>,
        span: Span,
    ) -> Option<InlineKind> {
        let Some(note) = self.numbered.by_label.get(&(self.file, label.to_owned())) else {
            let message = format!("no note `[^{label}]` is called in this file");
            self.find(Code::NoteUnknown, span, message, "notes belong to their file; check the label");
            return None;
        };
        let number = InlineKind::NumberOf(*note);
        if bare {
            return Some(number);
        }
        let mut words = std::mem::take(children);
        words.push(Inline { kind: InlineKind::Text(Text::new(" ")), span });
        words.push(Inline { kind: number, span });
        children.append(&mut words);
        None
    }

    fn id_link(&mut self, id: &str, span: Span) -> Option<AnchorId> {
        match self.places.find(self.file, id) {
            Found::One(anchor) => Some(anchor),
            Found::Many => {
                let message = format!("several texts have a place `#{id}`, and this one has none");
                self.find(Code::LinkTargetUnknown, span, message, "name the file too: [words](other.md#id)");
                None
            }
            Found::None => {
                let message = format!("no place in the book has the id `#{id}`");
                let may_guess = self.may_guess();
                let near = self.places.near(None, id).filter(|_| may_guess);
                let hint = match near {
                    Some(near) => format!("did you mean `#{near}`?"),
                    None => "give a heading this id with {#id}, or put []{#id} where the link should lead"
                        .to_owned(),
                };
                self.find(Code::LinkTargetUnknown, span, message, &hint);
                None
            }
        }
    }

    fn file_link(&mut self, (written, id): (&str, Option<&str>), bare: bool, span: Span) -> Option<AnchorId> {
        let Some(file) = self.text_named(written) else {
            let whole = id.map_or(written.to_owned(), |id| format!("{written}#{id}"));
            match near_address(&whole) {
                Some(near) => self.address_meant(&whole, &near, span),
                None => self.text_unknown(written, bare, span),
            }
            return None;
        };
        let found = match id {
            Some(id) => self.places.in_file(file, id),
            None => self.places.title(file),
        };
        if found.is_none() {
            let message = match id {
                Some(id) => format!("`{written}` has no place `#{id}`"),
                None => format!("`{written}` has no heading that a link could lead to"),
            };
            let may_guess = self.may_guess();
            let near = id.filter(|_| may_guess).and_then(|id| self.places.near(Some(file), id));
            let hint = match near {
                Some(near) => format!("did you mean `{written}#{near}`?"),
                None => "put []{#id} where the link should lead".to_owned(),
            };
            self.find(Code::LinkTargetUnknown, span, message, &hint);
        }
        found
    }

    /// Tells of what looks like an address, but lacks its beginning.
    fn address_meant(&mut self, written: &str, near: &str, span: Span) {
        let (what, start) = match near.starts_with("mailto:") {
            true => ("an email address", "mailto:"),
            false => ("a web address", "https://"),
        };
        let message = format!("`{written}` looks like {what}, but does not begin with `{start}`");
        self.find(Code::LinkTargetUnknown, span, message, &format!("write `{near}`"));
    }

    /// The text that a link means: the file that it names, or the one whose page
    /// on the web it names.
    fn text_named(&self, written: &str) -> Option<FileId> {
        let text = |path: &str| self.sources.map.find(path).filter(|file| self.texts.contains(file));
        candidates(self.name(), written).find_map(|path| {
            let bare = path.strip_suffix(".html").unwrap_or(&path);
            text(&path).or_else(|| text(&format!("{bare}.md")))
        })
    }

    /// Tells once of a file that is no text, unless a link has no words of its
    /// own and leaves a hole.
    fn text_unknown(&mut self, written: &str, bare: bool, span: Span) {
        let from_top = || written.strip_prefix('/').and_then(|written| sources::path("", written));
        let near = sources::path(self.name(), written).or_else(from_top);
        if !bare {
            let name = near.clone().unwrap_or_else(|| written.to_owned());
            if let Some((_, more)) = self.strays.get_mut(&name) {
                *more += 1;
                return;
            }
            self.strays.insert(name, (self.findings.len(), 0));
        }
        let (message, hint) = match near {
            Some(near) => {
                let hint = match self.text_near(&near) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "links lead to files that stand in [matter], or to web addresses".to_owned(),
                };
                (format!("`{near}` is not a text of this book"), hint)
            }
            None => (
                format!("`{written}` leads out of the book's folder"),
                "link to a text of the book, or to a web address".to_owned(),
            ),
        };
        self.find(Code::LinkTargetUnknown, span, message, &hint);
    }

    /// The text that is most likely meant by a path that is none: its name differs in capitals or in
    /// a letter, or it lies in another folder.
    fn text_near(&mut self, path: &str) -> Option<String> {
        if !self.may_guess() {
            return None;
        }
        let map = &self.sources.map;
        let names = || self.texts.iter().map(|file| map.file(*file).name.as_str());
        let lower = path.to_lowercase();
        let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let same = names().find(|name| name.to_lowercase() == lower);
        let moved = || names().find(|name| file(name) == file(path));
        same.or_else(moved).or_else(|| nearest(path, names())).map(str::to_owned)
    }

    /// Whether a near word may still be looked for: that takes as long as there are names, and where
    /// hundreds are wrong, no slip of a letter is.
    fn may_guess(&mut self) -> bool {
        const MOST: u32 = 100;
        self.guesses += 1;
        self.guesses <= MOST
    }

    /// Says how many links more lead to files that the book has not.
    pub(super) fn strays_counted(&mut self) {
        for (finding, more) in std::mem::take(&mut self.strays).into_values().filter(|(_, more)| *more > 0) {
            let links =
                if more == 1 { "one more link leads".to_owned() } else { format!("{more} more links lead") };
            self.findings[finding].message.push_str(&format!("; {links} there"));
        }
    }

    /// A reference that prints a title needs a place that has one.
    pub(super) fn titles_wanted(&mut self) {
        for (anchor, span) in std::mem::take(&mut self.untitled) {
            if self.places.anchors.get(anchor).title.is_none() {
                let message = "this place has no title that the reference could print".to_owned();
                self.find(Code::LinkUntitled, span, message, "write the words yourself: [words](#id)");
            }
        }
    }
}
