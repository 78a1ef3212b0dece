//! Comments that most likely hide a part of the filter: they begin behind a value on its line.
//!
//! Only warns: what stands in a comment is nobody's business else.

use super::Checker;
use super::slip::{comparison_inside, joined_comparison};
use super::warning::CheckWarning;
use crate::diagnostic::excerpt;
use crate::span::Span;

impl Checker<'_, '_> {
    /// `Store #5 and gender = f`
    pub(super) fn warn_of_comments(&mut self, comments: &[Span]) {
        for span in comments {
            let before = self.slice(Span::new(0, span.start()));
            let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
            if line.trim().is_empty() {
                continue;
            }
            let comment = self.slice(*span);
            let comparison = |text| {
                let joined = joined_comparison(self.catalog, text);
                joined.or_else(|| comparison_inside(self.catalog, text))
            };
            if let Some(hidden) = hidden_in(comment, comparison) {
                self.report(CheckWarning::HiddenByComment {
                    hidden,
                    span: Span::new(span.start(), span.start() + 1),
                });
            }
        }
    }
}

/// What a comment seems to hide. `comparison`: the field of one in a text.
fn hidden_in<'t>(
    comment: &'t str,
    comparison: impl Fn(&'t str) -> Option<&'t str>,
) -> Option<String> {
    let note = comment.trim_start_matches('#').trim_start();
    if let Some(field) = comparison(note) {
        return Some(format!("a comparison of `{}`", excerpt(field)));
    }
    let word = comment.split_whitespace().next()?;
    let is_number = word.get(1..).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_number.then(|| format!("`{}`", excerpt(word)))
}
