//! Finding the filters among test files.

use std::path::{Path, PathBuf};

use crate::folders::entries;

/// Every `.filter` file in a folder and below.
pub(crate) fn filters(folder: &Path) -> Vec<PathBuf> {
    let is_filter = |path: &PathBuf| path.extension().is_some_and(|it| it == "filter");
    let below = |path: PathBuf| {
        if path.is_dir() {
            filters(&path)
        } else {
            vec![path]
        }
    };
    let found = entries(folder).into_iter().flat_map(below);
    found.filter(is_filter).collect()
}
