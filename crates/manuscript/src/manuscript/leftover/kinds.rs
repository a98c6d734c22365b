//! The marks of other dialects, and of this one where they are not closed: what
//! each is called, and how it is written here. One table.

use crate::diag::Code;

/// Builds the kinds and what is said of each from one list of
/// `Kind Code "what it is" "how it is written here"`.
macro_rules! kinds {
    ($($kind:ident $code:ident $what:literal $here:literal)*) => {
        /// What kind of mark it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::manuscript) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// All of them.
            #[cfg(test)]
            pub(super) const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// Its code, what it is, and how it is written here.
            pub(super) const fn told(self) -> (Code, &'static str, &'static str) {
                match self {
                    $(Kind::$kind => (Code::$code, $what, $here),)*
                }
            }
        }
    };
}

kinds! {
    Star EmphasisLiteral
        "a mark of emphasis without its partner"
        "close the emphasis right behind its last letter; write `\\*` for the sign itself"
    Underscore EmphasisLiteral
        "a mark of emphasis that Markdown did not see"
        "`_` must stand outside of the word; use `*`, or write `\\_` for the sign itself"
    Tick MarkLeft
        "a back-quote without its partner"
        "close the code with as many back-quotes; write `\\`` for the sign itself"
    Struck MarkLeft
        "a mark for struck words without its partner"
        "write `~~words~~`, or `\\~` for the sign itself"
    Link MarkLeft
        "a link that could not be read"
        "write [words](address), the address without spaces or in `<…>`, and calls of notes behind it; `\\[` for the sign itself"
    Bracket MarkLeft
        "a bracket that is never closed"
        "write [words](address) for a link, `\\[` for the sign itself"
    Call MarkLeft
        "a call of a note that could not be read"
        "give the note a name without spaces, here and where it stands: `[^name]`"
    Picture MarkLeft
        "a picture that could not be read"
        "write ![what it shows](file.png), a name with spaces in `<…>`, and no call of a note between the brackets"
    Task MarkLeft
        "a task's box that is read as none"
        "`- [ ]` and `- [x]` begin an item; write `\\[` for the sign itself"
    WikiLink MarkForeign
        "a link of a wiki"
        "write [words](file.md)"
    Reference MarkLeft
        "a link whose definition is missing"
        "write [words](address), or the definition: `[label]: address`"
    Citation MarkForeign
        "a citation or reference of another program's"
        "say in a note what is cited; a place in the book is `[](#id)`"
    Alert MarkForeign
        "an alert of another program's"
        "write `> [!NOTE]`, or `::: note` and `:::` around the words"
    Contents MarkForeign
        "another program's mark for a contents list"
        "delete it: \"contents\" in [matter] of book.toml makes the list"
    Braces MarkForeign
        "a list of attributes, which belongs to nothing here"
        "write [words]{.class}, or put them behind a heading, a picture or code"
    Directive MarkForeign
        "a command of another program's"
        "delete it, or write what it stands for"
    Djot MarkForeign
        "a mark of emphasis between braces, as Djot has it"
        "write `*words*` or `**words**`, without the braces"
    Placeholder MarkForeign
        "a place that another program fills in"
        "write what it stands for"
    Ligature MarkLeft
        "a ligature that is one sign, as words copied out of a PDF have it"
        "write its letters: the face of the book joins them"
    Blanks MarkLeft
        "a row of no-break spaces"
        "write one space; columns are a table, and `::: lines` keeps lines"
    Raw RemarkPrivate
        "meant for another format alone"
        "delete it, or put it into a comment: <!-- … -->"
    Tag MarkForeign
        "a tag of a site generator"
        "write what it stands for"
    Include MarkForeign
        "a place where another program would put a file in"
        "put the file's words there"
    Critic MarkForeign
        "a correction in CriticMarkup"
        "carry it out, or leave it out"
    CriticRemark RemarkPrivate
        "a remark in CriticMarkup"
        "delete it, or put it into a comment: <!-- … -->"
    Remark RemarkPrivate
        "a private remark elsewhere"
        "put it into a comment: <!-- … -->; write `\\%` for the sign itself"
    Highlight MarkForeign
        "a mark for highlighted words"
        "write `*words*` or [words]{.class}"
    Math MarkForeign
        "a formula in TeX"
        "write it with `*x*`, `^2^` and `~i~`, or put a picture of it in; `\\$` for the sign itself"
    Emoji MarkForeign
        "a short name of an emoji"
        "put the sign itself there, or words"
    Row MarkForeign
        "a line that looks like a row of a table"
        "a table needs a line `|---|---|` below its head, and a blank line above"
    StrokedLine MarkForeign
        "a line of verse or of a table, as other programs begin it"
        "for verse, write `::: verse` before the lines and `:::` behind, without the strokes; a row of a table ends with a stroke too"
    Admonition MarkForeign
        "another program's mark for a note or a warning"
        "write `::: note` and `:::` around the words"
    Leanpub MarkForeign
        "a mark of Leanpub's"
        "write `# Part {.part}` for a part, `::: note` for an aside"
    Percent MarkForeign
        "a line of a title block or a remark elsewhere"
        "say it in book.toml; put remarks into <!-- … -->"
    Tex MarkForeign
        "TeX"
        "write what it does, such as `*words*` for `\\emph{words}`, or put it between back-quotes"
    NewPage MarkForeign
        "a page break of TeX's"
        "write `::: page-break` in its place, and `:::` on the line below"
    Quotes MarkLeft
        "a quotation mark made of two signs"
        "write `\"`, which becomes the right mark of the book's language"
    Backslash MarkLeft
        "a backslash that ends no line, as none follows in this paragraph"
        "delete it"
    SpacedBackslash MarkLeft
        "a backslash that ends no line, as a space stands behind it"
        "delete the space"
    Entity MarkLeft
        "an entity that HTML does not have"
        "put the sign itself there"
    Raised MarkLeft
        "a mark for raised words without its partner"
        "write `x^2^`; `\\^` for the sign itself"
    Abbreviation MarkForeign
        "an abbreviation as other programs explain it"
        "say in the text what it is short for"
    Example MarkForeign
        "an item or a label of Pandoc's lists"
        "write the number; `\\@` for the sign itself"
    Drawn MarkForeign
        "a part of a table that could not be read"
        "write the table with upright strokes, or as Pandoc's grid"
    Fence MarkLeft
        "a fence that belongs to no division"
        "put it on a line of its own, with nothing before it"
    Role MarkForeign
        "reStructuredText"
        "write what it does: `*words*`, `[words](address)` or a `:::` division"
    Chunk MarkForeign
        "code that another program would run"
        "put its result there; a listing's first line names its language alone: ```r"
    Heading MarkForeign
        "a heading of another format, or a quotation of Textile's"
        "write `#` and a space before a title, `##` before one below it; `>` before a quotation"
    Deep MarkLeft
        "a heading of a rank that Markdown does not have"
        "write six `#` at most"
    Field MarkForeign
        "a line that tells another program something of the text"
        "delete it; title, author and language stand in book.toml"
    Tags MarkForeign
        "a line of tags for another program"
        "delete it, or write `\\#` for the sign itself"
    LineRemark RemarkPrivate
        "a remark elsewhere"
        "put it into a comment: <!-- … -->; write `\\/` for the sign itself"
    Centred MarkForeign
        "a mark for a centred line"
        "write `::: centre` above the line and `:::` below it"
    Hidden MarkForeign
        "a mark for words that are hidden, marked or struck out elsewhere"
        "write the words alone, or `~~words~~` where they are struck"
    Name MarkForeign
        "the name of a paragraph, as Obsidian has it"
        "delete it, or write `[]{#name}` where a link leads to"
    PictureSize MarkForeign
        "the size of a picture, as Obsidian has it, in its words"
        "take it out of the brackets, and write `{width=50%}` behind the picture"
    MathBrackets MarkForeign
        "a formula in TeX, whose backslashes Markdown takes away"
        "write it with `*x*`, `^2^` and `~i~`, or put a picture of it in; write plain brackets for brackets"
    Reminder RemarkPrivate
        "a reminder to yourself"
        "settle it, or put it into a comment: <!-- … -->; write `\\[` for the bracket itself"
    BareReminder MarkLeft
        "a reminder to yourself"
        "settle it, or put it into a comment: <!-- … -->"
    Forum MarkForeign
        "a tag of a forum (BBCode)"
        "write `**words**`, `*words*` or [words](address)"
    Typst MarkForeign
        "a command of Typst's"
        "write what it does: `*words*`, `[^1]` for a note, `![caption](file.png)`"
    Tie MarkForeign
        "a tie of TeX's, where no line may end"
        "write a no-break space, or `&nbsp;`; `\\~` for the sign itself"
    Accent MarkForeign
        "an accent of TeX's, whose backslash Markdown takes away"
        "write the letter with its accent"
    PageNumber MarkForeign
        "the number of a page of an older edition"
        "write `<!-- page 12 -->`, which starts that page, or delete it"
    LostField MarkForeign
        "what Word writes where a reference has lost its place"
        "write the number or the title; `[](#id)` leads to a place of the book"
    Divided MarkLeft
        "a sign for a word that is divided"
        "write the word whole"
    HalfDash MarkLeft
        "a hyphen with a space behind it"
        "write the word whole where it is divided, `---` where a dash is meant, `\\-` for the hyphen itself"
    CutOff MarkLeft
        "a hyphen where speech breaks off"
        "write `---` for a dash; `\\-` for the hyphen itself"
    Stops MarkLeft
        "two full stops"
        "delete one, or write three for words left out"
    Slanted EmphasisLiteral
        "a mark of emphasis elsewhere"
        "write `*words*`; `\\/` for the sign itself"
    Choice RemarkPrivate
        "two readings between which you meant to choose"
        "write the one that is meant; `\\{` and `\\|` for the signs themselves"
    Tab MarkForeign
        "a tab of a site's"
        "write a heading or a bold line in its place, and take the four spaces below it away"
    Diagram MarkForeign
        "code of which another program would draw a picture"
        "put the picture in, or name no language"
    Inserted MarkForeign
        "a mark for inserted words"
        "write the words alone, or `*words*`"
    EscapedCall MarkLeft
        "a call of a note whose brackets are escaped"
        "take the backslashes away, and begin the note with the same sign and a colon: `[^1]: `; or write the number alone"
    Hiding MarkForeign
        "a line of code that mdBook hides"
        "delete it, or take the `#` away where readers should see it"
    LetteredCall MarkLeft
        "a letter in brackets, as Google Docs leaves it for a comment"
        "delete it and its words at the end of the text, or make a note of both: `[^a]`, and `[^a]: ` before the words; write `\\[` for the bracket itself"
    Comment RemarkPrivate
        "the comment of somebody who read the text, as Google Docs leaves it"
        "delete it and its words at the end of the text, or make a note of both: `[^a]`, and `[^a]: ` before the words; write `\\[` for the bracket itself"
    Query RemarkPrivate
        "a query between author and editor"
        "answer it, or put it into a comment: <!-- … -->; write `\\[` for the bracket itself"
    Transcriber MarkForeign
        "what transcribers leave for a picture, a note or a page"
        "put in what it stands for: `![caption](file.png)`, a note `[^1]`; write `\\[` for the bracket itself"
    FillIn MarkLeft
        "a place that you meant to fill in"
        "put the words there; write `\\[` for the bracket itself"
    Angled MarkLeft
        "a reference of AsciiDoc's, or a quotation mark made of two signs"
        "a place of the book is `[](#id)`; a quotation begins and ends with `\"`"
    Arrow MarkLeft
        "an arrow or a comparison made of several signs"
        "put the sign itself there: → ← ↔ ⇒ ≤ ≥ ≠; code stands between back-quotes"
    DoubleBackslash MarkLeft
        "a line's end of TeX's or of a wiki's, which Markdown reads as the sign itself"
        "write one backslash, with the next line below it"
    Misread MarkLeft
        "what is left of a letter that a program read in another encoding"
        "write the letter that is meant, and save the text as UTF-8"
    Encoded MarkLeft
        "a sign as mail, addresses or programs write it"
        "put the sign itself there"
    Straight MarkLeft
        "a straight quotation mark as HTML writes it"
        "write `\"` or `'`, which becomes the right mark of the book's language; `\\\"` or `\\'` stays straight"
    Leaders MarkForeign
        "a line of a contents list, with a page of another edition"
        "delete it: \"contents\" in [matter] of book.toml makes the list; another list with numbers is a table"
    Indent MarkLeft
        "an indent made of spaces"
        "delete it: the style sets first lines in; `::: lines` keeps lines and the spaces before them"
    Order MarkLeft
        "what tells a typesetter what comes here"
        "do what it says: a scene break is `* * *`, a picture `![caption](file.png)`; write `\\[` for the bracket itself"
    VerseMark MarkLeft
        "a mark for a heading, a quotation or a list, which means nothing in verse"
        "end the verse with `:::` above its line, and begin it again below; write `\\` before the sign itself"
    VerseDash MarkLeft
        "a hyphen that begins a line of verse"
        "write `---` where somebody speaks; `\\-` for the hyphen itself"
    CellItem MarkLeft
        "a mark for an item of a list, where no list can stand"
        "write `•` in its place, or take the list out of the table; write `\\` before the sign itself"
    CellList MarkLeft
        "a list in one line of a cell"
        "write `<br>` between its items; `\\.` or `\\)` behind the first number when it is no list"
    CellBlock MarkLeft
        "a mark for a heading or a quotation, where neither can stand"
        "write the words alone, or between asterisks: `**words**`; write `\\` before the sign itself"
    StandIn MarkForeign
        "what Ulysses leaves where a note or a picture stood"
        "write the note's call, `[^1]`, or the picture, `![what it shows](file.png)`, in its place"
    Acute MarkLeft
        "an accent without its letter, in place of a quotation mark or an apostrophe"
        "write `'` or `\"`, which becomes the right mark of the book's language"
    Ruby MarkForeign
        "how a word is read, as Aozora, Denden and novel sites write it"
        "write the reading in brackets behind its word: 渡船（わたしぶね）"
    Underscored MarkAccident
        "a name in a program, which Markdown makes strong"
        "put it between back-quotes, or write `\\_` for the signs themselves"
    VerseFence MarkForeign
        "a block of verse of another program's"
        "write `::: verse` in its place, and `:::` where it ends"
    NetworkPath MarkLeft
        "a place in a network, of whose two backslashes Markdown takes one away"
        "put it between back-quotes, or write each backslash twice"
    Search MarkForeign
        "how Word's search writes the end of a paragraph or a line"
        "delete it, and leave a blank line where a paragraph ends"
    Signs MarkLeft
        "a mark that no prose has"
        "write what it does: `*words*`, `[^1]`, `[words](address)`; put code between back-quotes, and a backslash before a sign that is meant"
}
