//! From paths, folders and patterns to the filters and manifests they stand for.
//!
//! Owns which files those are. Must not look into a filter.

use std::collections::BTreeSet;
use std::io::ErrorKind;
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
    pub(crate) fn new(path: PathBuf) -> Self {
        if has_extension(&path, "toml") {
            Self::Manifest(path)
        } else {
            Self::Filter(path)
        }
    }
}

/// The files that arguments stand for, each once, in the order of their paths. `advice` is for
/// whoever gives an expression in place of one.
pub(crate) fn targets(arguments: &[PathBuf], advice: &str) -> Result<Vec<Target>, Failure> {
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
            input::refuse_expression(argument, advice)?;
            // Another one that is not there is told when it is read.
            found.insert(argument.clone());
        } else {
            expand(argument, advice, &mut found)?;
        }
    }
    // Settings are no manifest, whoever names them.
    let is_target = |path: &PathBuf| path.file_name().is_none_or(|name| name != CONFIG);
    let targets: Vec<Target> = found
        .into_iter()
        .filter(is_target)
        .map(Target::new)
        .collect();
    if targets.is_empty() {
        let message = "there is nothing to check; `filterc.toml` is read by every command";
        return Err(Failure::Message(message.to_owned()));
    }
    Ok(targets)
}

fn is_pattern(argument: &Path) -> bool {
    argument.to_string_lossy().contains(['*', '?', '['])
}

fn expand(pattern: &Path, advice: &str, found: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    let shown = quoted(pattern);
    let matches = glob::glob(&pattern.to_string_lossy())
        .map_err(|error| Failure::Message(format!("`{shown}` is not a pattern: {}", error.msg)))?;
    let mut is_any = false;
    for path in matches {
        is_any = true;
        match path {
            Ok(path) if path.is_dir() => walk(&path, found)?,
            Ok(path) => {
                found.insert(path);
            }
            Err(error) => return Err(input::unreadable(error.path(), error.error())),
        }
    }
    if !is_any {
        input::refuse_expression(pattern, advice)?;
        let message = format!("nothing matches `{shown}`; `**` stands for folders, `*` for a name");
        return Err(Failure::Message(message));
    }
    Ok(())
}

/// The filters and manifests in a folder and below; what begins with a dot is passed over, and so
/// is a link that leads back up or nowhere.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    let mut is_any = false;
    let entries = WalkDir::new(folder).follow_links(true).into_iter();
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in entries.filter_entry(is_shown) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if leads_nowhere(&error) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                return Err(input::unreadable(&path, &error.into()));
            }
        };
        let path = entry.path();
        let is_wanted = entry.file_type().is_file()
            && (has_extension(path, "filter") || has_extension(path, "toml") && is_manifest(path));
        if is_wanted {
            is_any = true;
            found.insert(path.strip_prefix(".").unwrap_or(path).to_owned());
        }
    }
    if !is_any {
        let shown = quoted(folder);
        let message = format!(
            "there are no filters in `{shown}`; their names end in `.filter`, and manifests are \
             `.toml` files with a key such as `audience_name`"
        );
        return Err(Failure::Message(message));
    }
    Ok(())
}

/// A loop of links, or a link to nothing that is no filter by its name.
fn leads_nowhere(error: &walkdir::Error) -> bool {
    let is_filter = error.path().is_some_and(|path| {
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        has_extension(path, "filter") && !is_hidden
    });
    let is_missing = error
        .io_error()
        .is_some_and(|error| error.kind() == ErrorKind::NotFound);
    error.loop_ancestor().is_some() || is_missing && !is_filter
}

/// Folders hold TOML files of other kinds, and what is no text is none at all.
fn is_manifest(path: &Path) -> bool {
    input::file(path).is_ok_and(|file| Manifest::is_manifest(&file.text))
}

pub(crate) fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == wanted)
}
