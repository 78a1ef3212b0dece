//! Where the comments of a text are: the tree does not hold them.

use memchr::memchr_iter;

use super::{Expr, Source};
use crate::span::Span;

impl Source {
    /// The comments of the text that this was read from, in its order; each from its `#` to the end
    /// of its line. The text has no mistake.
    pub(crate) fn comments(&self, text: &str) -> Vec<Span> {
        let mut marks = memchr_iter(b'#', text.as_bytes()).peekable();
        let mut comments = Vec::new();
        if marks.peek().is_none() {
            return comments;
        }
        let mut others = Vec::new();
        let audience = self.audience.iter().map(|audience| audience.span);
        others.extend(audience.filter(|span| has_mark(*span, text)));
        places_with_marks(&self.expr, text, &mut others);
        let mut read = 0;
        for start in marks {
            let next = others.partition_point(|other: &Span| other.end() <= start);
            let is_in_other = others.get(next).is_some_and(|other| other.start() <= start);
            if start < read || is_in_other {
                continue;
            }
            let line = text.get(start..).unwrap_or_default();
            read = start + line.find(['\n', '\r']).unwrap_or(line.len());
            comments.push(Span::new(start, read));
        }
        comments
    }
}

/// Where names and values stand that have a `#` in them, in the order of the text; nothing else has
/// one.
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
            places.extend(spans.filter(|span| has_mark(*span, text)));
        }
        Expr::Mistake(_) => {}
    }
}

fn has_mark(span: Span, text: &str) -> bool {
    let place = text.get(span.range());
    place.is_some_and(|place| place.contains('#'))
}
