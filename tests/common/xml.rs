//! Whether a document is well-formed.

/// Panics, naming the file, when its text is no XML.
pub fn assert_well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(problem) => panic!("{name}: {problem}"),
        }
    }
}
