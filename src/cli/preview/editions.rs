//! What is made of a book beside its pages: the ebook's files, cover and wrap, and all
//! outputs to save.

use super::shown::Editions;
use crate::cli::edition_builder::{EditionBuilder, EditionOptions};
use crate::cli::front::BookCover;
use crate::cli::production::Production;
use crate::cli::{printers, shops};
use crate::cover::{Drawing, Paint, PaintedPath, PathStep, Wrap};
use crate::diag::Error;
use crate::epub;
use crate::html::data_address;
use crate::pages::{Picture, PictureKind};
use std::fmt::Write;
use std::sync::Arc;

/// All of it.
///
/// # Errors
/// When a printer's file or the clock's stand-in cannot be read.
pub(super) fn editions(production: &mut Production, ppi: u32) -> Result<Editions, Error> {
    let outputs = std::mem::take(&mut production.made).into_iter().map(|made| made.output).collect();
    let Production { project, proof, .. } = &*production;
    let chosen = printers::find(None, &project.root).map_err(Error::new)?;
    let options = EditionOptions { chosen, store: shops::find(None).map_err(Error::new)?, ppi };
    // what is found of the cover was found before
    let cover = BookCover::new(project, options.store.cover_width);
    let builder = EditionBuilder { project, proof, options, cover };
    let (files, cover) = builder.with_ebook(|edition| {
        (epub::files(edition).value, edition.cover.as_ref().map(|cover| Arc::from(cover.picture.as_ref())))
    })?;
    let is_text = |path: &str| path.contains("/text/") && path.ends_with(".xhtml");
    let texts =
        files.iter().filter(|file| is_text(&file.path)).map(|file| (file.path.clone(), title(&file.bytes)));
    let texts = Arc::new(texts.collect());
    let files = Arc::new(files.into_iter().map(|file| (file.path, file.bytes)).collect());
    let wrap = wrap(&builder).map(Arc::from);
    Ok(Editions { cover, wrap, files, texts, outputs: Arc::new(outputs) })
}

/// What a text of the ebook says that it is called.
fn title(xhtml: &[u8]) -> String {
    let text = String::from_utf8_lossy(xhtml);
    let title = text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    let title = title.unwrap_or_default();
    title.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The wrap as SVG; none when there is no printer's rule for the paper, or no template.
fn wrap(builder: &EditionBuilder<'_>) -> Option<String> {
    let paper = builder.project.style.cover.paper.as_deref();
    let spec = builder.options.chosen.printer.wrap_spec(&builder.proof.pages, paper).value;
    let sheet = builder.cover_sheet(&spec, &mut Vec::new())?;
    Some(svg(sheet.wrap(), sheet.picture()))
}

/// A wrap with the publisher's own picture on its front, when that is what stands there.
fn svg(wrap: &Wrap, picture: Option<&Picture>) -> String {
    let Drawing { size, shapes, .. } = &wrap.drawing;
    let (width, height) = (size.width.to_pt(), size.height.to_pt());
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.2} {height:.2}\" width=\"{width:.0}\" height=\"{height:.0}\">"
    );
    let front = picture.map_or_else(String::new, |picture| {
        let (at, extent) = wrap.front;
        format!(
            "<image x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" preserveAspectRatio=\"xMidYMid slice\" href=\"{}\"/>",
            at.x.to_pt(),
            at.y.to_pt(),
            extent.width.to_pt(),
            extent.height.to_pt(),
            data_address(media(picture.kind), &picture.bytes)
        )
    });
    for shape in shapes {
        path(shape, &mut out);
    }
    out + &front + "</svg>"
}

fn media(kind: PictureKind) -> &'static str {
    match kind {
        PictureKind::Png => "image/png",
        PictureKind::Jpeg => "image/jpeg",
        PictureKind::Gif => "image/gif",
        PictureKind::Webp => "image/webp",
        PictureKind::Svg => "image/svg+xml",
    }
}

fn path(shape: &PaintedPath, out: &mut String) {
    out.push_str("<path d=\"");
    for step in &shape.path {
        let _ = match *step {
            PathStep::Move([x, y]) => write!(out, "M{x:.2} {y:.2}"),
            PathStep::Line([x, y]) => write!(out, "L{x:.2} {y:.2}"),
            PathStep::Cubic([a, b], [c, d], [x, y]) => {
                write!(out, "C{a:.2} {b:.2} {c:.2} {d:.2} {x:.2} {y:.2}")
            }
            PathStep::Close => write!(out, "Z"),
        };
    }
    let colour = |Paint([r, g, b]): Paint| format!("#{r:02x}{g:02x}{b:02x}");
    let fill = shape.fill.map_or_else(|| "none".to_owned(), colour);
    let rule = if shape.even_odd { " fill-rule=\"evenodd\"" } else { "" };
    let _ = write!(out, "\" fill=\"{fill}\"{rule}");
    if let Some((paint, width)) = shape.stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{width:.3}\"", colour(paint));
    }
    out.push_str("/>");
}
