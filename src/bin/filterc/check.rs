//! `filterc check [PATH…]`: everything is compiled, and what is wrong is reported file by file.
//!
//! Owns the order of the reports and the summary. The report is the result: it goes to standard
//! output.

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;

use rayon::prelude::*;

use crate::args::Check;
use crate::fixing;
use crate::output::{FAILED, Failure, GREEN, PROBLEMS, RED, painted, print, report};
use crate::paths::{Target, targets};
use crate::project::Project;
use crate::reports::{Counts, Report, counted_noun, written};
use crate::terminal::Terminal;
use crate::unit::{self, Unit};

pub(crate) fn run(arguments: &Check, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = project.compiler()?;
    let targets = unit::wholes(targets(&arguments.paths)?);
    if arguments.fix {
        let fixed = fixing::run(&targets, &project, &compiler, arguments.diff)?;
        if arguments.diff {
            return fixing::shown(&fixed, terminal);
        }
        report(&fixing::summary(&fixed, terminal));
    }
    let units: Vec<Unit> = targets
        .par_iter()
        .map(|target| unit::compiled(target, &project, &compiler))
        .collect();
    let was_read = units.iter().all(|unit| unit.was_read);
    let reports = merged(units);
    let counts = Counts::of(reports.iter().flat_map(|report| &report.problems));
    let fails = counts.fail(project.deny_warnings);
    let shown = print(&written(
        &reports,
        terminal.format(),
        terminal.human_style_stdout(),
    ));
    // Whoever reads only the beginning still learns that something is wrong.
    if !matches!(shown, Err(Failure::ClosedPipe)) {
        shown?;
        report(&summary(&targets, &reports, counts, fails, terminal));
    }
    Ok(if !was_read {
        ExitCode::from(FAILED)
    } else if fails {
        ExitCode::from(PROBLEMS)
    } else {
        ExitCode::SUCCESS
    })
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

/// `checked 3 filters and 1 manifest: 2 errors in 1 file`
fn summary(
    targets: &[Target],
    reports: &[Report],
    counts: Counts,
    fails: bool,
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
    let words = counts.in_words();
    let colors = terminal.colors_stderr();
    if words.is_empty() {
        return painted(&format!("checked {checked}: no problems"), GREEN, colors) + "\n";
    }
    let concerned = reports.iter().filter(|report| !report.problems.is_empty());
    let files = counted_noun(concerned.count(), "file");
    let text = format!("checked {checked}: {words} in {files}");
    if fails {
        format!("{} {text}\n", painted("error:", RED, colors))
    } else {
        text + "\n"
    }
}
