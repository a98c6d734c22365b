//! What an editor offers to do about misspelt words.

use super::asked::Asked;
use super::place::byte_at;
use super::spelling::{CODE, Speller};
use serde_json::{Value, json};

/// For each misspelt word that the editor asks about, the words that may have been meant, as
/// changes in the protocol's words.
pub(super) fn remedies(speller: &Speller, asked: &Asked<'_>, params: &Value) -> Value {
    let told = params["context"]["diagnostics"].as_array();
    let ours = told.into_iter().flatten().filter(|told| told["code"] == CODE);
    let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
    let changes = ours.flat_map(|told| {
        let near = word(asked, &told["range"]).map_or_else(Vec::new, |word| speller.near(word));
        near.into_iter().map(|word| change(uri, told, &word))
    });
    Value::Array(changes.collect())
}

/// The word that stands there now.
fn word<'a>(asked: &'a Asked<'_>, range: &Value) -> Option<&'a str> {
    let place = |end: &str| {
        let number = |key: &str| usize::try_from(range[end][key].as_u64()?).ok();
        Some(byte_at(&asked.text, number("line")?, number("character")?))
    };
    asked.text.get(place("start")?..place("end")?)
}

fn change(uri: &str, told: &Value, word: &str) -> Value {
    let edit = json!({ "range": told["range"], "newText": word });
    json!({
        "title": format!("Write “{word}”"), "kind": "quickfix", "diagnostics": [told],
        "edit": { "changes": { uri: [edit] } },
    })
}
