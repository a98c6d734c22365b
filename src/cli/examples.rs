//! Examples below the help of each command. A test parses every one of them, and looks for each in the help.

/// By command: what to type, and what it does.
pub(super) const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "",
        &[
            ("pamphleteer new my-book", "begin a book"),
            ("pamphleteer build my-book", "make every edition of it"),
            ("pamphleteer help build", "say more about a command"),
        ],
    ),
    (
        "new",
        &[
            ("pamphleteer new my-book", "a pamphlet of 5.5 x 8.5 inches"),
            ("pamphleteer new my-novel --style novel", "a novel of 5 x 8 inches"),
        ],
    ),
    (
        "build",
        &[
            ("pamphleteer build", "every edition of the book in this folder, into its folder out"),
            ("pamphleteer build my-book --to epub,pdf", "two editions of another book"),
            ("pamphleteer build --to print,cover --printer kdp", "the files for Amazon KDP"),
            ("pamphleteer build --to epub --store kobo", "the ebook as Kobo wants it"),
            ("pamphleteer build --watch", "build again whenever a file is saved"),
            ("pamphleteer build novels/emma novels/persuasion", "two books, side by side"),
            ("pamphleteer build catalogue.toml", "every book of a list, but for those that have not changed"),
            ("pamphleteer build catalogue.toml --changed-since main", "those that differ from a commit"),
        ],
    ),
    (
        "check",
        &[
            ("pamphleteer check", "what is wrong with the book in this folder"),
            (
                "pamphleteer check --printer ingram --deny warnings",
                "fail on what IngramSpark complains about",
            ),
            ("pamphleteer check --message-format json", "findings for another program"),
        ],
    ),
    ("proof", &[("pamphleteer proof my-book", "my-book/out/my-book.proof.html")]),
    (
        "preview",
        &[
            ("pamphleteer preview", "follow the book in this folder in a browser"),
            ("pamphleteer preview my-book --port 8000", "at http://127.0.0.1:8000"),
        ],
    ),
    (
        "import",
        &[
            ("pamphleteer import novel.docx --into novel", "a book from a Word file"),
            ("pamphleteer import my-mdbook --into my-book", "a book from a folder of another tool"),
            ("pamphleteer import old.txt --into my-reissue", "a book from a transcription"),
        ],
    ),
    (
        "lsp",
        &[
            ("pamphleteer lsp", "for the settings of an editor; docs/editors.md has those of four"),
            (
                "pamphleteer lsp --dictionary en_GB.dic --dictionary names.txt",
                "with spelling, and words of one's own",
            ),
        ],
    ),
    (
        "explain",
        &[
            ("pamphleteer explain", "list every finding"),
            ("pamphleteer explain note-unknown", "what one of them means"),
        ],
    ),
    (
        "keys",
        &[
            ("pamphleteer keys", "list every key of book.toml and of styles"),
            ("pamphleteer keys text.size", "what a key wants, and an example"),
            ("pamphleteer keys notes", "the keys of a table"),
            ("pamphleteer keys margin", "the keys that have to do with a word"),
        ],
    ),
    (
        "styles",
        &[
            ("pamphleteer styles", "the styles that ship, with their sizes"),
            ("pamphleteer styles my-book", "pictures of the book in every style, as one HTML file"),
        ],
    ),
    ("fonts", &[("pamphleteer fonts my-book", "the families that my-book may name")]),
    (
        "completions",
        &[(
            "pamphleteer completions bash > ~/.local/share/bash-completion/completions/pamphleteer",
            "for bash",
        )],
    ),
    (
        "man",
        &[
            ("pamphleteer man build | man -l -", "read the page of a command"),
            ("pamphleteer man --out ~/.local/share/man/man1", "write the pages of all commands"),
        ],
    ),
    (
        "schema",
        &[
            ("pamphleteer schema > book.schema.json", "of book.toml"),
            ("pamphleteer schema style > style.schema.json", "of a file in styles/"),
        ],
    ),
];

/// What stands below the help of a command.
pub(super) fn of(command: &str) -> String {
    let all = EXAMPLES.iter().find(|(name, _)| *name == command).map_or(&[][..], |(_, examples)| examples);
    let line = |(example, says): &(&str, &str)| format!("  {example}\n      {says}");
    format!("Examples:\n{}", all.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::EXAMPLES;
    use crate::cli::args::Cli;
    use clap::error::ErrorKind;
    use clap::{CommandFactory, Parser};

    #[test]
    fn every_command_has_examples_that_parse() {
        let mut command = Cli::command();
        let subs: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        assert_eq!(EXAMPLES.len(), subs.len() + 1, "no example is of a command that is gone");
        for name in std::iter::once("").chain(subs.iter().map(String::as_str)) {
            let found = EXAMPLES.iter().find(|(known, _)| *known == name);
            let (_, examples) = found.unwrap_or_else(|| panic!("{name} has no examples"));
            let of = if name.is_empty() { Some(&mut command) } else { command.find_subcommand_mut(name) };
            let help = of.unwrap().render_long_help().to_string();
            for (example, _) in *examples {
                assert!(help.contains(example.lines().next().unwrap()), "{name}: its help lacks {example}");
                let words = example.split([' ', '\n']).take_while(|word| !["|", ">"].contains(word));
                let parsed = Cli::try_parse_from(words).map(drop);
                let is_help = parsed.as_ref().is_err_and(|error| error.kind() == ErrorKind::DisplayHelp);
                assert!(parsed.is_ok() || is_help, "{name}: {example}: {}", parsed.unwrap_err());
            }
        }
    }
}
