//! The filter as the laws see it: AND and OR by turns, and under them comparisons that are one rule
//! each.
//!
//! Owns the numbers by which equal nodes are known: equal at a glance, whatever their size.

use compact_str::CompactString;

use rustc_hash::FxHashMap;

use crate::filter::{Comparison, Expr, Quantifier, Test, Value};
use crate::one_or_more::OneOrMore;
use crate::wire::{Condition, Operator, Shape};

/// A member of a group.
#[derive(Clone)]
pub(super) enum Node<'c> {
    Rule(Atom<'c>),
    Group(Group<'c>),
}

/// A comparison that becomes one rule as it stands, under no NOT.
#[derive(Clone)]
pub(super) struct Atom<'c> {
    pub(super) comparison: Comparison<'c>,
    pub(super) operator: Operator,
    pub(super) id: Id,
}

#[derive(Clone)]
pub(super) struct Group<'c> {
    pub(super) condition: Condition,
    /// No group of the same condition among them.
    pub(super) members: Vec<Node<'c>>,
    pub(super) id: Id,
}

/// The same for nodes that are the same but for the order of members and of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(usize);

impl Id {
    /// The same for comparisons that become the same rule, be the operator the author's choice
    /// (`is`) or not (`=`).
    pub(super) fn rule(self) -> usize {
        self.0 / 2
    }
}

impl Node<'_> {
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Rule(atom) => atom.id,
            Self::Group(group) => group.id,
        }
    }
}

impl<'c> Node<'c> {
    pub(super) fn into_expr(self) -> Expr<'c> {
        match self {
            Self::Rule(atom) => Expr::Comparison(atom.comparison),
            Self::Group(Group {
                condition, members, ..
            }) => {
                let operands = members.into_iter().map(Self::into_expr).collect();
                match condition {
                    Condition::And => Expr::And(operands),
                    Condition::Or => Expr::Or(operands),
                }
            }
        }
    }

    /// Joins a group of that condition with those that are there, so that none is inside another.
    pub(super) fn push_into(self, condition: Condition, members: &mut Vec<Self>) {
        match self {
            Self::Group(group) if group.condition == condition => members.extend(group.members),
            node => members.push(node),
        }
    }
}

/// What an id stands for.
#[derive(PartialEq, Eq, Hash)]
enum Key<'c> {
    Rule(&'c str, Operator, Vec<CompactString>),
    Group(Condition, Vec<Id>),
}

/// All ids that were given.
#[derive(Default)]
pub(super) struct Ids<'c>(FxHashMap<Key<'c>, usize>);

impl<'c> Ids<'c> {
    fn of(&mut self, key: Key<'c>, chosen: bool) -> Id {
        let next = self.0.len();
        Id(self.0.entry(key).or_insert(next).to_owned() * 2 + usize::from(chosen))
    }

    pub(super) fn group(&mut self, condition: Condition, members: Vec<Node<'c>>) -> Node<'c> {
        let mut ids: Vec<Id> = members.iter().map(Node::id).collect();
        ids.sort_unstable();
        let id = self.of(Key::Group(condition, ids), false);
        Node::Group(Group {
            condition,
            members,
            id,
        })
    }

    /// `None` where the field has no operator for it, which `lower` has reported.
    pub(super) fn atom(&mut self, comparison: Comparison<'c>) -> Option<Atom<'c>> {
        let operator = comparison.encoding(comparison.negated)?.first;
        let values = values(&comparison.test).iter();
        let mut texts: Vec<CompactString> = values.map(|value| value.text.clone()).collect();
        texts.sort_unstable();
        let is_chosen = matches!(comparison.test, Test::Exactly { value: Some(_), .. });
        let id = self.of(
            Key::Rule(comparison.field.name(), operator, texts),
            is_chosen,
        );
        Some(Atom {
            comparison,
            operator,
            id,
        })
    }
}

/// The values of a comparison that is one rule.
pub(super) fn values(test: &Test) -> &[Value] {
    match test {
        Test::Equal(value) | Test::Order { value, .. } => std::slice::from_ref(value),
        Test::OneOf(values) => values,
        Test::Text { values, .. } => values,
        Test::Exactly { value, .. } => value.as_slice(),
        Test::Between(bounds) => bounds.get(..1).unwrap_or_default(),
    }
}

/// A comparison as the rules that it becomes, and how they are joined.
///
/// `contains any`, `between` and lists on a field without `in` become several; NOT moves into the
/// operators, by De Morgan's laws and the complements of the language page.
pub(super) fn rules<'c>(
    comparison: &Comparison<'c>,
    under_not: bool,
) -> (Condition, Vec<Comparison<'c>>) {
    let negated = comparison.negated ^ under_not;
    let with = |test: Test, negated: bool| Comparison {
        test,
        negated,
        ..comparison.clone()
    };
    let turn = |condition: Condition| match negated {
        true => condition.dual(),
        false => condition,
    };
    let order = |operator: Operator, value: &Value| {
        let turned = operator.complement().filter(|_| negated);
        let test = Test::Order {
            operator: turned.unwrap_or(operator),
            value: value.clone(),
        };
        with(test, false)
    };
    match &comparison.test {
        Test::Text {
            operator,
            quantifier,
            values,
        } => {
            let one = |value: &Value| Test::Text {
                operator: *operator,
                quantifier: Quantifier::Any,
                values: OneOrMore::One(value.clone()),
            };
            let condition = match quantifier {
                Quantifier::Any => Condition::Or,
                Quantifier::All => Condition::And,
            };
            let each = values.iter().map(|value| with(one(value), negated));
            (turn(condition), each.collect())
        }
        Test::Between(bounds) => {
            let [low, high] = &**bounds;
            let ends = [
                (Operator::GreaterOrEqual, low),
                (Operator::LessOrEqual, high),
            ];
            let both = ends.map(|(operator, value)| order(operator, value));
            (turn(Condition::And), both.into())
        }
        Test::Order { operator, value } => (Condition::And, vec![order(*operator, value)]),
        Test::OneOf(values) if !is_list(comparison, negated) => {
            let one = |value: &Value| with(Test::Equal(value.clone()), negated);
            (turn(Condition::Or), values.iter().map(one).collect())
        }
        test => (Condition::And, vec![with(test.clone(), negated)]),
    }
}

fn is_list(comparison: &Comparison<'_>, negated: bool) -> bool {
    let encoding = comparison.encoding(negated);
    encoding.is_none_or(|encoding| encoding.first.shape() == Shape::Many)
}
