//! The parts of a text with a mistake that can be read all the same.
//!
//! What is read is what is read of a text without a mistake; only where the reading goes on behind
//! what could not be read is a guess. The guess need not be right: the grammar takes a part only
//! where it wants one, else the text is read the long way.

use super::Builder;
use crate::parse::joiner::wrong_joiner;
use crate::parse::scan::Scanner;
use crate::span::Span;
use crate::syntax::{Comparison, Expr, Literal, Operand, Relation};

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
    /// A comparison directly behind another operand.
    Juxtaposed,
}

impl Part {
    pub(super) fn alone(operand: Expr) -> Self {
        Self::of_kind(Kind::Operand, operand)
    }

    fn of_kind(kind: Kind, operand: Expr) -> Self {
        Self {
            kind,
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
    /// Moves behind what could not be read. `false`: there is nothing to go on from.
    pub(super) fn go_on(&mut self) -> bool {
        self.skip_wrong_joiner() || self.skip_juxtaposed() || self.skip_mistake()
    }

    /// The operand that was read last, if what could not be read stands behind it.
    fn last_operand(&self) -> Option<&Expr> {
        let conjunction = self.operands.get(self.open.ands..).unwrap_or_default();
        conjunction.last().filter(|_| self.after_operand)
    }

    /// Moves behind what stands for AND or OR, if a comparison follows: the operand before it ends there.
    fn skip_wrong_joiner(&mut self) -> bool {
        let Some(before) = self.last_operand().filter(|last| ends_certainly(last)) else {
            return false;
        };
        let is_apart = before.span().end() < self.begun;
        self.pieces.at = self.begun;
        if !self.pieces.may_be_at_wrong_joiner(is_apart) {
            return false;
        }
        let rest = self.text.get(self.begun..).unwrap_or_default();
        let Some(joiner) = wrong_joiner(rest) else {
            return false;
        };
        self.set_aside(true);
        self.open.has_mistake_in_conjunction &= !joiner.is_or;
        self.pieces.at = self.begun + joiner.length;
        self.after_operand = false;
        true
    }

    /// Reads comparisons that stand behind an operand with no AND or OR in between, up to what joins
    /// or closes. Each is a part: no value goes on with a name and an operator behind it.
    fn skip_juxtaposed(&mut self) -> bool {
        let Some(before) = self.last_operand() else {
            return false;
        };
        let mut end = before.span().end();
        let mut is_certain = ends_certainly(before);
        let mut comparisons = Vec::new();
        self.pieces.at = self.begun;
        while !self.is_at_end_of_operand() {
            let start = self.pieces.at;
            let is_apart = is_certain && end < start;
            let read = is_apart.then(|| self.juxtaposed()).flatten();
            let Some(comparison) = read else { return false };
            is_certain = ends_certainly(&comparison);
            end = self.pieces.at;
            comparisons.push(comparison);
            self.pieces.skip_gap();
        }
        let is_read = !comparisons.is_empty();
        if is_read {
            self.set_aside(true);
            let juxtaposed = |operand| Part::of_kind(Kind::Juxtaposed, operand);
            self.parts.extend(comparisons.into_iter().map(juxtaposed));
        }
        is_read
    }

    fn juxtaposed(&mut self) -> Option<Expr> {
        let start = self.pieces.at;
        let name = self.pieces.name()?;
        self.pieces.skip_gap();
        let comparison = self.pieces.comparison(name)?;
        let is_certain = begins_certainly(&comparison);
        let has_escape = self.has_escapes && self.has_escape_behind(start);
        (is_certain && !has_escape).then_some(Expr::Comparison(comparison))
    }

    fn is_at_end_of_operand(&mut self) -> bool {
        let next = self.pieces.peek();
        next.is_none_or(|byte| byte == b')') || self.pieces.is_at_joiner()
    }

    /// Moves to the AND or OR behind what could not be read, or to the parenthesis that closes its
    /// group.
    fn skip_mistake(&mut self) -> bool {
        self.pieces.at = self.begun;
        let is_at_close = self.pieces.peek() == Some(b')');
        let last = self.last_operand();
        // Of others what follows may be a part.
        let is_whole = last.is_some_and(|last| is_at_close || self.ends_by_itself(last));
        let is_partial = last.is_some() && !is_whole;
        let last = self.operands.pop_if(|_| is_partial);
        let start = last.map(|operand| operand.span().start());
        let start = start.or(self.nots.first().map(|not| not.start()));
        self.nots.clear();
        self.set_aside(is_whole);
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

    /// Whether nothing but a second operator can follow an operand as a part of it.
    fn ends_by_itself(&self, operand: &Expr) -> bool {
        match operand {
            Expr::Not(not) => self.ends_by_itself(&not.operand),
            Expr::Comparison(comparison) => match &comparison.operand {
                // Of what is glued to a string a part may be quoted too.
                Operand::One(value) => value.quoted && comparison.span.end() < self.begun,
                Operand::Range(_) => false,
                _ => true,
            },
            _ => true,
        }
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

/// Whether an operand ends where a comparison or a wrong AND or OR follows. In `a is one of = x` there is
/// one operator to the grammar, in `a between 1 and b like = x` no second bound.
fn ends_certainly(operand: &Expr) -> bool {
    match operand {
        Expr::Comparison(comparison) => match &comparison.operand {
            Operand::Range(bounds) => {
                let [_, high] = &**bounds;
                high.quoted
            }
            _ => comparison.operator.relation != Relation::Is,
        },
        Expr::Not(not) => ends_certainly(&not.operand),
        _ => true,
    }
}

/// Whether the name of a comparison is one to the grammar too, with nothing in front of it: of
/// `x startswith = y` it makes a second operator, of `x but contains like = y` a wrong AND.
fn begins_certainly(comparison: &Comparison) -> bool {
    let name = comparison.field.text.as_str();
    let is_operator = ["startswith", "endswith"]
        .iter()
        .any(|operator| operator.eq_ignore_ascii_case(name));
    let is_word = |value: &Literal| !value.quoted;
    let may_be_operator = match &comparison.operand {
        Operand::One(value) => is_word(value) && !is_symbol(comparison.operator.relation),
        Operand::Range(bounds) => {
            let [low, _] = &**bounds;
            is_word(low)
        }
        _ => false,
    };
    !is_operator && !may_be_operator
}

fn is_symbol(relation: Relation) -> bool {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    matches!(
        relation,
        Equal | Less | LessOrEqual | Greater | GreaterOrEqual
    )
}
