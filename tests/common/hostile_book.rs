//! Hostile books: a folder full of what brings compilers down, by class and number.
//!
//! Each class is a kind of attack, and each number another book of it; the same
//! number is the same book on every machine. Books are made of the constructs of the
//! manuscript format, so that they get past the first door and reach the stages behind.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(dead_code, reason = "each test binary uses other parts")]

use crate::dice::Dice;
use pamphleteer::style::{KEYS, Key, Kind};

/// A book's folder, and a transcription for `import`.
pub struct HostileBook {
    pub files: Vec<(String, Vec<u8>)>,
    pub transcription: Vec<u8>,
}

/// A class of attacks: its name, and what makes a book of it.
pub type Class = (&'static str, fn(&mut Maker<'_>));

/// All classes.
pub const CLASSES: [Class; 18] = [
    ("deep", deep),
    ("long", long),
    ("many", many),
    ("wide", wide),
    ("odd-characters", odd_characters),
    ("odd-toml", odd_toml),
    ("odd-pictures", odd_pictures),
    ("paths", paths),
    ("references", references),
    ("tables", tables),
    ("notes", notes),
    ("languages", languages),
    ("styles", styles),
    ("transcriptions", transcriptions),
    ("mixed", mixed),
    ("drawings", drawings),
    ("fonts", fonts),
    ("style-sheets", style_sheets),
];

/// How many books of each class there are: 1,800 in all.
pub const EACH: usize = 100;

/// A book on its way.
pub struct Maker<'d> {
    pub dice: &'d mut Dice,
    /// The largest number of anything; classes go up to it now and then.
    most: usize,
    toml: Vec<u8>,
    text: String,
    files: Vec<(String, Vec<u8>)>,
    transcription: Vec<u8>,
}

/// The book of that class and number. Nothing in it is repeated more than `most` times.
pub fn hostile_book(class: usize, number: usize, most: usize) -> HostileBook {
    let seed = (class as u64 + 1) << 32 | (number as u64 + 1);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..8 {
        dice.roll(2);
    }
    let mut maker = Maker {
        dice: &mut dice,
        most,
        toml: TOML.as_bytes().to_vec(),
        text: String::new(),
        files: Vec::new(),
        transcription: Vec::new(),
    };
    CLASSES[class].1(&mut maker);
    let Maker { toml, text, mut files, mut transcription, .. } = maker;
    if transcription.is_empty() {
        transcription = text.clone().into_bytes();
    }
    files.push(("book.toml".to_owned(), toml));
    files.push(("text.md".to_owned(), text.into_bytes()));
    HostileBook { files, transcription }
}

/// A book.toml with which nothing is wrong.
pub const TOML: &str = "title = \"A Book\"\nlanguage = \"en-GB\"\ndate = \"2001\"\n\n[[contributor]]\nname = \"A. Author\"\nrole = \"aut\"\n\n\
    [matter]\nfront = [\"title-page\", \"contents\"]\nbody = [\"text.md\"]\n";

const PICTURE: &[u8] = include_bytes!("random_book.png");

/// What opens, stands inside and closes again.
const NESTED: [(&str, &str, &str); 34] = [
    ("> ", "a", ""),
    (">", "a", ""),
    ("- ", "a", ""),
    ("1. ", "a", ""),
    ("* + ", "a", ""),
    ("> - ", "a", ""),
    ("[", "a", "]{.b}"),
    ("[", "a", "]{lang=fr}"),
    ("[", "a", "]{.smallcaps}"),
    ("*", "a", "*"),
    ("**", "a", "**"),
    ("*a **b ", "c", "** *"),
    ("_a ", "b", " c_"),
    ("~~", "a", "~~"),
    ("^", "a", "^"),
    ("~", "a", "~"),
    ("![", "a", "](x.png)"),
    ("[", "a", "](#t)"),
    ("[", "a", "](http://a.org)"),
    ("[", "a", "][b]"),
    ("[^", "a", "]"),
    ("::: a\n", "b\n", ":::\n"),
    ("::: verse\n", "b\n", ":::\n"),
    ("::: {.letter lang=de}\n", "b\n", ":::\n"),
    ("> ::: note-to-reader\n", "> b\n", "> :::\n"),
    ("`", "a", "`"),
    ("<b>", "a", "</b>"),
    ("<!-- ", "a", " -->"),
    ("\"a '", "b", "' \""),
    ("“", "a", "”"),
    ("(", "a", ")"),
    ("{", "a", "}"),
    ("\\", "a", ""),
    (": ", "a", ""),
];

/// Characters that are wide, narrow, invisible, joined, reversed, or none.
const TOKENS: [&str; 52] = [
    "a",
    "W",
    "漢",
    "か",
    "\u{1100}\u{1161}",
    "\u{1161}",
    "한",
    "\0",
    "\u{ad}",
    "a\u{ad}",
    "\u{ad}\u{ad}a",
    "\u{200b}",
    "a\u{200b}",
    "\u{200d}",
    "\u{2060}",
    "\u{301}",
    "a\u{301}",
    "e\u{301}\u{323}\u{308}",
    "\u{a0}",
    "a\u{a0}",
    "\u{202f}",
    "\u{2003}",
    "\u{200a}",
    "ש",
    "שa",
    "ב ",
    "\u{202e}a",
    "\u{2067}a\u{2069}",
    "ب",
    "क्",
    "ไ",
    "1",
    "1,000 ",
    "-",
    "a-",
    "–",
    "—",
    "a/",
    ".",
    "http://a.b/",
    "👨‍👩‍👧",
    "🇩",
    "\u{e000}",
    "\u{feff}",
    "\u{fdd0}",
    "\u{2028}",
    "a ",
    "a b",
    "ffi",
    "\u{fe0f}",
    "'",
    "\"",
];

/// Blocks, with `#` for a number.
const UNITS: [&str; 60] = [
    "a\n\n",
    "## h#\n\na\n\n",
    "## h\n\na\n\n",
    "# h#\n\na\n\n",
    "##\n\na\n\n",
    "- a\n",
    "- a\n\n",
    "#. a\n",
    "> a\n\nb\n\n",
    "* * *\n\n",
    "a\n\n* * *\n\n",
    "---\n\n",
    "::: a\nb\n:::\n\n",
    "::: verse\na\n\nb\n:::\n\n",
    "::: a\n",
    ":::\n",
    "```\na\n```\n\n",
    "```\n",
    "    a\n\n",
    "a\n: b\n\n",
    "a\n",
    ": b\n",
    "[^#]: n\n\n",
    "a[^#]\n\n[^#]: n.\n\n",
    "[a]{#i#} ",
    "[a]{#i} ",
    "[a](#t) ",
    "[](#t) ",
    "[](#i#) [a]{#i#} ",
    "[a](#none#) ",
    "[a](f#.md) ",
    "[a](http://e.org/#) ",
    "<http://e.org/#> ",
    "![a](x#.png)\n\n",
    "![a](p.png)\n\n",
    "![a](p.png \"c\")\n\n",
    "![a](p.png){width=#%} ",
    "a <!-- page # --> ",
    "<!-- page # -->\n\na\n\n",
    "<!-- c -->\n",
    "[d#]: http://e\n",
    "[d]: http://e\n",
    "[a][d] ",
    "*a* ",
    "**a** b ",
    "`a` ",
    "a^#^ ",
    "a~#~ ",
    "\"a\" ",
    "'a ",
    "a -- b ",
    "a... ",
    "<b>a</b> ",
    "&amp; ",
    "&#35; ",
    "{{a}} ",
    "$a$ ",
    "[a]{.c#} ",
    "[a]{lang=fr-x-a#} ",
    "a\\\n",
];

impl Maker<'_> {
    /// A size: mostly small, now and then the largest.
    fn size(&mut self) -> usize {
        match self.dice.roll(12) {
            0 => self.most,
            1 | 2 => 1 + self.most / 10,
            3..=6 => 1 + self.dice.roll(1 + self.most / 50),
            _ => 1 + self.dice.roll(80),
        }
    }

    fn title(&mut self) {
        self.text += "# T\n\n";
    }

    fn set_toml(&mut self, more: &str) {
        self.toml = format!("{TOML}{more}").into_bytes();
    }

    fn words(&mut self, count: usize) {
        for n in 0..count {
            self.text += [
                "some ",
                "words ",
                "of ",
                "a ",
                "book, ",
                "divided ",
                "into ",
                "incomprehensible ",
                "lines. ",
            ][n * 7 % 9];
        }
    }

    fn token(&mut self) -> &'static str {
        TOKENS[self.dice.roll(TOKENS.len())]
    }

    /// One of several kinds of blocks, so many times.
    fn units(&mut self, unit: &str, count: usize) {
        for n in 1..=count {
            self.text += &unit.replace('#', &n.to_string());
        }
    }
}

/// Marks within marks.
fn deep(maker: &mut Maker<'_>) {
    maker.title();
    let depth = maker.size();
    let kinds: Vec<_> = (0..1 + maker.dice.roll(3)).map(|_| NESTED[maker.dice.roll(NESTED.len())]).collect();
    if maker.dice.roll(6) == 0 {
        let indent = [" ", "  ", "    ", "\t"][maker.dice.roll(4)];
        let depth = depth.min(600);
        (0..depth).for_each(|level| maker.text += &format!("{}- a\n", indent.repeat(level)));
        return;
    }
    let prefix = maker.dice.pick(&["", "", "", "# ", "| ", "[^n]: ", "> ", "- "]);
    maker.text += prefix;
    (0..depth).for_each(|n| maker.text += kinds[n % kinds.len()].0);
    maker.text += kinds[0].1;
    let closed = if maker.dice.roll(4) == 0 { maker.dice.roll(depth + 1) } else { depth };
    (0..closed).rev().for_each(|n| maker.text += kinds[n % kinds.len()].2);
    maker.text += "\n\nAfter[^n].\n";
}

/// One thing without an end.
fn long(maker: &mut Maker<'_>) {
    let count = maker.size() * 4;
    let mut words = maker.token().repeat(count);
    if maker.dice.roll(4) == 0 {
        let (one, other) = (maker.token(), maker.token());
        words = format!("{one}{other}").repeat(count / 2 + 1);
    }
    let place = maker.dice.roll(22);
    if !matches!(place, 1 | 14..=16) {
        maker.title();
    }
    match place {
        1 => maker.text += &format!("# {words}\n\na\n"),
        2 => maker.text += &format!("| a | {words} |\n|---|---|\n| {words} | b |\n"),
        3 => maker.text += &format!("```\n{words}\n```\n"),
        4 => maker.text += &format!("a `{words}` b\n"),
        5 => maker.text += &format!("a[^1]\n\n[^1]: {words}\n"),
        6 => maker.text += &format!("::: verse\n{words}\n{words}\n:::\n"),
        7 => maker.text += &format!("![a](p.png \"{words}\")\n"),
        8 => maker.text += &format!("![{words}](p.png)\n"),
        9 => maker.text += &format!("> {words}\n>\n> — {words}\n"),
        10 => maker.text += &format!("{words}\n: {words}\n"),
        11 => maker.text += &format!("[a](http://a.org/{words})\n"),
        12 => maker.text += &format!("[a]{{#{words}}} [b](#{words})\n"),
        13 => maker.text += &format!("::: {words}\na\n:::\n"),
        14..=16 => {
            let key = maker.dice.pick(&[
                "subtitle",
                "publisher",
                "description",
                "edition",
                "rights",
                "series",
                "isbn",
                "dedication",
            ]);
            let clean: String =
                words.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).take(20_000).collect();
            maker.toml = format!("{key} = \"{clean}\"\n{TOML}").into_bytes();
            maker.text += "# T\n\na\n";
        }
        17 => maker.text += &format!("- {words}\n- {words}\n"),
        18 => maker.text += &format!("[^{words}] a\n\n[^{words}]: b\n"),
        19 => maker.text += &format!("A{words} begins here with a large letter\n"),
        _ => maker.text += &format!("{words}\n"),
    }
    if maker.dice.roll(3) == 0 {
        maker.set_toml("[style]\nheading.drop-cap = 3\ntext.hyphenate = false\n");
    }
}

/// A thing many times.
fn many(maker: &mut Maker<'_>) {
    maker.title();
    maker.files.push(("p.png".to_owned(), PICTURE.to_vec()));
    for _ in 0..1 + maker.dice.roll(3) {
        let (unit, count) = (UNITS[maker.dice.roll(UNITS.len())], maker.size());
        maker.units(unit, count);
        maker.text += "\n\n";
    }
    if maker.dice.roll(10) == 0 {
        let count = maker.size().min(1000);
        let names: Vec<String> = (0..count).map(|n| format!("\"t{n}.md\"")).collect();
        maker.toml = TOML.replace("[\"text.md\"]", &format!("[{}]", names.join(", "))).into_bytes();
        maker.files.extend((0..count).map(|n| (format!("t{n}.md"), format!("# t{n}\n\na\n").into_bytes())));
    }
}

/// What is wider than any page.
fn wide(maker: &mut Maker<'_>) {
    maker.title();
    let count = maker.size();
    match maker.dice.roll(6) {
        0 => {
            let columns = count.min(5000);
            maker.text +=
                &format!("|{}\n|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns), "b|".repeat(columns));
        }
        1 => maker.text += &format!("::: verse\n{}a\n:::\n", " ".repeat(count)),
        2 => maker.text += &format!("```\n{}\n```\n", "x = 1; ".repeat(count)),
        3 => {
            maker.files.push(("p.png".to_owned(), PICTURE.to_vec()));
            let width =
                maker.dice.pick(&["0%", "99999%", "1e9cm", "-3cm", "0.00001pt", "nan%", "100in", "1px"]);
            maker.text += &format!("![a](p.png){{width={width}}}\n\na ![b](p.png){{width={width}}} c\n");
        }
        4 => maker.text += &format!("{}1. a\n", "9".repeat(1 + count % 12)),
        _ => {
            let token = maker.token();
            maker.text +=
                &format!("| a |\n|---|\n| {} |\n\n{} b\n", token.repeat(count), token.repeat(count));
        }
    }
}

/// Characters of all planes and none.
fn odd_characters(maker: &mut Maker<'_>) {
    maker.title();
    for _ in 0..maker.size().min(3000) {
        let c = match maker.dice.roll(8) {
            0 => char::from_u32(maker.dice.roll(0x20) as u32),
            1 => char::from_u32(0x80 + maker.dice.roll(0x800) as u32),
            2 => char::from_u32(0x2000 + maker.dice.roll(0x70) as u32),
            3 => char::from_u32(maker.dice.roll(0x11_0000) as u32),
            4 => char::from_u32(0xfe00 + maker.dice.roll(0x200) as u32),
            5 => char::from_u32(0x300 + maker.dice.roll(0x70) as u32),
            _ => None,
        };
        match c {
            Some(c) => maker.text.push(c),
            None => maker.text += TOKENS[maker.dice.roll(TOKENS.len())],
        }
        if maker.dice.roll(9) == 0 {
            maker.text += maker
                .dice
                .pick(&[" ", "\n", "\n\n", " \\\n", "\n> ", "\n- ", "\n# ", "*", "[", "]", "^", "|", "\r"]);
        }
    }
}

/// Settings that are not what they should be.
fn odd_toml(maker: &mut Maker<'_>) {
    maker.title();
    maker.words(40);
    let n = maker.size();
    let values = [
        "nan",
        "inf",
        "-inf",
        "1e308",
        "-1",
        "999999999999999999999999",
        "0x7fffffffffffffff",
        "2001-02-30",
        "1979-05-27T07:32:00Z",
        "[]",
        "{}",
        "[[]]",
        "\"\"",
        "\"\\u0000\"",
        "\"\\U0010FFFF\"",
        "''",
        "true",
        "[1, \"a\", {}]",
        "\"\"\"\n\"\"\"",
        "\"a\nb\"",
        "“a”",
        "a",
    ];
    let value = maker.dice.pick(&values);
    let keys = [
        "title",
        "language",
        "date",
        "isbn",
        "publisher",
        "identifier",
        "series",
        "contributor",
        "matter",
        "style",
        "outputs",
        "words",
    ];
    let key = maker.dice.pick(&keys);
    let text = match maker.dice.roll(12) {
        0 => format!("{key} = {value}\n{TOML}"),
        1 => format!("{TOML}[style]\n{} = {value}\n", KEYS[maker.dice.roll(KEYS.len())].name),
        2 => format!("a = {}{}\n{TOML}", "[".repeat(n), "]".repeat(n)),
        3 => format!("a = {}{}\n{TOML}", "{a=".repeat(n), "}".repeat(n)),
        4 => format!("a{} = 1\n{TOML}", ".a".repeat(n)),
        5 => format!("{TOML}[a{}]\n", ".a".repeat(n)),
        6 => format!("{}{TOML}", "title = \"again\"\n".repeat(n)),
        7 => format!("{TOML}{}", "[[contributor]]\nname = \"B\"\nrole = \"edt\"\n".repeat(n.min(2000))),
        8 => format!("{}\n{TOML}", (0..n).map(|n| format!("key{n} = {n}\n")).collect::<String>()),
        9 => format!("title = \"{}\"\n{TOML}", "\\".repeat(n)),
        10 => TOML.replace("\"text.md\"", &format!("{}\"text.md\"", "\"contents\", ".repeat(n))),
        _ => TOML.to_owned(),
    };
    maker.toml = text.into_bytes();
    for _ in 0..maker.dice.roll(4) {
        if maker.toml.is_empty() {
            return;
        }
        let at = maker.dice.roll(maker.toml.len());
        match maker.dice.roll(4) {
            0 => maker.toml[at] ^= 1 << maker.dice.roll(8),
            1 => drop(maker.toml.remove(at)),
            2 => maker.toml.insert(at, b"\"'[]{}=,\n\r\0\\#"[maker.dice.roll(13)]),
            _ => maker.toml.truncate(at.max(1)),
        }
    }
}

/// Pictures that are damaged, or lie about themselves.
fn odd_pictures(maker: &mut Maker<'_>) {
    maker.title();
    let mut bytes = PICTURE.to_vec();
    let name = match maker.dice.roll(5) {
        0 => {
            let deep = maker.size().min(2000);
            bytes = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\">{1}<rect width=\"9\" height=\"9\"/>{2}</svg>",
                maker.dice.pick(&["10", "0", "-1", "1e9", "nan", "100%"]),
                "<g>".repeat(deep),
                "</g>".repeat(deep)
            )
            .into_bytes();
            "p.svg"
        }
        1 => {
            // a size that the pixels do not have, with a checksum that is right for nothing
            let side = [0u32, 1, 60_000, u32::MAX, 0x7fff_ffff][maker.dice.roll(5)];
            bytes[16..20].copy_from_slice(&side.to_be_bytes());
            "p.png"
        }
        2 => {
            let cut = maker.dice.roll(bytes.len());
            bytes.truncate(cut);
            "p.png"
        }
        3 => {
            bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01".to_vec();
            "p.jpg"
        }
        _ => {
            for _ in 0..1 + maker.dice.roll(8) {
                let at = maker.dice.roll(bytes.len());
                bytes[at] ^= 1 << maker.dice.roll(8);
            }
            "p.png"
        }
    };
    maker.files.push((name.to_owned(), bytes));
    if maker.dice.roll(3) == 0 {
        maker.set_toml(&format!("[style]\ncover.front = \"{name}\"\n"));
    }
    maker.text +=
        &format!("![a]({name})\n\nwords ![b]({name}) words\n\n![c]({name} \"d\"){{.here width=50%}}\n");
}

/// Names that lead elsewhere.
fn paths(maker: &mut Maker<'_>) {
    maker.title();
    let names = [
        "../x.md",
        "/etc/passwd",
        "/dev/zero",
        "/dev/stdin",
        "C:\\\\x.md",
        "\\\\\\\\host\\\\x.md",
        "a//b.md",
        "./text.md",
        "text.md/",
        ".",
        "..",
        "",
        " ",
        "\\u0000",
        "text.md\\u0000",
        "con",
        "a/../text.md",
        "é.md",
        "e\\u0301.md",
        "TEXT.MD",
        "~/x.md",
        "file:///etc/passwd",
        "http://a.org/x.md",
        "text.md#a",
        "%2e%2e/x.md",
        "/proc/self/environ",
        "book.toml",
        "out/x",
        "*",
        "x\\ny.md",
        "text.md?",
        "\\u202etxt.md",
    ];
    let name = maker.dice.pick(&names);
    let plain = name.replace("\\\\", "\\");
    maker.text += &format!(
        "![a]({plain}) [b]({plain}) ![c](<{plain}> \"d\")\n\n![e]({plain})\n\n[f]: {plain}\n\n[f]\n"
    );
    let toml = match maker.dice.roll(7) {
        0 => TOML.replace("\"text.md\"", &format!("\"text.md\", \"{name}\"")),
        1 => format!("{TOML}[outputs]\nprinter = \"{name}\"\n"),
        2 => format!("{TOML}[style]\nname = \"{name}\"\n"),
        3 => format!("{TOML}[style]\nepub.css = \"{name}\"\n"),
        4 => format!("{TOML}[style]\ncover.front = \"{name}.\"\n"),
        5 => format!("{TOML}[style]\ntext.font = \"{name}\"\n"),
        _ => TOML.to_owned(),
    };
    maker.toml = toml.into_bytes();
    let long = maker.size().min(5000);
    maker.text += &format!("[g]({})\n", "a/".repeat(long));
}

/// References in circles, chains and stars.
fn references(maker: &mut Maker<'_>) {
    let n = maker.size().min(3000);
    maker.files.push(("p.png".to_owned(), PICTURE.to_vec()));
    maker.text += "# T {#t}\n\n";
    for k in 0..n {
        let next = match maker.dice.roll(4) {
            0 => k,
            1 => (k + 1) % n,
            2 => maker.dice.roll(n),
            _ => n,
        };
        maker.text += &match maker.dice.roll(10) {
            0 | 1 => format!("## h{k} [](#h{next}) {{#h{k}}}\n\na\n\n"),
            2 => format!("## [](#h{next}) [](#h{next}) {{#h{k}}}\n\n"),
            3 => format!("![a](p.png \"c [](#h{next})\"){{#h{k}}}\n\n"),
            4 => format!("| a |\n|---|\n| [](#h{next}) |\n\n::: {{.caption #h{k}}}\n[](#h{next})\n:::\n\n"),
            5 => format!("[x [](#h{next}){{.page}}]{{#h{k}}} [](#note:n{next})\n\n"),
            6 => format!("a[^n{k}]\n\n[^n{k}]: b [](#h{next}) [^n{next}]\n\n"),
            7 => format!("[](text.md#h{next}) [](text.md) [](#) [a](#h{next} \"t\")\n\n"),
            8 => format!("::: {{#h{k}}}\n[](#h{next})\n:::\n\n"),
            _ => format!("# H{k} [](#h{next}){{.page}} {{#h{k}}}\n\na\n\n"),
        };
    }
}

/// Tables of odd shapes.
fn tables(maker: &mut Maker<'_>) {
    maker.title();
    let (rows, columns) = (maker.size(), 1 + maker.dice.roll(24));
    maker.text += &format!("|{}\n", " head |".repeat(columns));
    maker.text += &format!("|{}\n", maker.dice.pick(&["---|", ":-:|", "-|", "--:|"]).repeat(columns));
    let cell = match maker.dice.roll(5) {
        0 => maker.token().repeat(40),
        1 => "some words *and* `marks` in a cell ".repeat(1 + maker.dice.roll(60)),
        2 => String::new(),
        3 => "a[^1] ![b](p.png) [](#t)".to_owned(),
        _ => "a".to_owned(),
    };
    for _ in 0..rows.min(200_000 / cell.len().max(1)) {
        let cells = if maker.dice.roll(3) == 0 { maker.dice.roll(2 * columns) } else { columns };
        maker.text += &format!("|{}\n", format!(" {cell} |").repeat(cells));
    }
    maker.text += "\nAfter the table.\n\n::: caption\nA caption\n:::\n\n[^1]: A note.\n";
}

/// Notes upon notes.
fn notes(maker: &mut Maker<'_>) {
    maker.title();
    let n = maker.size();
    match maker.dice.roll(8) {
        0 => maker.units("word[^#] ", n),
        1 => maker.text += &"a[^1] ".repeat(n),
        2 => (0..n).for_each(|k| maker.text += &format!("[^{k}]: n[^{}]\n\n", k + 1)),
        3 => maker.units("a[^#]\n\n[^#]: n[^#]\n\n", n),
        4 => maker.text += &format!("a[^1]\n\n[^1]: {}\n", "long note ".repeat(n)),
        5 => maker.text += &format!("a[^1]\n\n[^1]: {}\n", "para\n\n    ".repeat(n)),
        6 => {
            maker.text += &format!(
                "# H[^1]\n\n> q[^2]\n\n| a[^3] |\n|---|\n| b[^4] |\n\n::: verse\nl[^5]\n:::\n\n```\nc[^6]\n```\n\n{}",
                "x[^7] ".repeat(n)
            );
        }
        _ => maker.units("a[^ed:#]\n\n[^ed:#]: n\n\n", n),
    }
    maker.text += "\n\n";
    for k in 1..=n.min(maker.dice.roll(2) * 5000 + 9) {
        maker.text += &format!("[^{k}]: Note {k}.\n\n");
    }
    let place = maker.dice.pick(&["foot", "text", "book"]);
    let numbering = maker.dice.pick(&["book", "text", "page"]);
    let lines = 5 + maker.dice.roll(40);
    maker.set_toml(&format!(
        "[style]\nnotes.place = \"{place}\"\nnotes.numbering = \"{numbering}\"\npage.lines = {lines}\n"
    ));
}

/// Every tag, script and direction.
fn languages(maker: &mut Maker<'_>) {
    const TAGS: [&str; 44] = [
        "en",
        "de",
        "fr",
        "fr-CH",
        "ru",
        "el",
        "grc",
        "he",
        "ar",
        "fa",
        "ja",
        "zh",
        "zh-Hant",
        "ko",
        "th",
        "hi",
        "bn",
        "tr",
        "sr-Cyrl",
        "sr-Latn",
        "mis",
        "art",
        "und",
        "x-a",
        "en-x-b",
        "qaa",
        "i-klingon",
        "sl-rozaj-biske-1994",
        "de-1901",
        "a",
        "aaaaaaaaa",
        "en_GB",
        "EN-gb",
        "e n",
        "",
        "zz-ZZ",
        "la",
        "eo",
        "hu",
        "vi",
        "km",
        "my",
        "am",
        "ka",
    ];
    let samples = [
        "Words in a row. ",
        "Слова в ряд. ",
        "λόγος ",
        "שלום עולם ",
        "سلام ",
        "日本語の文章。",
        "한국어 ",
        "ภาษาไทย",
        "हिन्दी ",
    ];
    let tag = maker.dice.pick(&TAGS);
    maker.toml = TOML.replace("en-GB", tag).into_bytes();
    maker.title();
    for _ in 0..1 + maker.size().min(400) {
        let (tag, words) = (maker.dice.pick(&TAGS), maker.dice.pick(&samples));
        maker.text += &match maker.dice.roll(4) {
            0 => format!("[{words}]{{lang={tag}}} "),
            1 => format!("\n\n::: {{lang={tag}}}\n{words}“a” 'b' \"c\"[^1]\n:::\n\n"),
            2 => format!("\n\n## {words} {{lang={tag}}}\n\n"),
            _ => words.repeat(1 + maker.dice.roll(9)),
        };
    }
    maker.text += "\n\n[^1]: שלום note.\n";
}

/// Styles at their extremes.
fn styles(maker: &mut Maker<'_>) {
    maker.title();
    let count = 1 + maker.dice.roll(600);
    maker.words(count);
    maker.text += "\n\n> A quote.\n\n## Head\n\n- item[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n::: verse\na line\n:::\n\n[^1]: A note.\n\n```\ncode\n```\n";
    let mut toml = String::from("[style]\n");
    let name = maker.dice.pick(&["pamphlet", "novel", "report"]);
    toml += &format!("name = \"{name}\"\n");
    let mut keys: Vec<&Key> = KEYS.iter().collect();
    for _ in 0..1 + maker.dice.roll(8) {
        let key = keys.swap_remove(maker.dice.roll(keys.len()));
        let value = extreme(maker.dice, key);
        toml += &format!("{}.{} = {value}\n", key.table, key.name);
    }
    maker.set_toml(&toml);
}

fn extreme(dice: &mut Dice, key: &Key) -> String {
    let bound = key.bounds.map(|bounds| if dice.roll(2) == 0 { bounds.least } else { bounds.most });
    if let Some(bound) = bound.filter(|_| dice.roll(2) == 0) {
        let quoted = bound.starts_with('"') || matches!(key.kind, Kind::Number | Kind::Flag);
        return if quoted { bound.to_owned() } else { format!("\"{bound}\"") };
    }
    let lengths = [
        "\"0pt\"",
        "\"-10pt\"",
        "\"0.00001pt\"",
        "\"400pt\"",
        "\"50in\"",
        "\"1pt\"",
        "\"99999em\"",
        "\"nanpt\"",
        "3",
        "\"\"",
    ];
    let value = match key.kind {
        Kind::Flag => dice.pick(&["true", "false", "\"yes\""]),
        Kind::Number => dice.pick(&["0", "-1", "1", "9999999999", "1e9", "\"5\"", "9223372036854775807"]),
        Kind::Size => dice.pick(&[
            "\"1pt x 1pt\"",
            "\"A0\"",
            "\"A9\"",
            "\"200in x 200in\"",
            "\"5in\"",
            "\"0 x 0\"",
            "\"-1in x 3in\"",
        ]),
        Kind::Share => dice.pick(&["\"0%\"", "\"100%\"", "\"-5%\"", "\"1000%\"", "7"]),
        Kind::Choice => {
            return format!("\"{}\"", if dice.roll(5) == 0 { "none" } else { dice.pick(key.words) });
        }
        Kind::Words | Kind::List => dice.pick(&[
            "\"\"",
            "[]",
            "[\"\"]",
            "\"漢\"",
            "[\"a-b-c\", \"---\"]",
            "\"\\u0000\"",
            "\"no such thing\"",
        ]),
        _ => dice.pick(&lengths),
    };
    value.to_owned()
}

/// Transcriptions of books that never were.
fn transcriptions(maker: &mut Maker<'_>) {
    maker.title();
    maker.words(30);
    let pieces = [
        "[Pg #]\n\n",
        "PAGE #\n\n",
        "#\n\n",
        "---\n\n",
        "<!-- page # -->\n",
        "CHAPTER #\n\n",
        "# Head #\n\n",
        "CONTENTS\n\nA ..... #\nB ..... #\n\n",
        "word<sup>#</sup> ",
        "word[#] ",
        "[^#] ",
        "# A note.\n\n",
        "[Footnote #: words]\n\n",
        "[^#]: words\n\n",
        "para-\n\ngraph ",
        "graph goes on\nhere. ",
        "    indented line\n",
        "> quoted\n\n",
        ">\n",
        ":::\n",
        "-\\-**a\n",
        "* * *\n\n",
        "1. one\n\n2. two\n\n",
        "| a | b |\n",
        "a     b     c\n1     2     3\n\n",
        "~~~~\n",
        "```\n",
        "\u{c}",
        "\r\n",
        "\t",
        "_italic_ ",
        "*** ",
        "\\",
        "[Illustration: #]\n\n",
        "*** START OF THIS ***\n",
        "*** END OF THIS ***\n",
        "\u{ad}\n",
        "“\n\n",
        "&amp; ",
        "<i>x</i> ",
        "{12} ",
        "VOL. II\n\n",
        "THE TITLE        #\n\n",
        "i\n\nii\n\niii\n\n",
        "漢字 ",
        "\0",
    ];
    let mut text = String::new();
    let count = maker.size().min(20_000);
    let few: Vec<&str> = (0..1 + maker.dice.roll(12)).map(|_| maker.dice.pick(&pieces)).collect();
    for n in 1..=count {
        let piece = few[maker.dice.roll(few.len())];
        text += &piece.replace('#', &(1 + n / 3).to_string());
        if maker.dice.roll(5) == 0 {
            text += "Some words of the old book, set in lines that end\nwhere they ended on its pages. ";
        }
    }
    maker.transcription = text.into_bytes();
    for _ in 0..maker.dice.roll(3) {
        let at = maker.dice.roll(maker.transcription.len());
        maker.transcription[at] ^= 1 << maker.dice.roll(8);
    }
}

/// All at once, and some damage.
fn mixed(maker: &mut Maker<'_>) {
    maker.files.push(("p.png".to_owned(), PICTURE.to_vec()));
    maker.title();
    for _ in 0..1 + maker.size().min(400) {
        match maker.dice.roll(8) {
            0 => {
                let (open, inside, close) = NESTED[maker.dice.roll(NESTED.len())];
                let depth = 1 + maker.dice.roll(70);
                maker.text += &format!("{}{inside}{}\n\n", open.repeat(depth), close.repeat(depth));
            }
            1 => {
                let (token, count) = (maker.token(), 1 + maker.dice.roll(300));
                maker.text += &token.repeat(count);
                maker.text += maker.dice.pick(&["\n\n", " ", " \\\n"]);
            }
            2 => {
                let count = 1 + maker.dice.roll(60);
                maker.words(count);
                maker.text += "\n\n";
            }
            _ => {
                let (unit, count) = (UNITS[maker.dice.roll(UNITS.len())], 1 + maker.dice.roll(8));
                maker.units(unit, count);
            }
        }
    }
    for _ in 0..maker.dice.roll(6) {
        let at = maker.text.floor_char_boundary(maker.dice.roll(maker.text.len()));
        let token = maker.token();
        maker.text.insert_str(at, token);
    }
}

/// Drawings that repeat, refer to themselves, load, reach far, or take long.
fn drawings(maker: &mut Maker<'_>) {
    const PIECES: [&str; 24] = [
        "<g>",
        "</g>",
        "<g id=\"a#\"><use href=\"#a#\"/></g>",
        "<use href=\"#a\"/><use href=\"#a\"/>",
        "<symbol id=\"a\"><use href=\"#b\"/></symbol><symbol id=\"b\"><use href=\"#a\"/></symbol>",
        "<mask id=\"m#\" mask=\"url(#m#)\"><rect width=\"9\" height=\"9\" mask=\"url(#m#)\"/></mask>",
        "<pattern id=\"p\" width=\".001\" height=\".001\"><rect fill=\"url(#p)\"/></pattern><rect width=\"1e9\" height=\"1e9\" fill=\"url(#p)\"/>",
        "<filter id=\"f\"><feTurbulence numOctaves=\"9999\"/><feGaussianBlur stdDeviation=\"1e9\"/></filter><rect filter=\"url(#f)\" width=\"1e6\" height=\"9\"/>",
        "<filter id=\"f\"><feMorphology radius=\"1e5\"/></filter><g filter=\"url(#f)\"><rect width=\"900\" height=\"900\"/></g>",
        "<path d=\"M0 0L1e300 -1e300 L nan 0z\" stroke=\"red\" stroke-width=\"1e30\"/>",
        "<path stroke=\"red\" stroke-dasharray=\"1e-9\" d=\"M0 0L1e9 1e9\"/>",
        "<image href=\"http://a.org/x.png\"/>",
        "<image href=\"&#x68;ttp://a.org/x.png\"/><image href=\"/etc/passwd\"/>",
        "<image href=\"data:image/svg+xml,<svg/>\"/>",
        "<style>@import 'http://a.org';rect{fill:url(http://a.org#a)}</style>",
        "<style>* * * *{fill:red}</style>",
        "<script>a()</script><foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">a</p></foreignObject>",
        "<text>word <tspan>\u{202e}\u{ad}漢</tspan></text>",
        "<text textLength=\"1e9\" rotate=\"1 2 3\" x=\"1,2,3\">a a</text>",
        "<linearGradient id=\"g#\" href=\"#g#\"/><rect width=\"9\" height=\"9\" fill=\"url(#g#)\"/>",
        "<rect width=\"9\" height=\"9\" transform=\"scale(1e30) rotate(nan)\" opacity=\"-1\"/>",
        "<!DOCTYPE a [<!ENTITY a \"&b;&b;\"><!ENTITY b \"aa\">]>",
        "&a;",
        "<clipPath id=\"c\" clip-path=\"url(#c)\"><circle r=\"9\"/></clipPath><g clip-path=\"url(#c)\"/>",
    ];
    maker.title();
    let side = maker.dice.pick(&["10", "0", "-1", "1e9", "nan", "100%", "1e-9", "100000"]);
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">");
    for _ in 0..1 + maker.dice.roll(4) {
        let (piece, count) = (PIECES[maker.dice.roll(PIECES.len())], 1 + maker.size().min(3000));
        (0..count).for_each(|n| svg += &piece.replace('#', &n.to_string()));
    }
    svg += "</svg>";
    let mut svg = svg.into_bytes();
    damage(maker.dice, &mut svg);
    maker.files.push(("d.svg".to_owned(), svg));
    if maker.dice.roll(3) == 0 {
        maker.set_toml("[style]\ncover.front = \"d.svg\"\n");
    }
    maker.text += "![a drawing](d.svg)\n\nwords ![in a line](d.svg){width=10%} and more.\n";
}

/// A face that is cut, changed or emptied, and named by the book.
fn fonts(maker: &mut Maker<'_>) {
    const FACE: &[u8] = include_bytes!("../../fonts/SourceCodePro-Regular.otf");
    /// How long the list of tables is.
    const HEAD: usize = 300;
    maker.title();
    maker.words(40);
    let mut face = FACE.to_vec();
    match maker.dice.roll(5) {
        0 => face.truncate(maker.dice.roll(FACE.len())),
        1 => {
            let from = maker.dice.roll(FACE.len());
            let to = (from + maker.size()).min(FACE.len());
            face[from..to].fill(0);
        }
        2 => (0..1 + maker.dice.roll(8)).for_each(|_| face[maker.dice.roll(HEAD)] ^= 1 << maker.dice.roll(8)),
        3 => face = b"ttcf\0\x01\0\0\xff\xff\xff\xff".repeat(1 + maker.dice.roll(300)),
        _ => (0..1 + maker.dice.roll(200))
            .for_each(|_| face[maker.dice.roll(FACE.len())] = maker.dice.roll(256) as u8),
    }
    let name = maker.dice.pick(&["fonts/a.otf", "fonts/a.ttf", "fonts/a.ttc"]);
    maker.files.push((name.to_owned(), face));
    let key = maker.dice.pick(&["text.font", "text.mono", "heading.font"]);
    maker.set_toml(&format!("[style]\n{key} = \"Source Code Pro\"\ntext.fallback = [\"Source Code Pro\"]\n"));
}

/// Style sheets for the EPUB that load, nest, or never end.
fn style_sheets(maker: &mut Maker<'_>) {
    const PIECES: [&str; 20] = [
        "p { color: red; }\n",
        "{",
        "}",
        "(",
        "[",
        "@media print { ",
        "@import url(http://a.org/a.css);",
        "@\\69mport 'a.css';",
        "@font-face { src: url(a.otf) }",
        "p { background: u\\72l(http://a.org) }",
        "p { background: image-set('a.png' 1x) }",
        "/*",
        "*/",
        "<!--",
        "\\",
        "'",
        "\"",
        "a:not(:is(:where(",
        "p { content: attr(title) var(--a, var(--b)) }",
        "\u{0}\u{feff}\u{fdd0}",
    ];
    maker.title();
    maker.words(20);
    let mut css = String::new();
    for _ in 0..1 + maker.dice.roll(6) {
        let (piece, count) = (PIECES[maker.dice.roll(PIECES.len())], 1 + maker.size().min(20_000));
        css += &piece.repeat(count);
    }
    let mut css = css.into_bytes();
    damage(maker.dice, &mut css);
    maker.files.push(("extra.css".to_owned(), css));
    maker.set_toml("[style]\nepub.css = \"extra.css\"\n");
}

/// Now and then some bytes are others.
fn damage(dice: &mut Dice, bytes: &mut [u8]) {
    for _ in 0..dice.roll(4) {
        let at = dice.roll(bytes.len());
        bytes[at] ^= 1 << dice.roll(8);
    }
}
