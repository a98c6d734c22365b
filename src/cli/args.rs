//! The arguments, and the help that goes with them.

use super::{examples, offered};
use crate::convert::Changes;
use crate::import::Dialect;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// A compiler for books: from a Markdown manuscript to every edition that a small press needs.
#[derive(Debug, Parser)]
#[command(name = "pamphleteer", version, about, max_term_width = 100, after_help = examples::of(""))]
pub(super) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What becomes of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TrackedChanges {
    /// Keep insertions, drop deletions.
    Accept,
    /// Drop insertions, keep deletions.
    Reject,
    /// List each in decisions.toml, accepted, for you to reject there; then import again.
    Ask,
}

impl TrackedChanges {
    /// The same for the import.
    pub(super) fn meant(self, decisions: &str) -> Changes<'_> {
        match self {
            TrackedChanges::Accept => Changes::Accept,
            TrackedChanges::Reject => Changes::Reject,
            TrackedChanges::Ask => Changes::Ask(decisions),
        }
    }
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Colour of messages.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Print findings only, no progress and no closing table.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: what was read, in which style and fonts, and how long each stage takes.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Format of findings: for people on stderr, or one JSON object per line on stdout.
    #[arg(long, global = true, value_enum, default_value = "human", value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// Treat findings of this code as warnings; an error only where nothing is lost.
    #[arg(long, global = true, value_name = "CODE", value_parser = offered::FINDINGS, hide_possible_values = true)]
    pub warn: Vec<String>,
    /// Hide findings of this code; errors cannot be hidden.
    #[arg(long, global = true, value_name = "CODE", value_parser = offered::FINDINGS, hide_possible_values = true)]
    pub allow: Vec<String>,
    /// Treat findings of this code as errors; `warnings` stands for all.
    #[arg(long, global = true, value_name = "CODE", value_parser = offered::DENIABLE, hide_possible_values = true)]
    pub deny: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a new book that builds at once.
    #[command(after_help = examples::of("new"))]
    New {
        /// Folder to create.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Style to start from.
        #[arg(long, default_value = "pamphlet", value_parser = offered::STYLES)]
        style: String,
    },
    /// Build the editions of a book.
    #[command(after_help = examples::of("build"))]
    Build(Build),
    /// Check a book without writing any files.
    ///
    /// Finds what `build` with the same options finds, and ends with the same exit code.
    #[command(after_help = examples::of("check"))]
    Check(Check),
    /// Write a proofreader's report: every page with its imperfections marked, as one HTML file.
    #[command(after_help = examples::of("proof"))]
    Proof {
        /// Book folder [default: nearest parent with a book.toml].
        book: Option<PathBuf>,
        /// Folder of the report [default: `out` in the book folder].
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Show pages, ebook and findings in a browser on this machine, and follow changes.
    #[command(after_help = examples::of("preview"))]
    Preview {
        /// Book folder [default: nearest parent with a book.toml].
        book: Option<PathBuf>,
        /// Port to listen on [default: 4127, or any free one].
        #[arg(long, value_name = "N")]
        port: Option<u16>,
    },
    /// Bring in a book of another tool, or recover one from a page-by-page transcription.
    #[command(after_help = examples::of("import"))]
    Import {
        /// A Word file, an OpenDocument text, an EPUB, a web page, a Markdown file, or a folder of Markdown or web pages; or a transcription of an old edition, as a plain text file or a
        /// folder of page files.
        #[arg(value_name = "SOURCE")]
        transcription: PathBuf,
        /// Who wrote it: plain, distributor, markdown, marker, latex, proofreaders, wikisource, reader [default: by its signs].
        #[arg(long, value_name = "NAME", value_parser = Dialect::named)]
        dialect: Option<Dialect>,
        /// Hunspell dictionary of its language, with the `.aff` beside it, so that words which a scan misread are proposed for correction.
        #[arg(long, value_name = "FILE.dic")]
        dictionary: Option<PathBuf>,
        /// Book folder to write into; it may already hold the editor's decisions.
        #[arg(long, value_name = "BOOK")]
        into: PathBuf,
        /// What becomes of changes that a word processor kept track of.
        #[arg(long, value_enum, default_value = "accept", value_name = "WHICH")]
        changes: TrackedChanges,
        /// Replace files that were edited since the last import [default: leave them, and write
        /// NAME.new beside].
        #[arg(long)]
        force: bool,
    },
    /// Serve an editor: findings as you type, keys and names (Language Server Protocol).
    ///
    /// The editor starts it and speaks with it over standard input and output.
    #[command(after_help = examples::of("lsp"))]
    Lsp {
        /// Hunspell dictionary with the `.aff` beside it, or a list of words; words that none has are told. May be given several times.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        dictionary: Vec<PathBuf>,
    },
    /// Explain a finding: why it matters and what to do; without a code, list them all.
    #[command(after_help = examples::of("explain"))]
    Explain {
        /// Code of the finding, as printed in brackets before it.
        #[arg(value_parser = offered::FINDINGS, hide_possible_values = true)]
        code: Option<String>,
    },
    /// Say what a key of book.toml or of a style wants; without a key, list them all.
    #[command(after_help = examples::of("keys"))]
    Keys {
        /// Key (text.size), table (notes) or a word to look for (margin).
        #[arg(value_parser = offered::KEYS, hide_possible_values = true)]
        key: Vec<String>,
    },
    /// List the styles that ship with the tool, or show a book in each of them.
    #[command(after_help = examples::of("styles"))]
    Styles {
        /// Book folder: writes one HTML file with pictures of the book's title page and first
        /// chapter in every style. Or the name of a style, which is then described alone.
        #[arg(value_hint = ValueHint::DirPath)]
        book: Option<PathBuf>,
        /// Folder of that file [default: `out` in the book folder].
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
    },
    /// List the font families that a book may name, and where they come from.
    #[command(after_help = examples::of("fonts"))]
    Fonts {
        /// Book folder [default: nearest parent with a book.toml, if there is one].
        #[arg(value_hint = ValueHint::DirPath)]
        book: Option<PathBuf>,
    },
    /// Print a completion script for a shell.
    #[command(after_help = examples::of("completions"))]
    Completions {
        /// Shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Print the man page of the tool or of a command, or write all of them.
    #[command(after_help = examples::of("man"))]
    Man {
        /// Command whose page is printed.
        command: Option<String>,
        /// Folder to write the pages of all commands into.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
        out: Option<PathBuf>,
    },
    /// Print the JSON Schema of book.toml or of a style file, for editors.
    #[command(after_help = examples::of("schema"))]
    Schema {
        /// File that the schema is for.
        #[arg(value_enum, default_value = "book")]
        file: SchemaFile,
    },
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaFile {
    /// book.toml, with every key of styles.
    Book,
    /// A file in styles/.
    Style,
}

/// What to build.
#[derive(Clone, Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub editions: Editions,
    /// Watch for changes and rebuild.
    #[arg(long)]
    pub watch: bool,
    #[command(flatten)]
    pub choice: Choice,
    /// Folder that keeps what was made of many books, so that it is not made again
    /// [default: .pamphleteer-cache beside the catalogue, else here].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = MANY)]
    pub cache: Option<PathBuf>,
    /// Build every book anew.
    #[arg(long, help_heading = MANY, conflicts_with = "cache")]
    pub no_cache: bool,
    /// Print the books and the hashes of their inputs as JSON, and build nothing.
    #[arg(long, help_heading = MANY)]
    pub plan: bool,
}

/// What to check.
#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub editions: Editions,
    #[command(flatten)]
    pub choice: Choice,
}

/// The heading of options that are for many books.
const MANY: &str = "Many books";

/// Which of many books.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Choice {
    /// Of many books only these: names of folders, as the catalogue has them, or patterns such as
    /// `novels/*`.
    #[arg(long, value_delimiter = ',', value_name = "BOOKS", help_heading = MANY)]
    pub only: Vec<String>,
    /// Of many books only those whose files differ from that commit of git.
    #[arg(long, value_name = "COMMIT", help_heading = MANY)]
    pub changed_since: Option<String>,
}

impl Choice {
    /// Whether any is made.
    pub(super) fn is_made(&self) -> bool {
        !self.only.is_empty() || self.changed_since.is_some()
    }
}

/// Which editions of which book, and for whom: the same for `build` and `check`.
#[derive(Clone, Debug, Args)]
pub(super) struct Editions {
    /// Book folder [default: nearest parent with a book.toml]. Several are worked on side by side,
    /// and so are those that a catalogue.toml lists.
    #[arg(value_name = "BOOK", value_hint = ValueHint::AnyPath)]
    pub books: Vec<PathBuf>,
    /// Formats to make, with commas between them [default: those of book.toml, or all but home and png].
    #[arg(long, value_delimiter = ',', value_name = "FORMATS", value_parser = offered::FORMATS)]
    pub to: Vec<String>,
    /// Style in place of the book's [default: the one of book.toml].
    #[arg(long, value_name = "STYLE", value_parser = offered::STYLES)]
    pub style: Option<String>,
    /// Printer whose rules the print edition must keep: a name, or a file with a printer's demands
    /// [default: the one of book.toml].
    #[arg(long, value_name = "PRINTER", value_parser = offered::PRINTERS)]
    pub printer: Option<String>,
    /// Shop whose rules the EPUB must keep: a name, or a file of your own [default: generic].
    #[arg(long, value_name = "STORE", value_parser = offered::SHOPS)]
    pub store: Option<String>,
    /// Resolution of `--to png`, in pixels per inch.
    #[arg(long, value_name = "N", default_value_t = 144, value_parser = clap::value_parser!(u32).range(36..=600))]
    pub ppi: u32,
    /// Folder of the outputs [default: `out` in the book folder]; many books have one each in it.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// How many threads work at a time [default: one per processor].
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

impl Editions {
    /// The book, where there is one alone.
    pub(super) fn book(&self) -> Option<&std::path::Path> {
        self.books.first().map(PathBuf::as_path)
    }

    /// What book.toml in that folder asks for.
    pub(super) fn of(book: &std::path::Path, ppi: u32) -> Editions {
        let books = vec![book.to_owned()];
        Editions {
            books,
            to: Vec::new(),
            style: None,
            printer: None,
            store: None,
            ppi,
            out: None,
            jobs: None,
        }
    }
}
