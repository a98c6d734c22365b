//! The catalogue of findings: stable names, gravity, and the manual's words.
//!
//! `pamphleteer explain CODE` prints an entry; docs/reference and the appendix
//! of the handbook are made from this same table. A line `# "…"` begins a family.

use super::Severity;
use std::fmt;

/// One entry of the catalogue.
#[derive(Debug)]
pub struct CodeEntry {
    /// What the findings of its family are about.
    pub family: &'static str,
    /// The stable name, in kebab-case.
    pub name: &'static str,
    /// How grave such a finding is when nobody says otherwise.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// Why it matters and what to do.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($(# $family:literal
        $($variant:ident $name:literal $severity:ident $summary:literal $explanation:literal)*)*) => {
        /// Which finding: a stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $summary] $variant,)*)*
        }

        /// Every entry, in the order of [`Code`].
        pub const CODES: &[CodeEntry] = &[
            $($(CodeEntry {
                family: $family,
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            },)*)*
        ];

        const ALL: &[Code] = &[$($(Code::$variant,)*)*];
    };
}

codes! {
    # "Style, type and pages"
    FaceMissing "face-missing" Error
        "The style names a face that is not there."
        "Faces come from the book's fonts/ folder and from those that ship with the tool, and with `text.system-fonts = true` from those that are installed."
    OldPage "old-page" Warning
        "A page of the older edition cannot be kept as it was."
        "With `pages = \"source\"` each page holds the old page's words and is filled by looser or tighter paragraphs, then by white around what is set apart. What is still too short stays so; what is too long goes deeper, or on overleaf. A mark may be misplaced, or `page.lines` and `page.measure` differ too much from the old edition's."
    TableTooWide "table-too-wide" Warning
        "A table is wider than the text block, even in smaller type."
        "Shorten its longest words, divide it, or turn it."
    StyleImpossible "style-impossible" Error
        "A key of the style cannot work together with the others."
        "Every line, the running head, the folio and the notes must have room on the page. The message says what is too large or too small beside what, and the hint which value would work. Keys that a book does not give follow those that it gives, so often the simplest remedy is to leave one out."
    LineLength "line-length" Warning
        "Lines hold many more or many fewer characters than the eye likes."
        "Between 45 and 80 characters to a line are easy to read. The measure, the size of the type and the size of the page make the difference."
    PictureSmall "picture-small" Warning
        "A large picture is set no higher than its line."
        "A picture with words beside it stands in their line, as high as the type, unless it is given a width. Alone in its paragraph it becomes a figure, as wide as the text block; pictures that share a line with no words stand beside one another."
    # "Compromises that pages had to take, each kind told once"
    NoteLate "note-late" Warning
        "A note begins on a later page than its call."
        "The notes that are called before it leave no room on the page. Shorten them, move a call to another sentence, or set the notes at the end of each text: `notes.place = \"text\"`."
    NotesHeavy "notes-heavy" Note
        "Notes take up most of a page."
        "The reader finds a few lines of text above a page of notes. Shorten the notes, take part of them into the text, or set them at the end of each text: `notes.place = \"text\"`."
    PageOverfull "page-overfull" Warning
        "Something is higher than the text block."
        "It reaches below the other pages. Make a picture smaller (`{width=50%}`), or divide what is too high."
    PageShort "page-short" Note
        "A page ends above the others."
        "What comes next must hold together and did not fit, and no paragraph before it could be set longer. A line more or less in a paragraph above it would fill the page, or a smaller table or picture."
    PageBreakPoor "page-break-poor" Warning
        "A page ends where it should not."
        "A line of a paragraph stands alone on its page, or a heading has no text below it. A line more or less in a paragraph before it would mend this."
    LineLoose "line-loose" Note
        "A line is too loose: there are holes between its words, or it ends before the margin."
        "Its words cannot be divided where that would help. Reword the paragraph a little."
    LineOfOneWord "line-of-one-word" Note
        "A word stands alone in its line."
        "The next word does not fit beside it, and neither can be divided there. Reword the paragraph a little, or give the text a wider measure."
    # "book.toml and the book folder"
    TomlSyntax "toml-syntax" Error
        "book.toml or a style file is not valid TOML."
        "A line is `key = value`, `[table]` or `# remark`; words stand between straight quotation marks. What is wrong is read as it was most likely meant, so that all that is wrong is told at once, but nothing is made."
    KeyUnknown "key-unknown" Error
        "A key is not one that we know."
        "A mistyped key would be ignored in silence, so it is refused. `pamphleteer keys` lists every key."
    KeyMissing "key-missing" Error
        "A key that every book needs is missing."
        "A book needs at least `title` and `language`, and a `[matter]` table that names its files."
    ValueInvalid "value-invalid" Error
        "A value is not of the kind that its key wants."
        "The message says what is wanted, with an example."
    FileMissing "file-missing" Error
        "A file that the book names does not exist."
        "Write paths as seen from the folder of book.toml, with `/` between folders; capitals and small letters differ."
    Placeholder "placeholder" Warning
        "A name in book.toml is the one that `new` wrote."
        "It would be printed on cover and title page. Write the right name, or delete it."
    ImportFirst "import-first" Error
        "The texts of a reissue were not recovered yet."
        "book.toml names the source of an older edition, or the folder holds an editor's decisions, but none of the texts is there. `pamphleteer import TRANSCRIPTION.txt --into BOOK` makes them from a transcription."
    FileOutside "file-outside" Error
        "A path leads out of the book's folder."
        "A book must be whole in its folder: absolute paths, `..` and links that lead outside are refused."
    FileEncoding "file-encoding" Error
        "A file is not UTF-8."
        "Save the file as UTF-8. The message names the encoding that it most likely has."
    FileTooLarge "file-too-large" Error
        "A file is larger than a book can bear."
        "A text may have 8 MiB, and a picture 64 MiB and 100 megapixels. The handbook lists all bounds."
    LimitExceeded "limit-exceeded" Error
        "There is more of something than a book may hold."
        "The handbook lists all bounds. Divide the book, or look for what is repeated by accident."
    StageFailed "stage-failed" Error
        "The program failed at a part of the book that it did not foresee."
        "This is a fault of the program or of a library that it stands on, not of the book. The message names what it worked on and where it failed. Take out parts of the book until it works to find the one that does it, and report that part as a bug: SECURITY.md says how."
    TextUnread "text-unread" Error
        "A part of a text would be in no edition."
        "What is too large cannot be read as Markdown, such as a table whose rows lack a quarter of a million cells. The message shows the words that would be lost. Divide the table or list that stands there."
    TextUnmatched "text-unmatched" Warning
        "Words of a text were not found in what was read of it."
        "The words of each text are counted against those of the book. Look for the passage that the message shows in an edition: where it is missing, this is a fault of Pamphleteer, so please report it with the passage, and write it without marks meanwhile. Where it stands as you wrote it, nothing is lost."
    FileRepeated "file-repeated" Error
        "A file or made page stands twice in `[matter]`."
        "Each text is set once. Remove one of the two names."
    FileUnused "file-unused" Warning
        "A Markdown file lies beside book.toml but is in no list of `[matter]`."
        "It will not be in the book. Add it to [matter], or move it to another folder."
    LanguageUnknown "language-unknown" Error
        "A language is not a tag of the BCP 47 registry."
        "Write `en-GB`, `fr`, `ru`, `grc` and the like."
    LanguageDoubtful "language-doubtful" Warning
        "The texts look as if they were in another language than book.toml says."
        "Quotation marks, hyphens, the words that the tool adds and the voice that reads an ebook aloud follow from `language`. The commonest words of the texts are looked at; passages in another language are marked by `lang=`."
    LanguageNoPatterns "language-no-patterns" Note
        "There are no hyphenation patterns for a language."
        "Its words are set without hyphenation."
    WordsMissing "words-missing" Warning
        "The tool has no words in the book's language."
        "Headings such as Contents and lines such as Translated by stand in English, and are marked as English for screen readers. Give your own in book.toml, under `[words]`: `contents = \"…\"`, `translated-by = \"…\"` and so on; the manual has the list of all keys."
    WordsUnconfirmed "words-unconfirmed" Note
        "Words that the tool adds to the book are confirmed by fewer than two sources."
        "Each of the tool's words was compared with dictionaries and with the translations of other programs; for these, in this language, fewer than two were found that have them. Ask somebody who speaks the language. Your own words, or the same ones, under `[words]` in book.toml settle it."
    DrawingPart "drawing-part" Warning
        "A part of a drawing is in no edition."
        "An SVG drawing may hold what a book cannot: what is loaded from elsewhere, pieces of web pages (`<foreignObject>`), what moves (`<animate>`). It is left out of all editions alike. In a drawing program, turn it into paths, words and embedded pictures, or export the drawing as PNG."
    FontUnreadable "font-unreadable" Error
        "A font file cannot be used."
        "It is damaged, cut short, or of another kind than OpenType (.otf, .ttf, .ttc, .woff2, .woff). Copy it again from where it came, or take the OpenType file of the same face; a file that the book does not need can be removed from fonts/."
    FontRestricted "font-restricted" Warning
        "A face may not be part of an ebook."
        "Its own licence bits (OS/2 `fsType`) forbid to embed it, so that readers will set the words in a face of theirs. Ask the foundry for a licence for ebooks, and for the file that belongs to it; or name another family."
    GlyphMissing "glyph-missing" Error
        "A character has no glyph in the text face or its fallbacks."
        "The pages cannot be made; the EPUB can, as readers have fonts. Name a family that has it in `text.fallback`, and add its files to fonts/ unless it ships with the tool; or let installed fonts be used with `text.system-fonts = true`. With `text.stand-in = \"□\"` that sign stands in its place, and the finding is a warning; imported books begin so. Fractions, long dashes, ligatures, Roman numerals and accented letters are built from the face's own signs."
    GlyphNotEmbedded "glyph-not-embedded" Note
        "The fonts in the EPUB lack a character."
        "Reading systems show it in a font of their own: nothing need be done. To embed one, name its family in `text.fallback`; with `epub.fonts = false` nothing is embedded, and nothing said."
    CoverLeftOut "cover-left-out" Warning
        "The EPUB has no cover."
        "The cover is a picture that we draw, and no font has all the characters of its words. Most shops want a cover: add a font to fonts/, let installed fonts be used with `text.system-fonts = true`, or give a picture of your own in `cover.front`."
    SmallCapsMissing "small-caps-missing" Note
        "A face has no small capitals."
        "Capitals at four fifths of the size stand for them on the pages. Choose a family with small capitals (the OpenType feature `smcp`), as Libertinus Serif has, or set `heading.case`, `running-head.case` and the like to `italic`."
    NameForm "name-form" Warning
        "A name is hardly that of one person, as it stands on a title page."
        "Shops and libraries file a book under each of its people, so each wants an entry of their own: `author = [\"Joan Ferry\", \"Bo Hill\"]`, or a `[[contributor]]` each. A name stands as it is printed, *Joan Ferry*; where it is filed under another word than its last, `sort = \"Ferry, Joan\"` says so. A firm or a body is one name; if the finding is wrong about yours, `--allow name-form` silences it."
    IsbnInvalid "isbn-invalid" Error
        "A number is not an ISBN."
        "Thirteen digits, or ten in older books, with or without hyphens; the last one follows from the others. When it does not, a digit is mistyped or two are exchanged."

    # "The texts of the manuscript"
    NoteUnknown "note-unknown" Error
        "A note is called that the file does not hold."
        "Notes belong to their file. Write the note's text as a paragraph of its own in the same file: `[^label]: …`."
    NoteUnused "note-unused" Warning
        "A note is never called."
        "Its text would not be in the book. Put `[^label]` where it belongs, or delete the note."
    NoteEmpty "note-empty" Error
        "A note says nothing."
        "Write its text after the colon. Further paragraphs are indented by four spaces."
    NoteDuplicate "note-duplicate" Error
        "A file holds two notes of the same label."
        "The first one counts and the second would be lost. Give it another label."
    NoteRecursive "note-recursive" Error
        "A note calls itself, directly or through other notes."
        "It could never be set. Take the call out of the note's text."
    ImageMissing "image-missing" Error
        "A picture does not exist."
        "Write paths as seen from the text's own folder, or from the book's, with `/` between folders; capitals and small letters differ. Pictures from the web are not fetched."
    ImageUnreadable "image-unreadable" Error
        "A picture's file is not one that we can read."
        "PNG, JPEG, GIF, WebP, SVG, TIFF and BMP are read; the bytes count, not the name. The message says what the file is. A damaged file is not half of a picture: copy it again from its source, or open it in a picture editor and save it anew."
    ImagePages "image-pages" Warning
        "A picture's file has several pages."
        "A TIFF may hold many; a book shows the first. Save each page that you want as a file of its own."
    AltMissing "alt-missing" Warning
        "A picture with a caption has no words for those who cannot see it."
        "Say between the brackets what it shows. Empty brackets mean that a picture only decorates, and then it needs no caption."
    HtmlRaw "html-raw" Error
        "HTML stands in a text."
        "Printed pages cannot show HTML, so it would stand there as it was typed. Use Markdown's own marks, `:::` divisions and `[words]{.class}`; write `\\<` for the sign itself."
    FrontMatter "front-matter" Warning
        "A text begins with front matter."
        "Blogs and other programs write `title: …` and the like between two lines of hyphens above a text. A book says such things in book.toml, and a text's title in its heading."
    CommentUnclosed "comment-unclosed" Error
        "A comment never ends."
        "Everything after it would be lost. Add `-->`, or write `\\<` for the sign itself."
    CommentDoubtful "comment-doubtful" Note
        "A comment that other programs read otherwise."
        "A comment among words that holds `--` or `>`, or one that begins within a paragraph or a list and holds items or blank lines, ends earlier elsewhere, and part of it is printed there. Here nothing of it is printed. On lines of its own between blank lines everybody reads it alike."
    IdDuplicate "id-duplicate" Error
        "An id is given twice in a file."
        "Links would not know where to lead. Change one of the two."
    LinkTargetUnknown "link-target-unknown" Warning
        "A link leads to a place that the book does not have."
        "Its words stay and the link goes; links to the same missing file are told of once. Give the place an id with `{#id}` or `[]{#id}`. `[words](other.md#id)` leads to another file. A reference without words of its own would leave a hole, and is an error."
    LinkCircular "link-circular" Error
        "A title refers to itself."
        "`[](#id)` prints the title of a place. In that place's own title, or in a title that it refers to, it would never end. Write the words yourself."
    AddressInvalid "address-invalid" Warning
        "An address outside of the book is not one."
        "The words stay and the link goes: readers and shops refuse a book with a broken address. Spaces, a lone `%`, a second `#` and letters of any script are mended by themselves; a host that is missing or a port that is no number cannot be."
    LinkUntitled "link-untitled" Error
        "A reference prints the title of a place that has none."
        "Write the words yourself: `[words](#id)`."
    LinkUnused "link-unused" Warning
        "A link definition is never used."
        "Lines like `[label]: target` are not printed. Use the label in a link, or write `\\[` when the line is text."
    LinkTitle "link-title" Warning
        "A link has a title, which no edition prints."
        "Delete what stands in quotation marks after the link's target, or say it in the text."
    LinkScheme "link-scheme" Error
        "A link has a scheme that a book does not follow."
        "Only `https:`, `http:` and `mailto:` lead out of a book."
    DivUnclosed "div-unclosed" Error
        "A division is never closed."
        "End it with a line `:::`, in the same quote, list item or note, with the same indent."
    DivUnopened "div-unopened" Error
        "A line `:::` closes nothing."
        "A division ends where it began: in the same quote, list item or note, with the same indent."
    DivInvalid "div-invalid" Error
        "A division is not written as it must be."
        "Write `::: name` or `::: {.class lang=fr}` on a line of its own."
    DivEmpty "div-empty" Warning
        "Nothing stands in a division."
        "Delete it, or write what should stand there."
    ClassUnknown "class-unknown" Warning
        "A class means nothing to us."
        "It is kept for the EPUB, where extra.css may style it; in print it changes nothing. It may also be mistyped."
    AttributeInvalid "attribute-invalid" Error
        "Something in braces is not understood."
        "Braces hold `#id`, `.class` and `lang=`: `{#id .class lang=fr}`; those of a picture `width=` too: `{width=50%}`, `{width=6cm}`."
    HeadingSkipped "heading-skipped" Warning
        "A heading is more than one rank below the one before it."
        "Readers who listen move by ranks. Use `##` below `#`, and `###` below `##`."
    TitleMissing "title-missing" Warning
        "A text has no title, or a heading no words."
        "Contents lists and bookmarks cannot name it. Begin the file with `# Title`; a picture in a heading is named by its description. An ebook calls a text without a title by its first words."
    EmphasisLiteral "emphasis-literal" Warning
        "Marks of emphasis stayed in the text."
        "A partner is missing, a space stands inside, or `_` stands within a word. Nor does Markdown see emphasis that ends in a mark of punctuation with no space behind it, as before a word joiner or an ideograph. Move the punctuation out of the emphasis, or write `\\*` when asterisks are meant."
    LinesJoined "lines-joined" Warning
        "Lines that look like verse are joined into one paragraph."
        "The end of a line means nothing to Markdown. Put verse into `::: verse`; end the lines of an address with a backslash."
    ListAccident "list-accident" Warning
        "A line begins like a list, a heading or a quotation, perhaps by accident."
        "After re-wrapping a line may begin with `1914.` or `-`. Write `1914\\.` or `\\-`, or leave a blank line before it when a list is meant."
    MarkForeign "mark-foreign" Warning
        "A mark of another program stands in the text and is printed."
        "Citations, formulas in TeX, the tags of site generators, links of wikis, short names of emoji and the like mean nothing here. Each kind is told of once for a file, with its first places; the hint says what to write instead. Write `\\[` and the like for the signs themselves."
    MarkLeft "mark-left" Warning
        "A mark of Markdown did not take effect and is printed."
        "A link, a picture, code or struck words were begun and not read as such: a partner is missing, or something stands where it may not. Each kind is told of once for a file, with its first places. Write `\\[`, `\\^` and the like for the signs themselves."
    MarkAccident "mark-accident" Warning
        "A mark took effect, or nearly did, where it was hardly meant."
        "Between figures `*` is a sign of multiplication, and `^` and `~` around a whole passage are hardly meant to raise or lower it. Write a backslash before the sign."
    RemarkPrivate "remark-private" Error
        "A private remark, or words for another format, would be printed."
        "Remarks in CriticMarkup, lines between `%%`, and Pandoc's raw blocks stand in a manuscript for other eyes than the reader's. Delete them, or put them into a comment: `<!-- … -->`."
    CodeUnclosed "code-unclosed" Error
        "A listing is never closed."
        "All that follows would be set as code. End it with a line of as many back-quotes or tildes as it begins with."
    PageMarkInvalid "page-mark-invalid" Warning
        "A page mark does not say which page starts."
        "It is taken for a comment. Write the number as printed: `<!-- page 12 -->`, `<!-- page xiv -->`; begin a comment with another word."
    ControlCharacter "control-character" Error
        "A text holds a control character."
        "It is invisible in most editors and has no meaning in a book. Delete it."
    TableShape "table-shape" Error
        "A row of a table has more cells than its head."
        "The cells beyond the head's would be lost. Give the head as many cells; write `\\|` for the sign itself."
    CaptionMisplaced "caption-misplaced" Error
        "A caption belongs to nothing."
        "A caption follows directly the table, figure or listing that it belongs to, and each has one."
    NestingTooDeep "nesting-too-deep" Error
        "Quotes, lists, divisions or marks stand too deep in one another."
        "Sixty levels are more than any page can show. Most likely a mark is repeated by accident."
    # "What a careful editor would mark"
    NoteSpace "note-space" Warning
        "A space stands before a note's call."
        "The call could go to the next line alone. Put it directly after its word."
    WordDoubled "word-doubled" Warning
        "A word stands twice."
        "Only words that are never doubled on purpose are reported. Delete one."
    DashSpacing "dash-spacing" Warning
        "A dash has a space on one side only."
        "Give it both, or none."
    DashMixed "dash-mixed" Warning
        "Dashes between words are typed as two hyphens and as three."
        "`--` is an en dash, and in English an em dash where it touches a word on each side; `---` is an em dash. A book that has both between words most likely means one of them throughout. `[text] double-hyphen` of book.toml says which dash two hyphens are."
    RangeHyphen "range-hyphen" Note
        "A hyphen joins a range of pages or years."
        "English books set an en dash there: write `pp. 12--15` and `1914--18`. Only ranges behind words such as `pp.` and those of years are told, since telephone numbers, dates and ISBNs have hyphens."
    SpaceBefore "space-before" Warning
        "A space stands before a comma, a full stop or the like."
        "Delete the space. In French such spaces are right, and not told."
    SpaceMissing "space-missing" Warning
        "A space is missing behind a comma, a full stop or a quotation mark."
        "Two words touch where a sentence or a part of it ends. Put a space there; what belongs to a program stands between back-quotes."
    QuoteUnbalanced "quote-unbalanced" Warning
        "A quotation mark has no partner."
        "A quotation that runs over several paragraphs opens again in each. Otherwise a mark is missing, or one too many."
    SectionEmpty "section-empty" Warning
        "Nothing stands below a heading."
        "Write what belongs there, or delete the heading."
    PageMarkOrder "page-mark-order" Warning
        "Pages of the older edition do not follow one another."
        "Each page starts once, in order. A number is mistyped, or a mark stands twice."

    # "The proof of an edition"
    NumbersUnsettled "numbers-unsettled" Warning
        "Numbers of pages in the text change the pages that they name."
        "The book is set again until its page numbers hold. Very seldom a longer number moves a line to the next page, and that makes the number shorter again."
    TextLost "text-lost" Error
        "Words of the manuscript would be missing from an edition, or stand there twice."
        "Every edition is read back before it is written and held against the manuscript, letter by letter. This is a fault of Pamphleteer and not of the book, so nothing is written. Please report it; often the passage can be set when it is put in another way."
    TextOutside "text-outside" Error
        "Something stands outside of the page's text block, above it, below it or off the paper."
        "It would meet the running head or the folio, or be cut off. The message names it and by how much; make it smaller, or divide it."
    TextInMargin "text-in-margin" Warning
        "Something stands in the side margin."
        "It is printed and can be read, but not where a page has its text. A long word, an address or a wide table is wider than its place: let it break, shorten it, or set it smaller."
    TextOverprinted "text-overprinted" Warning
        "Words are printed over other words, or over a picture."
        "Nobody can read either. It comes of a table with more columns than its width has room for: give it fewer, put `::: landscape` around it, or set it smaller with `table.size`."
    PictureLost "picture-lost" Error
        "A picture would be missing from an edition."
        "Every picture of the manuscript is counted on the pages and in the EPUB before they are written. This is a fault of Pamphleteer and not of the book; please report it."
    RuleLost "rule-lost" Error
        "A table would stand without the rule above or below it."
        "Where the style rules tables, each has a rule above its first row and one below its last, and both are looked for before the pages are written. This is a fault of Pamphleteer and not of the book; please report it."
    NoteMisplaced "note-misplaced" Error
        "A note is missing from the pages, or stands before its call."
        "Every note that is called must begin on the page of its call or after it. This is a fault of Pamphleteer and not of the book; please report it."
    ContentsNumber "contents-number" Error
        "An entry of the contents list has the wrong page number."
        "The list is set again until its numbers hold, and then compared with the pages. This is a fault of Pamphleteer and not of the book; please report it."

    # "The EPUB"
    CssUnfit "css-unfit" Error
        "The extra style sheet cannot go into an EPUB."
        "A book must be whole in its file, so rules and functions that load or run anything are refused (`@import`, `@font-face`, `url(…)`), and so is what CSS does not know and a sheet whose brackets do not match. Without them the EPUB is made with the generated style sheet alone."
    CssContrast "css-contrast" Warning
        "Words of the EPUB would be hard to tell from their ground."
        "Readers choose their own colours, by day and by night. Leave colours to them, or set both the colour and the ground, with a contrast of 4.5 to 1 (WCAG 2.1, level AA)."
    StoreSize "store-size" Error
        "The EPUB is larger than the shop takes."
        "Make its pictures smaller, or fewer; texts and fonts hardly count. The message names both figures."
    StoreAuthor "store-author" Error
        "The book names nobody who wrote it."
        "The shop lists books by their authors and refuses one without. Name the author, editor or whoever made the book in book.toml; for a book that nobody signed, write what the trade says, such as \"Anonymous\"."
    StoreCover "store-cover" Warning
        "The cover has too few or too many pixels for the shop."
        "Use a larger picture, or a template of ours, which has as many pixels as are wanted."
    StoreNote "store-note" Note
        "A note is too short or too long for the shop's pop-ups."
        "It is followed as a link instead, and leads back. Nothing is lost; but a note that says `Ibid.` says more with a page."
    StorePicture "store-picture" Warning
        "A picture has more pixels than the shop takes."
        "Pictures of this kind are not made smaller by themselves. Make it smaller, or a PNG or JPEG."
    # "Covers"
    CoverTemplate "cover-template" Error
        "A cover's template cannot be used."
        "The SVG is not well formed or names a field that does not exist. Compare with the templates in covers/."
    CoverPaper "cover-paper" Error
        "The printer has no such paper."
        "The spine is as wide as the paper is thick, so the paper must be one whose thickness is known."
    CoverStale "cover-stale" Warning
        "The wrap of an earlier build no longer fits the book."
        "The book has gained or lost pages, or its trim or paper has changed, since the wrap in `out` was made. Rebuild the cover for the same printer. It is a note when the same build makes the cover anew."
    CoverSpine "cover-spine" Warning
        "The width of the spine is a guess."
        "No printer is named, and so it is a note; or the printer publishes no figures for its papers. Name the printer with `--printer` and the paper with `cover.paper` where they are known; otherwise compare the wrap with the printer's own template."
    CoverText "cover-text" Warning
        "Words are too long for the cover."
        "A title or name was set smaller than the template wants. Shorten it, or choose or draw another template."

    # "The press"
    PrintTrim "print-trim" Warning
        "The printer does not list books of this size."
        "Most printers make some sizes only. Choose one of theirs for `page.trim`, or ask."
    PrintPages "print-pages" Error
        "The book has too few or too many pages for the printer."
        "Bindings have limits; the message names the printer's, and a book that is too long is warned of while no printer is named. Blank pages are added up to a printer's multiple by themselves."
    PrintMargin "print-margin" Error
        "Words stand too near an edge."
        "Trimming and binding wander by a millimetre or more, and thick books hide the inside of the page. The message names the margin wanted."
    SheetSmall "sheet-small" Error
        "An open book does not go on the sheet."
        "Two pages side by side must fit, at half their size at least."
    SheetShrunk "sheet-shrunk" Note
        "Pages are printed smaller than they are to fit the sheet."
        "Letter paper takes 5.5 x 8.5 inches, A4 takes A5 as they are; a larger sheet leaves room for marks."
    PrintSmall "print-small" Warning
        "Type or a rule is finer than the printer holds."
        "Fine strokes fill in or break off on the press. The message names the size wanted."
    PrintResolution "print-resolution" Warning
        "A picture has too few pixels for its size on the page."
        "Below the printer's figure it looks soft; below 150 to the inch it is refused. Use a larger original or print it smaller, with `{width=50%}` behind the picture. Of more than eight such pictures the worst are named."

    # "Import"
    ImportKind "import-kind" Error
        "Import does not read this kind of file or folder."
        "Import reads a transcription as plain text, and the books of other tools: Word, OpenDocument, EPUB, HTML, and folders of Markdown. What to do with a PDF, a scan or an old Word file stands in the hint."
    ImportOccupied "import-occupied" Error
        "The folder to import into holds another book."
        "Two books in one folder would be mixed: the `book.toml` of the one would name texts of the other. `decisions.toml` names the source that a folder was imported from; the same source is imported into it as often as you like. Take another folder; or, if the source has only got another name, import with `--force`."
    ImportDamaged "import-damaged" Error
        "The file to import is damaged."
        "A Word, OpenDocument or EPUB file is a zip archive of XML. One that cannot be unpacked, or whose main part is missing or is not XML, is refused as a whole, since nobody could say what is lost; so is hOCR, ALTO or PAGE XML that ends before its first element does. Open it in the program that made it, and save it anew."
    ImportMissing "import-missing" Warning
        "The source names a file that is not there."
        "A chapter, a picture or an included file that the source names was not found in its folder, or is in a format that no book has. What the source says of it was left in the text where it has words; the report lists all of them."
    ImportOutside "import-outside" Warning
        "The source names a file outside of itself."
        "A Word file may link a picture or a part of the text, an EPUB name a document that is not packed, a web page lead to a file of somebody's disk. No such file is opened and nothing is fetched: what is brought in comes from the source alone. Where the book needs it, put it into the source, and import again."
    ImportUnread "import-unread" Warning
        "Words of the source were lost, or stand in a text and are not read."
        "An import of Markdown is read back by our own parser, which must find every word that the source prints. These words went with a mark of another tool that was rewritten, or stand in the new text within something that is printed nowhere, such as the attributes of another tool. The report lists them with their texts. Of a PDF it names a page whose words are damaged, or signs of which the file does not say which letters they are."
    ImportLeft "import-left" Note
        "Something of the source has no counterpart in a book."
        "It was left out, or left as the words that it was, and the report of the import lists it: executable code, parts of web pages, marks of other tools."
    ImportEmpty "import-empty" Error
        "The transcription holds no text."
        "It is empty, or no text file at all. Import wants the UTF-8 text of a page-by-page transcription."
    ImportProof "import-proof" Error
        "The manuscript does not give back its source."
        "Every import is proved: set again at the recovered breaks, the manuscript must have all words and marks of the transcription in order; and the book of another tool must be read back by our own parser with every word of its source. Where it is not so, nothing is written; the message names the first place."
    ImportCallAlone "import-call-alone" Warning
        "A call of a note has no note."
        "It stays in the text as it was. The note may have been lost in the transcription; compare with the old edition."
    ImportNoteAlone "import-note-alone" Warning
        "A note is called nowhere."
        "It was kept under its number at the end of its text. Put `[^n]` where the old edition calls it."
    ImportPages "import-pages" Warning
        "The page map and the contents disagree."
        "The pages that were found for a text are not as many as the contents give it. Review the estimated page ends in decisions.toml."
    ImportShape "import-shape" Note
        "A shape that the importer does not understand."
        "A table, picture or HTML came through as text. Give it its form by hand in the manuscript."
    ImportSidenotes "import-sidenotes" Note
        "Notes of the old margin became lines in strong type."
        "A manuscript has no margin. Each stands above the paragraph beside which it stood; make headings of them, or join them to their paragraphs, where the edition wants it."
    ImportEdited "import-edited" Warning
        "A file was edited since an import wrote it."
        "An import never replaces what an editor has written. `decisions.toml` keeps the hash of every file that an import wrote; one that differs stays as it is, and what the import would have written goes to `NAME.new` beside it. Take over what you want, and delete it. With `--force` edited files are replaced."
    ImportDecisions "import-decisions" Warning
        "Something in decisions.toml or corrections.toml does not count."
        "A decision's place is gone, or the editor's word is not one of the two that are possible."
}

impl Code {
    /// The catalogue's entry.
    #[must_use]
    pub fn entry(self) -> &'static CodeEntry {
        &CODES[self as usize]
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The code of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Code> {
        ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for code in ALL {
            assert_eq!(Code::find(code.name()), Some(*code));
        }
    }
}
