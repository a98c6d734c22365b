//! Words in capitals, as a language writes them.

use super::Lang;

impl Lang {
    /// `words` in capitals. Turkish, Azerbaijani and Crimean Tatar keep the dot
    /// of the i (SpecialCasing.txt of Unicode).
    #[must_use]
    pub fn capitals(&self, words: &str) -> String {
        match self.primary() {
            "tr" | "az" | "crh" => words.replace('i', "İ").to_uppercase(),
            _ => words.to_uppercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_i_keeps_its_dot_in_turkish() {
        let capitals = |tag: &str, words: &str| Lang::parse(tag).map(|lang| lang.capitals(words));
        assert_eq!(capitals("tr", "İçindekiler ılık").as_deref(), Some("İÇİNDEKİLER ILIK"));
        assert_eq!(capitals("de", "Spaß im Mai").as_deref(), Some("SPASS IM MAI"));
    }
}
