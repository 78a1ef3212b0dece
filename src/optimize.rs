//! Filter to a smaller equal one: the same truth value on every row, unknown included.
//!
//! A pass between `check` and `lower` for those who ask for it. Each law is a function: lists in
//! `lists`, bounds in `ranges`, what groups say in `groups`. Never makes more rules. Takes time near
//! to linear in the size of the filter: members are found by hash, never by pairs. Must not know the
//! text, nor report anything: the filter was judged as it was written.

mod groups;
mod lists;
mod node;
mod order;
mod ranges;

use std::collections::BTreeMap;

use crate::catalog::{AudienceType, Catalog, Field};
use crate::filter::{Comparison, Expr};
use crate::wire::Condition;
use groups::{absorbed, distributed, factored, inner, without_duplicates};
use node::{Ids, Node};

/// How far a filter is rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Smaller; what stays is in the order of the source.
    Optimized,
    /// Smaller, and in an order of its own.
    Canonical,
}

/// Rewrites a filter that has no mistakes and has been lowered.
///
/// A field that an audience type requires does not go: where absorption would take the last one,
/// nothing is absorbed.
pub(crate) fn optimize<'c>(expr: &Expr<'c>, catalog: &Catalog, form: Form) -> Expr<'c> {
    let mut optimized = once(expr, catalog, form);
    let mut size = Size::of(&optimized);
    // One law can make room for another. Each makes the filter smaller, so this ends.
    loop {
        let next = once(&optimized, catalog, form);
        let next_size = Size::of(&next);
        if next_size >= size {
            return optimized;
        }
        (optimized, size) = (next, next_size);
    }
}

/// What the laws make smaller: rules, or else groups, or else values.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Size {
    rules: usize,
    groups: usize,
    values: usize,
}

impl Size {
    fn of(expr: &Expr<'_>) -> Self {
        let mut size = Self::default();
        size.add(expr);
        size
    }

    fn add(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::And(operands) | Expr::Or(operands) => {
                self.groups += 1;
                operands.iter().for_each(|operand| self.add(operand));
            }
            Expr::Not { operand, .. } => self.add(operand),
            Expr::Comparison(comparison) => {
                self.rules += 1;
                self.values += node::values(&comparison.test).len();
            }
            Expr::Mistake => {}
        }
    }
}

fn once<'c>(expr: &Expr<'c>, catalog: &Catalog, form: Form) -> Expr<'c> {
    let optimized = rewrite(expr, form, true);
    if meets_what_it_met(expr, &optimized, catalog) {
        optimized
    } else {
        rewrite(expr, form, false)
    }
}

fn rewrite<'c>(expr: &Expr<'c>, form: Form, absorbs: bool) -> Expr<'c> {
    let mut optimizer = Optimizer {
        ids: Ids::default(),
        absorbs,
    };
    let mut members = Vec::new();
    optimizer.gather(expr, false, Condition::And, &mut members);
    let mut node = optimizer.simplified(Condition::And, members);
    if form == Form::Canonical {
        order::sort(&mut node);
    }
    node.into_expr()
}

struct Optimizer<'c> {
    ids: Ids<'c>,
    absorbs: bool,
}

impl<'c> Optimizer<'c> {
    /// Puts an expression, or its opposite, among the members of a group of that condition.
    fn gather(
        &mut self,
        expr: &Expr<'c>,
        negated: bool,
        condition: Condition,
        members: &mut Vec<Node<'c>>,
    ) {
        let (operands, joined) = match expr {
            Expr::And(operands) => (operands, Condition::And),
            Expr::Or(operands) => (operands, Condition::Or),
            Expr::Not { operand, .. } => return self.gather(operand, !negated, condition, members),
            Expr::Comparison(comparison) => {
                return self.compare(comparison, negated, condition, members);
            }
            Expr::Mistake => return,
        };
        let joined = if negated { joined.dual() } else { joined };
        if joined == condition {
            for operand in operands {
                self.gather(operand, negated, condition, members);
            }
            return;
        }
        let mut nested = Vec::new();
        for operand in operands {
            self.gather(operand, negated, joined, &mut nested);
        }
        let node = self.simplified(joined, nested);
        node.push_into(condition, members);
    }

    fn compare(
        &mut self,
        comparison: &Comparison<'c>,
        negated: bool,
        condition: Condition,
        members: &mut Vec<Node<'c>>,
    ) {
        let (joined, rules) = node::rules(comparison, negated);
        let atoms = rules.into_iter().filter_map(|rule| self.ids.atom(rule));
        let atoms: Vec<Node<'c>> = atoms.map(Node::Rule).collect();
        if joined == condition || atoms.len() == 1 {
            members.extend(atoms);
        } else {
            let node = self.simplified(joined, atoms);
            node.push_into(condition, members);
        }
    }

    /// A group of members that are simplified, none of them a group of the same condition.
    fn simplified(&mut self, condition: Condition, mut members: Vec<Node<'c>>) -> Node<'c> {
        // Before lists are joined and after: `a` may be a part of one, or one.
        if self.absorbs {
            members = absorbed(members);
        }
        members = self.reduced(condition, members);
        if self.absorbs {
            members = absorbed(members);
        }
        if let [_] = members.as_slice()
            && let Some(lone) = members.pop()
        {
            return lone;
        }
        self.factored(condition, &members)
            .or_else(|| self.distributed(condition, &members))
            .unwrap_or_else(|| self.ids.group(condition, members))
    }

    /// What the laws of members leave.
    fn reduced(&mut self, condition: Condition, members: Vec<Node<'c>>) -> Vec<Node<'c>> {
        let members = without_duplicates(members);
        let members = lists::join(condition, members, &mut self.ids);
        ranges::join(condition, members)
    }

    fn factored(&mut self, condition: Condition, members: &[Node<'c>]) -> Option<Node<'c>> {
        let factored = factored(members)?;
        let mut outer = factored.common;
        let is_absorbed = factored.rests.iter().any(Vec::is_empty);
        if is_absorbed && !self.absorbs {
            return None;
        }
        // `a or (a and b)`, where `a` is a group itself.
        if !is_absorbed {
            let mut rests = Vec::with_capacity(factored.rests.len());
            for mut rest in factored.rests {
                let lone = if rest.len() == 1 { rest.pop() } else { None };
                let rest = lone.unwrap_or_else(|| self.ids.group(inner(condition), rest));
                rest.push_into(condition, &mut rests);
            }
            let rests = self.simplified(condition, rests);
            rests.push_into(inner(condition), &mut outer);
        }
        Some(self.simplified(inner(condition), outer))
    }

    /// Taken only where every clause becomes one rule, so that the group is flat afterwards.
    fn distributed(&mut self, condition: Condition, members: &[Node<'c>]) -> Option<Node<'c>> {
        let clauses = distributed(members)?;
        let most = groups::rules(members);
        let mut flat = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let mut clause = self.reduced(condition, clause);
            let rule = clause.pop()?;
            if !clause.is_empty() {
                return None;
            }
            flat.push(rule);
        }
        let flat = self.reduced(inner(condition), flat);
        (flat.len() <= most).then(|| self.simplified(inner(condition), flat))
    }
}

/// Whether the one filter has what audience types require wherever the other has it.
fn meets_what_it_met(before: &Expr<'_>, after: &Expr<'_>, catalog: &Catalog) -> bool {
    let (before, after) = (fields(before), fields(after));
    let mut requirements = AudienceType::ALL
        .into_iter()
        .flat_map(|audience| catalog.requirements(audience));
    before.len() == after.len()
        || requirements.all(|requirement| {
            let meets = |fields: &BTreeMap<&str, &Field>| {
                fields.values().any(|field| requirement.met_by(field))
            };
            !meets(&before) || meets(&after)
        })
}

fn fields<'c>(expr: &Expr<'c>) -> BTreeMap<&'c str, &'c Field> {
    let mut found = BTreeMap::new();
    collect(expr, &mut found);
    found
}

fn collect<'c>(expr: &Expr<'c>, found: &mut BTreeMap<&'c str, &'c Field>) {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => {
            for operand in operands {
                collect(operand, found);
            }
        }
        Expr::Not { operand, .. } => collect(operand, found),
        Expr::Comparison(comparison) => {
            found.insert(comparison.field.name(), comparison.field);
        }
        Expr::Mistake => {}
    }
}
