//! Certain fixes, applied to files and to the filters that manifests name.
//!
//! Owns which files change: of what is no filter by its name the fixes are guesses as long as errors
//! are left, and it stays as it is. What a fix is, the library knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use filterc::{Compiler, FilterFile, Fixed, Manifest, Severity, is_json};
use rayon::prelude::*;

use crate::expression;
use crate::input::{self, Input};
use crate::output::{FAILED, Failure, GREEN, PROBLEMS, painted, quoted, report};
use crate::paths::{Target, has_extension};
use crate::project::Project;
use crate::reports::counted_noun;
use crate::rewrite::{Mode, Rewrite};
use crate::terminal::Terminal;
use crate::unit::{filter_path, read_manifest};

/// What fixes make of a file, which may be nothing.
struct Change {
    rewrite: Rewrite,
    fixes: usize,
    /// Whether it is a filter or a manifest beyond doubt: others stay as they are.
    is_sure: bool,
}

/// What fixes change, and what could not be read.
pub(crate) struct Changes {
    changes: Vec<Change>,
    /// What is left as it is, though it has fixes.
    left: Vec<Change>,
    unread: Vec<Failure>,
}

/// What fixes change in the targets and in the filters that manifests among them name.
pub(crate) fn changes(targets: &[Target], project: &Project, compiler: &Compiler) -> Changes {
    let of_targets: Vec<Result<Vec<Change>, Failure>> = targets
        .par_iter()
        .map(|target| {
            Ok(match target {
                Target::Filter(path) => vec![filter(path, &expression::file(path)?, compiler)],
                Target::Manifest(path) => manifest(path, &input::file(path)?, project, compiler),
            })
        })
        .collect();
    let mut changes = Vec::new();
    let mut unread = Vec::new();
    for of_target in of_targets {
        match of_target {
            Ok(of_target) => changes.extend(of_target),
            Err(failure) => unread.push(failure),
        }
    }
    let (changes, left) = agreed(changes).partition(|change| change.is_sure);
    Changes {
        changes,
        left,
        unread,
    }
}

impl Changes {
    /// Writes, lists or shows them. Where that is all, or a file could not be written, this is the
    /// exit code.
    pub(crate) fn deliver(
        self,
        mode: Mode,
        terminal: Terminal,
    ) -> Result<Option<ExitCode>, Failure> {
        for left in &self.left {
            report(&left.told_as_left());
        }
        let mut done = Vec::new();
        let mut is_whole = true;
        for change in &self.changes {
            match change.rewrite.deliver(mode, terminal) {
                Ok(()) => done.push(change),
                Err(failure) if change.rewrite.is_of_file(mode) => {
                    failure.report(terminal);
                    is_whole = false;
                }
                Err(failure) => return Err(failure),
            }
        }
        if mode == Mode::Write {
            report(&summary(&done, terminal));
            return Ok((!is_whole).then_some(ExitCode::from(FAILED)));
        }
        let was_read = self.unread.is_empty();
        for failure in self.unread {
            failure.report(terminal);
        }
        Ok(Some(if !was_read {
            ExitCode::from(FAILED)
        } else if !self.changes.is_empty() || !self.left.is_empty() {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        }))
    }
}

impl Change {
    fn told_as_left(&self) -> String {
        let name = quoted(&self.rewrite.name);
        format!(
            "`{name}` is left as it is: it may be no filter, for some errors have no certain fix\n"
        )
    }
}

/// `fixed 3 problems in 2 files`; nothing where nothing was fixed.
fn summary(changes: &[&Change], terminal: Terminal) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let fixes = changes.iter().map(|change| change.fixes).sum();
    let text = format!(
        "fixed {} in {}",
        counted_noun(fixes, "problem"),
        counted_noun(changes.len(), "file")
    );
    painted(&text, GREEN, terminal.colors_stderr()) + "\n"
}

/// Each file that changes, once. One that two manifests name is for the types of both: where they
/// would not write the same it stays as it is.
fn agreed(changes: Vec<Change>) -> impl Iterator<Item = Change> {
    let mut by_path: BTreeMap<Option<PathBuf>, Option<Change>> = BTreeMap::new();
    for change in changes {
        match by_path.get_mut(&change.rewrite.path) {
            None => {
                by_path.insert(change.rewrite.path.clone(), Some(change));
            }
            Some(known) => {
                if known
                    .as_ref()
                    .is_some_and(|known| known.rewrite.after != change.rewrite.after)
                {
                    *known = None;
                }
            }
        }
    }
    let agreed = by_path.into_values().flatten();
    agreed.filter(|change| change.rewrite.is_change())
}

/// The changes of a manifest, and of the filter that it names, for its type.
fn manifest(path: &Path, file: &Input, project: &Project, compiler: &Compiler) -> Vec<Change> {
    let named = read_manifest(&file.text, project);
    let filter_path = named.filter_file().map(|named| filter_path(path, named));
    let filter = filter_path.and_then(|path| Some((expression::named(&path).ok()?, path)));
    let in_manifest = |text: &str| {
        let filter = filter.as_ref().map(|(filter, _)| FilterFile {
            name: &filter.name,
            text: &filter.text,
        });
        let made = read_manifest(text, project).request(compiler, filter);
        made.problems().to_vec()
    };
    let is_known = Manifest::is_manifest(&file.text) && !named.filter().is_some_and(is_json);
    let own = change(path, file, filterc::fix(&file.text, in_manifest), is_known);
    let of_filter = filter.as_ref().map(|(filter, path)| {
        let compiler = match named.audience() {
            Some(audience) => compiler.clone().audience(audience),
            None => compiler.clone(),
        };
        self::filter(path, filter, &compiler)
    });
    std::iter::once(own).chain(of_filter).collect()
}

fn filter(path: &Path, file: &Input, compiler: &Compiler) -> Change {
    let is_known = has_extension(path, "filter");
    change(path, file, compiler.fix(&file.text), is_known)
}

/// `is_known`: whether it is one of the files that fixes are for, though errors are left.
fn change(path: &Path, file: &Input, fixed: Fixed, is_known: bool) -> Change {
    let mut left = fixed.problems().iter();
    Change {
        is_sure: is_known || left.all(|problem| problem.severity() != Severity::Error),
        rewrite: Rewrite {
            name: file.name.clone(),
            path: Some(path.to_owned()),
            before: file.text.clone(),
            after: fixed.text().to_owned(),
        },
        fixes: fixed.applied().len(),
    }
}
