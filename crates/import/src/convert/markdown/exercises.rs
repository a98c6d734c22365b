//! Exercises of GitBook: `{% exercise %}`, and between it and `{% endexercise %}` the code that a reader starts with, the
//! solution, and what checks it. They become boxes; the code in them is set as code.

use super::edits::Edits;

const WHAT: &str = "exercises of GitBook into boxes";

/// Rewrites the exercises of a text.
pub(super) fn exercises(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let named: Vec<(usize, &str, &str)> =
        lines.iter().filter_map(|(at, line)| Some((*at, *line, tag(line)?))).collect();
    let last = named.iter().rposition(|(.., name)| *name == "endexercise");
    let mut in_exercise = false;
    let mut in_code = false;
    for (index, (at, line, name)) in named.iter().enumerate() {
        let end = at + line.len();
        let fence = if in_code { "```\n" } else { "" };
        match *name {
            "exercise" if !in_exercise && last.is_some_and(|last| index < last) => {
                in_exercise = true;
                edits.leave_out(*at, end, "::: tip", WHAT);
            }
            part @ ("initial" | "solution" | "validation" | "context") if in_exercise => {
                edits.leave_out(*at, end, format!("{fence}\n*{part}*\n\n```js"), WHAT);
                in_code = true;
            }
            "endexercise" if in_exercise => {
                edits.leave_out(*at, end, format!("{fence}:::"), WHAT);
                (in_exercise, in_code) = (false, false);
            }
            _ => {}
        }
    }
}

/// What a line of nothing but a tag names.
fn tag(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{%")?.strip_suffix("%}").map(str::trim)
}
