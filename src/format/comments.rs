//! Where the comments of a text are: the tree does not hold them.

use super::layout::Comment;
use crate::span::Span;
use crate::syntax::{Expr, Source};

/// All comments of a text without mistakes, in its order.
pub(super) fn comments<'t>(source: &Source, text: &'t str) -> Vec<Comment<'t>> {
    let mut found = Vec::new();
    if !text.contains('#') {
        return found;
    }
    let mut names = Vec::new();
    names.extend(source.audience.as_ref().map(|audience| audience.span));
    texts(&source.expr, &mut names);
    let mut at = 0;
    for name in names.into_iter().chain([Span::new(text.len(), text.len())]) {
        in_gap(text, Span::new(at, name.start), &mut found);
        at = name.end;
    }
    found
}

/// Where names and values stand, which may have a `#` in them; nothing else has.
fn texts(expr: &Expr, spans: &mut Vec<Span>) {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => {
            operands.iter().for_each(|operand| texts(operand, spans));
        }
        Expr::Not(not) => texts(&not.operand, spans),
        Expr::Group(group) => texts(&group.inner, spans),
        Expr::Comparison(comparison) => {
            spans.push(comparison.field.span);
            spans.extend(comparison.operand.literals().map(|literal| literal.span));
        }
        Expr::Mistake(_) => {}
    }
}

fn in_gap<'t>(text: &'t str, gap: Span, found: &mut Vec<Comment<'t>>) {
    let mut at = gap.start;
    while let Some(offset) = text.get(at..gap.end).and_then(|rest| rest.find('#')) {
        let start = at + offset;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let before = text.get(at..start).unwrap_or_default();
        let blanks = before.len() - before.trim_end().len();
        // Between two comments the line break of the first belongs to the gap.
        let before = before.get(before.len() - blanks..).unwrap_or_default();
        let behind = text.get(end..gap.end).unwrap_or_default();
        let behind = behind.get(..behind.len() - behind.trim_start().len());
        found.push(Comment {
            text: rest.get(..end - start).unwrap_or_default().trim_end(),
            start,
            blank_before: line_ends(before) > 1,
            blank_after: line_ends(behind.unwrap_or_default()) > 1,
        });
        at = end;
    }
}

/// CR LF counts as one.
fn line_ends(blanks: &str) -> usize {
    let ends = blanks.matches(['\n', '\r']).count();
    ends - blanks.matches("\r\n").count()
}
