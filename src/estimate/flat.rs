//! The one comparison that says the same as a nested group, and the text it takes the place of.
//!
//! An `or` of equalities on one field is `field in (…)`, an `and` of inequalities `field not in (…)`.
//! `is` and `equals` are left alone: who wrote them chose the operator.

use std::collections::HashSet;

use super::is_inequality;
use crate::filter::{Comparison, Test};
use crate::origin::{Group, Origin, Rule};
use crate::span::Span;
use crate::syntax::{self, Expr, Source};
use crate::wire::{Condition, Operator};

pub(super) struct Flat {
    /// Field and values as they were written first.
    pub(super) text: String,
    /// What the text replaces; `None` where a comment would be lost.
    pub(super) span: Option<Span>,
}

impl Flat {
    /// `None` where no single comparison says the same.
    // INVARIANT: a nested group is made of one AND or OR of the text with all that is in it, so its
    // comparisons stand in one piece and nothing else stands between them.
    pub(super) fn of(group: &Group<'_, '_>, source: &Source, text: &str) -> Option<Self> {
        let inequality = group.condition == Condition::And;
        let (field, values) = one_list(group, inequality)?;
        let whole = Whole::of(group.span, &source.expr)?;
        let comparisons = whole.comparisons(group.span)?;
        let replaced = whole.expr.span();
        let span = (!has_comment(replaced, &comparisons, text)).then_some(replaced);
        // Under a NOT that stays, the opposite is what has to be written.
        let negated = inequality ^ whole.negated;

        let slice = |span: Span| text.get(span.range()).unwrap_or_default();
        let mut flat = String::new();
        if touches_word(text, replaced.start()) {
            flat.push(' ');
        }
        flat.push_str(slice(field));
        flat.push_str(if negated { " not in (" } else { " in (" });
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                flat.push_str(", ");
            }
            flat.push_str(slice(value));
        }
        flat.push(')');
        Some(Self { text: flat, span })
    }

    /// As a message quotes it: in backticks, unless there are some in it.
    pub(super) fn shown(&self) -> String {
        const MOST: usize = 200;
        let mut characters = self.text.trim_start().chars();
        let mut shown: String = characters.by_ref().take(MOST).collect();
        if characters.next().is_some() {
            shown.push('…');
        }
        if shown.contains('`') {
            return shown;
        }
        format!("`{shown}`")
    }
}

/// The field and the different values of a group that is one list taken apart.
fn one_list(group: &Group<'_, '_>, inequality: bool) -> Option<(Span, Vec<Span>)> {
    let operator = if inequality {
        Operator::NotIn
    } else {
        Operator::In
    };
    let mut first: Option<&Comparison<'_>> = None;
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for member in &group.rules {
        let Origin::Rule(rule) = member else {
            return None;
        };
        let first = first.get_or_insert(rule.comparison);
        let same_field = rule.comparison.field.name() == first.field.name();
        if !same_field || !is_equality(rule) || is_inequality(rule.operator) != inequality {
            return None;
        }
        for value in rule.values {
            if seen.insert(value.text.as_str()) {
                values.push(value.span);
            }
        }
    }
    let first = first.filter(|first| first.field.grants(operator))?;
    Some((first.field_span, values))
}

/// Written with `=`, `!=`, `in` or `not in`.
fn is_equality(rule: &Rule<'_, '_>) -> bool {
    matches!(rule.comparison.test, Test::Equal(_) | Test::OneOf(_))
}

/// Whether a word put here would become one with what is in front of it: `and(` has no blank.
fn touches_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_some_and(|before| before.is_alphanumeric() || before == '_')
}

/// The expression that is a group and nothing else, with its parentheses and the NOTs before them.
#[derive(Clone, Copy)]
struct Whole<'s> {
    expr: &'s Expr,
    /// Under an odd number of NOTs that are outside of it.
    negated: bool,
}

impl<'s> Whole<'s> {
    /// Looks for the operands that are spread over `span`, from the first comparison of a group
    /// to its last.
    fn of(span: Span, root: &'s Expr) -> Option<Self> {
        let mut whole = Self {
            expr: root,
            negated: false,
        };
        let mut expr = root;
        let mut negated = false;
        loop {
            match expr {
                Expr::Group(group) => expr = &group.inner,
                Expr::Not(not) => {
                    negated ^= not.nots.len() % 2 == 1;
                    expr = &not.operand;
                }
                Expr::And(operands) | Expr::Or(operands) => {
                    let at =
                        operands.partition_point(|operand| operand.span().end() <= span.start());
                    let operand = operands.get(at)?;
                    if operand.span().end() < span.end() {
                        let last = operands.last()?.span();
                        return (at == 0 && last.start() < span.end()).then_some(whole);
                    }
                    expr = operand;
                    whole = Self { expr, negated };
                }
                Expr::Comparison(_) | Expr::Mistake(_) => return None,
            }
        }
    }

    /// Its comparisons, if they are spread over `span`.
    fn comparisons(self, span: Span) -> Option<Vec<&'s syntax::Comparison>> {
        let mut comparisons = Vec::new();
        collect(self.expr, &mut comparisons);
        let (first, last) = comparisons.first().zip(comparisons.last())?;
        (first.span.to(last.span) == span).then_some(comparisons)
    }
}

fn collect<'s>(expr: &'s Expr, comparisons: &mut Vec<&'s syntax::Comparison>) {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => {
            for operand in operands {
                collect(operand, comparisons);
            }
        }
        Expr::Not(not) => collect(&not.operand, comparisons),
        Expr::Group(group) => collect(&group.inner, comparisons),
        Expr::Comparison(comparison) => comparisons.push(comparison),
        Expr::Mistake(_) => {}
    }
}

/// Between the names and the values, no token has the mark of a comment.
fn has_comment(whole: Span, comparisons: &[&syntax::Comparison], text: &str) -> bool {
    let tokens = comparisons.iter().flat_map(|comparison| {
        let literals = comparison.operand.literals().map(|literal| literal.span);
        std::iter::once(comparison.field.span).chain(literals)
    });
    let mut from = whole.start();
    let end = Span::new(whole.end(), whole.end());
    tokens.chain([end]).any(|token| {
        let gap = text.get(from..token.start()).unwrap_or_default();
        from = token.end();
        gap.contains('#')
    })
}
