//! From paths, folders and patterns to the filters and manifests they stand for.
//!
//! Owns which files those are. Must not look into a filter.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use filterc::Manifest;
use walkdir::WalkDir;

use crate::input;
use crate::output::{Failure, quoted};
use crate::project::CONFIG;

/// A file to compile.
pub(crate) enum Target {
    Filter(PathBuf),
    Manifest(PathBuf),
}

impl Target {
    pub(crate) fn path(&self) -> &Path {
        let (Self::Filter(path) | Self::Manifest(path)) = self;
        path
    }

    /// By its name: `.toml` is a manifest, all else a filter.
    fn new(path: PathBuf) -> Self {
        if has_extension(&path, "toml") {
            Self::Manifest(path)
        } else {
            Self::Filter(path)
        }
    }
}

/// The files that arguments stand for, each once, in the order of their paths.
pub(crate) fn targets(arguments: &[PathBuf]) -> Result<Vec<Target>, Failure> {
    let here = [PathBuf::from(".")];
    let arguments = if arguments.is_empty() {
        &here
    } else {
        arguments
    };
    let mut found = BTreeSet::new();
    for argument in arguments {
        if argument.is_dir() {
            walk(argument, &mut found)?;
        } else if argument.exists() || !is_pattern(argument) {
            // One that is not there is told when it is read.
            found.insert(argument.clone());
        } else {
            expand(argument, &mut found)?;
        }
    }
    // Settings are no manifest, whoever names them.
    let is_target = |path: &PathBuf| path.file_name().is_none_or(|name| name != CONFIG);
    Ok(found
        .into_iter()
        .filter(is_target)
        .map(Target::new)
        .collect())
}

fn is_pattern(argument: &Path) -> bool {
    argument.to_string_lossy().contains(['*', '?', '['])
}

fn expand(pattern: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    let shown = quoted(pattern);
    let matches = glob::glob(&pattern.to_string_lossy())
        .map_err(|error| Failure::Message(format!("`{shown}` is not a pattern: {}", error.msg)))?;
    let before = found.len();
    for path in matches.flatten() {
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            found.insert(path);
        }
    }
    if found.len() == before {
        let message = format!("nothing matches `{shown}`; `**` stands for folders, `*` for a name");
        return Err(Failure::Message(message));
    }
    Ok(())
}

/// The filters and manifests in a folder and below; folders whose name begins with a dot are
/// passed over.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    let before = found.len();
    let entries = WalkDir::new(folder).follow_links(true).into_iter();
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in entries.filter_entry(is_shown) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            input::unreadable(&path, &error.into())
        })?;
        let path = entry.path();
        let is_wanted =
            has_extension(path, "filter") || has_extension(path, "toml") && is_manifest(path);
        if entry.file_type().is_file() && is_wanted {
            let path = path.strip_prefix(".").unwrap_or(path);
            found.insert(path.to_owned());
        }
    }
    if found.len() == before {
        let shown = quoted(folder);
        let message = format!("there are no filters in `{shown}`; their names end in `.filter`");
        return Err(Failure::Message(message));
    }
    Ok(())
}

/// Folders hold TOML files of other kinds. One that cannot be read is told when it is checked.
fn is_manifest(path: &Path) -> bool {
    std::fs::read_to_string(path).map_or(true, |text| Manifest::is_manifest(&text))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == wanted)
}
