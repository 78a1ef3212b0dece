//! What a rewrite changes in a file, as a unified diff for people and for `patch`.

use similar::TextDiff;

use crate::output::{CYAN, GREEN, RED, painted};

/// The difference of two texts of one file, by lines; empty where they are the same.
pub(crate) fn unified(name: &str, before: &str, after: &str, colors: bool) -> String {
    let diff = TextDiff::from_lines(before, after);
    let unified = diff.unified_diff().header(name, name).to_string();
    if !colors {
        return unified;
    }
    let lines = unified.split_inclusive('\n').map(|line| {
        let (inside, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let style = match inside.chars().next() {
            Some('+') => GREEN,
            Some('-') => RED,
            Some('@' | '\\') => CYAN,
            _ => return line.to_owned(),
        };
        painted(inside, style, true) + end
    });
    lines.collect()
}
