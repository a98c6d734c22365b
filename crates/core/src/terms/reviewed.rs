//! Which of the tool's words fewer than two public sources confirm.
//!
//! docs/words.md says for each word which sources have it; its test holds this
//! table against those lists.

use super::languages;
use crate::book::Lang;

/// The keys of the words of a language that want the eye of somebody who speaks it.
pub fn unconfirmed(language: &Lang) -> impl Iterator<Item = &'static str> + use<> {
    let tag = languages::tag(language);
    let row = ROWS.binary_search_by_key(&tag, |(known, _)| known).ok();
    row.into_iter().flat_map(|row| ROWS[row].1.split(' '))
}

/// Languages by their tags, each with the keys of such words.
const ROWS: &[(&str, &str)] = &[
    (
        "af",
        "adapted-by afterword afterword-by designed-by editor-notes epigraph from frontispiece half-title imprint landmarks set-in that-is title-page",
    ),
    ("ar", "editor-notes from frontispiece"),
    (
        "be",
        "adapted-by afterword afterword-by back-to-text colophon compiled-by conclusion cover dedication designed-by epigraph epilogue foreword foreword-by from frontispiece half-title illustrated-by imprint introduction introduction-by landmarks photographs-by set-in that-is with",
    ),
    ("bg", "frontispiece half-title set-in that-is"),
    (
        "bn",
        "abridged-by adapted-by afterword afterword-by back-to-text compiled-by conclusion cover-by designed-by editor-notes epigraph epilogue from frontispiece half-title illustrated-by introduction-by landmarks photographs-by prologue set-in text that-is title-page volume",
    ),
    (
        "bs",
        "abridged-by adapted-by afterword afterword-by back-to-text compiled-by cover epigraph epilogue foreword foreword-by from frontispiece half-title imprint landmarks photographs-by prologue that-is title-page with",
    ),
    ("ca", "from set-in"),
    ("cs", "half-title"),
    (
        "cy",
        "afterword afterword-by epigraph epilogue foreword foreword-by frontispiece landmarks prologue set-in",
    ),
    ("da", "frontispiece half-title imprint set-in that-is"),
    ("el", "frontispiece"),
    ("eo", "frontispiece landmarks that-is"),
    ("es", "from frontispiece half-title set-in that-is"),
    ("et", "back-to-text cover-by frontispiece half-title landmarks that-is"),
    ("eu", "back-to-text from frontispiece half-title that-is"),
    ("fa", "adapted-by half-title imprint photographs-by set-in that-is"),
    ("fi", "from frontispiece set-in that-is"),
    ("fr", "frontispiece"),
    (
        "ga",
        "acknowledgments afterword epigraph epilogue foreword foreword-by frontispiece half-title introduction landmarks prologue that-is",
    ),
    ("gl", "back-to-text epilogue frontispiece half-title that-is"),
    ("he", "abridged-by from frontispiece half-title set-in that-is"),
    ("hi", "frontispiece half-title title-page"),
    ("hr", "frontispiece"),
    ("hu", "frontispiece half-title"),
    ("id", "half-title"),
    ("is", "epilogue frontispiece landmarks prologue that-is"),
    ("it", "frontispiece"),
    ("ja", "editor-notes from frontispiece half-title set-in that-is"),
    ("ko", "editor-notes from frontispiece half-title set-in that-is"),
    (
        "la",
        "acknowledgments back-to-text colophon cover-by designed-by editor-notes epigraph epilogue from frontispiece imprint landmarks photographs-by set-in that-is title-page volume",
    ),
    ("lt", "frontispiece"),
    ("lv", "from frontispiece half-title that-is"),
    (
        "mk",
        "acknowledgments adapted-by afterword afterword-by back-to-text colophon compiled-by conclusion cover cover-by dedication designed-by editor-notes epigraph epilogue foreword foreword-by from frontispiece half-title imprint introduction introduction-by landmarks maps-by prologue set-in that-is title-page",
    ),
    ("ms", "adapted-by compiled-by frontispiece half-title landmarks photographs-by"),
    (
        "mt",
        "abridged-by acknowledgments adapted-by admonition-note admonition-warning afterword afterword-by appendix back-to-call back-to-text bibliography colophon compiled-by conclusion cover cover-by dedication division edited-by editor-notes epigraph epilogue foreword foreword-by frontispiece half-title illustrated-by imprint landmarks maps-by note notes notes-by prologue set-in table text that-is title-page volume with",
    ),
    ("nb", "from frontispiece half-title imprint set-in that-is"),
    ("nl", "from half-title"),
    (
        "nn",
        "afterword afterword-by cover editor-notes epilogue from frontispiece half-title landmarks prologue that-is",
    ),
    ("pl", "frontispiece"),
    ("pt", "half-title"),
    ("ro", "from frontispiece half-title imprint set-in that-is"),
    ("ru", "from frontispiece half-title set-in that-is"),
    ("sk", "from frontispiece half-title imprint landmarks that-is"),
    ("sl", "from frontispiece half-title imprint set-in that-is"),
    (
        "sq",
        "afterword afterword-by back-to-text cover-by designed-by epigraph epilogue from frontispiece half-title introduction introduction-by landmarks prologue that-is",
    ),
    ("sr-Cyrl", "from frontispiece half-title that-is title-page"),
    ("sr-Latn", "from frontispiece half-title that-is title-page"),
    ("sv", "frontispiece"),
    (
        "th",
        "adapted-by back-to-text frontispiece half-title landmarks photographs-by set-in text that-is title-page",
    ),
    ("uk", "from frontispiece half-title set-in that-is"),
    ("vi", "from frontispiece half-title landmarks set-in that-is"),
    ("zh", "editor-notes from frontispiece that-is"),
    ("zh-Hant", "back-to-text editor-notes from frontispiece that-is"),
];
