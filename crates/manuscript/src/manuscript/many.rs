//! Findings that many files have alike are told of once.

use crate::diag::{Code, Diagnostic, SourceMap};
use std::collections::{BTreeMap, BTreeSet};

/// So many are told of one by one.
const FEW: usize = 8;
/// So many further files are named.
const NAMED: usize = 4;
/// What is alike in many files when it is found at all: the habit of another
/// program, or of a writer.
const ALIKE: [Code; 4] = [Code::FrontMatter, Code::TitleMissing, Code::MarkForeign, Code::LinkTitle];
/// What is alike where it says the same words.
const SAME: [Code; 2] = [Code::ClassUnknown, Code::AttributeInvalid];

/// Makes one finding of many that say the same of different places.
pub(super) fn gather(findings: &mut Vec<Diagnostic>, sources: &SourceMap) {
    let mut groups: BTreeMap<(Code, Option<String>, Option<String>), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        let same = SAME.contains(&finding.code).then(|| finding.message.clone());
        if same.is_some() || ALIKE.contains(&finding.code) {
            groups.entry((finding.code, finding.hint.clone(), same)).or_default().push(index);
        }
    }
    let mut gone = BTreeSet::new();
    for places in groups.into_values().filter(|places| places.len() > FEW) {
        let spans = places[1..].iter().filter_map(|index| findings[*index].span);
        let names: Vec<String> = spans.map(|span| format!("`{}`", sources.file(span.file).name)).collect();
        findings[places[0]].message += &format!("; the same at {}", listed(&names));
        gone.extend(places.into_iter().skip(1));
    }
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// `12 more places: a, b, c, d and others`: each file is named once.
fn listed(names: &[String]) -> String {
    let mut files = names.to_vec();
    files.dedup();
    let others = if files.len() > NAMED { " and others" } else { "" };
    let named = &files[..files.len().min(NAMED)];
    format!("{} more places: {}{others}", names.len(), named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    #[test]
    fn many_are_told_of_once_and_few_one_by_one() {
        let told = |count: usize| {
            let mut map = SourceMap::default();
            let mut findings = vec![Diagnostic::new(Code::NoteEmpty, None, "another")];
            for number in 0..count {
                let file = map.add(format!("{number}.md"), "---".to_owned());
                let span = Span::new(file, 0, 3);
                findings.push(Diagnostic::new(Code::FrontMatter, span, "these lines").hint("delete"));
            }
            gather(&mut findings, &map);
            findings
        };
        assert_eq!(told(3).len(), 4);
        let many = told(12);
        assert_eq!(many.len(), 2);
        assert_eq!(
            many[1].message,
            "these lines; the same at 11 more places: `1.md`, `2.md`, `3.md`, `4.md` and others"
        );
    }
}
