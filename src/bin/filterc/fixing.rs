//! `filterc check --fix`: certain fixes, applied to files.
//!
//! Owns what is written where. What a fix is, the library knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use filterc::{Compiler, FilterFile, Fixed};

use crate::difference::unified;
use crate::input::{self, Input};
use crate::output::{Failure, GREEN, PROBLEMS, painted, print, quoted, replace_file};
use crate::paths::Target;
use crate::project::Project;
use crate::reports::counted_noun;
use crate::terminal::Terminal;
use crate::unit::{filter_path, read_manifest};

/// What fixes make of a file, which may be nothing.
pub(crate) struct Change {
    path: PathBuf,
    before: String,
    after: String,
    fixes: usize,
}

/// Fixes every target, and the filters that manifests name; writes the files unless they are only
/// to be shown. A file that cannot be read is left to the check.
pub(crate) fn run(
    targets: &[Target],
    project: &Project,
    compiler: &Compiler,
    only_show: bool,
) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for target in targets {
        let Ok(file) = input::file(target.path()) else {
            continue;
        };
        match target {
            Target::Filter(path) => changes.push(change(path, &file, compiler.fix(&file.text))),
            Target::Manifest(path) => changes.extend(manifest(path, &file, project, compiler)),
        }
    }
    let changes = agreed(changes);
    if !only_show {
        for change in &changes {
            replace_file(&change.path, &change.after)?;
        }
    }
    Ok(changes)
}

/// Each file that changes, once. One that two manifests name is for the types of both: where they
/// would not write the same it stays as it is.
fn agreed(changes: Vec<Change>) -> Vec<Change> {
    let mut by_path: BTreeMap<PathBuf, Option<Change>> = BTreeMap::new();
    for change in changes {
        match by_path.get_mut(&change.path) {
            None => {
                by_path.insert(change.path.clone(), Some(change));
            }
            Some(known) => {
                if known
                    .as_ref()
                    .is_some_and(|known| known.after != change.after)
                {
                    *known = None;
                }
            }
        }
    }
    let agreed = by_path.into_values().flatten();
    agreed
        .filter(|change| change.after != change.before)
        .collect()
}

/// The changes of a manifest, and of the filter that it names, for its type.
fn manifest(path: &Path, file: &Input, project: &Project, compiler: &Compiler) -> Vec<Change> {
    let named = read_manifest(&file.text, project);
    let filter_path = named.filter_file().map(|named| filter_path(path, named));
    let filter = filter_path.and_then(|path| Some((input::named(&path).ok()?, path)));
    let in_manifest = |text: &str| {
        let filter = filter.as_ref().map(|(filter, _)| FilterFile {
            name: &filter.name,
            text: &filter.text,
        });
        let made = read_manifest(text, project).request(compiler, filter);
        made.problems().to_vec()
    };
    let own = change(path, file, filterc::fix(&file.text, in_manifest));
    let of_filter = filter.as_ref().map(|(filter, path)| {
        let compiler = match named.audience() {
            Some(audience) => compiler.clone().audience(audience),
            None => compiler.clone(),
        };
        change(path, filter, compiler.fix(&filter.text))
    });
    std::iter::once(own).chain(of_filter).collect()
}

fn change(path: &Path, file: &Input, fixed: Fixed) -> Change {
    Change {
        path: path.to_owned(),
        before: file.text.clone(),
        after: fixed.text().to_owned(),
        fixes: fixed.applied().len(),
    }
}

/// `fixed 3 problems in 2 files`; nothing where there was nothing to fix.
pub(crate) fn summary(changes: &[Change], terminal: Terminal) -> String {
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

/// Prints the changes as a unified diff.
pub(crate) fn shown(changes: &[Change], terminal: Terminal) -> Result<ExitCode, Failure> {
    let colors = terminal.colors_stdout();
    let text: String = changes
        .iter()
        .map(|change| unified(&quoted(&change.path), &change.before, &change.after, colors))
        .collect();
    print(&text)?;
    Ok(if changes.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(PROBLEMS)
    })
}
