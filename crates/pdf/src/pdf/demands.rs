//! A printer's demands in words, for docs/reference and the handbook.

use super::printer::Printer;
use super::standard::Standard;

impl Printer {
    /// What the printer asks for, each as a label and its words.
    #[must_use]
    pub fn demands(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let mut demands = vec![
            ("pages", format!("{} to {}, in multiples of {}", self.pages.0, self.pages.1, self.multiple)),
            ("last page blank", yes(self.last_blank)),
            ("bleed", inches(self.bleed)),
            ("bleed at the spine", yes(self.bleed_gutter)),
            ("inner margin at least", self.inside_in_words()),
            ("other margins at least", self.outside_in_words()),
            ("trim", self.trims_in_words()),
            ("smallest type", format!("{} pt", self.type_pt)),
            ("thinnest line", format!("{} pt", self.line_pt)),
            ("pictures", format!("{} pixels per inch", self.ppi)),
            ("most ink", format!("{} %", self.ink_percent)),
            ("largest file", format!("{} MB", self.megabytes)),
            ("standard", if self.standard == Standard::X1a { "PDF/X-1a" } else { "PDF/X-4" }.to_owned()),
        ];
        if let Some(pages) = self.spine_text_from {
            demands.push(("words on the spine", format!("from {pages} pages")));
        }
        if let Some(field) = self.barcode {
            let (width, height, edge) = (inches(field.width), inches(field.height), inches(field.from_edge));
            demands.push(("bar code", format!("{width} x {height}, {edge} from the edges")));
        }
        let papers: Vec<String> = self.papers.keys().map(|paper| format!("`{paper}`")).collect();
        if !papers.is_empty() {
            demands.push(("papers (`cover.paper`)", papers.join(", ")));
        }
        demands
    }

    /// The inner margin as it grows with the book.
    fn inside_in_words(&self) -> String {
        let step = |(pages, margin): &(u32, f64)| match self.inside.len() {
            1 => inches(*margin),
            _ => format!("{} up to {pages} pages", inches(*margin)),
        };
        self.inside.iter().map(step).collect::<Vec<_>>().join(", ")
    }

    fn outside_in_words(&self) -> String {
        let (plain, bled) = (inches(self.outside), inches(self.outside_with_bleed));
        if plain == bled { plain } else { format!("{plain}, with bleed {bled}") }
    }

    fn trims_in_words(&self) -> String {
        let size = |(width, height): &(f64, f64)| format!("{} x {}", number(*width), number(*height));
        let mut sizes: Vec<String> = self.trims.iter().map(size).collect();
        if let Some([least, most]) = &self.trim_between {
            sizes.push(format!("any between {} and {}", size(least), size(most)));
        }
        if sizes.is_empty() { "any".to_owned() } else { format!("in inches: {}", sizes.join(", ")) }
    }
}

/// A length in millimetres where it is a round one, else in inches.
fn inches(inches: f64) -> String {
    let mm = inches * 25.4;
    let round = |value: f64| (value - value.round()).abs() < 1e-6;
    if round(mm) && !round(inches * 1000.0) {
        format!("{mm:.0} mm")
    } else {
        format!("{} in", number(inches))
    }
}

fn number(value: f64) -> String {
    ((value * 1000.0).round() / 1000.0).to_string()
}
