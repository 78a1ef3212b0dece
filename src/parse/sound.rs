//! Texts most of whose parts are right, or all: those are one token each to the grammar.
//!
//! The parts are read the short way first. In what the grammar reads a control character stands in
//! the place of each; `node` knows where the rest is in the text. If the grammar does not take one,
//! all is read the long way.

use std::borrow::Cow;
use std::slice;

use super::node::Node;
use super::plain::{Kind, Part};
use super::{Builder, LastComparison};
use crate::syntax::{Comparison, Expr};

/// How long a mark is, in bytes: all are of one length.
pub(super) const MARK: usize = mark(Kind::Operand).len();

/// What stands for a part: the grammar's rule of that name.
const fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Ors => "\u{1D}",
        Kind::Ands => "\u{1E}",
        Kind::Operand => "\u{1F}",
        Kind::Juxtaposed => "\u{1C}",
    }
}

/// What the marks are in a text that has such characters of its own: they are hidden characters all.
const HIDDEN: &str = "\0";

/// A text without marks, of the same length.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    let is_mark = |character: char| matches!(character, '\u{1C}'..='\u{1F}');
    if text.contains(is_mark) {
        return Cow::Owned(text.replace(is_mark, HIDDEN));
    }
    Cow::Borrowed(text)
}

/// A text, all of which can be seen, with marks in the place of its parts.
pub(super) fn marked(text: &str, parts: &[Part]) -> Option<String> {
    let left = |part: &Part| part.span.len() - MARK;
    let length = text.len() - parts.iter().map(left).sum::<usize>();
    let mut marked = String::with_capacity(length);
    let mut end = 0;
    for part in parts {
        marked += text.get(end..part.span.start())?;
        marked += mark(part.kind);
        end = part.span.end();
    }
    marked += text.get(end..)?;
    Some(marked)
}

/// The same where there is one part: most often it is all there is.
pub(super) fn marked_alone(text: &str, part: &Part) -> Option<Cow<'static, str>> {
    if part.span.len() == text.len() {
        return Some(Cow::Borrowed(mark(part.kind)));
    }
    marked(text, slice::from_ref(part)).map(Cow::Owned)
}

impl<'t> Builder<'t> {
    /// The operands of a part.
    pub(super) fn sound(&mut self, node: &Node<'t>) -> Vec<Expr> {
        let place = node.span();
        let found = self.parts.binary_search_by_key(&place, |part| part.span);
        let part = found.ok().and_then(|at| self.parts.get_mut(at));
        let Some(part) = part else { return Vec::new() };
        let operands = std::mem::take(&mut part.operands);
        self.parts_taken += usize::from(!operands.is_empty());
        self.joiner = part.joiner;
        self.bound_follows = false;
        self.last_comparison = operands.last().and_then(last_comparison).map(|last| {
            LastComparison::new(
                &last.field.text,
                last.operator,
                last.operator_span,
                &last.operand,
            )
        });
        operands
    }
}

fn last_comparison(expr: &Expr) -> Option<&Comparison> {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => last_comparison(operands.last()?),
        Expr::Not(not) => last_comparison(&not.operand),
        Expr::Group(group) => last_comparison(&group.inner),
        Expr::Comparison(comparison) => Some(comparison),
        Expr::Mistake(_) => None,
    }
}
