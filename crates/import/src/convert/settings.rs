//! Settings files of other tools (YAML, TOML, JSON) as one kind of value.
//!
//! The YAML here is the part that people write in front matter and project files:
//! maps and lists by indentation, flow lists and maps, quoted scalars, and the two
//! kinds of block scalar. Anchors and tags are read as plain words.

/// A value of a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A scalar, as written.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys with their values, in the order of the file.
    Map(Vec<(String, Value)>),
}

/// Deeper values than this are read as words: no settings file needs more.
const MAX_DEPTH: usize = 24;

impl Value {
    /// The value at a path of keys, such as `book.title`.
    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self, |value, key| match value {
            Value::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        })
    }

    /// The words at a path; none when there are none.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        match self.at(path)? {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// What stands at a path as a list: a lone value is a list of one.
    pub(super) fn list(&self, path: &str) -> &[Value] {
        match self.at(path) {
            Some(Value::List(list)) => list,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        }
    }

    /// Its own words, when it is a scalar.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// From TOML.
    pub(super) fn from_toml(text: &str) -> Option<Value> {
        text.parse::<toml::Table>().ok().map(|table| of_toml(toml::Value::Table(table)))
    }

    /// From JSON.
    pub(super) fn from_json(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok().map(of_json)
    }

    /// From YAML.
    pub(super) fn from_yaml(text: &str) -> Value {
        let lines: Vec<Line<'_>> = text.lines().filter_map(Line::read).collect();
        let mut reader = Yaml { lines: &lines, at: 0 };
        let indent = lines.first().map_or(0, |line| line.indent);
        reader.block(indent, 0)
    }

    /// What stands between the two rows of hyphens at the start of a text.
    pub(super) fn of_front_matter(text: &str) -> Option<Value> {
        // white space behind the first row means nothing
        let (first, rest) = text.trim_start().split_once('\n')?;
        if first.trim_end() != "---" {
            return None;
        }
        let end = rest.find("\n---").or_else(|| rest.find("\n..."))?;
        Some(Value::from_yaml(&rest[..end]))
    }

    /// From a file of that name.
    pub(super) fn from_file(name: &str, text: &str) -> Option<Value> {
        match name.rsplit('.').next()? {
            "toml" => Value::from_toml(text),
            "json" => Value::from_json(text),
            _ => Some(Value::from_yaml(text)),
        }
    }
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(list) => Value::List(list.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => Value::Map(table.into_iter().map(|(k, v)| (k, of_toml(v))).collect()),
        other => Value::Text(other.to_string()),
    }
}

fn of_json(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Text(String::new()),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(list) => Value::List(list.into_iter().map(of_json).collect()),
        serde_json::Value::Object(map) => Value::Map(map.into_iter().map(|(k, v)| (k, of_json(v))).collect()),
        other => Value::Text(other.to_string()),
    }
}

/// A line of YAML with how far in it stands.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    text: &'a str,
    /// With its white space, for block scalars.
    whole: &'a str,
}

impl<'a> Line<'a> {
    /// The line, when it holds anything; comments hold nothing.
    fn read(whole: &'a str) -> Option<Line<'a>> {
        let text = whole.trim_start_matches(' ');
        let is_mark = text.starts_with('#') || matches!(whole.trim_end(), "---" | "...");
        (!is_mark).then(|| Line { indent: whole.len() - text.len(), text: text.trim_end(), whole })
    }
}

/// Reads lines one after the other. Every call takes at least one line or
/// returns, so the reader is linear in the lines.
struct Yaml<'l, 'a> {
    lines: &'l [Line<'a>],
    at: usize,
}

impl<'a> Yaml<'_, 'a> {
    fn next(&mut self) -> Option<Line<'a>> {
        while self.lines.get(self.at).is_some_and(|line| line.text.is_empty()) {
            self.at += 1;
        }
        self.lines.get(self.at).copied()
    }

    /// The lines that stand at `indent`: a list, a map, or words.
    fn block(&mut self, indent: usize, depth: usize) -> Value {
        match self.next() {
            Some(line) if depth < MAX_DEPTH && is_item(line.text) => self.items(indent, depth),
            Some(line) if depth < MAX_DEPTH && key_of(line.text).is_some() => self.map(indent, depth),
            Some(line) if line.text.starts_with(['[', '{']) => {
                self.at += 1;
                self.scalar(line.text, indent, depth)
            }
            Some(_) => Value::Text(self.words(indent)),
            None => Value::Text(String::new()),
        }
    }

    fn items(&mut self, indent: usize, depth: usize) -> Value {
        let mut list = Vec::new();
        while let Some(line) = self.next().filter(|line| line.indent == indent && is_item(line.text)) {
            let rest = line.text[1..].trim_start();
            let inner = line.indent + line.text.len() - rest.len();
            if rest.is_empty() {
                self.at += 1;
                let deeper = self.next().filter(|next| next.indent > indent).map(|next| next.indent);
                list.push(deeper.map_or(Value::Text(String::new()), |deeper| self.block(deeper, depth + 1)));
            } else if key_of(rest).is_some() {
                list.push(self.map_from(rest, inner, depth + 1));
            } else {
                self.at += 1;
                list.push(self.scalar(rest, indent, depth));
            }
        }
        self.skip_deeper(indent);
        Value::List(list)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Value {
        match self.next() {
            Some(line) => self.map_from(line.text, indent, depth),
            None => Value::Map(Vec::new()),
        }
    }

    /// A map whose first line is `first`, at `indent`; further keys stand below it.
    fn map_from(&mut self, first: &'a str, indent: usize, depth: usize) -> Value {
        let mut entries = Vec::new();
        let mut line = first;
        while let Some((key, rest)) = key_of(line) {
            self.at += 1;
            entries.push((key, self.value(rest, indent, depth)));
            match self.next() {
                Some(next) if next.indent == indent && !is_item(next.text) => line = next.text,
                _ => break,
            }
        }
        if depth == 0 {
            self.skip_deeper(indent);
        }
        Value::Map(entries)
    }

    /// What stands behind a key, or below it.
    fn value(&mut self, rest: &'a str, indent: usize, depth: usize) -> Value {
        if !rest.is_empty() {
            return self.scalar(rest, indent, depth);
        }
        match self.next() {
            Some(next) if next.indent > indent || (next.indent == indent && is_item(next.text)) => {
                self.block(next.indent, depth + 1)
            }
            _ => Value::Text(String::new()),
        }
    }

    /// A scalar that begins with `rest` and may go on over the lines further in.
    fn scalar(&mut self, rest: &'a str, indent: usize, depth: usize) -> Value {
        if rest.starts_with(['|', '>']) && rest.len() <= 3 {
            return Value::Text(self.block_scalar(indent, rest.starts_with('>')));
        }
        let mut text = rest.to_owned();
        let is_open = |text: &str| {
            let count = |sign: char| text.matches(sign).count();
            text.starts_with(['[', '{']) && (count('[') > count(']') || count('{') > count('}'))
        };
        while let Some(next) =
            self.lines.get(self.at).filter(|n| is_open(&text) || n.indent > indent && !n.text.is_empty())
        {
            text.push(' ');
            // a comment would swallow what stands behind it
            text.push_str(if is_open(&text) {
                next.text.split(" #").next().unwrap_or("")
            } else {
                next.text
            });
            self.at += 1;
        }
        flow(&text, depth)
    }

    fn block_scalar(&mut self, indent: usize, folded: bool) -> String {
        let from = self.at;
        while self.lines.get(self.at).is_some_and(|line| line.indent > indent || line.text.is_empty()) {
            self.at += 1;
        }
        let lines = &self.lines[from..self.at];
        let margin = lines.iter().filter(|l| !l.text.is_empty()).map(|l| l.indent).min().unwrap_or(0);
        let cut = lines.iter().map(|line| line.whole.get(margin..).unwrap_or("").trim_end());
        cut.collect::<Vec<_>>().join(if folded { " " } else { "\n" }).trim_end().to_owned()
    }

    fn words(&mut self, indent: usize) -> String {
        let mut words = Vec::new();
        while let Some(line) = self.next().filter(|line| line.indent >= indent) {
            words.push(line.text);
            self.at += 1;
        }
        if words.is_empty() {
            self.at += 1;
        }
        words.join(" ")
    }

    /// Leaves out lines that stand where nothing expects them.
    fn skip_deeper(&mut self, indent: usize) {
        while self.next().is_some_and(|line| line.indent > indent) {
            self.at += 1;
        }
    }
}

fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// A key and what stands behind its colon.
fn key_of(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['[', '{', '|', '>']) {
        return None;
    }
    let quoted = text.starts_with(['"', '\'']);
    let from = if quoted { text[1..].find(&text[..1])? + 2 } else { 0 };
    let colon = text[from..].match_indices(':').map(|(at, _)| at + from).find(|at| {
        let rest = &text[at + 1..];
        rest.is_empty() || rest.starts_with(' ')
    })?;
    if quoted && colon != from {
        return None;
    }
    let key = text[..colon].trim().trim_matches(['"', '\'']);
    (!key.is_empty()).then(|| (key.to_owned(), text[colon + 1..].trim()))
}

/// A scalar, or a list or map in brackets.
fn flow(text: &str, depth: usize) -> Value {
    let text = text.trim();
    let inside = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if depth < MAX_DEPTH {
        if let Some(inside) = inside('[', ']') {
            return Value::List(parts(inside).into_iter().map(|part| flow(part, depth + 1)).collect());
        }
        if let Some(inside) = inside('{', '}') {
            let entry = |part: &str| key_of(part.trim()).map(|(key, rest)| (key, flow(rest, depth + 1)));
            return Value::Map(parts(inside).into_iter().filter_map(entry).collect());
        }
    }
    Value::Text(unquoted(text))
}

/// A scalar without its quotation marks and the comment behind it.
fn unquoted(text: &str) -> String {
    if let Some(rest) = text.strip_prefix('"') {
        let mut out = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next().filter(|c| *c != '"') {
            match c {
                '\\' => match chars.next() {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some(other) => out.push(other),
                    None => {}
                },
                _ => out.push(c),
            }
        }
        return out;
    }
    if let Some(rest) = text.strip_prefix('\'') {
        return rest.strip_suffix('\'').unwrap_or(rest).replace("''", "'");
    }
    text.split(" #").next().unwrap_or("").trim().to_owned()
}

/// The parts of a list at its commas, but not at those inside brackets or quotation marks.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from, mut found) = (0_i32, None, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[from..]);
    found.retain(|part| !part.trim().is_empty());
    found
}
