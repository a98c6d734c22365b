//! What readers of scans part that belongs together: an initial from its word, a hyphen from the word that it divides, a
//! star from its brackets; and pages that were scanned askew.

use super::{ScannedPage, Tag};

/// Puts it together again.
pub(super) fn tidy(page: &mut ScannedPage) {
    for line in &mut page.lines {
        line.text = close_up(&line.text);
    }
    straighten(page);
    initials(page);
}

/// How many steps from line to line tell that a page lies askew, and how far it may.
const LEAST_STEPS: usize = 8;
const MOST_ASKEW: f32 = 0.05;

/// The lines of a page that was scanned askew, as if it had been laid straight: most lines of a text begin below one another, so
/// that the usual step to the side from one to the next is that of the page.
fn straighten(page: &mut ScannedPage) {
    let text = || page.lines.iter().filter(|l| l.tag != Some(Tag::Edge) && l.tag != Some(Tag::Initial));
    let lines: Vec<(f32, f32)> = text().map(|l| (l.left, l.bottom)).collect();
    let steps = lines.windows(2).filter(|w| w[1].1 > w[0].1);
    let mut steps: Vec<f32> = steps.map(|w| (w[1].0 - w[0].0) / (w[1].1 - w[0].1)).collect();
    if steps.len() < LEAST_STEPS {
        return;
    }
    steps.sort_by(f32::total_cmp);
    let askew = steps[steps.len() / 2];
    if !(f32::EPSILON..MOST_ASKEW).contains(&askew.abs()) {
        return;
    }
    let top = lines[0].1;
    for line in &mut page.lines {
        let aside = askew * (line.bottom - top);
        line.left -= aside;
        line.right -= aside;
    }
}

/// A line without the space before a soft hyphen at its end, with the hyphen of old type for the sign of equality that a
/// transcriber had for it, and without the spaces around a star in brackets: `( * )`.
fn close_up(text: &str) -> String {
    let text = match text.strip_suffix('\u{ad}') {
        Some(before) => format!("{}\u{ad}", before.trim_end()),
        None => text.to_owned(),
    };
    // old type has two strokes for a hyphen
    let text = match text.strip_suffix('=') {
        Some(before) if before.ends_with(char::is_lowercase) => format!("{before}\u{2e17}"),
        _ => text,
    };
    let star = |text: String, star: &str| text.replace(&format!("( {star} )"), &format!("({star})"));
    ["\\*", "\\*\\*", "†"].into_iter().fold(text, star)
}

/// Large initials begin the line beside them, and the lines that they push aside begin at the margin.
fn initials(page: &mut ScannedPage) {
    let mut at = 0;
    while at < page.lines.len() {
        if page.lines[at].tag != Some(Tag::Initial) {
            at += 1;
            continue;
        }
        let beside = page.lines.get(at + 1).is_some_and(|next| {
            next.tag != Some(Tag::Initial) && next.tag != Some(Tag::Edge) && next.top < page.lines[at].bottom
        });
        if !beside {
            page.lines[at].tag = None;
            at += 1;
            continue;
        }
        let initial = page.lines.remove(at);
        page.lines[at].text.insert_str(0, &initial.text);
        // it may be drawn a little into the lines
        let aside = initial.left + (initial.right - initial.left) / 2.0;
        let pushed = page.lines[at..].iter_mut().take_while(|line| line.top < initial.bottom);
        pushed.filter(|line| line.left > aside).for_each(|line| line.left = initial.left);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Line;
    use super::*;

    #[test]
    fn initials_begin_their_words() {
        let line = |text: &str, left: f32, top: f32, tag| {
            let (text, right, bottom) = (text.to_owned(), left + 30.0, top + 20.0);
            Line { text, left, top, right, bottom, tag, ..Line::default() }
        };
        let initial = Line { bottom: 40.0, ..line("O", 0.0, 0.0, Some(Tag::Initial)) };
        let lines = vec![initial, line("n the ferry", 32.0, 0.0, None), line("he stood", 32.0, 21.0, None)];
        let mut page = ScannedPage { lines, ..ScannedPage::default() };
        page.lines.push(line("all day.", 0.0, 42.0, None));
        tidy(&mut page);
        let texts: Vec<&str> = page.lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["On the ferry", "he stood", "all day."]);
        assert!(page.lines.iter().all(|l| l.left.abs() < 0.1));
    }

    #[test]
    fn pages_are_laid_straight() {
        let line = |n: u8| {
            let (down, indent) = (f32::from(n) * 50.0, if n % 5 == 4 { 40.0 } else { 0.0 });
            let (left, right) = (100.0 - down * 0.02 + indent, 900.0 - down * 0.02);
            Line { text: "ferry".into(), left, right, bottom: down, ..Line::default() }
        };
        let mut page = ScannedPage { lines: (0..20).map(line).collect(), ..ScannedPage::default() };
        tidy(&mut page);
        let lefts: Vec<String> = page.lines.iter().map(|l| format!("{:.0}", l.left)).collect();
        assert_eq!(lefts[..5], ["100", "100", "100", "100", "140"]);
        assert_eq!(lefts[15..], ["100", "100", "100", "100", "140"]);
    }

    #[test]
    fn hyphens_and_stars_close_up() {
        assert_eq!(close_up("the fer \u{ad}"), "the fer\u{ad}");
        assert_eq!(close_up("the fer="), "the fer\u{2e17}");
        assert_eq!(close_up("the ferry ( \\* ) stood"), "the ferry (\\*) stood");
    }
}
