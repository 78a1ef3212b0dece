//! Syntax to text: the one layout that `filterc fmt` writes.
//!
//! Reads the tree, and the text it came from for comments and the spelling of values. Changes
//! neither meaning nor order: `same` compares what is written with what was read, and whoever
//! calls this asks it before the text is used. Knows no field and no type.

mod arrange;
mod comments;
mod layout;
mod print;
mod same;
mod spelling;

use crate::syntax::Source;
use arrange::arrange;
use comments::comments;
use print::print;

pub(crate) use same::same;
pub(crate) use spelling::{is_plain_word, needs_backticks};

/// The canonical text of `source`, which was read from `text` and has no mistake.
///
/// Ends in a line feed. Takes linear time.
pub(crate) fn format(source: &Source, text: &str) -> String {
    print(&arrange(source, text))
}

/// The comments of a text without mistakes, in its order and without blanks at their ends.
pub(crate) fn comment_texts<'t>(source: &Source, text: &'t str) -> Vec<&'t str> {
    let found = comments(source, text);
    found.iter().map(|comment| comment.text).collect()
}
