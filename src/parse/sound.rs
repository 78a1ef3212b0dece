//! Texts most of whose parts are right, or all: those are one token each to the grammar.
//!
//! The parts are read the short way first. In a copy of the text a control character stands at
//! either end of each, so that the grammar takes it for what it is and skips it; everything else is
//! where it was. If it does not take one, all is read the long way.

use std::borrow::Cow;

use pest::iterators::Pair;

use super::plain::{Kind, Part};
use super::{Builder, LastComparison, Rule, span};
use crate::span::Span;
use crate::syntax::{Comparison, Expr};

/// The last character of a part: the grammar's rule `sound`.
const END: u8 = 0x1C;
/// What the marks are in a text that has such characters of its own: they are hidden characters all.
const HIDDEN: &str = "\0";

/// The first character of a part.
const fn start(kind: Kind) -> u8 {
    match kind {
        Kind::Ors => 0x1D,
        Kind::Ands => 0x1E,
        Kind::Operand => 0x1F,
    }
}

/// A text without marks, of the same length.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    let is_mark = |character: char| matches!(character, '\u{1C}'..='\u{1F}');
    if text.contains(is_mark) {
        return Cow::Owned(text.replace(is_mark, HIDDEN));
    }
    Cow::Borrowed(text)
}

/// A text, all ASCII, with the marks of these parts.
pub(super) fn marked(text: &str, parts: &[Part]) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    for part in parts {
        *bytes.get_mut(part.span.start())? = start(part.kind);
        *bytes.get_mut(part.span.end().checked_sub(1)?)? = END;
    }
    String::from_utf8(bytes).ok()
}

/// A text of which all is read but for what stands in front: two marks in the place of what is.
pub(super) fn skeleton(text: &str, read: Span) -> Option<Cow<'static, str>> {
    const ALONE: &str = match std::str::from_utf8(&[start(Kind::Operand), END]) {
        Ok(marks) => marks,
        Err(_) => "",
    };
    if read.len() == text.len() {
        return Some(Cow::Borrowed(ALONE));
    }
    let (before, behind) = (text.get(..read.start())?, text.get(read.end()..)?);
    Some(Cow::Owned([before, ALONE, behind].concat()))
}

impl<'t> Builder<'t> {
    /// The operands of a part.
    pub(super) fn sound(&mut self, pair: &Pair<'t, Rule>) -> Vec<Expr> {
        let place = span(pair);
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
