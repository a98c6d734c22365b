//! Builds the ebook and the PDFs of a book: cargo run --example build -- FOLDER
//!
//! What is wrong with the book goes to the error stream, the editions into the
//! folder's `out`.

use pamphleteer::{BuildOptions, Colour, Error, Format, Printer, Project, Severity, draw};
use std::path::Path;

#[allow(clippy::print_stderr, reason = "an example talks to people")]
fn main() -> Result<(), Error> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let opened = Project::open(&folder)?;
    let mut options = BuildOptions::new([Format::Epub, Format::Pdf, Format::Print]);
    if let Some(printer) = Printer::named("offset") {
        options = options.for_printer(printer);
    }
    let editions = opened.value.build(&options)?;
    for finding in opened.findings.iter().chain(&editions.findings) {
        eprint!("{}", draw(finding, &opened.value.sources.map, Colour::Off));
    }
    if opened.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Error::new("book.toml has errors, so nothing is written"));
    }
    let out = Path::new(&folder).join("out");
    std::fs::create_dir_all(&out).map_err(|problem| Error::io("cannot make the folder out", problem))?;
    for file in &editions.files {
        std::fs::write(out.join(&file.name), &file.bytes)
            .map_err(|problem| Error::io(format!("cannot write {}", file.name), problem))?;
        eprintln!("{}: {} bytes", file.name, file.bytes.len());
    }
    Ok(())
}
