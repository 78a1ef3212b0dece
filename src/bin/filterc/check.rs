//! `filterc check [PATH…]`: everything is compiled, and what is wrong is reported file by file.
//!
//! Owns the order of the reports and the summary. The report is the result: it goes to standard
//! output.

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;

use filterc::Compiler;
use rayon::prelude::*;

use crate::args::Check;
use crate::fixing;
use crate::output::{FAILED, Failure, GREEN, PROBLEMS, RED, painted, print, report};
use crate::paths::{Target, targets};
use crate::project::Project;
use crate::reports::{Counts, Report, counted_noun, written};
use crate::rewrite::Mode;
use crate::terminal::Terminal;
use crate::unit::{self, Unit};

/// For an expression in place of a path.
pub(crate) const ADVICE: &str = "an expression is compiled by `filterc '…'`";

pub(crate) fn run(arguments: &Check, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = project.compiler()?;
    let targets = unit::wholes(targets(&arguments.paths, ADVICE)?);
    if arguments.fix {
        let changes = fixing::changes(&targets, &project, &compiler);
        if let Some(code) = changes.deliver(Mode::of(false, arguments.diff), terminal)? {
            return Ok(code);
        }
    }
    let checked = checked(&targets, &project, &compiler);
    let shown = print(&written(
        &checked.reports,
        terminal.format(),
        terminal.human_style_stdout(),
    ));
    // Whoever reads only the beginning still learns that something is wrong.
    if !matches!(shown, Err(Failure::ClosedPipe)) {
        shown?;
        report(&checked.summary(&targets, project.deny_warnings, terminal));
    }
    Ok(checked.exit_code(project.deny_warnings))
}

/// What compiling files came to.
pub(crate) struct Checked {
    pub(crate) reports: Vec<Report>,
    counts: Counts,
    was_read: bool,
}

/// Compiles all targets.
pub(crate) fn checked(targets: &[Target], project: &Project, compiler: &Compiler) -> Checked {
    let units: Vec<Unit> = targets
        .par_iter()
        .map(|target| unit::compiled(target, project, compiler))
        .collect();
    let was_read = units.iter().all(|unit| unit.was_read);
    let reports = merged(units);
    let counts = Counts::of(reports.iter().flat_map(|report| &report.problems));
    Checked {
        reports,
        counts,
        was_read,
    }
}

impl Checked {
    pub(crate) fn exit_code(&self, deny_warnings: bool) -> ExitCode {
        if !self.was_read {
            ExitCode::from(FAILED)
        } else if self.counts.fail(deny_warnings) {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        }
    }

    /// `checked 3 filters and 1 manifest: 2 errors in 1 file`
    pub(crate) fn summary(
        &self,
        targets: &[Target],
        deny_warnings: bool,
        terminal: Terminal,
    ) -> String {
        let is_manifest = |target: &&Target| matches!(target, Target::Manifest(_));
        let manifests = targets.iter().filter(is_manifest).count();
        let filters = targets.len() - manifests;
        let checked = [(filters, "filter"), (manifests, "manifest")];
        let checked = checked.into_iter().filter(|(count, _)| *count > 0);
        let checked: Vec<String> = checked
            .map(|(count, noun)| counted_noun(count, noun))
            .collect();
        let checked = checked.join(" and ");
        let words = self.counts.in_words();
        let colors = terminal.colors_stderr();
        if words.is_empty() {
            return painted(&format!("checked {checked}: no problems"), GREEN, colors) + "\n";
        }
        let concerned = self
            .reports
            .iter()
            .filter(|report| !report.problems.is_empty());
        let files = counted_noun(concerned.count(), "file");
        let text = format!("checked {checked}: {words} in {files}");
        if self.counts.fail(deny_warnings) {
            format!("{} {text}\n", painted("error:", RED, colors))
        } else {
            text + "\n"
        }
    }
}

/// One report a file, in the order of their names. Two manifests may name one filter: what both
/// find in it is told once.
fn merged(units: Vec<Unit>) -> Vec<Report> {
    let mut reports: BTreeMap<String, Report> = BTreeMap::new();
    for report in units.into_iter().flat_map(|unit| unit.reports) {
        match reports.get_mut(&report.name) {
            None => {
                reports.insert(report.name.clone(), report);
            }
            Some(known) => {
                known.problems.extend(report.problems);
                let mut seen = HashSet::new();
                known.problems.retain(|problem| {
                    let (code, message) = (problem.code(), problem.message());
                    seen.insert((problem.span(), code.to_owned(), message.to_owned()))
                });
                known
                    .problems
                    .sort_by_key(|problem| (problem.span(), problem.severity()));
            }
        }
    }
    reports.into_values().collect()
}
