//! The front cover: a template with the book's particulars in it.

use super::art::{self, Drawing};
use super::audit;
use super::faces::Faces;
use super::fields::{Field, Fields};
use super::fill::{self, Side};
use super::inks::Inks;
use super::raster::{self, EbookPicture};
use crate::book::{Contributor, Meta};
use crate::diag::{Checked, Code, Diagnostic};
use crate::length::{Point, Size};
use crate::reason::Reason;
use crate::svg;
use resvg::usvg;

/// Which template a front cover is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template<'a> {
    /// One of ours: an index into [`BUILT_IN`].
    BuiltIn(usize),
    /// The book's own template.
    Own(&'a str),
}

/// Our templates, each in tune with the style of its name; the first stands where another
/// is not there.
const BUILT_IN: [(&str, &str); 11] = [
    ("pamphlet", include_str!("../../covers/pamphlet.svg")),
    ("novel", include_str!("../../covers/novel.svg")),
    ("thriller", include_str!("../../covers/thriller.svg")),
    ("literary", include_str!("../../covers/literary.svg")),
    ("memoir", include_str!("../../covers/memoir.svg")),
    ("poetry", include_str!("../../covers/poetry.svg")),
    ("textbook", include_str!("../../covers/textbook.svg")),
    ("report", include_str!("../../covers/report.svg")),
    ("modern", include_str!("../../covers/modern.svg")),
    ("letterpress", include_str!("../../covers/letterpress.svg")),
    ("large-print", include_str!("../../covers/large-print.svg")),
];

impl<'a> Template<'a> {
    /// The names of the built-in templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in template of that name; the plain one when there is none.
    #[must_use]
    pub fn of_style(name: &str) -> Template<'static> {
        Template::BuiltIn(Template::names().position(|known| known == name).unwrap_or(0))
    }

    /// The template itself.
    #[must_use]
    pub fn svg(self) -> &'a str {
        match self {
            Template::BuiltIn(index) => BUILT_IN[index.min(BUILT_IN.len() - 1)].1,
            Template::Own(svg) => svg,
        }
    }
}

/// A finished front cover.
#[derive(Clone)]
pub struct Front {
    /// The drawing, its words set in lines; 1600 by 2560 units. None when the
    /// template is not usable.
    pub(super) tree: Option<usvg::Tree>,
    /// What it shows, in words, for those who don't see it.
    pub description: String,
    inks: Inks,
}

/// Makes the front cover. Words that don't fit, and a template that is not
/// usable, are findings.
#[must_use]
pub fn front(meta: &Meta, template: Template<'_>, faces: &Faces) -> Checked<Front> {
    let mut findings = Vec::new();
    let words = fields(&faces.spelled(meta));
    let tree = filled(template, Side::Front, &words, faces, None).take(&mut findings);
    let description = describe_fields(&fields(meta));
    let inks = Inks::of_template(template.svg());
    Checked { value: Front { tree, description, inks }, findings }
}

/// One side of a template with its words, those that run on above `foot`; none
/// when it is not usable.
pub(super) fn filled(
    template: Template<'_>,
    side: Side,
    fields: &Fields,
    faces: &Faces,
    foot: Option<f64>,
) -> Checked<Option<usvg::Tree>> {
    let mut findings = Vec::new();
    let made = fill::fill(template.svg(), side, fields, faces, foot).and_then(|filled| {
        let tree = svg::read_with(filled.svg.as_bytes(), &faces.options())
            .map_err(|problem| format!("is not valid SVG: {problem}"))?;
        if let Some(work) = raster::work(&tree) {
            work.within_bounds().map_err(|fault| fault.reason)?;
        }
        findings.extend(filled.tight.iter().map(|field| too_long(*field)));
        // A front that is more than plain paint is printed as a picture; a back cannot be.
        findings.extend(match side {
            Side::Front => audit::letters(&tree),
            Side::Back => audit::audit(&tree),
        });
        Ok(tree)
    });
    let unusable = |reason| {
        let message = format!("the cover template {reason}");
        Diagnostic::new(Code::CoverTemplate, None, message)
    };
    let value = made.map_err(|reason: Reason| findings.push(unusable(reason))).ok();
    Checked { value, findings }
}

fn too_long(field: Field) -> Diagnostic {
    let name = field.name();
    Diagnostic::new(Code::CoverText, None, format!("the cover's template has too little room for the {name}"))
        .hint("the words were set smaller than the template wants; shorten them or use another template")
}

impl Front {
    /// Whether it is more than plain paint, so that it is printed as a picture and not as
    /// paths: a photograph behind the type, a gradient, a shadow.
    #[must_use]
    pub fn is_painted(&self) -> bool {
        self.tree.as_ref().is_some_and(|tree| !audit::painted(tree).is_empty())
    }

    /// A JPEG that many pixels wide and 1.6 times as high, see
    /// `SHOP_WIDTH`; none when the drawing is not valid SVG.
    #[must_use]
    pub fn jpeg(&self, width: u32) -> Option<Vec<u8>> {
        raster::jpeg(self.tree.as_ref()?, width)
    }

    /// The pixels of such a JPEG, across and down.
    #[must_use]
    pub fn pixels(&self, width: u32) -> Option<(u32, u32)> {
        raster::fitted(self.tree.as_ref()?, width).map(|size| (size.width(), size.height()))
    }

    /// The picture for the inside of an EPUB; none when the drawing is not valid SVG.
    #[must_use]
    pub fn in_ebook(&self, width: u32) -> Option<EbookPicture> {
        EbookPicture::draw(self.tree.as_ref()?, width)
    }

    /// The cover as paths, to fill a page of that size to its edges; none when
    /// the drawing is not valid SVG.
    #[must_use]
    pub fn drawing(&self, page: Size) -> Option<Drawing> {
        let tree = self.tree.as_ref()?;
        let shapes = art::flatten(tree, art::fit(tree, Point::default(), page), page);
        Some(Drawing { size: page, shapes, inks: self.inks.clone() })
    }
}

/// The words that a template may place.
pub(super) fn fields(meta: &Meta) -> Fields {
    let mut fields = Fields::of_language(&meta.language);
    fields.set(Field::Title, &meta.title);
    fields.set(Field::Subtitle, meta.subtitle.as_deref().unwrap_or_default());
    fields.set(Field::Contributors, &names(meta));
    fields.set(Field::Publisher, meta.publisher.as_ref().map_or("", |publisher| &publisher.name));
    let blurb = meta.blurb.as_ref().or(meta.description.as_ref());
    fields.set(Field::Blurb, &blurb.map(|words| without_tags(words)).unwrap_or_default());
    for (field, words) in [(Field::FrontFlap, &meta.front_flap), (Field::BackFlap, &meta.back_flap)] {
        fields.set(field, &words.as_deref().map(without_tags).unwrap_or_default());
    }
    if let Some((series, number)) = &meta.series {
        let number = number.as_ref().map(|n| format!(" \u{b7} {n}")).unwrap_or_default();
        fields.set(Field::Series, &format!("{series}{number}"));
    }
    fields
}

/// The words of a description that was written for the web, its paragraphs
/// lines: shops take `<p>` and `<i>`, and paper doesn't.
fn without_tags(text: &str) -> String {
    let (mut words, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('<') {
        words += before;
        let is_tag = after.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        let tag = after.split_once('>').filter(|_| is_tag);
        words += match tag {
            Some(("/p" | "br" | "br/" | "br /", _)) => "\n",
            Some(_) => "",
            None => "<",
        };
        rest = tag.map_or(after, |(_, after)| after);
    }
    words += rest;
    words.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// The authors, one a line; everybody when there are none.
fn names(meta: &Meta) -> String {
    let join = |who: &mut dyn Iterator<Item = &Contributor>| {
        who.map(|contributor| contributor.name.as_str()).collect::<Vec<_>>().join("\n")
    };
    let authors = join(&mut meta.with_role("aut"));
    if authors.is_empty() { join(&mut meta.contributors.iter()) } else { authors }
}

/// What a cover shows whose words are not ours to read: the book's particulars.
#[must_use]
pub fn describe(meta: &Meta) -> String {
    describe_fields(&fields(meta))
}

/// What the cover says, for an alternative text.
fn describe_fields(fields: &Fields) -> String {
    let parts = [Field::Title, Field::Subtitle, Field::Contributors, Field::Publisher];
    let said = parts.map(|field| fields.get(field).replace('\n', ", "));
    said.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(". ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::book::{Publisher, Relator};
    use crate::cover::PathStep;
    use crate::font::Library;
    use crate::length::Abs;

    pub(crate) fn meta() -> Meta {
        let who = |name: &str| Contributor { name: name.into(), sort: name.into(), role: Relator::AUTHOR };
        Meta {
            title: "On the Question of Margins".into(),
            subtitle: Some("A pamphlet about pamphlets, with some remarks on the price of paper".into()),
            contributors: vec![who("Ada Example"), who("Bertram Muster")],
            publisher: Some(Publisher { name: "Example Press".into(), ..Publisher::default() }),
            series: Some(("Small Questions".into(), Some("4".into()))),
            ..Meta::default()
        }
    }

    #[test]
    fn a_description_for_the_web_leaves_its_tags_there() {
        let said = "<p>Of <a href=\"https://example.org\">margins</a> <i>and</i> more.</p> <p>2 < 3 > 1</p>";
        assert_eq!(without_tags(said), "Of margins and more.\n2 < 3 > 1");
        assert_eq!(without_tags("One<br/>two <b"), "One\ntwo <b");
    }

    #[test]
    fn every_template_takes_every_field_and_gives_a_shop_image() {
        let faces = Faces::new(&Library::built_in());
        for template in Template::names().map(Template::of_style) {
            let checked = front(&meta(), template, &faces);
            assert_eq!(checked.findings, vec![], "{template:?}");
            let jpeg = checked.value.jpeg(160).expect("a valid drawing");
            let image = image::load_from_memory(&jpeg).expect("a JPEG");
            assert_eq!((image.width(), image.height()), (160, 256));
        }
    }

    /// The boxes of all texts, from left, top to right, bottom.
    fn texts(group: &usvg::Group) -> Vec<[f32; 4]> {
        let boxes = group.children().iter().flat_map(|node| match node {
            usvg::Node::Group(inner) => texts(inner),
            usvg::Node::Text(text) => {
                let ink = text.abs_bounding_box();
                vec![[ink.left(), ink.top(), ink.right(), ink.bottom()]]
            }
            _ => Vec::new(),
        });
        boxes.collect()
    }

    #[test]
    fn words_of_no_cover_run_into_each_other() {
        let faces = Faces::new(&Library::built_in());
        let mut meta = meta();
        meta.title = "The Interpretation of Constitutional Circumstances in the Northern Provinces".into();
        meta.subtitle =
            Some("An Inquiry into the Causes of Their Decline, with Remarks on Emigration".into());
        for name in ["Hortensia van der Wildenbruch", "William Makepeace Thackeray-Shakespeare"] {
            let who = Contributor { name: name.into(), sort: name.into(), role: Relator::AUTHOR };
            meta.contributors.push(who);
            for template in Template::names() {
                let tree = front(&meta, Template::of_style(template), &faces).value.tree.expect("a drawing");
                let texts = texts(tree.root());
                assert!(texts.len() > 4, "{template}: {texts:?}");
                for (n, a) in (0..).zip(&texts) {
                    let apart = |b: &[f32; 4]| a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];
                    assert!(texts[n + 1..].iter().all(apart), "{template}: {texts:?}");
                }
            }
        }
    }

    #[test]
    fn the_ground_reaches_every_edge_of_the_page() {
        let faces = Faces::new(&Library::built_in());
        for template in Template::names().map(Template::of_style) {
            let front = front(&meta(), template, &faces).value;
            let page = Size::new(Abs::inches(6.0), Abs::inches(9.0));
            let drawing = front.drawing(page).expect("a valid drawing");
            let ground = drawing.shapes[0].path.iter().filter_map(|step| match step {
                PathStep::Line(p) | PathStep::Move(p) => Some(*p),
                _ => None,
            });
            let points: Vec<[f32; 2]> = ground.collect();
            let bleed = 14.2;
            assert!(points.iter().any(|p| p[0] < -bleed && p[1] < -bleed));
            assert!(points.iter().any(|p| p[0] > 432.0 + bleed && p[1] > 648.0 + bleed));
        }
    }

    #[test]
    fn what_cannot_be_printed_is_said() {
        let faces = Faces::new(&Library::built_in());
        let codes = |title: &str, svg: &str| {
            let meta = Meta { title: title.into(), ..Meta::default() };
            let checked = front(&meta, Template::Own(svg), &faces);
            checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        let own = |face: &str, more: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">{more}<text x="9" y="99"
                data-field="title" data-lines="9" data-size="80" font-family="{face}">x</text></svg>"#
            )
        };
        let serif = own("Libertinus Serif", "");
        assert_eq!(codes("Ears", &serif), []);
        assert_eq!(codes("\u{5909}", &serif), [Code::GlyphMissing]);
        assert_eq!(codes("\u{5909}\u{590f}", &serif), [Code::GlyphMissing], "one for all letters");
        assert_eq!(codes("Ears", &own("Comic Sans", "")), [Code::CoverTemplate]);
        let pale = own("Libertinus Serif", r#"<path d="M0 0h9v9z" fill-opacity="0.5"/>"#);
        assert_eq!(codes("Ears", &pale), []);
        let painted = |svg| front(&Meta::default(), Template::Own(svg), &faces).value.is_painted();
        assert_eq!((painted(&serif), painted(&pale)), (false, true), "printed as a picture");
        assert_eq!(codes("Ears", "<svg>"), [Code::CoverTemplate]);
    }

    #[test]
    fn a_cover_is_the_same_every_time() {
        let faces = Faces::new(&Library::built_in());
        let make = || front(&meta(), Template::of_style("novel"), &faces).value.jpeg(160);
        assert!(make().is_some() && make() == make());
    }
}
