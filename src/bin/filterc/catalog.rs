//! `filterc catalog diff OLD NEW [PATH…]`: what changed, and which filters it breaks.
//!
//! Owns the words and the JSON, a public format: keys may be added, none is renamed or removed.

use std::path::Path;
use std::process::ExitCode;

use filterc::{Catalog, CatalogChange, Severity};
use rayon::prelude::*;
use serde::Serialize;

use crate::args::CatalogDiff;
use crate::check;
use crate::output::{FAILED, Failure, PROBLEMS, json, print, quoted, report};
use crate::paths::targets;
use crate::project::Project;
use crate::reports::{Report, counted_noun, written};
use crate::terminal::Terminal;
use crate::unit;

#[derive(Serialize)]
struct Difference {
    changes: Vec<CatalogChange>,
    /// The aliases of the settings that stand for nothing in the new catalog.
    broken_aliases: Vec<String>,
    /// The paths of filters that compile with the old catalog alone.
    broken: Vec<String>,
    /// Those that compile to another JSON.
    changed: Vec<String>,
    /// Those that compile with neither.
    failed_before: Vec<String>,
    /// Whether a file could not be read.
    #[serde(skip)]
    unread: bool,
}

pub(crate) fn diff(arguments: &CatalogDiff, terminal: Terminal) -> Result<ExitCode, Failure> {
    let project = Project::new(&arguments.account, None, None, terminal)?;
    let old = catalog(&arguments.old, &project)?;
    let new = catalog(&arguments.new, &project)?;
    let mut difference = Difference {
        changes: old.changes(&new),
        broken_aliases: aliased(&project, new.clone()).1,
        broken: Vec::new(),
        changed: Vec::new(),
        failed_before: Vec::new(),
        unread: false,
    };
    let reports = if arguments.paths.is_empty() {
        Vec::new()
    } else {
        tried(arguments, &project, old, new, &mut difference)?
    };
    if arguments.json {
        print(&json(&difference)?)?;
    } else {
        print(&in_words(&difference, arguments.paths.is_empty()))?;
    }
    report(&written(
        &reports,
        terminal.format(),
        terminal.human_style(),
    ));
    if difference.unread {
        return Ok(ExitCode::from(FAILED));
    }
    Ok(
        if difference.broken.is_empty() && difference.broken_aliases.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(PROBLEMS)
        },
    )
}

fn catalog(path: &Path, project: &Project) -> Result<Catalog, Failure> {
    if path == Path::new("builtin") && !path.exists() {
        return Ok(Catalog::builtin().clone());
    }
    project.catalog_of(path)
}

/// Compiles every file with both catalogs; answers what is wrong with those that break.
fn tried(
    arguments: &CatalogDiff,
    project: &Project,
    old: Catalog,
    new: Catalog,
    difference: &mut Difference,
) -> Result<Vec<Report>, Failure> {
    let topics = project.topics()?;
    let compiler = |catalog| {
        let compiler = project.compiler_with(aliased(project, catalog).0);
        match &topics {
            Some(topics) => compiler.topics(topics.clone()),
            None => compiler,
        }
    };
    let (old, new) = (compiler(old), compiler(new));
    let targets = unit::wholes(targets(&arguments.paths, check::ADVICE)?);
    let both: Vec<_> = targets
        .par_iter()
        .map(|target| {
            let before = unit::compiled(target, project, &old);
            (target, before, unit::compiled(target, project, &new))
        })
        .collect();
    let mut reports = Vec::new();
    for (target, before, after) in both {
        if !after.was_read {
            difference.unread = true;
            reports.extend(after.reports);
            continue;
        }
        let path = target.path().display().to_string();
        match (before.product, after.product) {
            (Some(_), None) => {
                difference.broken.push(path);
                reports.extend(after.reports.into_iter().map(only_errors));
            }
            (Some(before), Some(after)) if before != after => difference.changed.push(path),
            (None, None) => difference.failed_before.push(path),
            _ => {}
        }
    }
    Ok(reports)
}

/// The catalog with the aliases that it can have, and the others.
fn aliased(project: &Project, mut catalog: Catalog) -> (Catalog, Vec<String>) {
    let mut broken = Vec::new();
    for (alias, field) in project.config.aliases() {
        if catalog.add_alias(alias, field).is_err() {
            broken.push(alias.to_owned());
        }
    }
    (catalog, broken)
}

fn only_errors(mut report: Report) -> Report {
    report
        .problems
        .retain(|problem| problem.severity() == Severity::Error);
    report
}

fn in_words(difference: &Difference, has_no_files: bool) -> String {
    let Difference {
        changes,
        broken_aliases,
        broken,
        changed,
        failed_before,
        ..
    } = difference;
    let mut text = String::new();
    for change in changes {
        text += &format!("{}\n", quoted(change.to_string()));
    }
    if changes.is_empty() {
        text += "the catalogs have the same fields\n";
    }
    for alias in broken_aliases {
        text += &format!("breaks the alias {} of the settings\n", quoted(alias));
    }
    if has_no_files {
        return text;
    }
    text.push('\n');
    for (word, paths) in [
        ("breaks", broken),
        ("changes the JSON of", changed),
        ("compiles with neither catalog:", failed_before),
    ] {
        if !paths.is_empty() {
            text += &format!("{word} {}:\n", counted_noun(paths.len(), "file"));
            for path in paths {
                text += &format!("  {}\n", quoted(path));
            }
        }
    }
    if broken.is_empty() && changed.is_empty() && failed_before.is_empty() && !difference.unread {
        text += "no filter is another for it\n";
    }
    text
}
