//! What printpdf writes for the press.

use printpdf::{Mm, PdfConformance, PdfDocument, PdfPage, PdfSaveOptions};

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// ISO 32000-1 §14.11.5 calls the key `DestOutputProfile`; there are neither
/// tags, nor a bleed box, nor page labels.
#[test]
fn an_output_intent_names_its_profile_wrongly() {
    let mut document = PdfDocument::new("Growth");
    document.metadata.info.conformance = PdfConformance::X3_2002_PDF_1_3;
    document.with_pages(vec![PdfPage::new(Mm(140.0), Mm(216.0), Vec::new())]);
    let bytes = document.save(&PdfSaveOptions::default(), &mut Vec::new());
    assert!(contains(&bytes, "/OutputIntents") && contains(&bytes, "/DestinationOutputProfile"));
    for word in ["/DestOutputProfile", "/StructTreeRoot", "/BleedBox", "/PageLabels"] {
        assert!(!contains(&bytes, word), "{word}");
    }
}
