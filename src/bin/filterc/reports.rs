//! Problems of one or more texts, in the format that is asked for, and the line that counts them.
//!
//! Owns which renderer is used. Must not write anything itself.

use filterc::{Problem, Severity, render};

use crate::args::ErrorFormat;
use crate::input::Input;
use crate::output::{CYAN, RED, YELLOW, painted};
use crate::terminal::Terminal;

/// The problems of one text.
pub(crate) struct Report {
    /// What the text is known by: its path.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

impl Report {
    /// The problems of a file that was read.
    pub(crate) fn of(file: Input, problems: &[Problem]) -> Self {
        Self {
            name: file.name,
            text: file.text,
            problems: problems.to_vec(),
        }
    }
}

/// What is written of them all. In SARIF it is one document, without problems too.
pub(crate) fn written(
    reports: &[Report],
    format: ErrorFormat,
    style: render::HumanStyle,
) -> String {
    if format == ErrorFormat::Sarif {
        let sources = reports
            .iter()
            .map(|report| render::Source::new(&report.name, &report.text, &report.problems));
        return render::sarif(&sources.collect::<Vec<_>>());
    }
    let mut written = String::new();
    for Report {
        name,
        text,
        problems,
    } in reports
    {
        if problems.is_empty() {
            continue;
        }
        written += &match format {
            ErrorFormat::Json => render::json(name, problems),
            ErrorFormat::Short => render::short(name, problems),
            ErrorFormat::Github => render::github(name, problems),
            ErrorFormat::Human | ErrorFormat::Sarif => {
                render::human(name, text, problems, style) + "\n"
            }
        };
    }
    written
}

/// For people, the line that counts them; nothing where there is nothing to count.
pub(crate) fn summary(
    reports: &[Report],
    product: &str,
    deny_warnings: bool,
    terminal: Terminal,
) -> String {
    let counts = Counts::of(reports.iter().flat_map(|report| &report.problems));
    if terminal.format() != ErrorFormat::Human || counts.in_words().is_empty() {
        return String::new();
    }
    counts.summary(product, deny_warnings, terminal.colors_stderr())
}

/// What is written of them all on standard error, and under it that line.
pub(crate) fn with_summary(
    reports: &[Report],
    product: &str,
    deny_warnings: bool,
    terminal: Terminal,
) -> String {
    let text = written(reports, terminal.format(), terminal.human_style());
    text + &summary(reports, product, deny_warnings, terminal)
}

/// How many problems there are, by severity.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    notes: usize,
}

impl Counts {
    pub(crate) fn of<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Self {
        let mut counts = Self::default();
        for problem in problems {
            match problem.severity() {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                _ => counts.notes += 1,
            }
        }
        counts
    }

    /// Whether the run fails for them.
    pub(crate) fn fail(self, deny_warnings: bool) -> bool {
        self.errors > 0 || deny_warnings && self.warnings > 0
    }

    /// `2 errors, 1 warning`; empty where there is nothing.
    pub(crate) fn in_words(self) -> String {
        let all = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let counted = all.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = counted
            .map(|(count, noun)| counted_noun(count, noun))
            .collect();
        words.join(", ")
    }

    /// `error: no filter: 2 errors, 1 warning`, or that it compiled with them.
    fn summary(self, product: &str, deny_warnings: bool, colors: bool) -> String {
        let counts = self.in_words();
        let error = painted("error:", RED, colors);
        if self.errors > 0 {
            format!("{error} no {product}: {counts}\n")
        } else if self.fail(deny_warnings) {
            format!("{error} no {product}: {counts}, and --deny-warnings is given\n")
        } else {
            let color = if self.warnings > 0 { YELLOW } else { CYAN };
            painted(&format!("compiled with {counts}"), color, colors) + "\n"
        }
    }
}

/// `1 file`, `2 files`
pub(crate) fn counted_noun(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
