//! Problems for a person at a terminal: message, the code pointed at, help.
//!
//! Fed with problems and their text. miette draws; `excerpt` gives it only what it draws safely.
//! Owns which problems are shown, colours and wording around them. Must not read the environment.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::{Excerpt, ShownLabel};
use super::visible::visible;
use super::window::{Lines, TAB_WIDTH};
use crate::diagnostic::{Problem, Severity};

/// More than these only push the first ones off the screen.
const SHOWN_PROBLEMS: usize = 20;

/// How long a message, a help or a label may be, in characters: user text in them has no limit.
const SHOWN_CHARACTERS: usize = 500;

/// How [`human`] draws. Nothing is taken from the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HumanStyle {
    /// Colour by ANSI escape sequences; without it there is no escape sequence at all.
    pub color: bool,
    /// Draw with box characters and arrows; without it with ASCII.
    pub unicode: bool,
    /// The columns to fill. Below 40 it is taken as 40.
    pub width: usize,
}

impl HumanStyle {
    fn theme(self) -> GraphicalTheme {
        match (self.unicode, self.color) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::none(),
        }
    }

    fn columns(self) -> usize {
        self.width.max(40)
    }

    fn ellipsis(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

/// Problems with the lines they are about, a blank line between them.
///
/// `text` is what was compiled and `name` what it is known by. At most 20 problems are shown, in
/// the order of the text, errors in preference to warnings; a last line counts the others. Long
/// lines are cut to what is around the labels. Characters that a terminal would act on, or that
/// show nothing, appear as `\u{202E}`.
pub fn human(name: &str, text: &str, problems: &[Problem], style: HumanStyle) -> String {
    let lines = Lines::new(text);
    let shown = worst(problems);
    let mut reports: Vec<_> = shown
        .iter()
        .map(|problem| report(name, &lines, problem, style))
        .collect();
    match problems.len() - shown.len() {
        0 => {}
        1 => reports.push("and 1 more problem\n".to_owned()),
        more => reports.push(format!("and {more} more problems\n")),
    }
    reports.join("\n")
}

/// The problems to show, in their order.
fn worst(problems: &[Problem]) -> Vec<&Problem> {
    let mut ranked: Vec<_> = problems.iter().enumerate().collect();
    ranked.sort_by_key(|(_, problem)| problem.severity());
    ranked.truncate(SHOWN_PROBLEMS);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, problem)| problem).collect()
}

fn report(name: &str, lines: &Lines<'_>, problem: &Problem, style: HumanStyle) -> String {
    if problem.labels().is_empty() {
        return without_lines(problem, style);
    }
    let excerpt = Excerpt::new(
        &visible(name),
        lines,
        problem,
        style.columns(),
        style.ellipsis(),
    );
    let shown = Shown {
        message: clipped(problem.message(), style),
        help: clipped(problem.help(), style),
        severity: problem.severity(),
        labels: labels(&excerpt, style),
        excerpt,
    };
    let handler = GraphicalReportHandler::new_themed(theme(problem, shown.excerpt.labels(), style))
        .tab_width(TAB_WIDTH)
        .with_width(style.columns())
        .without_cause_chain()
        .with_links(false);
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &shown).is_err() {
        return super::short(name, std::slice::from_ref(problem));
    }
    // miette indents the message; the first word of a problem belongs at the margin.
    let drawn = drawn.strip_prefix("  ").unwrap_or(&drawn);
    drawn
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// A problem of a whole file shows no line of it. Its paths stay in one piece.
fn without_lines(problem: &Problem, style: HumanStyle) -> String {
    let theme = theme(problem, &[], style);
    let icon = theme.styles.error.style(&theme.characters.error);
    let help = theme.styles.help.style("help:");
    let message = clipped(problem.message(), style);
    format!(
        "{icon} {message}\n  {help} {}\n",
        clipped(problem.help(), style)
    )
}

/// The icon before a message becomes `error[code]:`, and labels take the colour of what they are
/// rather than of where they stand: the primary one that of the severity, the others another.
fn theme(problem: &Problem, labels: &[ShownLabel], style: HumanStyle) -> GraphicalTheme {
    let mut theme = style.theme();
    let icon = format!("{}[{}]:", problem.severity(), problem.code());
    theme.characters.error.clone_from(&icon);
    theme.characters.warning.clone_from(&icon);
    theme.characters.advice = icon;
    if style.color {
        theme.styles.error = theme.styles.error.bold();
        theme.styles.warning = theme.styles.warning.bold();
        theme.styles.advice = theme.styles.advice.bold();
        theme.styles.link = theme.styles.help;
        let primary = match problem.severity() {
            Severity::Error => theme.styles.error,
            Severity::Warning => theme.styles.warning,
            Severity::Note => theme.styles.advice,
        };
        let other = theme.styles.help;
        let colour = |is_primary| if is_primary { primary } else { other };
        theme.styles.highlights = labels
            .iter()
            .map(|label| colour(label.is_primary))
            .collect();
    }
    theme
}

fn labels(excerpt: &Excerpt, style: HumanStyle) -> Vec<LabeledSpan> {
    excerpt
        .labels()
        .iter()
        .map(|label| {
            let words = Some(clipped(&label.text, style)).filter(|words| !words.is_empty());
            if label.is_primary {
                LabeledSpan::new_primary_with_span(words, label.span)
            } else {
                LabeledSpan::new_with_span(words, label.span)
            }
        })
        .collect()
}

/// `text` made visible, on one line, and not endless.
fn clipped(text: &str, style: HumanStyle) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => visible(text.get(..end).unwrap_or_default()) + style.ellipsis(),
        None => visible(text),
    }
}

/// A problem as miette is given it.
#[derive(Debug)]
struct Shown {
    message: String,
    help: String,
    severity: Severity,
    labels: Vec<LabeledSpan>,
    excerpt: Excerpt,
}

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = Some(&self.help).filter(|help| !help.is_empty())?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
