//! What words look like: a sentence, speech, a date, code that is prose.

use crate::book::Lang;
use crate::book::typed_words::{
    ALONE, MOST_SCENE_SIGNS, NUMBERED, ORDINALS, PARTS, is_number_word, is_scene_ornament,
};
use crate::terms;

/// A title has hardly more characters.
const LONG_HEADING: usize = 100;
/// A term has hardly more.
const LONG_TERM: usize = 80;

/// Languages in which speech begins with a dash.
const DASHED: [&str; 24] = [
    "ru", "uk", "be", "bg", "mk", "sr", "pl", "cs", "sk", "es", "ca", "gl", "pt", "fr", "it", "hu", "ro",
    "tr", "el", "fi", "sv", "lt", "lv", "et",
];

/// The words of a heading that a line of signs below them makes, and that line.
pub(super) fn setext(own: &str) -> Option<(&str, &str)> {
    let (words, rule) = own.trim_end().rsplit_once('\n')?;
    let rule = rule.trim().trim_start_matches('>').trim();
    let is_rule = !rule.is_empty() && (rule.bytes().all(|b| b == b'-') || rule.bytes().all(|b| b == b'='));
    (!own.starts_with(['#', '-', '%']) && is_rule).then_some((words, rule))
}

/// Whether a line of hyphens or equals signs makes a heading of what is a
/// sentence: it ends as sentences do, has several lines, or is long.
pub(super) fn is_accidental_setext(own: &str) -> bool {
    let Some((words, rule)) = setext(own) else { return false };
    let words = words.trim_end();
    let bare = words.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_']);
    let all: Vec<&str> = words.split_whitespace().collect();
    let small = all.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    let stop = bare.ends_with('.') && !is_abbreviated(bare) || bare.ends_with(['…', ',', ';']);
    let exclaims = bare.ends_with(['?', '!']) && all.len() >= 5 && small * 2 > all.len();
    // `— Yes.`
    let answers = stop && words.starts_with(['—', '–', '«', '“', '"', '„']);
    let quoted =
        bare.len() < words.len() && words.starts_with(['"', '“', '«', '„', '—', '–']) && all.len() >= 3;
    let several = words.contains('\n');
    // `[NOTE]` above a line of equals signs, as AsciiDoc has it
    let bracketed = words.starts_with('[') && words.ends_with(']');
    // one sign below a word is rather what is left of a list or of a dash, two are a dash
    let slight = rule.len() == 1 || rule == "--" && all.len() > 1;
    // `"Where?" she asked`
    let asks = words.starts_with(['"', '“', '«', '„', '‘', '\''])
        && small > 0
        && all.iter().any(|word| SAYS.contains(&word.trim_end_matches([',', '.'])));
    // who means a title begins it with a capital, or draws a line as long as it
    let begins_small = words.starts_with(char::is_lowercase) && rule.len() == 3;
    let told = bare.len() < words.len() && small > 0 && all.iter().any(|word| SAYS.contains(word));
    bracketed
        || slight
        || begins_small
        || told
        || asks
        || answers
        || stop && (all.len() >= 3 || all.len() == 2 && small > 0)
        || exclaims
        || quoted
        || several
        || words.chars().count() > LONG_HEADING
}

/// Whether the words of a heading that a line below makes are lines of `key: value`, as front matter has them.
pub(super) fn are_keys(own: &str) -> bool {
    let is_key = |line: &str| {
        let (key, value) = line.split_once(':').unwrap_or((line, " "));
        let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        named && (value.is_empty() || value.starts_with(' '))
    };
    let is_more = |line: &str| line.starts_with([' ', '\t', '-', '[', '#']);
    let Some((words, _)) = setext(own) else { return false };
    words.contains(':')
        && words.lines().next().is_some_and(|line| is_key(line) && line.contains(':'))
        && words.lines().all(|line| is_key(line) && line.contains(':') || is_more(line))
}

/// Whether the last word is an initial or a short form: `Dr.`, `etc.`, `A.`.
fn is_abbreviated(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or("").trim_end_matches('.');
    let shorts = ["etc", "Jr", "Sr", "Inc", "Ltd", "Co", "Dr", "Mr", "Mrs", "St", "vs", "al", "No", "Vol"];
    last.chars().count() == 1
        || last.contains('.')
        || shorts.contains(&last)
        || last.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line of few words looks like a heading but for a space.
pub(super) fn is_unspaced_heading(own: &str) -> bool {
    let words = own.trim_start_matches('#');
    let rank = own.len() - words.len();
    let sentence = words.trim_end().ends_with(['.', ',', ';', ':', '!', '?']);
    let tags = words.contains(" #");
    // a command of Typst's, of which `leftover` tells
    let first = words.split(' ').next().unwrap_or("");
    let command =
        first.contains(['(', '[']) || matches!(first, "set" | "show" | "let" | "import" | "include");
    (1..=6).contains(&rank)
        && words.starts_with(char::is_alphabetic)
        && !own.contains('\n')
        && own.chars().count() <= LONG_HEADING
        && !sentence
        && !tags
        && !command
}

/// Whether a paragraph is the line that a typist writes above a chapter: `PROLOGUE`, `Chapter One`, `CHAPTER 3: The
/// Ferry`.
pub(super) fn is_typed_title(words: &str) -> bool {
    let words = words.trim();
    if is_numbered_in_other_scripts(words) {
        return true;
    }
    let (title, name) = words.split_once([':', '.', '—', '–']).unwrap_or((words, ""));
    let title = title.to_lowercase();
    let mut parts = title.split_whitespace();
    let (first, number, more) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    let is_number = |word: &str| {
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        digits || terms::numerals::from_roman(word).is_some() || is_number_word(word)
    };
    let named = match number {
        None => ALONE.contains(&first) || is_roman(words),
        Some("the") => NUMBERED.contains(&first) && more.is_some_and(|word| ORDINALS.contains(&word)),
        Some(number) => {
            let is_unit = |word: &str| NUMBERED.contains(&word) || PARTS.contains(&word);
            let counted = is_unit(first) && (is_number(number) || ORDINALS.contains(&number));
            more.is_none() && (counted || ORDINALS.contains(&first) && is_unit(number))
        }
    };
    let is_title = name.trim().is_empty() || name.trim_start().starts_with(char::is_uppercase);
    named
        && is_title
        && words.starts_with(char::is_uppercase)
        && words.chars().count() <= LONG_HEADING / 2
        && (name.trim().is_empty() || !words.ends_with(['.', ',', ';', '?', '!']))
}

/// Whether words name a part of a book: `Part Two`.
pub(super) fn names_part(words: &str) -> bool {
    words.to_lowercase().split_whitespace().take(2).any(|word| PARTS.contains(&word))
}

/// `第一章`, `제1장`, `פרק א'`: a number and the word for a chapter, in alphabets that have no capitals.
fn is_numbered_in_other_scripts(words: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百两".contains(c);
    if let Some(rest) = words.strip_prefix(['第', '제']) {
        let behind = rest.trim_start_matches(is_numeral);
        let name = behind.strip_prefix(['章', '回', '节', '節', '话', '話', '卷', '巻', '部', '장', '부']);
        let ends = |name: &str| name.is_empty() || name.starts_with([' ', '\u{3000}', ':', '：']);
        return behind.len() < rest.len()
            && name.is_some_and(ends)
            && words.chars().count() <= LONG_HEADING / 4
            && !words.ends_with(['。', '，', '！', '？', '.']);
    }
    let mut parts = words.split_whitespace();
    let number = parts.next().filter(|first| matches!(*first, "פרק" | "חלק")).and(parts.next());
    let bare = number.map(|number| number.trim_end_matches(['\'', '’', '׳']));
    let is_number = |bare: &str| {
        bare.chars().count() <= 3 && bare.chars().all(|c| matches!(c, 'א'..='ת' | '"' | '״' | '0'..='9'))
    };
    bare.is_some_and(is_number) && parts.next().is_none()
}

/// Whether a line is a Roman number alone. `I` may be what somebody says.
pub(super) fn is_roman(words: &str) -> bool {
    words.len() >= 2
        && words.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
        && terms::numerals::from_roman(&words.to_lowercase()).is_some()
}

/// Whether a space stands behind the `#` that Markdown does not take for one.
pub(super) fn is_heading_of_another_space(own: &str) -> bool {
    let words = own.trim_start_matches('#');
    let rank = own.len() - words.len();
    (1..=6).contains(&rank) && words.starts_with(is_unseen)
}

/// Whether a space that Markdown takes for none, or a sign that nobody sees, stands before the mark of a title, an item, a
/// quotation or code.
pub(super) fn is_hidden_mark(own: &str) -> bool {
    let words = own.trim_start_matches(is_unseen);
    let hashes = words.len() - words.trim_start_matches('#').len();
    let marks = ["- ", "* ", "+ ", "> ", "```", "~~~"];
    words.len() < own.len()
        && ((1..=6).contains(&hashes) && words[hashes..].starts_with(' ')
            || marks.iter().any(|mark| words.starts_with(mark)))
}

/// Whether a sign that begins items has a space behind it that Markdown does not take for one. A hyphen before a capital
/// is speech, and before a figure it is a minus.
pub(super) fn is_item_of_another_space(own: &str) -> bool {
    let Some(words) = own.strip_prefix(['*', '-', '+']) else { return false };
    let bare = words.trim_start_matches(is_unseen);
    let is_item = bare.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '*' | '_' | '"' | '“'));
    bare.len() < words.len() && is_item && !is_hyphen_speech(own)
}

/// Whether it is a space that Markdown takes for none, or a sign of no width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{2060}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// Whether a quotation of one line begins as a comparison does: `>= 5`, `>50 %`.
pub(super) fn is_comparison(own: &str) -> bool {
    let rest = own.strip_prefix('>').unwrap_or("");
    rest.starts_with(|c: char| c == '=' || c.is_ascii_digit()) && !own.trim_end().contains('\n')
}

/// Whether a line of few words looks like a heading but for its sign, which is as wide as an ideograph.
pub(super) fn is_wide_heading(own: &str) -> bool {
    own.starts_with('＃') && !own.trim_end().contains('\n') && own.chars().count() <= LONG_HEADING
}

/// Whether a quotation is a line in guillemets that are typed as two signs each or as one: `>>Guten Tag<<, sagte er.`
pub(super) fn is_in_guillemets(own: &str) -> bool {
    let words = own.trim_start_matches('>');
    let signs = own.len() - words.len();
    let close = "<".repeat(signs.min(2));
    (1..=2).contains(&signs)
        && words.starts_with(char::is_alphabetic)
        && words.match_indices(close.as_str()).any(|(at, _)| {
            let behind = words[at + close.len()..].chars().next().unwrap_or(' ');
            let before = words[..at].chars().next_back().unwrap_or(' ');
            !before.is_whitespace()
                && (behind.is_whitespace() || matches!(behind, ',' | '.' | '!' | '?' | ';'))
        })
}

/// Whether code reads like prose: what no fence opens, and what stands between two lines of tildes that were meant for
/// pauses, with a blank line behind the first of them.
pub(super) fn is_prose(own: &str, text: &str) -> bool {
    let is_fenced = own.trim_start().starts_with("```") || own.trim_start().starts_with("~~~");
    let is_between = is_fenced && text.starts_with('\n') && text.ends_with("\n\n");
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = text.trim_end_matches(['"', '”', '’', '\'', '»']);
    let sentence = ends.ends_with(['.', '!', '?', '…', ':', ',', ';']);
    let begins =
        text.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '«' | '„' | '—' | '–' | '‘'));
    let plain = |word: &&&str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let worded = words.iter().filter(plain).count();
    let code = text.contains(['{', '}', '=', '<', '>', '|', '$', '\\', '[', '_', '@'])
        || text.contains("()")
        || text.contains(";\n")
        || text.contains("//")
        || text.lines().any(|line| line.trim().contains("  "))
        || ends.len() == text.len() && text.ends_with(';');
    // what somebody says may be short: `"Where?" he asked.`
    let is_quoted =
        text.starts_with(['"', '“', '«', '„', '‘', '—', '–']) && ends.ends_with(['.', '!', '?', '…']);
    let least = match () {
        () if is_between || is_quoted => 2,
        () if ends.ends_with(['.', '!', '?', '…']) => 3,
        () => 5,
    };
    (!is_fenced || is_between)
        && sentence
        && begins
        && words.len() >= least
        && worded * 10 >= words.len() * 9
        && !code
}

/// Whether lines are words that somebody moved to the middle of the page with spaces, `            THE END`, which makes code
/// of them.
pub(super) fn is_centred(own: &str, text: &str) -> bool {
    let is_words = |line: &str| {
        let is_worded = |c: char| c.is_alphabetic() || c.is_ascii_digit() || " .,;:!?'’-–—&".contains(c);
        line.contains(char::is_alphabetic) && line.chars().all(is_worded)
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let far = |line: &str| line.len() - line.trim_start_matches(' ').len() >= MIDDLE;
    let is_fenced = own.trim_start().starts_with(['`', '~']);
    !is_fenced && lines.clone().count() <= 6 && lines.all(|line| far(line) && is_words(line.trim()))
}

/// Whether lines that are set in are verse, or the end of a letter: several short ones of words alone, each with a
/// capital, of which one ends as words do.
pub(super) fn are_lines_of_words(own: &str, text: &str) -> bool {
    let is_fenced = own.trim_start().starts_with(['`', '~']);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_word = |word: &str| {
        let bare = word.trim_matches(|c: char| ",.;:!?'’“”\"—–-".contains(c));
        bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let is_words = |line: &&str| {
        line.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'))
            && line.chars().count() <= LONG_TERM
            && line.split_whitespace().all(is_word)
            && !line.ends_with(';')
    };
    let ended = lines.iter().filter(|line| line.ends_with([',', '.', '!', '?', '—', '…'])).count();
    !is_fenced && (2..=40).contains(&lines.len()) && lines.iter().all(is_words) && ended > 0
}

/// Whether code that an indent makes is nothing but the sign of a pause: `    * * *`.
pub(super) fn is_indented_pause(own: &str, text: &str) -> bool {
    let is_fenced = own.trim_start().starts_with(['`', '~']) && own.trim().contains('\n');
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).take(MOST_SCENE_SIGNS + 1).collect();
    !is_fenced
        && (is_scene_ornament(&signs)
            || signs.len() >= 3 && signs.iter().all(|c| matches!(c, '*' | '-' | '_')))
}

/// The middle of a page begins so many spaces behind the four that make code.
const MIDDLE: usize = 8;

/// Whether a quotation takes a line of its own beginning that has no `>`: the
/// quotation has come to the end of a sentence, and the line begins another.
pub(super) fn swallows(own: &str) -> bool {
    let lines: Vec<&str> = own.lines().collect();
    lines.windows(2).any(|pair| {
        let (above, below) = (pair[0].trim_end(), pair[1]);
        let quoted = above.trim_start().starts_with('>') && !above.contains("```");
        let ends =
            above.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_']).ends_with(['.', '!', '?', '…']);
        let lazy = below
            .starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '«' | '„' | '—' | '–' | '\''));
        quoted && ends && lazy
    })
}

/// Whether a term is a sentence or longer than one.
pub(super) fn is_sentence_as_term(term: &str) -> bool {
    let bare = term.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    let many = term.split_whitespace().count();
    (bare.ends_with(['.', ',', ';']) && !is_abbreviated(bare) && many >= 4)
        || term.chars().count() > LONG_TERM
        || (many >= 6 && bare.ends_with(['?', '!', '…']))
}

/// Whether words begin with the name of a month, in the book's language.
pub(super) fn begins_with_month(words: &str, language: &Lang) -> bool {
    let first = words.split_whitespace().next().unwrap_or("").trim_end_matches(['.', ',']).to_lowercase();
    first.chars().count() > 2 && terms::months(language.primary()).any(|month| month.to_lowercase() == first)
}

/// Whether the items of a list are what people say: in languages where speech
/// begins with a dash, most end as speech does; in any, a comma and a second dash, or a word of saying,
/// part the words from who says them.
pub(super) fn is_dialogue(items: &[String], language: &Lang) -> bool {
    let sentence = |words: &&String| {
        let bare = words.trim_end().trim_end_matches(['"', '”', '»']);
        let begins = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡' | '…'))
            || begins_with_quote(words);
        begins && bare.ends_with(['.', '!', '?', '…'])
    };
    let spoken = |words: &&String| words.contains(['?', '!']);
    let marked = items.iter().filter(|words| is_parted(words)).count();
    let told = items.iter().filter(|words| names_speaker(words)).count();
    let sentences = items.iter().filter(sentence).count();
    let dashed = DASHED.contains(&language.primary());
    let lively = items.iter().filter(spoken).count() + marked + told;
    let brief = items.iter().all(|words| words.split_whitespace().count() <= 6);
    let parted = marked > 0 && (marked * 2 >= items.len() || brief && lively * 2 >= items.len());
    let all = sentences == items.len();
    told > 0 && sentences + 1 >= items.len() && (all || told > 1)
        || all && (parted || dashed && brief && lively * 2 >= items.len())
}

/// Whether a paragraph begins as the captions of Pandoc's tables and listings do.
pub(super) fn is_caption_of_nothing(own: &str) -> bool {
    ["Table: ", "Listing: "].iter().any(|mark| own.starts_with(mark)) || own.starts_with(": ")
}

/// Whether words begin with a quotation mark.
pub(super) fn begins_with_quote(words: &str) -> bool {
    words.starts_with(['"', '“', '„', '«', '»', '‘', '‹', '「'])
}

/// Whether the lines of a table with upright strokes end in one that has none: what stands right below a table belongs
/// to it.
pub(super) fn takes_words_for_a_row(own: &str) -> bool {
    let mut lines = own.lines().map(|line| line.trim_matches([' ', '\t', '>']));
    let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return false };
    let is_rule = rule.contains('-') && rule.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
    let is_worded = |line: &str| line.contains(char::is_alphabetic) && !line.contains('|');
    head.contains('|') && rule.contains('|') && is_rule && lines.any(is_worded)
}

/// Whether a second dash parts what is said from who says it.
fn is_parted(words: &str) -> bool {
    ["- ", "– ", "— "].iter().any(|dash| {
        words.match_indices(dash).any(|(at, _)| {
            words[..at].strip_suffix(' ').is_some_and(|said| said.ends_with([',', '!', '?', '…']))
        })
    })
}

/// Whether words say who speaks: `I said no, she answered.`, `Where to? asked Ann.` Behind the mark that ends a question
/// only a speech goes on with a small letter.
pub(super) fn names_speaker(words: &str) -> bool {
    let goes_on = |mark: char| {
        words.match_indices(mark).any(|(at, _)| {
            let behind = words[at + 1..].trim_start_matches(['"', '”', '»', '’']);
            let tag = behind.strip_prefix(' ').unwrap_or("");
            // a list of questions may go on with `or` and `and`
            tag.starts_with(char::is_lowercase)
                && tag.split_whitespace().count() <= 8
                && !tag.starts_with("or ")
        })
    };
    let says = || {
        words.match_indices(", ").any(|(at, _)| {
            let tag = words[at + 2..].split(['.', ',', ';', '!', '?']).next().unwrap_or("").to_lowercase();
            let all: Vec<&str> = tag.split([' ', '-']).filter(|word| !word.is_empty()).collect();
            all.len() >= 2 && all.iter().take(3).any(|word| SAYS.contains(word)) && all.len() <= 6
        })
    };
    // a dash between spaces before who speaks: `Tak - powiedział on.`
    let dashed = || {
        [" - ", " – ", " — ", " -"].iter().any(|dash| {
            words.match_indices(dash).any(|(at, _)| {
                let tag = words[at + dash.len()..].trim_start();
                let first = tag.split([' ', '-', '.', ',', ':']).next().unwrap_or("");
                SAYS.contains(&first)
            })
        })
    };
    goes_on('?') || goes_on('!') || says() || dashed()
}

/// What people do when they speak, as novels have it, in the languages that typists of hyphens write most.
const SAYS: &[&str] = &[
    "said",
    "asked",
    "answered",
    "replied",
    "cried",
    "whispered",
    "shouted",
    "murmured",
    "muttered",
    "called",
    "says",
    "asks",
    "dijo",
    "preguntó",
    "respondió",
    "contestó",
    "gritó",
    "dit",
    "demanda",
    "répondit",
    "cria",
    "murmura",
    "fit",
    "disse",
    "chiese",
    "rispose",
    "gridò",
    "perguntou",
    "respondeu",
    "gritou",
    "sagte",
    "fragte",
    "antwortete",
    "rief",
    "flüsterte",
    "zei",
    "vroeg",
    "antwoordde",
    "riep",
    "powiedział",
    "powiedziała",
    "rzekł",
    "rzekła",
    "zapytał",
    "zapytała",
    "mondta",
    "kérdezte",
    "felelte",
    "сказал",
    "сказала",
    "спросил",
    "спросила",
    "ответил",
    "ответила",
    "сказав",
    "відповів",
    "відповіла",
    "спитав",
    "спитала",
    "запитав",
    "запитала",
    "каза",
    "рече",
    "řekl",
    "řekla",
    "zeptal",
    "zeptala",
    "odpověděl",
    "odpověděla",
    "povedal",
    "povedala",
    "odpowiedział",
    "odpowiedziała",
    "odparł",
    "odparła",
    "odrzekł",
    "odrzekła",
    "spytał",
    "spytała",
    "zawołał",
    "zawołała",
    "szepnął",
    "szepnęła",
    "repuso",
    "replicó",
    "exclamó",
    "preguntaron",
    "s'écria",
    "s’écria",
    "répliqua",
    "ajouta",
    "mormorò",
    "esclamò",
    "domandò",
    "digué",
    "preguntà",
    "respongué",
    "dedi",
    "sordu",
    "sade",
    "frågade",
    "svarade",
    "sagde",
    "spurgte",
    "svarede",
];

/// Whether a paragraph begins with a hyphen that touches a word, as speech is typed where no dash is to hand.
pub(super) fn is_hyphen_speech(own: &str) -> bool {
    let Some(words) = own.strip_prefix("--").or_else(|| own.strip_prefix('-')) else { return false };
    // a no-break space makes no list
    let words = words.trim_start_matches(['\u{A0}', '\u{202F}']);
    let words = words.strip_prefix(['"', '¿', '¡', '…', '«', '“']).unwrap_or(words);
    words.starts_with(char::is_uppercase) && words.split_whitespace().count() >= 2
}

/// Whether the one item of a list is a question or an exclamation, as somebody says it.
pub(super) fn is_said(own: &str, words: &str) -> bool {
    let bare = words.trim_end().trim_end_matches(['"', '”', '»']);
    own.starts_with("- ")
        && words.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡' | '…' | '«' | '“' | '"'))
        && (bare.ends_with(['?', '!']) || bare.ends_with('.') && names_speaker(words))
        && words.split_whitespace().count() <= 20
}

/// Whether a meaning begins with the rest of a smiley and no word: `: )`.
pub(super) fn has_smiley(own: &str) -> bool {
    let is_face = |c: char| matches!(c, ')' | '(' | '-' | '|' | '/' | 'D' | 'P');
    own.lines().filter_map(|line| line.trim_start().strip_prefix(": ")).any(|meaning| {
        let first = meaning.split_whitespace().next().unwrap_or("");
        let nose = ["- )", "- ("].iter().any(|face| meaning.starts_with(face));
        nose || first.chars().count() <= 2 && first.chars().all(is_face) && !first.ends_with('-')
    })
}

/// Whether hyphens in several groups are those of a table's rule: groups of two and more, not all alike.
pub(super) fn is_rule_of_table(own: &str) -> bool {
    let groups: Vec<&str> = own.split_whitespace().collect();
    let uneven = groups.iter().any(|group| group.len() != groups[0].len());
    groups.len() >= 2
        && groups.iter().all(|group| group.len() >= 2 && group.bytes().all(|b| b == b'-'))
        && (uneven || groups[0].len() >= 4)
}

/// Whether the one item of a list begins like a sum: with a plus, or with a minus before a number.
pub(super) fn is_sum(own: &str) -> bool {
    let Some(words) = own
        .strip_prefix("+ ")
        .or_else(|| own.strip_prefix("- ").filter(|words| words.starts_with(|c: char| c.is_ascii_digit())))
    else {
        return false;
    };
    // an item of several lines is one that somebody laid out
    !words.trim_end().contains('\n')
}
