//! The parts of a text with a mistake that can be read all the same.
//!
//! What is read is what is read of a text without a mistake; only where the reading goes on behind
//! what could not be read is a guess. The guess need not be right: the grammar takes a part only
//! where it wants one, else the text is read the long way.

use super::Builder;
use crate::parse::scan::Scanner;
use crate::span::Span;
use crate::syntax::Expr;

/// What could be read in one go.
#[derive(Debug)]
pub(in crate::parse) struct Part {
    pub(in crate::parse) kind: Kind,
    /// With the last AND or OR, if one follows each operand.
    pub(in crate::parse) span: Span,
    pub(in crate::parse) operands: Vec<Expr>,
    /// The AND or OR at its end.
    pub(in crate::parse) joiner: Option<Span>,
}

/// Where a part may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Kind {
    /// One operand.
    Operand,
    /// Operands that an AND follows, each.
    Ands,
    /// Operands, joined by AND or not, that an OR follows, each.
    Ors,
}

impl Part {
    pub(super) fn alone(operand: Expr) -> Self {
        Self {
            kind: Kind::Operand,
            span: operand.span(),
            operands: vec![operand],
            joiner: None,
        }
    }

    fn joined(kind: Kind, operands: Vec<Expr>, joiner: Span) -> Option<Self> {
        let first = operands.first()?.span();
        Some(Self {
            kind,
            span: first.to(joiner),
            operands,
            joiner: Some(joiner),
        })
    }
}

impl Builder<'_> {
    /// Moves to the AND or OR behind what could not be read, or to the parenthesis that closes its
    /// group. `false`: there is nothing to go on from.
    pub(super) fn skip_mistake(&mut self) -> bool {
        // What nothing that is right follows may be a part of the mistake.
        let is_followed = !self.after_operand || self.operands.len() == self.open.ands;
        let last = self.operands.pop_if(|_| !is_followed);
        let start = last.map(|operand| operand.span().start());
        let start = start.or(self.nots.first().map(|not| not.start()));
        self.nots.clear();
        self.set_aside(false);
        self.after_operand = true;
        self.after_mistake = true;
        let mut scanner = Scanner::new(self.text, start.unwrap_or(self.begun));
        let mut depth = 0_usize;
        while let Some(character) = scanner.peek() {
            self.pieces.at = scanner.at;
            match character {
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 && self.around.is_empty() => {
                    self.begin_behind_stray();
                    return true;
                }
                ')' if depth == 0 => return true,
                ']' | '}' if depth == 0 => return false,
                ')' | ']' | '}' => depth -= 1,
                'a' | 'A' | 'o' | 'O' | '&' | '|' if depth == 0 && self.pieces.is_at_joiner() => {
                    return true;
                }
                _ => {}
            }
            scanner.skip_lexeme();
        }
        false
    }

    /// Behind a parenthesis that closes nothing: what follows, behind an AND or OR or not, stands by
    /// itself to the grammar.
    fn begin_behind_stray(&mut self) {
        self.pieces.at += 1;
        self.pieces.skip_gap();
        self.pieces.skip_joiner();
        self.after_operand = false;
        self.after_mistake = false;
        self.open.has_mistake_in_conjunction = false;
    }

    /// Makes parts of what was read of the groups that are open. `to_end`: no AND or OR follows the
    /// last operand, or it ends what it is in.
    pub(super) fn set_aside(&mut self, to_end: bool) {
        let last = self.operands.pop_if(|_| to_end);
        let mut operands = self.operands.drain(..);
        self.around.push(std::mem::take(&mut self.open));
        // Those of a group end where those of the next one inside of it begin.
        let inner = self.around.iter().skip(1).map(|group| group.ors);
        let ends: Vec<usize> = inner.chain([operands.len()]).collect();
        let mut taken = 0;
        for (group, end) in self.around.iter_mut().zip(ends) {
            let first = taken;
            let mut take = |upto: usize| {
                let count = upto - std::mem::replace(&mut taken, upto);
                operands.by_ref().take(count).collect::<Vec<_>>()
            };
            if end > first {
                let (ors, ands) = (take(group.ands), take(end));
                let ors = Part::joined(Kind::Ors, ors, group.last_or);
                let ands = Part::joined(Kind::Ands, ands, group.last_and);
                self.parts.extend([ors, ands].into_iter().flatten());
            }
            group.ors = 0;
            group.ands = 0;
            group.has_mistake = true;
            group.has_mistake_in_conjunction = true;
        }
        self.open = self.around.pop().unwrap_or_default();
        self.parts.extend(last.map(Part::alone));
    }
}
