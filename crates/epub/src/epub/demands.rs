//! A shop's demands in words, for docs/reference and the handbook.

use super::Store;

impl Store {
    /// What the shop asks for, each as a label and its words.
    #[must_use]
    pub fn demands(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let mut demands = vec![
            ("largest file", format!("{} MB", self.megabytes)),
            ("cover", format!("{} to {} pixels a side", self.cover_least, self.cover_most)),
            ("cover in the book", format!("{} pixels wide", self.cover_width)),
            ("levels of contents", self.toc_depth.to_string()),
            ("list of printed pages", yes(self.pages)),
            ("pictures", format!("at most {} pixels", grouped(self.picture_pixels))),
            ("pictures are compressed above", format!("{} bytes", grouped(self.picture_bytes as u64))),
            ("WebP pictures", if self.webp { "taken" } else { "turned into PNG" }.to_owned()),
        ];
        if let Some((least, most)) = self.popup {
            demands.push(("notes that pop up", format!("{least} to {most} characters")));
        }
        demands
    }
}

/// A number with a comma before each three of its digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups.map(String::from_utf8_lossy).collect::<Vec<_>>().join(",")
}
