//! Comments that most likely hide a part of the filter: they begin behind a value on its line.
//!
//! Only warns: what stands in a comment is nobody's business else.

use memchr::memchr_iter;

use super::Checker;
use super::error::CheckProblem;
use super::slip::comparison_inside;
use crate::diagnostic::excerpt;
use crate::span::Span;
use crate::syntax::Expr;

impl Checker<'_, '_> {
    /// `Store #5 and gender = f`
    pub(super) fn warn_of_comments(&mut self, expr: &Expr) {
        let text = self.text;
        let mut marks = memchr_iter(b'#', text.as_bytes()).peekable();
        if marks.peek().is_none() {
            return;
        }
        let mut values = Vec::new();
        places_with_marks(expr, text, &mut values);
        let mut read = 0;
        for at in marks {
            let next = values.partition_point(|value: &Span| value.end <= at);
            let is_in_value = values.get(next).is_some_and(|value| value.start <= at);
            if at < read || is_in_value {
                continue;
            }
            let (before, comment) = text.split_at_checked(at).unwrap_or_default();
            let comment = comment.split(['\n', '\r']).next().unwrap_or_default();
            read = at + comment.len();
            let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
            if line.trim().is_empty() {
                continue;
            }
            if let Some(hidden) = hidden_in(comment, |text| comparison_inside(self.catalog, text)) {
                self.report(CheckProblem::HiddenByComment {
                    hidden,
                    span: Span::new(at, at + 1),
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
    if let Some(field) = comparison(comment) {
        return Some(format!("a comparison of `{}`", excerpt(field)));
    }
    let word = comment.split_whitespace().next()?;
    let is_number = word.get(1..).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_number.then(|| format!("`{}`", excerpt(word)))
}

/// Where names and values stand that have a `#` in them, in the order of the text.
fn places_with_marks(expr: &Expr, text: &str, places: &mut Vec<Span>) {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => {
            for operand in operands {
                places_with_marks(operand, text, places);
            }
        }
        Expr::Not(not) => places_with_marks(&not.operand, text, places),
        Expr::Group(group) => places_with_marks(&group.inner, text, places),
        Expr::Comparison(comparison) => {
            let literals = comparison.operand.literals().map(|literal| literal.span);
            let spans = std::iter::once(comparison.field.span).chain(literals);
            let has_mark = |span: &Span| {
                let place = text.get(span.start..span.end);
                place.is_some_and(|place| place.contains('#'))
            };
            places.extend(spans.filter(has_mark));
        }
        Expr::Mistake(_) => {}
    }
}
