//! Filters as trees: how they are drawn, and what they mean by language.md, section 3.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::fields::{FIELDS, Field, Kind};
use crate::quantity::quantity;
use crate::row::{Relation, Row, is_blank, is_null, relates};
use crate::spelling;
use crate::truth::Truth;

#[derive(Clone)]
pub(crate) enum Tree {
    /// Two or more.
    And(Vec<Tree>),
    /// Two or more.
    Or(Vec<Tree>),
    Not(Box<Tree>),
    Leaf(Leaf),
}

#[derive(Clone)]
pub(crate) struct Leaf {
    pub(crate) field: &'static Field,
    pub(crate) test: Test,
    /// Whether it is written in its negative form: `!=`, `not in`, `is not null`, ….
    pub(crate) negated: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Equal(&'static str),
    In(Vec<&'static str>),
    /// `contains`, `starts with`, `ends with`.
    Text(Relation, Amount, Vec<&'static str>),
    /// `<`, `<=`, `>`, `>=`.
    Order(Relation, &'static str),
    Between(&'static str, &'static str),
    /// `is v`, `equals v`.
    Vendor(Relation, &'static str),
    Null,
    Blank,
}

/// How many of the values have to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// There is just one, and no list.
    One,
    Any,
    All,
}

impl Tree {
    pub(crate) fn evaluate(&self, row: &Row) -> Truth {
        match self {
            Self::And(operands) => Truth::all(operands.iter().map(|one| one.evaluate(row))),
            Self::Or(operands) => Truth::any(operands.iter().map(|one| one.evaluate(row))),
            Self::Not(operand) => operand.evaluate(row).not(),
            Self::Leaf(leaf) => leaf.evaluate(row),
        }
    }

    pub(crate) fn visit(&self, visitor: &mut impl FnMut(&Leaf)) {
        match self {
            Self::And(operands) | Self::Or(operands) => {
                for operand in operands {
                    operand.visit(visitor);
                }
            }
            Self::Not(operand) => operand.visit(visitor),
            Self::Leaf(leaf) => visitor(leaf),
        }
    }

    /// Turns every `starts with` and `ends with` that its opposite is asked of.
    fn avoid_opposites(&mut self) {
        self.turn_prefixes(false, false);
    }

    /// Asks for the opposite of every `starts with` and `ends with`; says how many there are.
    fn ask_for_opposites(&mut self) -> usize {
        self.turn_prefixes(false, true)
    }

    fn turn_prefixes(&mut self, under_not: bool, opposite: bool) -> usize {
        match self {
            Self::And(operands) | Self::Or(operands) => {
                let turned = operands
                    .iter_mut()
                    .map(|one| one.turn_prefixes(under_not, opposite));
                turned.sum()
            }
            Self::Not(operand) => operand.turn_prefixes(!under_not, opposite),
            Self::Leaf(leaf) => match leaf.test {
                Test::Text(Relation::StartsWith | Relation::EndsWith, ..) => {
                    leaf.negated = under_not != opposite;
                    1
                }
                _ => 0,
            },
        }
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&spelling::spell(self, spelling::PLAIN))
    }
}

impl Leaf {
    pub(crate) fn values(&self) -> Vec<&'static str> {
        match &self.test {
            Test::Equal(value) | Test::Order(_, value) | Test::Vendor(_, value) => vec![value],
            Test::In(values) | Test::Text(_, _, values) => values.clone(),
            Test::Between(low, high) => vec![low, high],
            Test::Null | Test::Blank => Vec::new(),
        }
    }

    fn evaluate(&self, row: &Row) -> Truth {
        let field = self.field;
        let held = row.get(field.name);
        let each = |values: &[&'static str], relation| -> Vec<Truth> {
            values
                .iter()
                .map(|value| relates(field.kind, held, relation, value))
                .collect()
        };
        let truth = match &self.test {
            Test::Equal(value) => relates(field.kind, held, field.equality(), value),
            Test::In(values) => Truth::any(each(values, field.membership()).into_iter()),
            Test::Text(relation, Amount::All, values) => {
                Truth::all(each(values, *relation).into_iter())
            }
            Test::Text(relation, _, values) => Truth::any(each(values, *relation).into_iter()),
            Test::Order(relation, value) | Test::Vendor(relation, value) => {
                relates(field.kind, held, *relation, value)
            }
            Test::Between(low, high) => Truth::all(
                [
                    (Relation::GreaterOrEqual, low),
                    (Relation::LessOrEqual, high),
                ]
                .into_iter()
                .map(|(relation, bound)| relates(field.kind, held, relation, bound)),
            ),
            Test::Null => is_null(held),
            Test::Blank => is_blank(held),
        };
        truth.not_if(self.negated)
    }
}

/// A filter that compiles.
pub(crate) fn whole() -> impl Strategy<Value = Tree> {
    let visitors = || leaf_of(|field| field.kind == Kind::Visitors);
    prop_oneof![
        6 => tree(),
        1 => visitors(),
        // Where visitors may stand: in an AND at the top, or in an OR that NOT makes one.
        1 => (visitors(), tree(), visitors()).prop_map(|(one, rest, other)| {
            Tree::And(vec![one, rest, Tree::And(vec![other.clone(), other])])
        }),
        1 => (visitors(), tree()).prop_map(|(one, rest)| {
            Tree::Not(Box::new(Tree::Or(vec![rest, one])))
        }),
    ]
    .prop_map(|mut tree| {
        tree.avoid_opposites();
        tree
    })
}

/// One that asks for the opposite of at least one `starts with` or `ends with`, and how many.
pub(crate) fn with_opposites() -> impl Strategy<Value = (Tree, usize)> {
    let prefix = || {
        let relation = select(vec![Relation::StartsWith, Relation::EndsWith]);
        (leaf_of(Field::takes_prefixes), relation).prop_map(|(leaf, relation)| match leaf {
            Tree::Leaf(Leaf { field, .. }) => Tree::Leaf(Leaf {
                field,
                test: Test::Text(relation, Amount::One, vec!["SRE"]),
                negated: false,
            }),
            other => other,
        })
    };
    let nested = (tree(), prefix(), any::<bool>(), any::<bool>());
    nested.prop_map(|(rest, prefix, first, under_not)| {
        let prefix = if under_not {
            Tree::Not(Box::new(prefix))
        } else {
            prefix
        };
        let operands = if first {
            vec![prefix, rest]
        } else {
            vec![rest, prefix]
        };
        let mut tree = Tree::Not(Box::new(Tree::And(operands)));
        let opposites = tree.ask_for_opposites();
        (tree, opposites)
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    leaf_of(|field| field.kind != Kind::Visitors).prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 2..5).prop_map(Tree::And),
            3 => vec(inner.clone(), 2..5).prop_map(Tree::Or),
            2 => inner.prop_map(|operand| Tree::Not(Box::new(operand))),
        ]
    })
}

/// Every kind of field as often as any other.
fn leaf_of(wanted: impl Fn(&Field) -> bool) -> BoxedStrategy<Tree> {
    let mut kinds: Vec<(String, Vec<&'static Field>)> = Vec::new();
    for field in FIELDS.iter().filter(|field| wanted(field)) {
        let kind = format!("{:?}", field.kind);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, fields)) => fields.push(field),
            None => kinds.push((kind, vec![field])),
        }
    }
    select(kinds)
        .prop_flat_map(|(_, fields)| select(fields))
        .prop_flat_map(|field| (Just(field), test_of(field), any::<bool>()))
        .prop_map(|(field, test, negated)| {
            // `<` and its kin have no negative form.
            let negated = negated && !matches!(test, Test::Order(..));
            Tree::Leaf(Leaf {
                field,
                test,
                negated,
            })
        })
        .boxed()
}

/// Anything that can be asked of the field, each form about as often as any other.
fn test_of(field: &'static Field) -> BoxedStrategy<Test> {
    let value = || select(field.values());
    let values = || vec(select(field.values()), 1..4);
    let mut forms: Vec<BoxedStrategy<Test>> = vec![
        value().prop_map(Test::Equal).boxed(),
        values().prop_map(Test::In).boxed(),
    ];
    let mut texts = Vec::new();
    if field.takes_contains() {
        texts.push(Relation::Contains);
    }
    if field.takes_prefixes() {
        texts.extend([Relation::StartsWith, Relation::EndsWith]);
    }
    for relation in texts {
        let one = value().prop_map(move |value| Test::Text(relation, Amount::One, vec![value]));
        let amount = select(vec![Amount::Any, Amount::All]);
        let several = (amount, values())
            .prop_map(move |(amount, values)| Test::Text(relation, amount, values));
        forms.push(prop_oneof![one, several].boxed());
    }
    if field.takes_order() {
        let relations = vec![
            Relation::Less,
            Relation::LessOrEqual,
            Relation::Greater,
            Relation::GreaterOrEqual,
        ];
        let order = (select(relations), value());
        forms.push(
            order
                .prop_map(|(relation, value)| Test::Order(relation, value))
                .boxed(),
        );
        forms.push(
            (value(), value())
                .prop_map(|(a, b)| between(field.kind, a, b))
                .boxed(),
        );
    }
    let (takes_is, takes_equals) = field.takes_vendor_equality();
    for (takes, relation) in [(takes_is, Relation::Is), (takes_equals, Relation::Equals)] {
        if takes {
            forms.push(
                value()
                    .prop_map(move |value| Test::Vendor(relation, value))
                    .boxed(),
            );
        }
    }
    if field.takes_existence() {
        forms.push(prop_oneof![Just(Test::Null), Just(Test::Blank)].boxed());
    }
    proptest::strategy::Union::new(forms).boxed()
}

/// The lower bound first: an empty range is an error.
fn between(kind: Kind, a: &'static str, b: &'static str) -> Test {
    if quantity(kind, a) <= quantity(kind, b) {
        Test::Between(a, b)
    } else {
        Test::Between(b, a)
    }
}
