//! The one order of a canonical filter: where the source's does not matter.
//!
//! Rules come before groups. Rules are ordered by field, then by operator in the order of the
//! vendor's reference, then by values; groups AND before OR, then by their members. Texts are
//! ordered by their bytes.

use std::cmp::Ordering;

use super::node::{Node, values};
use crate::filter::Test;
use crate::wire::Condition;

pub(super) fn sort(node: &mut Node<'_>) {
    match node {
        Node::Rule(atom) => {
            if let Test::OneOf(values) = &mut atom.comparison.test {
                values.sort_by(|one, other| one.text.cmp(&other.text));
            }
        }
        Node::Group(group) => {
            group.members.iter_mut().for_each(sort);
            group.members.sort_by(compare);
        }
    }
}

fn compare(one: &Node<'_>, other: &Node<'_>) -> Ordering {
    match (one, other) {
        (Node::Rule(one), Node::Rule(other)) => {
            let texts = |test| values(test).iter().map(|value| value.text.as_str());
            let (field, other_field) = (one.comparison.field, other.comparison.field);
            let fields = field.name().cmp(other_field.name());
            let operators = fields.then(one.operator.cmp(&other.operator));
            operators.then_with(|| texts(&one.comparison.test).cmp(texts(&other.comparison.test)))
        }
        (Node::Rule(_), Node::Group(_)) => Ordering::Less,
        (Node::Group(_), Node::Rule(_)) => Ordering::Greater,
        (Node::Group(one), Node::Group(other)) => {
            let is_or = |condition| condition == Condition::Or;
            let conditions = is_or(one.condition).cmp(&is_or(other.condition));
            conditions.then_with(|| {
                let pairs = one.members.iter().zip(&other.members);
                let mut orders = pairs.map(|(one, other)| compare(one, other));
                let found = orders.find(|order| order.is_ne());
                found.unwrap_or(one.members.len().cmp(&other.members.len()))
            })
        }
    }
}
