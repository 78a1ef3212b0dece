//! The filter object seen from its source: which comparison each rule came from, with what values.
//!
//! Has the shape of the group that `lower` made and borrows from the filter it was made of. Built
//! only where somebody asks for places, so that compiling does not pay for it; read by
//! `source_map` and `estimate`. Must not decide anything: operators are those of the group.

use std::slice;
use std::vec;

use crate::filter::{Comparison, Expr, Test, Value};
use crate::span::Span;
use crate::wire::{self, Condition, FilterGroup, Operator, Shape};

/// Where a member of a group came from.
pub(crate) enum Origin<'f, 'c> {
    Group(Group<'f, 'c>),
    Rule(Rule<'f, 'c>),
}

pub(crate) struct Group<'f, 'c> {
    pub(crate) condition: Condition,
    /// From the first to the last comparison it came from.
    pub(crate) span: Span,
    pub(crate) rules: Vec<Origin<'f, 'c>>,
}

pub(crate) struct Rule<'f, 'c> {
    pub(crate) comparison: &'f Comparison<'c>,
    pub(crate) operator: Operator,
    /// Those of the comparison's values that the rule carries.
    pub(crate) values: &'f [Value],
}

impl Origin<'_, '_> {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Group(group) => group.span,
            Self::Rule(rule) => rule.comparison.span,
        }
    }
}

/// Pairs the rules of `group` with the comparisons of `expr`, of which it was lowered.
// INVARIANT: `lower` keeps the order of the source, and a comparison becomes either one rule or
// one for each of its values. A rule that found no comparison would be left out.
pub(crate) fn trace<'f, 'c>(expr: &'f Expr<'c>, group: &FilterGroup) -> Group<'f, 'c> {
    let mut comparisons = Vec::new();
    collect(expr, &mut comparisons);
    let mut tracer = Tracer {
        comparisons: comparisons.into_iter(),
        rest: None,
    };
    let traced = tracer.group(group);
    debug_assert!(tracer.rest.is_none() && tracer.comparisons.next().is_none());
    traced
}

fn collect<'f, 'c>(expr: &'f Expr<'c>, comparisons: &mut Vec<&'f Comparison<'c>>) {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => {
            for operand in operands {
                collect(operand, comparisons);
            }
        }
        Expr::Not { operand, .. } => collect(operand, comparisons),
        Expr::Comparison(comparison) => comparisons.push(comparison),
        Expr::Mistake => {}
    }
}

struct Tracer<'f, 'c> {
    /// Those of which no rule was met.
    comparisons: vec::IntoIter<&'f Comparison<'c>>,
    /// The one whose rules are being met, and the index of the value of the next.
    rest: Option<(&'f Comparison<'c>, usize)>,
}

impl<'f, 'c> Tracer<'f, 'c> {
    fn group(&mut self, group: &FilterGroup) -> Group<'f, 'c> {
        let mut rules = Vec::with_capacity(group.rules.len());
        for rule in &group.rules {
            rules.extend(match rule {
                wire::Rule::Group(group) => Some(Origin::Group(self.group(group))),
                wire::Rule::Field(rule) => {
                    let found = self.rule(rule.condition_rules.operator());
                    debug_assert!(found.is_some());
                    found.map(Origin::Rule)
                }
            });
        }
        // In a sorted filter the first rule need not come from the first comparison.
        let span = rules.iter().map(Origin::span).reduce(Span::to);
        Group {
            condition: group.condition,
            span: span.unwrap_or(Span::new(0, 0)),
            rules,
        }
    }

    fn rule(&mut self, operator: Operator) -> Option<Rule<'f, 'c>> {
        let next = || self.comparisons.next().map(|comparison| (comparison, 0));
        let (comparison, index) = self.rest.take().or_else(next)?;
        let test = &comparison.test;
        let one = || value_at(test, index).map(slice::from_ref);
        let values = match (operator.shape(), test) {
            (Shape::Absent, _) => &[],
            (Shape::Many, Test::OneOf(values)) => values.as_slice(),
            (Shape::Many | Shape::One, _) => one()?,
        };
        if operator.shape() == Shape::One && value_at(test, index + 1).is_some() {
            self.rest = Some((comparison, index + 1));
        }
        Some(Rule {
            comparison,
            operator,
            values,
        })
    }
}

fn value_at(test: &Test, index: usize) -> Option<&Value> {
    match test {
        Test::OneOf(values) => values.get(index),
        Test::Text { values, .. } => values.get(index),
        Test::Between(bounds) => bounds.get(index),
        Test::Equal(value) | Test::Order { value, .. } => (index == 0).then_some(value),
        Test::Exactly { value, .. } => value.as_ref().filter(|_| index == 0),
    }
}
