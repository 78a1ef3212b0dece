//! A file as it is and as it is to be: written, listed or shown.
//!
//! Owns what becomes of a rewritten text. What is rewritten, and why, is the commands' business.

use std::path::PathBuf;

use similar::TextDiff;

use crate::output::{CYAN, Failure, GREEN, RED, painted, print, quoted, replace_file};
use crate::terminal::Terminal;

/// A text, and what it is to be.
pub(crate) struct Rewrite {
    pub(crate) name: String,
    /// `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// What is done with what changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    List,
    Show,
}

impl Mode {
    /// The mode of `--check` and `--diff`.
    pub(crate) fn of(check: bool, diff: bool) -> Self {
        match (check, diff) {
            (_, true) => Self::Show,
            (true, false) => Self::List,
            (false, false) => Self::Write,
        }
    }
}

impl Rewrite {
    pub(crate) fn is_change(&self) -> bool {
        self.before != self.after
    }

    /// Whether a failure to deliver it is of that file alone: the next one may do.
    pub(crate) fn is_of_file(&self, mode: Mode) -> bool {
        mode == Mode::Write && self.path.is_some()
    }

    /// A file is written in place, standard input to standard output, changed or not.
    pub(crate) fn deliver(&self, mode: Mode, terminal: Terminal) -> Result<(), Failure> {
        match (mode, &self.path) {
            (Mode::Write, None) => print(&self.after),
            _ if !self.is_change() => Ok(()),
            (Mode::Write, Some(path)) => replace_file(path, &self.before, &self.after),
            (Mode::List, _) => print(&format!("{}\n", quoted(&self.name))),
            (Mode::Show, _) => print(&self.difference(terminal.colors_stdout())),
        }
    }

    /// A unified diff, for people and for `patch`.
    fn difference(&self, colors: bool) -> String {
        let name = quoted(&self.name);
        let diff = TextDiff::from_lines(self.before.as_str(), self.after.as_str());
        let unified = diff.unified_diff().header(&name, &name).to_string();
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
}
