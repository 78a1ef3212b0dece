//! Problems as text: for a person at a terminal (`human`), for `grep`, editors and logs
//! (`short`), for programs (`json`), for GitHub Actions (`github`) and code scanning (`sarif`).
//!
//! Fed with [`Problem`]s, and the text they are about where it is shown. Owns everything about
//! looks. Must not compile anything, must not read the environment, and must never hand a
//! character on that a terminal would act on: source, names and wording may be hostile. Only the
//! name of a file in `github`, which is for a log, has to stay what it is.

#[cfg(feature = "cli")]
mod excerpt;
mod github;
#[cfg(feature = "cli")]
mod human;
mod json;
mod sarif;
#[cfg(test)]
mod tests;
mod visible;
#[cfg(feature = "cli")]
mod window;

use std::fmt::Write as _;

use crate::diagnostic::Problem;

pub use github::github;
#[cfg(feature = "cli")]
pub use human::{HumanStyle, human};
pub use json::{PROBLEM_SCHEMA, json};
pub use sarif::{Source, sarif};

use visible::visible;

/// One line a problem: `name:line:column: severity[code]: message; help`.
///
/// Line and column count from 1, the column in characters. `name` is what the text is known by, a
/// file path or `<expression>`. Control characters and characters that show nothing are written
/// as escapes such as `\n` and `\u{202E}`, so a problem is always exactly one line.
pub fn short(name: &str, problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        // Writing to a String cannot fail.
        let _ = write!(
            lines,
            "{}:{}:{}: {}[{}]: {}",
            visible(name),
            problem.start().line,
            problem.start().column,
            problem.severity(),
            problem.code(),
            visible(problem.message()),
        );
        if !problem.help().is_empty() {
            lines.push_str("; ");
            lines.push_str(&visible(problem.help()));
        }
        lines.push('\n');
    }
    lines
}
