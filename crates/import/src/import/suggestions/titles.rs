//! Titles: their case, as the heading has it, and their emphasis.

use super::super::model::{Block, Draft, Kind};
use super::counts::Counts;
use super::found::{Found, MANY, Suspicion};
use super::tokens::emphasised;
use super::view::View;
use std::collections::BTreeMap;

/// Mentions of a heading's title in emphasis, in another case.
pub(super) fn case(draft: &Draft, views: &[View], found: &mut Found) {
    let heading = |b: &&Block| matches!(b.kind, Kind::Heading(_));
    let titles: BTreeMap<String, String> = draft
        .blocks
        .iter()
        .filter(heading)
        .map(|b| b.plain().trim().to_owned())
        .filter(|t| t.contains(' '))
        .map(|t| (t.to_lowercase(), t))
        .collect();
    for view in views {
        for (start, mention) in emphasised(&view.plain) {
            let Some(title) = titles.get(&mention.to_lowercase()) else { continue };
            // The capital at the head of a heading is none of the title's own.
            if title.chars().skip(1).eq(mention.chars().skip(1)) {
                continue;
            }
            let mut at = start;
            for (was, now) in mention.split(' ').zip(title.split(' ')) {
                if was != now {
                    let (now, reason) = (Some(now), "the heading of the text has another case".into());
                    found.add(view, at, Suspicion { rule: "title-case", was, now, reason, confidence: 80 });
                }
                at += was.len() + 1;
            }
        }
    }
}

/// A name that stands without the emphasis that it has at all other places.
pub(super) fn emphasis(view: &View, counts: &Counts<'_>, found: &mut Found) {
    let mut open = false;
    let mut from = 0;
    for (at, token) in view.tokens() {
        open ^= view.plain[from..at].matches('*').count() % 2 == 1;
        from = at;
        if open || !token.starts_with(char::is_uppercase) {
            continue;
        }
        let times = counts.emphasised.get(token).copied().unwrap_or(0);
        if times >= MANY && counts.all(token) == times + 1 {
            let now = format!("*{token}*");
            let reason = format!("stands in emphasis {times} times in this text");
            let now = Some(now.as_str());
            found.add(view, at, Suspicion { rule: "emphasis", was: token, now, reason, confidence: 75 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;

    #[test]
    fn emphasis_as_elsewhere() {
        let papers = "*Bee*, *Bee*, *Bee*, *Bee*";
        assert_eq!(shown(&format!("{papers} and the Bee of June")), ["Bee>*Bee*"]);
        assert!(shown(&format!("{papers}, the Bee and a Bee")).is_empty());
    }
}
