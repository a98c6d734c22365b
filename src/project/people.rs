//! Who contributed: `[[contributor]]` tables, and the shorter forms that
//! people write, such as `author = "Joan Ferry"`.

use super::fields::Fields;
use super::placeholder;
use super::token::token;
use super::tree::{Datum, Entry, Node, Table};
use crate::book::{Contributor, Relator};
use crate::diag::{Code, Diagnostic, Span, nearest};

/// Reads everybody, in the order of the file.
pub(super) fn read(top: &mut Fields<'_>) -> Vec<Contributor> {
    let mut people = Vec::new();
    for Entry { key, node, .. } in top.take_where(|key| role_of(key).is_some()) {
        let role = role_of(&key).unwrap_or(Relator::AUTHOR);
        somebody(node, &key, role, top, &mut people);
    }
    people
}

/// Whether a key at the top of book.toml names somebody: `author`, `translators`.
#[must_use]
pub fn is_about_people(key: &str) -> bool {
    role_of(key).is_some()
}

/// What those under a key did; none for keys that are not about people.
fn role_of(key: &str) -> Option<Relator> {
    let key = key.to_lowercase().replace('_', "-");
    if matches!(key.as_str(), "contributor" | "contributors") {
        return Some(Relator::AUTHOR);
    }
    // These say who or what in other ways.
    let names_a_person =
        ["er", "or", "ist"].iter().any(|end| key.strip_suffix('s').unwrap_or(&key).ends_with(end));
    let other = matches!(key.as_str(), "cover" | "number" | "other" | "printer" | "publisher");
    if names_a_person && !other { Relator::meant(&key) } else { None }
}

/// A name, a table, or a list of either.
fn somebody(node: Node, key: &str, role: Relator, top: &mut Fields<'_>, people: &mut Vec<Contributor>) {
    match node.datum {
        Datum::List(list) => list.into_iter().for_each(|node| match node.datum {
            Datum::List(_) => drop(top.refuse::<()>(key, node.span, "names in quotation marks")),
            _ => somebody(node, key, role, top, people),
        }),
        Datum::Table(table) => people.extend(of_table(table, key, role, top)),
        Datum::Text(_) => {
            let span = node.span;
            let name = top.words(key, node).unwrap_or_default();
            if name.trim().is_empty() {
                let finding = Diagnostic::new(Code::ValueInvalid, span, format!("`{key}` is empty"));
                return top.report(finding.hint("write a name, or leave the line out"));
            }
            top.look_at_name(key, &name, span);
            people.push(Contributor { sort: filed(&name), name, role });
        }
        Datum::Unread => {}
        _ => {
            let finding = Diagnostic::new(
                Code::ValueInvalid,
                node.span,
                format!("`{key}` wants a name in quotation marks"),
            );
            top.report(finding.hint(format!("write `{key} = \"Joan Ferry\"`")));
        }
    }
}

/// One table, which is one person in each of the roles that it names.
fn of_table(table: Table, key: &str, role: Relator, top: &mut Fields<'_>) -> Vec<Contributor> {
    if let Some(finding) = of_parts(&table, key) {
        top.report(finding);
        return Vec::new();
    }
    let mut fields = top.inside(table, key);
    let span = fields.span_of("name");
    let name = fields.required("name", "\"Ada Example\"");
    if let Some(span) = span {
        fields.look_at_name(key, &name, span);
    }
    placeholder::look(&name, span, &mut fields);
    let sort = fields.text("sort").unwrap_or_else(|| filed(&name));
    let mut roles = Vec::new();
    for (words, span) in fields.texts("role") {
        let words = token(&words);
        if words.is_empty() {
            let finding = Diagnostic::new(Code::ValueInvalid, span, "`role` is empty");
            fields.report(finding.hint("write what they did, such as \"editor\", or leave the line out"));
        } else {
            roles.push(meant(&words, span, &mut fields));
        }
    }
    fields.finish();
    if roles.is_empty() {
        roles.push(role);
    }
    roles.into_iter().map(|role| Contributor { name: name.clone(), sort: sort.clone(), role }).collect()
}

/// The finding on a table that has no name but parts of one, or a name behind a role.
fn of_parts(table: &Table, key: &str) -> Option<Diagnostic> {
    const PARTS: [&str; 8] =
        ["first", "first-name", "last", "last-name", "given", "family", "surname", "forename"];
    if table.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case("name")) {
        return None;
    }
    let words = |entry: &Entry| match &entry.node.datum {
        Datum::Text(words) => Some(words.clone()),
        _ => None,
    };
    let folded = |entry: &Entry| entry.key.to_lowercase().replace('_', "-");
    let parts: Vec<&Entry> =
        table.entries.iter().filter(|entry| PARTS.contains(&folded(entry).as_str())).collect();
    if let Some(first) = parts.first() {
        let name: Vec<String> = parts.iter().filter_map(|entry| words(entry)).collect();
        let message = format!("a name in parts: `{key}` has it whole, as it stands on the title page");
        let finding = Diagnostic::new(Code::KeyUnknown, first.key_span, message);
        return Some(finding.hint(format!("write `name = \"{}\"` in place of its parts", name.join(" "))));
    }
    let (entry, role) = table.entries.iter().find_map(|entry| Some((entry, Relator::meant(&entry.key)?)))?;
    let name = words(entry).unwrap_or_else(|| "Joan Ferry".to_owned());
    let finding = format!("`{}` is not a key of [{key}]", entry.key);
    let hint = format!("write `name = \"{name}\"` and `role = \"{}\"`", role.code());
    Some(Diagnostic::new(Code::KeyUnknown, entry.key_span, finding).hint(hint))
}

/// The relator of a role; one that we don't know is a finding.
fn meant(words: &str, span: Span, fields: &mut Fields<'_>) -> Relator {
    Relator::meant(words).unwrap_or_else(|| {
        let lower = words.to_lowercase();
        let near = nearest(&lower, Relator::all().map(Relator::english)).and_then(Relator::meant);
        let several: Vec<&str> = words.split([',', '/', '&', ';']).map(str::trim).collect();
        let are_roles = several.len() > 1 && several.iter().all(|role| Relator::meant(role).is_some());
        let hint = match near.filter(|_| lower.chars().count() > 3) {
            _ if are_roles => format!("write `role = [\"{}\"]`", several.join("\", \"")),
            Some(near) => format!("did you mean \"{}\" (`{}`)?", near.english(), near.code()),
            None => "write \"author\", \"editor\", \"translator\", \"illustrator\", \"foreword\" or the like, or a MARC code such as \"aut\"".to_owned(),
        };
        let message = format!("`{words}` is not what somebody does for a book");
        fields.report(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
        Relator::CONTRIBUTOR
    })
}

/// A name as it is filed: the last word first.
fn filed(name: &str) -> String {
    let name = name.trim();
    // Names of several people, or with the family name first already, stay.
    if name.contains([',', ';', '&']) || name.contains(" and ") {
        return name.to_owned();
    }
    let tail = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];
    let (name, tail) = match name.rsplit_once(' ') {
        Some((rest, last)) if tail.contains(&last) => (rest, format!(", {last}")),
        _ => (name, String::new()),
    };
    match name.rsplit_once(' ') {
        Some((first, last)) => format!("{last}, {first}{tail}"),
        None => name.to_owned() + &tail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filed() {
        for (name, sort) in [
            ("Ada Example", "Example, Ada"),
            ("Plato", "Plato"),
            ("Martin Sample Jr.", "Sample, Martin, Jr."),
            ("Ferry, Joan", "Ferry, Joan"),
            ("Joan Ferry and Bo Hill", "Joan Ferry and Bo Hill"),
        ] {
            assert_eq!(filed(name), sort);
        }
    }

    #[test]
    fn keys_name_people() {
        let code = |key| role_of(key).map(Relator::code);
        assert_eq!(code("authors"), Some("aut"));
        assert_eq!(code("cover-artist"), Some("cov"));
        for key in ["publisher", "printer", "title", "date", "series", "cover", "subtitle", "rights"] {
            assert_eq!(code(key), None, "{key}");
        }
    }
}
