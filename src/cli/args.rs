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
    /// Colour what is printed for people.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Print findings only.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print more about what is done.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// How findings are printed: for people on stderr, or as one JSON object a line on stdout.
    #[arg(long, global = true, value_enum, default_value = "human", value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// Treat findings of this code as warnings.
    #[arg(long, global = true, value_name = "CODE")]
    pub warn: Vec<String>,
    /// Leave out findings of this code, unless they are errors.
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
    /// Make a new book that builds at once.
    New {
        /// The folder to make it in.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The style to begin with: pamphlet, novel or report.
        #[arg(long, default_value = "pamphlet")]
        style: String,
    },
    /// Make the editions of a book.
    Build(Build),
    /// Say what is wrong with a book, and write nothing.
    Check {
        /// The book's folder; else the nearest upward with a book.toml.
        book: Option<PathBuf>,
    },
    /// Write what a reader of proofs would mark, page by page, as one HTML file.
    Proof {
        /// The book's folder; else the nearest upward with a book.toml.
        book: Option<PathBuf>,
        /// Where the report goes; else `out` in the book's folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Show the pages and the ebook in a browser on this machine, anew whenever a file changes.
    Preview {
        /// The book's folder; else the nearest upward with a book.toml.
        book: Option<PathBuf>,
        /// The port to listen on; else 4127, or any that is free.
        #[arg(long, value_name = "N")]
        port: Option<u16>,
    },
    /// Recover a manuscript from a page-by-page transcription of an old edition.
    Import {
        /// The transcription.
        transcription: PathBuf,
        /// The folder of the book; it may already hold the editor's decisions.
        #[arg(long, value_name = "BOOK")]
        into: PathBuf,
    },
    /// Print the manual's entry for a finding.
    Explain {
        /// The code, as it stands in brackets before a finding.
        code: String,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Print the JSON Schema of book.toml, with every key of styles.
    Schema,
}

/// What to build.
#[derive(Clone, Debug, Args)]
pub struct Build {
    /// The book's folder; else the nearest upward with a book.toml.
    pub book: Option<PathBuf>,
    /// What to make: epub, pdf, print, cover, booklet, home, png; else what book.toml says, else
    /// the first five.
    #[arg(long, value_delimiter = ',', value_name = "FORMATS")]
    pub to: Vec<String>,
    /// The printer whose rules the print edition must keep: kdp, ingram, lulu, bod, offset, saddle,
    /// or a file with a printer's demands; else what book.toml says.
    #[arg(long, value_name = "PRINTER")]
    pub printer: Option<String>,
    /// The shop whose rules the EPUB must keep: kdp, apple, kobo, google, ingram, generic, or a file of your own.
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// Pixels to the inch of the pages that `--to png` makes.
    #[arg(long, value_name = "N", default_value_t = 144, value_parser = clap::value_parser!(u32).range(36..=600))]
    pub ppi: u32,
    /// Where outputs go; else `out` in the book's folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many editions to make side by side; else one for each processor.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Stay, and build again whenever a file of the book changes.
    #[arg(long)]
    pub watch: bool,
}
