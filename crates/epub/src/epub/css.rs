//! The style sheet: from the same keys as the pages, with rules only for what
//! the book uses, and without colours, so that readers can turn day to night.

use super::doc::Session;
use super::fonts::FontFile;
use super::picture::BESIDE;
use super::sides::mirrored;
use super::toc::{Named, entry_look};
use crate::book::Meta;
use crate::css;
use crate::length::{Abs, Length};
use crate::reason::Reason;
use crate::style::{
    Alignment, BoxDesign, Case, Family, Figures, Lines, Markers, Paragraphs, Rules, Style, TitleDesign,
    TitleRules,
};
use std::fmt::Write;

/// Titles of more letters are set smaller on the title page, by as much as they are longer in width and depth.
const LONG_TITLE: f64 = 70.0;
/// No title on a title page is smaller, in sizes of the text.
const LEAST_TITLE: f64 = 1.3;

/// A style sheet that grows.
struct StyleSheet<'s> {
    session: &'s Session,
    /// Whether the book runs from right to left.
    rtl: bool,
    out: String,
}

/// The style sheet of a book.
pub(super) fn sheet(style: &Style, session: &Session, fonts: &[FontFile], meta: &Meta) -> String {
    let rtl = meta.language.is_rtl();
    let mut sheet = StyleSheet { session, rtl, out: String::from("@charset \"utf-8\";\n") };
    fonts.iter().for_each(|font| sheet.face(font));
    sheet.text(style, fonts);
    sheet.words(style, fonts);
    sheet.pictures(style);
    sheet.headings(style);
    sheet.passages(style);
    sheet.lists_and_tables(style);
    sheet.notes(style);
    sheet.made_pages(style, meta);
    sheet.families(style, fonts);
    sheet.out
}

impl StyleSheet<'_> {
    /// A rule for selectors, each kept only when its last part is used. Old
    /// readers know `hyphens` by the names that it had in drafts. Sides are
    /// those of a book that runs from left to right.
    fn rule(&mut self, selectors: &str, declarations: &str) {
        let is_kept = |selector: &&str| !selector.is_empty() && self.is_used(selector);
        let kept = selectors.split(", ").filter(is_kept).collect::<Vec<_>>();
        let whole = " -webkit-hyphens: none; -epub-hyphens: none; hyphens: none;";
        let declarations = if self.rtl { mirrored(declarations) } else { declarations.to_owned() };
        let declarations = declarations.replace(" hyphens: none;", whole);
        if !kept.is_empty() && !declarations.is_empty() {
            let _ = writeln!(self.out, "{} {{ {} }}", kept.join(", "), declarations.trim());
        }
    }

    /// The same rule for passages that run the other way than the book.
    fn turned(&mut self, selector: &str, declarations: &str) {
        let way = if self.rtl { "ltr" } else { "rtl" };
        if self.session.turns && self.is_used(selector) {
            self.rule(&format!("[dir=\"{way}\"] {selector}"), &mirrored(declarations));
        }
    }

    /// Whether every element and class of a selector is used.
    fn is_used(&self, selector: &str) -> bool {
        let parts = selector.split([' ', '>', '+']).filter(|part| !part.is_empty() && !part.starts_with('['));
        parts.map(|part| part.split(':').next().unwrap_or(part)).all(|part| match part.split_once('.') {
            Some(("", class)) => self.session.uses_class(class),
            Some((tag, class)) => self.session.uses(tag, class),
            None => part == "body" || self.session.tags.contains(part),
        })
    }

    fn face(&mut self, font: &FontFile) {
        let weight = if font.face.variant.bold { "bold" } else { "normal" };
        let slope = if font.face.variant.italic { "italic" } else { "normal" };
        let _ = writeln!(
            self.out,
            "@font-face {{ font-family: {}; font-weight: {weight}; font-style: {slope}; src: url(\"{}\"); }}",
            quoted(&font.family),
            font.href,
        );
    }

    fn text(&mut self, style: &Style, fonts: &[FontFile]) {
        let figures = match style.text.figures {
            Figures::OldStyle => "font-variant-numeric: oldstyle-nums;",
            Figures::Lining => "font-variant-numeric: lining-nums;",
        };
        let hyphens = if style.text.hyphenate { "auto" } else { "manual" };
        let hyphens = format!("-webkit-hyphens: {hyphens}; -epub-hyphens: {hyphens}; hyphens: {hyphens};");
        let breaks = "word-wrap: break-word; overflow-wrap: break-word;";
        let family = family(style, fonts, Family::Text);
        self.rule("body", &format!("{family} {figures} {hyphens} {breaks}"));
        let spaced = style.text.paragraphs == Paragraphs::Spaced;
        let indent = if spaced { "0".to_owned() } else { em(style.text.indent, style) };
        let ragged = if style.text.align == Lines::Left { " text-align: left;" } else { "" };
        self.rule("p", &format!("margin: 0; text-indent: {indent};{ragged} orphans: 2; widows: 2;"));
        if spaced {
            self.rule("p + p", "margin-top: 1em;");
        }
        let opener = |selector: &&str| match *selector {
            "li" | "dd" | "blockquote" => format!("{selector} > p:first-child"),
            selector => format!("{selector} + p"),
        };
        let openers: Vec<String> = self.session.openers.iter().map(opener).collect();
        self.rule(&format!("{}, p.continued", openers.join(", ")), "text-indent: 0;");
    }

    /// The families of all that is not set in that of the text.
    fn families(&mut self, style: &Style, fonts: &[FontFile]) {
        for (of, selectors) in OTHER_FAMILIES {
            let parent = if of == Family::TitlePage { Family::Heading } else { Family::Text };
            let of_text = style.family(of) == style.family(Family::Text);
            if !(of_text && style.family(parent) == style.family(of)) {
                self.rule(selectors, &family(style, fonts, of));
            }
        }
    }

    /// Words that are set otherwise than the text around them.
    fn words(&mut self, style: &Style, fonts: &[FontFile]) {
        self.opening(style);
        let family = family(style, fonts, Family::Mono);
        let upright = "font-style: normal; font-variant: normal; font-variant-numeric: lining-nums;";
        self.rule("code, pre, span.box", &format!("{family} font-size: 0.9em; {upright} hyphens: none;"));
        self.rule("pre", "margin: 1em 0; white-space: pre-wrap;");
        self.rule("pre > code", "font-size: 1em;");
        self.rule("span.small-caps", "font-variant: small-caps;");
        self.rule("span.all-small-caps", "font-variant: all-small-caps;");
        let upright = self.session.upright.iter().map(|(outer, inner)| format!("{outer} {inner}"));
        let upright: Vec<String> = upright.collect();
        self.rule(&upright.join(", "), "font-style: normal;");
        self.rule("sup, sub", "font-size: 0.75em; line-height: 0;");
    }

    /// The paragraph that opens a text. Its initial reaches from the height of the
    /// first line's capitals to the baseline of the last line beside it, where
    /// the reader's lines are as far apart as most; it floats, which all know.
    fn opening(&mut self, style: &Style) {
        self.rule("p.opening", "text-indent: 0;");
        let lines = f64::from(style.heading.drop_cap.max(1));
        let size = initial_size(style.heading.drop_cap);
        let height = (lines * 1.1 / size * 100.0).round() / 100.0;
        let initial = format!(
            "float: left; font-size: {}; line-height: {height}; margin: 0; padding: 0 0.03em 0 0;",
            ems(size)
        );
        self.rule("p.initial::first-letter", &initial);
        // A tail keeps the line below clear as well.
        self.rule("p.tail::first-letter", "padding-bottom: 0.15em;");
        self.rule("span.initial-mark", "float: left; margin: 0 0.05em 0 0;");
        let below = self.session.below_initials.iter().map(|tag| format!("p.initial + {tag}"));
        let below: Vec<String> = below.collect();
        self.rule(&below.join(", "), "clear: both;");
        self.rule("span.lead-in", "font-variant: small-caps; letter-spacing: 0.03em;");
    }

    fn pictures(&mut self, style: &Style) {
        let scene = &style.scene_break;
        let size = relative_size(scene.size, style);
        let pause = format!("text-align: {}; margin: 1em 0; {size}", align(scene.align));
        self.rule("div.scene-break", &pause);
        let beside = align(style.heading.title_align);
        self.rule("div.ornament", &format!("text-align: {beside}; font-size: 1.2em; margin: 0 0 1.2em;"));
        for (parent, height) in &self.session.drawn_signs {
            self.rule(&format!("div.{parent} img"), &format!("height: {height}; vertical-align: middle;"));
        }
        self.rule("img", "max-width: 100%; max-height: 85vh; width: auto; height: auto;");
        self.rule("img.inline", "max-height: 1em;");
        let side = align(style.figure.align.unwrap_or(style.figure.caption_align));
        self.rule("p.pictures", &format!("margin: 1em 0; text-indent: 0; text-align: {side};"));
        for (class, share) in BESIDE {
            self.rule(&format!("img.{class}"), &format!("max-width: {share};"));
        }
        for (class, declarations) in &self.session.looks {
            self.rule(&format!("img.{class}"), declarations);
        }
        // Whatever the colours of the reader, drawings in black ink stand on white.
        self.rule("img.clear", "color: #000; background: #fff;");
        let side = align(style.figure.align.unwrap_or(style.figure.caption_align));
        let whole = "page-break-inside: avoid; break-inside: avoid;";
        self.rule("figure", &format!("margin: 1em 0; text-align: {side}; {whole}"));
        let alone =
            "page-break-before: always; break-before: page; page-break-after: always; break-after: page;";
        self.rule("figure.plate, figure.bleed, figure.spread", &format!("margin: 0; {alone}"));
        let caption = case(style.figure.caption_case);
        let size = em(style.figure.caption_size, style);
        self.rule(
            "figcaption, caption, p.caption, div.caption",
            &format!(
                "font-size: {size}; {caption} text-align: {}; text-indent: 0; margin: 0.5em 0;",
                align(style.figure.caption_align)
            ),
        );
    }

    fn headings(&mut self, style: &Style) {
        let heading = &style.heading;
        let keep = "page-break-after: avoid; break-after: avoid; page-break-inside: avoid; break-inside: avoid; hyphens: none; text-wrap: balance;";
        self.rule("h1, h2, h3, h4, h5, h6", &format!("text-indent: 0; line-height: 1.2; {keep}"));
        self.title_rules(style);
        let size = heading.title_size.at(style.size());
        let sinkage = style.leading().ratio(size) * f64::from(heading.sinkage);
        // Likewise below a title, where an ornament has its own white.
        let space = heading.title_space.map_or(2.0, f64::from);
        self.rule(
            "h1",
            &format!(
                "font-size: {}; text-align: {}; margin: {} 0 {}; {}",
                em(heading.title_size, style),
                align(heading.title_align),
                ems(sinkage),
                ems(0.6 * space),
                case(heading.title_case),
            ),
        );
        let title_size = heading.title_size.at(style.size());
        let number_size = heading.number_size.at(style.size());
        let number = number_size.ratio(title_size);
        let below = heading.number_space.at(style.size()).ratio(number_size.max(Abs::pt(1.0)));
        self.rule(
            "h1 span.number",
            &format!(
                "display: block; margin-bottom: {}; font-size: {}; font-style: normal; font-variant: normal; text-transform: none; {}",
                ems(0.1 + below),
                ems(number),
                case(heading.number_case)
            ),
        );
        // The line break is for readers without style sheets: with it, no browser makes lines even.
        self.rule("h1 span.number + br", "display: none;");
        let below = format!("text-align: {}; {}", align(heading.align), case(heading.case));
        // Two lines above and one below are what a style has that says nothing; others are in proportion.
        let above = ems(1.5 * f64::from(heading.above) / 2.0);
        let white = ems(0.7 * f64::from(heading.below));
        let size = em(heading.size, style);
        self.rule("h2", &format!("font-size: {size}; margin: {above} 0 {white}; {below}"));
        for rank in 3..=6 {
            let (share, letters) = heading.minor(rank);
            let (size, side) = (ems(share), align(heading.align));
            let look =
                format!("font-size: {size}; margin: 1.2em 0 0.5em; text-align: {side}; {}", case(letters));
            self.rule(&format!("h{rank}"), &look);
        }
        self.rule("div.unnamed", "text-align: center; margin: 1.5em 0;");
        self.rule(
            "div.subtitle",
            &format!(
                "text-align: {}; font-style: italic; margin: -0.6em 0 1.5em;",
                align(heading.title_align)
            ),
        );
        self.rule("div.subtitle p", "text-indent: 0;");
        // Below a title in the middle it is a block as wide as its longest line.
        let block = match heading.title_align {
            Alignment::Centre => "display: table; margin: 0 auto 1.5em; padding: 0 1.5em;",
            _ => "margin: 0 0 1.5em;",
        };
        let synopsis = format!("font-style: italic; text-indent: 0; {block}");
        self.rule("p.synopsis, div.synopsis", &synopsis);
    }

    /// The rules beside a text's title: as long as the lines, but short beside a title in the middle.
    fn title_rules(&mut self, style: &Style) {
        let (above, below) = match style.heading.title_rules {
            TitleRules::None => return,
            TitleRules::Above => (true, false),
            TitleRules::Below => (false, true),
            TitleRules::Both => (true, true),
        };
        let (width, sides) = match style.heading.title_align {
            Alignment::Centre => ("25%", "auto"),
            _ => ("100%", "0"),
        };
        let weight = rule_weight(style);
        let rule = format!("content: \"\"; display: block; width: {width}; border-top: {weight} solid;");
        if above {
            self.rule("h1::before", &format!("{rule} margin: 0 {sides} 0.5em;"));
        }
        if below {
            self.rule("h1::after", &format!("{rule} margin: 0.5em {sides} 0;"));
        }
        // Those of the titles of texts are not the title page's own.
        self.rule("h1.title::before, h1.title::after", "display: none;");
    }

    fn passages(&mut self, style: &Style) {
        let quote = &style.quote;
        let quote_size = relative_size(quote.size, style);
        let margins = format!("margin: 0.8em {} 0.8em {};", em(quote.right, style), em(quote.left, style));
        self.rule("blockquote", &format!("{margins} {quote_size}{}", quiet(quote.case)));
        let verse = &style.verse;
        let size = relative_size(verse.size, style);
        self.rule("div.verse", &format!("margin: 0.8em 0 0.8em {}; {size}", em(verse.left, style)));
        self.rule("div.verse > p", "text-indent: 0; margin: 0 0 0.8em; hyphens: none; text-align: left;");
        self.turned("div.verse > p", "text-align: left;");
        // A speech hangs from the speaker's name, and its verse goes on below it.
        let hang = em(style.text.indent, style);
        self.rule("p.speech", &format!("margin: 0 0 0 {hang}; text-indent: -{hang}; text-align: left;"));
        self.turned("p.speech", &format!("margin: 0 0 0 {hang};"));
        self.rule("div.spoken, div.spoken > p", "margin-top: 0; margin-bottom: 0;");
        let turn = em(verse.turnover, style);
        self.rule(
            "div.verse p > span",
            &format!("display: block; padding-left: {turn}; text-indent: -{turn};"),
        );
        self.turned("div.verse p > span", &format!("padding-left: {turn}; padding-right: 0;"));
        self.rule("div.verse br", "display: none;");
        for step in 1..=8 {
            let turn = verse.turnover.at(style.size()).ratio(style.size());
            let selector = format!("div.verse p > span.i{step}");
            let padding = format!("padding-left: {};", ems(turn + f64::from(step)));
            self.rule(&selector, &padding);
            self.turned(&selector, &format!("{padding} padding-right: 0;"));
        }
        self.rule("p.attribution, div.attribution", "text-align: right; text-indent: 0; margin: 0.3em 0 0;");
        if self.session.verse_credit {
            self.rule("div.verse > p.attribution", "text-align: right; margin: 0.3em 0 0;");
        }
        self.rule("p.dateline, div.dateline", "text-align: right; text-indent: 0; margin: 0 0 0.4em;");
        self.rule("p.dateline + p, div.dateline + p, div.dateline p", "text-indent: 0;");
        self.rule("p.signature, div.signature", "text-align: right; text-indent: 0; margin: 0.8em 0;");
        self.rule("div.signature p, div.attribution p, div.letter p:first-child, div.epigraph p, div.dedication p, div.note-to-reader p:first-child", "text-indent: 0;");
        self.rule(
            "div.epigraph",
            "margin: 1em 0 1.5em 20%; font-size: 0.95em; text-align: left; hyphens: none; text-wrap: balance;",
        );
        self.rule("div.page-break, p.page-break", "page-break-before: always; break-before: page;");
        let columns = &style.columns;
        let (count, gap) = (columns.count, em(columns.gap, style));
        self.rule("div.columns", &format!("columns: {count} 10em; column-gap: {gap};"));
        // The white above a list would make its first column begin lower than the others.
        self.rule("div.columns > ul:first-child, div.columns > ol:first-child", "margin-top: 0;");
        let side = align(style.title_page_align());
        self.rule(
            "div.dedication",
            &format!(
                "margin: 4em 1em; text-align: {side}; font-style: italic; hyphens: none; text-wrap: balance;"
            ),
        );
        self.rule("div.letter", "margin: 1em 1.5em;");
        self.rule("p.letter", "margin: 1em 1.5em;");
        self.rule("span.small", "font-size: smaller;");
        self.rule("p.centre, div.centre", "text-align: center; margin: 1em 0; text-indent: 0;");
        self.rule("div.centre p", "text-indent: 0;");
        self.boxes(style);
    }

    /// Notes to the reader, tips and warnings, marked off as on the pages.
    fn boxes(&mut self, style: &Style) {
        let rule = format!("{} solid", rule_weight(style));
        let borders = match style.boxed.design {
            BoxDesign::Indented => String::new(),
            BoxDesign::Ruled => format!(" padding: 0.5em 1em; border-top: {rule}; border-bottom: {rule};"),
            BoxDesign::Headed => " padding: 0.5em 1em 0; border-top: 3px solid;".to_owned(),
        };
        let sides = if borders.is_empty() { "1em" } else { "0" };
        self.rule("div.admonition", &format!("margin: 1em {sides};{borders} text-indent: 0;"));
        self.rule("div.admonition > p:first-child + p, div.admonition p.admonition-title", "text-indent: 0;");
        self.rule(
            "p.admonition-title, div.admonition-title",
            "font-weight: bold; text-indent: 0; margin: 0; page-break-after: avoid; break-after: avoid;",
        );
        if style.text.paragraphs == Paragraphs::Spaced {
            let title = "p.admonition-title + p, div.admonition-title + p";
            self.rule(title, "margin-top: 0.2em;");
        }
        let noted = match style.boxed.design {
            BoxDesign::Indented => {
                let (left, right) = (em(style.quote.left, style), em(style.quote.right, style));
                format!("margin: 1em {right} 1em {left};")
            }
            BoxDesign::Ruled => {
                format!("margin: 1em 0; padding: 0.5em 0; border-top: {rule}; border-bottom: {rule};")
            }
            BoxDesign::Headed => "margin: 1em 0; padding: 0.5em 0 0; border-top: 3px solid;".to_owned(),
        };
        let boxes = "p.note-to-reader, div.note-to-reader";
        self.rule(boxes, &format!("{noted} font-size: 0.92em; text-indent: 0;"));
    }

    fn lists_and_tables(&mut self, style: &Style) {
        let indent = em(style.list.indent, style);
        let hanging = style.list.markers == Markers::Hanging;
        let room = if hanging { indent.as_str() } else { "0" };
        self.rule("ol, ul", &format!("margin: 0.5em 0; padding-left: {room};"));
        self.turned("ol", &format!("padding-left: {room}; padding-right: 0;"));
        self.turned("ul", &format!("padding-left: {room}; padding-right: 0;"));
        if !hanging {
            // A marker in the first line, as a paragraph's indent: the words go on beside it.
            let first = em(style.text.indent, style);
            self.rule("ol > li, ul > li", &format!("list-style-position: inside; text-indent: {first};"));
            self.rule("ol > li > p:first-child, ul > li > p:first-child", "display: inline;");
            self.rule("nav li, ol.notes > li", "text-indent: 0;");
            self.rule("ol.notes > li > p:first-child", "display: block;");
        }
        if style.list.bullet != "•" && !style.list.bullet.is_empty() {
            let bullet = style.list.bullet.replace(['"', '\\'], "");
            self.rule("ul", &format!("list-style-type: \"{bullet} \";"));
        }
        // The box of a task hangs where the others have their bullets.
        self.rule("li.task, ol.labelled", "list-style-type: none;");
        let hung = if hanging { " margin-left: -1.3em;" } else { "" };
        let hung = &format!("display: inline-block; width: 1.05em;{hung} text-indent: 0;");
        self.rule("li.task > span.box, li.task > p > span.box", hung);
        self.rule("dl", "margin: 0.8em 0;");
        self.rule("dt", "font-weight: bold; page-break-after: avoid; break-after: avoid;");
        self.rule("dd", &format!("margin: 0 0 0.4em {indent};"));
        self.turned("dd", &format!("margin: 0 0 0.4em {indent};"));
        // Entries begin at the margin, and their other lines further in.
        let entries = "section.bibliography > p, section.index > p, div.bibliography > p";
        let hang = em(style.text.indent, style);
        self.rule(entries, &format!("margin: 0 0 0 {hang}; text-indent: -{hang};"));
        if style.text.paragraphs == Paragraphs::Spaced {
            let next = "section.bibliography > p + p, section.index > p + p, div.bibliography > p + p";
            self.rule(next, "margin-top: 0;");
        }
        self.rule("div.bibliography", "margin: 1em 0;");
        self.rule("ul.entries", "list-style-type: none; margin: 0; padding: 0;");
        self.rule("ul.entries > li", &format!("margin: 0 0 0 {hang}; text-indent: -{hang};"));
        self.turned("ul.entries > li", &format!("margin: 0 0 0 {hang}; text-indent: -{hang};"));
        self.rule("ul.entries > li > p", &format!("text-indent: -{hang};"));
        let rules = style.table.rules == Rules::Open;
        // A table stands where pictures do.
        let sides = match style.figure.align.unwrap_or(style.figure.caption_align) {
            Alignment::Left => "margin: 1em auto 1em 0;",
            Alignment::Centre => "margin: 1em auto;",
            Alignment::Right | Alignment::Outside => "margin: 1em 0 1em auto;",
        };
        let frame = if rules { " border-top: 1px solid; border-bottom: 1px solid;" } else { "" };
        self.rule(
            "table",
            &format!(
                "{sides} border-collapse: collapse; font-size: {};{frame} font-variant-numeric: lining-nums tabular-nums; hyphens: none;",
                em(style.table.size, style)
            ),
        );
        // The caption's size is of the table's, which is smaller already.
        let caption = style.figure.caption_size.at(style.size());
        let ratio = caption.ratio(style.table.size.at(style.size()).max(Abs::pt(1.0)));
        self.rule("caption", &format!("font-size: {};", ems(ratio)));
        // Else it would have a line for each word above a narrow table.
        self.rule("caption.long", "min-width: 15em;");
        self.rule(
            "td, th",
            "padding: 0.2em 0.5em; vertical-align: top; text-align: left; font-weight: normal;",
        );
        // On a phone, an address that no line can hold would push columns off the page.
        self.rule("td a", "overflow-wrap: anywhere;");
        self.rule("table.wide", "font-size: 0.7em;");
        self.rule("table.wide td, table.wide th", "padding: 0.2em 0.25em;");
        let letters = case(style.table.head_case).trim_start_matches("font-weight: normal; ");
        self.rule("thead th", &format!("{letters} vertical-align: bottom;"));
        if rules {
            self.rule("thead", "border-bottom: 1px solid;");
        }
        self.rule("td.centre, th.centre", "text-align: center;");
        self.rule("td.right, th.right", "text-align: right;");
    }

    fn notes(&mut self, style: &Style) {
        self.rule("a.noteref", "color: inherit; font-size: 0.75em; vertical-align: super; line-height: 0; font-style: normal; font-variant: normal; font-variant-numeric: lining-nums; text-decoration: none; text-transform: none; letter-spacing: 0;");
        self.rule("a.next", "margin-left: 0.25em;");
        self.rule("ol.notes", "list-style: none; margin: 0; padding: 0;");
        self.rule("ol.notes > li", "margin: 0 0 0.6em;");
        self.rule("ol.notes p", &format!("text-indent: {};", em(style.text.indent, style)));
        self.rule("ol.notes p:first-child", "text-indent: 0;");
        self.rule("a.back, a.again", "color: inherit; text-decoration: none;");
        self.rule("details.meant", "margin: 0.2em 0 0; font-size: 0.9em;");
        self.rule("a.again", "font-size: 0.75em; vertical-align: super; line-height: 0;");
    }

    fn made_pages(&mut self, style: &Style, meta: &Meta) {
        self.rule("figure.cover", "margin: 0; text-align: center;");
        self.rule("figure.cover img", "max-height: 100vh;");
        self.rule("nav ol", "list-style: none; padding-left: 0;");
        if self.session.nested_toc {
            self.rule("nav ol ol", "margin: 0.2em 0; padding-left: 1.5em;");
        }
        self.rule("nav li", "margin: 0.4em 0; text-align: left;");
        self.rule(
            "nav a",
            &format!(
                "color: inherit; text-decoration: none; display: block; padding-left: 1em; text-indent: -1em;{}",
                spaced(quiet(style.contents.case))
            ),
        );
        for names in [Named::Part, Named::Text] {
            if let Some((class, letters)) = entry_look(style, names) {
                self.rule(&format!("nav a.{class}"), &instead(letters, style.contents.case));
            }
        }
        let design = style.title_page.design;
        let side = align(style.title_page_align());
        let slope = if side == "left" { "" } else { "font-style: italic;" };
        let centred = &format!("text-align: {side}; text-indent: 0; hyphens: none; text-wrap: balance;");
        let half_title =
            format!("{centred} font-size: 1.2em; margin: 5em 0 0; {}", quiet(style.title_page.case));
        self.rule("p.half-title", &half_title);
        // As on paper, a title that would fill the page is set smaller.
        let letters = meta.title.chars().count().max(1) as f64;
        let own = style.title_page.size.at(style.size()).ratio(style.size().max(Abs::pt(1.0)));
        let size = ems((own * (LONG_TITLE / letters).sqrt()).max(LEAST_TITLE).min(own));
        self.rule(
            "h1.title",
            &format!(
                "font-size: {size}; text-align: {side}; margin: 2em 0 0.4em; {}{}",
                instead(style.title_page.case, style.heading.title_case),
                borders_of(design)
            ),
        );
        self.rule("p.book-subtitle", &format!("{centred} font-size: 1.2em; {slope} margin: 0 0 1.5em;"));
        let names = case(style.title_page_name_case()).trim_start_matches("font-weight: normal; ");
        self.rule("p.author", &format!("{centred} {names} font-size: 1.2em; margin: 1em 0 0;"));
        self.rule("p.contributor", &format!("{centred} {slope} margin: 1em 0 0;"));
        self.rule("p.series", &format!("{centred} {names} margin: 1.5em 0 0;"));
        self.rule("p.publisher", &format!("{centred} {names} margin: 5em 0 0;"));
        self.rule("div.device", &format!("text-align: {side}; font-size: 1.6em; margin: 3em 0 0.6em;"));
        self.rule("div.device + p.publisher", "margin-top: 0;");
        self.rule("p.place", &format!("{centred} margin: 0;"));
        self.rule("p.author:first-child", "margin-top: 3em;");
        self.rule(
            "section.imprint p, p.imprint",
            "text-indent: 0; margin: 0 0 0.6em; text-align: left; hyphens: none; font-variant-numeric: lining-nums;",
        );
    }
}

/// The author's own rules, written anew, when all of them can stand in a package.
///
/// # Errors
/// The first that can't, in the author's words.
pub(super) fn extra(own: &str) -> Result<String, Reason> {
    let judged = css::sheet(own, &css::BOOK);
    match judged.left_out.iter().find(|left_out| left_out.matters) {
        Some(bad) => {
            let line = own.as_bytes()[..bad.at.min(own.len())].iter().filter(|b| **b == b'\n').count() + 1;
            Err(format!("the extra style sheet has {} in line {line}", bad.what).into())
        }
        None => Ok(judged.css),
    }
}

/// A length in ems of the running text: the reader chooses the size.
fn em(length: Length, style: &Style) -> String {
    ems(length.at(style.size()).ratio(style.size().max(Abs::pt(1.0))))
}

/// How thick rules are: a pixel of a style sheet is three quarters of a point.
fn rule_weight(style: &Style) -> String {
    let pixels = style.rule_weight().to_pt() / 0.75;
    format!("{}px", (pixels * 100.0).round() / 100.0)
}

fn ems(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}em") }
}

/// `font-size`, unless it is that of the running text.
fn relative_size(length: Length, style: &Style) -> String {
    match em(length, style).as_str() {
        "1em" => String::new(),
        size => format!("font-size: {size}; "),
    }
}

fn align(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Left => "left",
        Alignment::Centre => "center",
        Alignment::Right | Alignment::Outside => "right",
    }
}

fn case(case: Case) -> &'static str {
    match case {
        Case::Roman => "font-weight: normal;",
        Case::Italic => "font-weight: normal; font-style: italic;",
        Case::SmallCaps => "font-weight: normal; font-variant: small-caps; letter-spacing: 0.03em;",
        Case::Capitals => "font-weight: normal; text-transform: uppercase; letter-spacing: 0.06em;",
        Case::Bold => "font-weight: bold;",
        Case::BoldItalic => "font-weight: bold; font-style: italic;",
        Case::BoldCapitals => "font-weight: bold; text-transform: uppercase; letter-spacing: 0.06em;",
    }
}

/// How large an initial is, in sizes of the text.
pub(super) fn initial_size(lines: u32) -> f64 {
    const CAPITAL: f64 = 0.645;
    const LINE: f64 = 1.2;
    (f64::from(lines.max(1) - 1) * LINE + CAPITAL) / CAPITAL
}

/// The letters of an element to which the rule of another applies as well: what that one sets and
/// this one does not is put back.
fn instead(own: Case, of: Case) -> String {
    const PLAIN: [&str; 4] =
        ["font-style: normal;", "font-variant: normal;", "text-transform: none;", "letter-spacing: normal;"];
    let is_set =
        |case: &str, plain: &str| plain.split_once(':').is_some_and(|(property, _)| case.contains(property));
    let back = PLAIN.into_iter().filter(|plain| is_set(case(of), plain) && !is_set(case(own), plain));
    std::iter::once(case(own)).chain(back).collect::<Vec<_>>().join(" ")
}

/// The same for running text, where roman goes without saying.
fn quiet(letters: Case) -> &'static str {
    if letters == Case::Roman { "" } else { case(letters) }
}

/// A declaration behind others.
fn spaced(declaration: &str) -> String {
    if declaration.is_empty() { String::new() } else { format!(" {declaration}") }
}

/// The rules beside the title on the title page.
fn borders_of(design: TitleDesign) -> &'static str {
    match design {
        TitleDesign::Classic | TitleDesign::Low | TitleDesign::Open => "",
        TitleDesign::Parted => " border-top: 1px solid; border-bottom: 0; padding: 0.6em 0 0;",
        TitleDesign::Modern | TitleDesign::Sunk => {
            " border-top: 4px solid; border-bottom: 0; padding: 0.4em 0 0;"
        }
        TitleDesign::Ruled => " border-top: 1px solid; border-bottom: 1px solid; padding: 0.4em 0;",
        TitleDesign::Framed => " border: 4px double; padding: 0.8em 0.4em;",
    }
}

/// A family's name as a CSS string.
fn quoted(name: &str) -> String {
    let safe = |c: &char| !c.is_control() && !matches!(c, '"' | '\\' | '<');
    format!("\"{}\"", name.chars().filter(safe).collect::<String>())
}

/// The faces for that use: of its family and the fallbacks those that the package
/// has, and else what the reader has of that kind.
fn family(style: &Style, fonts: &[FontFile], of: Family) -> String {
    let own = style.family(of);
    let named = std::iter::once(own).chain(style.text.fallback.iter().map(String::as_str));
    let is_there = |name: &&str| fonts.iter().any(|font| font.family.eq_ignore_ascii_case(name));
    let families: String = named.filter(is_there).map(|name| quoted(name) + ", ").collect();
    let generic = match of {
        Family::Mono => "monospace",
        _ if own.split(' ').any(|word| word.eq_ignore_ascii_case("sans")) => "sans-serif",
        _ => "serif",
    };
    format!("font-family: {families}{generic};")
}

/// What is set in another family than the text around it.
const OTHER_FAMILIES: [(Family, &str); 5] = [
    (Family::Heading, "h1, h2, h3, h4, h5, h6"),
    (
        Family::TitlePage,
        "p.half-title, h1.title, p.book-subtitle, p.author, p.contributor, p.series, p.publisher, p.place",
    ),
    (Family::Caption, "figcaption, caption, p.caption, div.caption"),
    (Family::Table, "table"),
    (Family::Boxed, "p.note-to-reader, div.note-to-reader, div.admonition"),
];
