//! Lines that are simple HTML and mean what Markdown has a mark for: alignment,
//! figures, rules, and inside of a line pictures and ends of lines.

use super::lifter::{Lifter, Lines, Open};
use super::rows::{after_newline, line_end};
use super::signs::TURN;
use super::tag::Tag;
use crate::diag::Span;
use crate::manuscript::fences::{self, Fence};
use crate::manuscript::raw::Attrs;

impl Lifter<'_> {
    /// A line that is a tag of HTML and nothing else.
    pub(super) fn html_line(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let content = self.source[start + prefix..end].trim_end();
        let tag = Tag::read(content)?;
        let alone = tag.length == content.len();
        let marks = &self.source[start..start + prefix];
        let span = Span::new(self.out.file, start + prefix, start + prefix + content.len());
        match (tag.name.as_str(), tag.closes) {
            ("hr", false) if alone => {
                let above = self.is_fresh();
                for c in (if above { "" } else { "\n" }).chars().chain(marks.chars()).chain("* * *".chars()) {
                    self.out.push(c, start + prefix);
                }
                Some(self.newline(end))
            }
            ("div" | "p" | "center", false) if alone => {
                let class = aligned(&tag)?;
                self.html.push(tag.name.clone());
                let marks = marks.to_owned();
                self.blank_line(&marks, start);
                let attrs = Attrs {
                    classes: class.map(str::to_owned).into_iter().collect(),
                    id: tag.get("id").map(str::to_owned),
                    span: Some(span),
                    ..Attrs::default()
                };
                self.open.push(Open {
                    lines: Lines::Joined,
                    closes_at: None,
                    prefix: marks.clone(),
                    dedent: None,
                });
                self.fence(&marks, Fence::Open(attrs, span), start + prefix);
                Some(after_newline(self.source, end))
            }
            ("div" | "p" | "center", true) if alone && self.html.last() == Some(&tag.name) => {
                self.html.pop();
                self.open.pop();
                let marks = marks.to_owned();
                self.blank_line(&marks, start);
                self.fence(&marks, Fence::Close(span), start + prefix);
                Some(after_newline(self.source, end))
            }
            ("div" | "p" | "center", false) => self.html_passage(start, end, prefix, &tag),
            ("figure", false) => self.html_figure(start, prefix),
            _ => None,
        }
    }

    /// `<p align="center">words</p>` in one line.
    fn html_passage(&mut self, start: usize, end: usize, prefix: usize, tag: &Tag<'_>) -> Option<usize> {
        let content = self.source[start + prefix..end].trim_end();
        let words = content[tag.length..].strip_suffix(&format!("</{}>", tag.name))?;
        let class = aligned(tag)?;
        let marks = self.source[start..start + prefix].to_owned();
        let (from, to) = (start + prefix + tag.length, start + prefix + tag.length + words.len());
        let span = Span::new(self.out.file, start + prefix, start + prefix + content.len());
        let attrs = Attrs {
            classes: class.map(str::to_owned).into_iter().collect(),
            span: Some(span),
            ..Attrs::default()
        };
        self.blank_line(&marks, start);
        self.fence(&marks, Fence::Open(attrs, span), from);
        marks.chars().for_each(|c| self.out.push(c, from));
        let line_out = self.out.text.len();
        self.inline(line_out, from, to);
        self.out.push('\n', to);
        self.fence(&marks, Fence::Close(span), to);
        Some(after_newline(self.source, end))
    }

    /// `<figure>` with a picture and perhaps its caption.
    fn html_figure(&mut self, start: usize, prefix: usize) -> Option<usize> {
        let from = start + prefix;
        let block = &self.source[from..fences::blank_line(self.source, from)];
        let length = block.find("</figure>")? + "</figure>".len();
        let block = &block[..length];
        let img = block.find("<img")?;
        let tag = Tag::read(&block[img..])?;
        let picture = picture(&tag)?;
        let marks = self.source[start..from].to_owned();
        self.blank_line(&marks, from);
        marks.chars().chain(picture.chars()).chain(['\n']).for_each(|c| self.out.push(c, from + img));
        self.blank_line(&marks, from + img);
        if let Some(open) = block.find("<figcaption") {
            let inside = open + Tag::read(&block[open..])?.length;
            let words = &block[inside..inside + block[inside..].find("</figcaption>")?];
            let lead = words.len() - words.trim_start().len();
            let (caption, last) = (from + inside + lead, from + inside + words.trim_end().len());
            let span = Span::new(self.out.file, caption, last);
            self.open_fence(&marks, "caption", span);
            marks.chars().for_each(|c| self.out.push(c, caption));
            for (at, c) in self.source[caption..last].char_indices() {
                self.character(caption + at, if c == '\n' || c == '\r' { ' ' } else { c });
            }
            self.out.push('\n', last);
            self.fence(&marks, Fence::Close(span), last);
        }
        let after = from + length;
        let end = line_end(self.source, after);
        self.source[after..end].trim().is_empty().then(|| after_newline(self.source, end))
    }

    /// A tag inside of a line that is written in other signs; returns where the
    /// line goes on.
    pub(super) fn inline_tag(&mut self, at: usize) -> Option<usize> {
        if self.in_indented_code {
            return None;
        }
        let tag = Tag::read(&self.source[at..])?;
        match tag.name.as_str() {
            "br" => self.out.push(TURN, at),
            "img" => picture(&tag)?.chars().for_each(|c| self.out.push(c, at)),
            _ => return None,
        }
        Some(at + tag.length)
    }
}

/// The division that an element of HTML is when it has no more than an alignment
/// or an id; none when it has anything else.
fn aligned(tag: &Tag<'_>) -> Option<Option<&'static str>> {
    let style = tag.get("style").unwrap_or("").replace(' ', "").to_ascii_lowercase();
    let wanted = match style.trim_end_matches(';') {
        "" if tag.name == "center" => "center",
        "" => tag
            .get("align")
            .or(tag.get("class").filter(|class| matches!(*class, "center" | "centre")))
            .unwrap_or(""),
        "text-align:center" => "center",
        "text-align:right" => "right",
        "text-align:left" | "text-align:justify" => "left",
        _ => return None,
    };
    match wanted.to_ascii_lowercase().as_str() {
        "center" | "centre" | "middle" => Some(Some("centre")),
        "right" => Some(Some("signature")),
        "left" | "justify" => Some(None),
        "" if tag.get("id").is_some() && tag.get("class").is_none() => Some(None),
        _ => None,
    }
}

/// A picture of HTML as Markdown has it.
fn picture(tag: &Tag<'_>) -> Option<String> {
    let src = tag.get("src").filter(|src| !src.is_empty())?;
    let alt: String = tag.get("alt").unwrap_or("").chars().map(|c| if c == '"' { '”' } else { c }).collect();
    let mut attributes = vec![format!("alt=\"{}\"", alt.replace(['{', '}', '\n', '\r'], " "))];
    let width = tag.get("width").map(str::to_owned).or_else(|| {
        let style = tag.get("style")?.replace(' ', "");
        style.split(';').find_map(|rule| rule.strip_prefix("width:").map(str::to_owned))
    });
    if let Some(width) = width {
        let unit = if width.bytes().all(|b| b.is_ascii_digit()) { "px" } else { "" };
        attributes.push(format!("width={width}{unit}"));
    }
    if let Some(id) = tag.get("id") {
        attributes.push(format!("#{id}"));
    }
    Some(format!("![](<{}>){{{}}}", src.replace(['<', '>', '\n'], ""), attributes.join(" ")))
}
