//! The comments of a text, with what the layout has to know of each.

use super::layout::Comment;
use crate::syntax::Source;

/// All comments of a text without mistakes, in its order.
pub(super) fn comments<'t>(source: &Source, text: &'t str) -> Vec<Comment<'t>> {
    let found = source.comments(text).into_iter();
    found
        .map(|span| {
            let before = text.get(..span.start()).unwrap_or_default();
            let behind = text.get(span.end()..).unwrap_or_default();
            let blanks_before = before.get(before.trim_end().len()..);
            let blanks_behind = behind.get(..behind.len() - behind.trim_start().len());
            Comment {
                text: text.get(span.range()).unwrap_or_default().trim_end(),
                start: span.start(),
                blank_before: has_empty_line(blanks_before),
                blank_after: has_empty_line(blanks_behind),
            }
        })
        .collect()
}

/// Whether there are two ends of a line. CR LF counts as one.
fn has_empty_line(blanks: Option<&str>) -> bool {
    let blanks = blanks.unwrap_or_default();
    let ends = blanks.matches(['\n', '\r']).count();
    ends - blanks.matches("\r\n").count() > 1
}
