//! Findings that many files have alike are told of once.

use crate::diag::{Code, Diagnostic, SourceMap};

/// So many are told of one by one.
const FEW: usize = 8;
/// So many further files are named.
const NAMED: usize = 4;
/// What is alike in many files when it is found at all: the habit of another
/// program, or of a writer.
const ALIKE: [Code; 2] = [Code::FrontMatter, Code::TitleMissing];

/// Makes one finding of many that say the same of different files.
pub fn gather(findings: &mut Vec<Diagnostic>, sources: &SourceMap) {
    for code in ALIKE {
        let Some(first) = findings.iter().position(|f| f.code == code) else { continue };
        let (hint, mut names) = (findings[first].hint.clone(), Vec::new());
        let alike = |finding: &Diagnostic| finding.code == code && finding.hint == hint;
        for span in findings.iter().skip(first + 1).filter(|f| alike(f)).filter_map(|f| f.span) {
            names.push(format!("`{}`", sources.file(span.file).name));
        }
        if names.len() < FEW {
            continue;
        }
        findings[first].message += &format!("; the same at {}", listed(&names));
        let mut index = 0;
        findings.retain(|finding| {
            index += 1;
            index - 1 <= first || !alike(finding)
        });
    }
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
