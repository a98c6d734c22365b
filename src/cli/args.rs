//! The arguments, and the help that goes with them.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A compiler for books: from a Markdown manuscript to every edition that a small press needs.
#[derive(Debug, Parser)]
#[command(name = "pamphleteer", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Colour of messages.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Print findings only, no progress and no closing table.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print how long each stage of `build` and `check` takes.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Format of findings: for people on stderr, or one JSON object per line on stdout.
    #[arg(long, global = true, value_enum, default_value = "human", value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// Treat findings of this code as warnings; errors cannot be lowered.
    #[arg(long, global = true, value_name = "CODE")]
    pub warn: Vec<String>,
    /// Hide findings of this code; errors cannot be hidden.
    #[arg(long, global = true, value_name = "CODE")]
    pub allow: Vec<String>,
    /// Treat findings of this code as errors; `warnings` stands for all.
    #[arg(long, global = true, value_name = "CODE")]
    pub deny: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a new book that builds at once.
    New {
        /// Folder to create.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Style to start from: pamphlet, novel or report.
        #[arg(long, default_value = "pamphlet")]
        style: String,
    },
    /// Build the editions of a book.
    Build(Build),
    /// Check a book without writing any files.
    ///
    /// Finds what `build` with the same options finds, and ends with the same exit code.
    Check(Editions),
    /// Write a proofreader's report: every page with its imperfections marked, as one HTML file.
    Proof {
        /// Book folder [default: nearest parent with a book.toml].
        book: Option<PathBuf>,
        /// Folder of the report [default: `out` in the book folder].
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Show pages, ebook and findings in a browser on this machine, and follow changes.
    Preview {
        /// Book folder [default: nearest parent with a book.toml].
        book: Option<PathBuf>,
        /// Port to listen on [default: 4127, or any free one].
        #[arg(long, value_name = "N")]
        port: Option<u16>,
    },
    /// Recover a manuscript from a page-by-page transcription of an old edition.
    Import {
        /// The transcription: a plain text file.
        transcription: PathBuf,
        /// Book folder to write into; it may already hold the editor's decisions.
        #[arg(long, value_name = "BOOK")]
        into: PathBuf,
    },
    /// Explain a finding: why it matters and what to do.
    Explain {
        /// Code of the finding, as printed in brackets before it.
        code: String,
    },
    /// Print a completion script for a shell.
    Completions {
        /// Shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    Man,
    /// Print the JSON Schema of book.toml, with every key of styles.
    Schema,
}

/// What to build.
#[derive(Clone, Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub editions: Editions,
    /// Watch for changes and rebuild.
    #[arg(long)]
    pub watch: bool,
}

/// Which editions of which book, and for whom: the same for `build` and `check`.
#[derive(Clone, Debug, Args)]
pub struct Editions {
    /// Book folder [default: nearest parent with a book.toml].
    pub book: Option<PathBuf>,
    /// Formats to make: epub, pdf, print, cover, booklet, home, png [default: those of book.toml, or
    /// the first five].
    #[arg(long, value_delimiter = ',', value_name = "FORMATS")]
    pub to: Vec<String>,
    /// Printer whose rules the print edition must keep: kdp, ingram, lulu, bod, offset, saddle, or a
    /// file with a printer's demands [default: the one of book.toml].
    #[arg(long, value_name = "PRINTER")]
    pub printer: Option<String>,
    /// Shop whose rules the EPUB must keep: kdp, apple, kobo, google, ingram, generic, or a file of your own.
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// Resolution of `--to png`, in pixels per inch.
    #[arg(long, value_name = "N", default_value_t = 144, value_parser = clap::value_parser!(u32).range(36..=600))]
    pub ppi: u32,
    /// Folder of the outputs [default: `out` in the book folder].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Number of editions made in parallel [default: one per processor].
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

impl Editions {
    /// What book.toml in that folder asks for.
    pub fn of(book: &std::path::Path, ppi: u32) -> Editions {
        let book = Some(book.to_owned());
        Editions { book, to: Vec::new(), printer: None, store: None, ppi, out: None, jobs: None }
    }
}
