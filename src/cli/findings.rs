//! What is said to people and scripts: findings, progress, the closing words.

use super::args::{Global, MessageFormat, When};
use super::end::print_out;
use super::progress::Progress;
use crate::diag::{self, CODES, Code, Colour, Diagnostic, Error, Severity, SourceMap, counted};
use crate::project::nearest;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Reports findings, weighed as the user asks.
pub(super) struct Reporter {
    colour: Colour,
    format: MessageFormat,
    quiet: bool,
    verbose: bool,
    policy: Policy,
    /// The way from here to the book, which leads to the files that findings name.
    folder: PathBuf,
}

/// How the user weighs findings, by their codes.
#[derive(Clone)]
pub(super) struct Policy {
    warn: Vec<String>,
    allow: Vec<String>,
    deny: Vec<String>,
}

impl Policy {
    /// Weighs a finding; false when it is to be left out. What
    /// was weighed once is the same when it is weighed again.
    pub(super) fn weigh(&self, finding: &mut Diagnostic) -> bool {
        let named = |list: &[String]| list.iter().any(|name| name == finding.code.name());
        let all_denied = self.deny.iter().any(|name| name == "warnings");
        let lowered = named(&self.warn) && !named(&self.deny) && finding.code.may_be_lowered();
        if finding.severity == Severity::Error {
            if lowered {
                finding.severity = Severity::Warning;
            }
            return true;
        }
        let spared = named(&self.allow) || lowered;
        if named(&self.deny) || (all_denied && finding.severity == Severity::Warning && !spared) {
            finding.severity = Severity::Error;
        } else if named(&self.allow) && !lowered {
            return false;
        } else if named(&self.warn) {
            finding.severity = Severity::Warning;
        }
        true
    }

    /// Findings as they are shown: weighed, in order, and not too many of a kind.
    pub(super) fn tidied(&self, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.retain_mut(|finding| self.weigh(finding));
        diag::sort(&mut findings);
        diag::bound_now(&mut findings);
        findings
    }

    /// The policy in words, the same for the same policy.
    pub(super) fn words(&self) -> String {
        format!("warn {:?} allow {:?} deny {:?}", self.warn, self.allow, self.deny)
    }

    /// What is wrong with the policy itself.
    fn doubts(&self) -> Vec<String> {
        let lowered = [("--warn", &self.warn), ("--allow", &self.allow)];
        let cannot = lowered.iter().flat_map(|(option, names)| names.iter().map(move |name| (*option, name)));
        let cannot = cannot.filter_map(|(option, name)| {
            let code = Code::find(name)?;
            let reason = match (option, code.why_firm()) {
                _ if code.entry().severity != Severity::Error => return None,
                ("--warn", None) => return None,
                (_, None) => format!("an error cannot be silenced; `--warn {name}` makes it a warning"),
                (_, Some(why)) => why.to_owned(),
            };
            Some(format!("`{option} {name}` changes nothing where it is an error: {reason}"))
        });
        let all = self.warn.iter().chain(&self.allow).chain(&self.deny);
        let unknown = all.filter(|name| *name != "warnings" && Code::find(name).is_none()).map(|name| {
            let near = nearest(name, CODES.iter().map(|entry| entry.name));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            format!("there is no finding with the code `{name}`{hint}")
        });
        unknown.chain(cannot).collect()
    }
}

impl Reporter {
    /// A reporter with the user's options.
    pub(super) fn new(global: &Global) -> Reporter {
        let colour = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        let mut reporter = Reporter {
            colour: if colour { Colour::On } else { Colour::Off },
            format: global.message_format,
            quiet: global.quiet,
            verbose: global.verbose,
            folder: PathBuf::new(),
            policy: Policy {
                warn: global.warn.clone(),
                allow: global.allow.clone(),
                deny: global.deny.clone(),
            },
        };
        for doubt in reporter.policy.doubts() {
            reporter.say(&format!("warning: {doubt}\n"));
        }
        reporter
    }

    /// Whether findings are for scripts, and if not, in which colour.
    pub(super) fn manner(&self) -> (MessageFormat, Colour) {
        (self.format, self.colour)
    }

    /// How the user weighs findings.
    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The book is in `folder`, seen from here.
    pub(super) fn set_folder(&mut self, folder: &Path) {
        folder.clone_into(&mut self.folder);
    }

    /// Prints findings in order and returns how many are errors.
    ///
    /// # Errors
    /// When standard output fails.
    pub(super) fn report(&mut self, findings: Vec<Diagnostic>, sources: &SourceMap) -> Result<usize, Error> {
        let findings = self.policy.tidied(findings);
        let mut text = String::new();
        for finding in &findings {
            match self.format {
                MessageFormat::Human => {
                    text.push_str(&diag::draw_from(finding, sources, &self.folder, self.colour));
                }
                MessageFormat::Json => text.push_str(&(diag::json(finding, sources) + "\n")),
            }
        }
        match self.format {
            MessageFormat::Human => self.say(&text),
            MessageFormat::Json => print_out(&text)?,
        }
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if errors + warnings > 0 {
            self.tell(&format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")));
        }
        Ok(errors)
    }

    /// Where a build says at which stage it is: to people who look on.
    pub(super) fn progress(&self) -> Progress {
        let looked_at = !self.quiet && self.format == MessageFormat::Human && io::stderr().is_terminal();
        if looked_at { Progress::on_terminal() } else { Progress::default() }
    }

    /// Says trouble with the machine.
    pub(super) fn say_error(&mut self, error: &Error) {
        let head = if self.colour == Colour::On { "\x1b[1;31merror:\x1b[0m" } else { "error:" };
        self.say(&format!("{head} {error}\n"));
    }

    /// Says that another process is waited for.
    pub(super) fn say_waiting(&mut self, folder: &Path) {
        self.tell(&format!("waiting: another pamphleteer is writing into {}\n", folder.display()));
    }

    /// Says what must be heard.
    pub(super) fn say(&mut self, text: &str) {
        // When even stderr is closed there is nobody left to tell.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says what only `--verbose` asks for.
    pub(super) fn detail(&mut self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Says what is good to know; silent with `--quiet`.
    pub(super) fn tell(&mut self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }
}
