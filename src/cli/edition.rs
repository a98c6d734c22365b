//! The editions of a book that is set: each format through its writer.

use super::booklet::booklet;
use super::edition_builder::EditionBuilder;
use super::front::{Origin, origin, own_picture, standing_in};
use super::production::Made;
use super::stale;
use crate::book::Meta;
use crate::build::{documents, page_breaks, published};
use crate::cover::{self, SHOP_WIDTH, Template, Wrap, WrapSpec};
use crate::diag::{Code, Diagnostic, Error};
use crate::epub::{self, Modified};
use crate::jobs;
use crate::narrow::Nearest;
use crate::pages::Picture;
use crate::pdf::{self, Inside, WrapContent};
use crate::project::Format;
use crate::raster::Painter;
use crate::verify;
use std::time::Instant;

impl EditionBuilder<'_> {
    /// Makes one format: one file, or several.
    pub(super) fn make(&self, format: Format, findings: &mut Vec<Diagnostic>) -> Result<Vec<Made>, Error> {
        match format {
            Format::Epub => self.epub(findings),
            Format::Pdf => self.screen(),
            Format::Print => self.print(findings),
            Format::Cover => self.cover(findings),
            Format::Booklet => booklet(self, false, findings),
            Format::Home => booklet(self, true, findings),
            Format::Png => self.images(),
        }
    }

    fn epub(&self, findings: &mut Vec<Diagnostic>) -> Result<Vec<Made>, Error> {
        if !self.cover.is_legible {
            let message = "the EPUB has no cover: no font has all characters of the words on it";
            let hint = "add a font that has them to `fonts/`, write `text.system-fonts = true`, or name a picture in `cover.front`";
            let place = self.cover.findings.iter().find_map(|finding| finding.span);
            findings.push(Diagnostic::new(Code::CoverLeftOut, place, message).hint(hint));
        }
        self.with_ebook(|edition| {
            let begin = Instant::now();
            let texts = epub::texts(edition).take(findings);
            let typeface = &edition.style.text.font;
            let proved = || verify::ebook(edition.book, typeface, &documents(texts.files()));
            let (resources, account) = jobs::both(|| texts.resources(), proved);
            let (resources, account) = (resources.take(findings), account.take(findings));
            let bytes = epub::pack(&texts.complete(resources), edition.store).take(findings);
            let book = self.made(".epub", bytes, None, &["EPUB 3.3"], begin);
            let book = Made { account: Some(account), ..book };
            let begin = Instant::now();
            let count = u32::try_from(self.proof.pages.pages.len()).unwrap_or(u32::MAX);
            vec![book, self.made(".onix.xml", epub::onix(edition, count), None, &["ONIX 3.0"], begin)]
        })
    }

    /// What becomes of everything that the EPUB is made of.
    pub(super) fn with_ebook<T>(&self, make: impl FnOnce(&epub::Edition<'_>) -> T) -> Result<T, Error> {
        let alt = self.cover.front.description(self.meta());
        let picture = self.cover.in_ebook();
        let cover = picture.map(|picture| epub::Cover { format: picture.format(), picture, alt: &alt });
        let breaks = page_breaks(&self.proof.pages);
        let edition = epub::Edition {
            book: &self.proof.book,
            style: &self.project.style,
            fonts: &self.project.fonts,
            cover,
            pages: &breaks,
            store: &self.options.store,
            css: self.project.css.as_deref(),
            modified: modified(self.meta())?,
        };
        Ok(make(&edition))
    }

    fn screen(&self) -> Result<Vec<Made>, Error> {
        let begin = Instant::now();
        let pages = &self.proof.pages;
        let cover = self.cover.front.page(self.meta(), pages.trim);
        let pdf = pdf::screen(pages, cover.as_ref())?;
        let count = pages.pages.len() + usize::from(cover.is_some());
        Ok(vec![self.made(".pdf", pdf.bytes, Some(count), pdf.standards, begin)])
    }

    fn print(&self, findings: &mut Vec<Diagnostic>) -> Result<Vec<Made>, Error> {
        let begin = Instant::now();
        let pages = &self.proof.pages;
        let inside = if self.project.style.figure.colour { Inside::Colour } else { Inside::Black };
        let pdf = pdf::press_in(pages, &self.options.chosen.printer, inside)?.take(findings);
        let count = self.options.chosen.printer.page_count(pages) as usize;
        Ok(pdf
            .into_iter()
            .map(|pdf| self.made("-print.pdf", pdf.bytes, Some(count), pdf.standards, begin))
            .collect())
    }

    fn cover(&self, findings: &mut Vec<Diagnostic>) -> Result<Vec<Made>, Error> {
        let begin = Instant::now();
        let shop = self.cover.front.jpeg(SHOP_WIDTH);
        let mut made: Vec<Made> =
            shop.into_iter().map(|bytes| self.made("-cover.jpg", bytes, None, &[], begin)).collect();
        let begin = Instant::now();
        let (pages, printer) = (&self.proof.pages, &self.options.chosen.printer);
        findings.extend(pdf::check_size(pages, printer));
        let paper = self.project.style.cover.paper.as_deref();
        let mut spec = printer.wrap_spec(pages, paper);
        let asked = spec.findings.iter_mut().filter(|finding| finding.code == Code::CoverPaper);
        asked.for_each(|finding| finding.span = self.project.place_of("cover", "paper"));
        let spec = spec.take(findings);
        let Some(cover) = self.cover_sheet(&spec, findings) else { return Ok(made) };
        let coarse = |picture| pdf::check_cover(picture, cover.wrap.front.1, printer);
        findings.extend(cover.picture.as_ref().and_then(coarse));
        let pdf = pdf::wrap(cover.sheet(printer.ink_percent), &pages.info, printer.standard)?;
        let mut sheet = self.made("-cover.pdf", pdf.bytes, Some(1), pdf.standards, begin);
        sheet.wrap = Some(stale::record(&self.options.chosen, printer.page_count(pages), &spec));
        made.push(sheet);
        Ok(made)
    }

    /// The whole cover laid flat: from the template, or around the publisher's
    /// own picture; none when the template is not usable.
    pub(super) fn cover_sheet(&self, spec: &WrapSpec, findings: &mut Vec<Diagnostic>) -> Option<CoverSheet> {
        let origin = origin(self.project);
        let picture = match origin {
            Origin::Picture(file) => Some(own_picture(file, &self.project.style.cover.front)?),
            _ => self.cover.front.painted(),
        };
        let plain = cover::plain(self.project.style.cover.colour.as_deref());
        let template = origin.as_template().filter(|_| picture.is_none()).unwrap_or(Template::Own(&plain));
        let mut found = Vec::new();
        let wrap = cover::wrap(self.meta(), template, &self.cover.faces, spec).take(&mut found);
        // The front is drawn for the other editions as well, which have told what its words lack.
        let told = |finding: &Diagnostic| {
            let mut known = self.cover.findings.iter();
            finding.code == Code::CoverText && known.any(|known| known.message == finding.message)
        };
        let new = found.into_iter().filter(|finding| !told(finding));
        findings.extend(new.map(|finding| standing_in(self.project, finding)));
        let wrap = wrap?;
        Some(CoverSheet { wrap, picture })
    }

    /// The pages as pictures, one file each.
    fn images(&self) -> Result<Vec<Made>, Error> {
        let count = self.proof.pages.pages.len();
        let digits = count.to_string().len().max(3);
        let mut painter = Painter::new(&self.proof.pages, self.options.ppi);
        let image = |index: usize| {
            let begin = Instant::now();
            let suffix = format!("-png/{:0digits$}.png", index + 1);
            Ok(self.made(&suffix, painter.png(index)?, None, &[], begin))
        };
        (0..count).map(image).collect()
    }
}

/// A cover laid flat.
pub(super) struct CoverSheet {
    wrap: Wrap,
    picture: Option<Picture>,
}

impl CoverSheet {
    /// The paths of the sheet.
    pub(super) fn wrap(&self) -> &Wrap {
        &self.wrap
    }

    /// The publisher's own picture, which fills the front.
    pub(super) fn picture(&self) -> Option<&Picture> {
        self.picture.as_ref()
    }

    /// The sheet for a press that takes so much ink.
    pub(super) fn sheet(&self, ink_percent: u32) -> WrapContent<'_> {
        WrapContent { wrap: &self.wrap, picture: self.picture.as_ref(), ink_percent }
    }
}

/// When the EPUB was last changed: `SOURCE_DATE_EPOCH` where it is set, else
/// the book's date; never the clock.
fn modified(meta: &Meta) -> Result<Modified, Error> {
    if let Some(seconds) = super::source_date_epoch()? {
        let (days, rest) = (seconds / 86_400, seconds % 86_400);
        let time = (u8::nearest(rest / 3600), (rest / 60 % 60) as u8, (rest % 60) as u8);
        return Ok(Modified { date: civil(days), time });
    }
    Ok(published(meta))
}

/// Year, month and day of a day counted from 1 January 1970 (the proleptic
/// Gregorian calendar; H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil(days: u64) -> (u16, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (u16::try_from(year).unwrap_or(u16::MAX), u8::nearest(month), u8::nearest(day))
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(19_388), (2023, 1, 31));
    }
}
