//! From a checked filter to what is asked of rows: the values read once, the fields numbered.
//!
//! Owns what the type of a field makes of the values it is compared with. Must not look at rows.

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use crate::catalog::{Field, FieldType};
use crate::decimal::Decimal;
use crate::filter::{self, Comparison, Expr, Quantifier, Value};
use crate::moment::Moment;
use crate::row::{CaseRule, MatchOptions};
use crate::span::Span;
use crate::wire::Operator;

/// A filter without borrows.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) root: Node,
    pub(super) fields: Vec<String>,
    pub(super) options: MatchOptions,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Test(Test),
    Unknown,
}

/// One comparison.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// Where the field stands in the plan's list.
    pub(super) field: usize,
    pub(super) negated: bool,
    pub(super) asks: Asks,
    pub(super) span: Span,
}

/// What is asked of a value.
#[derive(Clone, Debug)]
pub(super) enum Asks {
    Null,
    Blank,
    OneOf(Known),
    /// True if any of the texts is found, or all.
    Text(Place, Quantifier, Vec<Needle>),
    /// All of the bounds hold: one of `<`, two of `between`.
    Bounds(Vec<(Order, Bound)>),
}

/// The values of `=` and `in`, as what they are compared.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Numbers(Vec<Decimal<'static>>),
    Moments(Vec<Moment<'static>>),
    Booleans(Vec<bool>),
    /// In lower case where that is how they are compared.
    Texts(FxHashSet<String>),
}

/// Where in a value a text is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Anywhere,
    Start,
    End,
}

/// A text that is looked for; in lower case where that is how they are compared.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    pub(super) text: String,
    pub(super) finder: Finder<'static>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value with an order. In a field of no type that has one, it is what it looks like.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) number: Option<Decimal<'static>>,
    pub(super) moment: Option<Moment<'static>>,
}

pub(super) fn of(expr: &Expr<'_>, options: MatchOptions) -> Plan {
    let mut planner = Planner {
        fields: Vec::new(),
        options,
    };
    let root = planner.node(expr);
    Plan {
        root,
        fields: planner.fields,
        options,
    }
}

struct Planner {
    fields: Vec<String>,
    options: MatchOptions,
}

impl Planner {
    fn node(&mut self, expr: &Expr<'_>) -> Node {
        match expr {
            Expr::And(operands) => Node::And(self.nodes(operands)),
            Expr::Or(operands) => Node::Or(self.nodes(operands)),
            Expr::Not { operand, .. } => Node::Not(Box::new(self.node(operand))),
            Expr::Comparison(comparison) => Node::Test(self.test(comparison)),
            // INVARIANT: a filter with a mistake does not compile, so that none gets here; unknown
            // selects nothing, under a NOT neither.
            Expr::Mistake => Node::Unknown,
        }
    }

    fn nodes(&mut self, operands: &[Expr<'_>]) -> Vec<Node> {
        operands.iter().map(|operand| self.node(operand)).collect()
    }

    fn test(&mut self, comparison: &Comparison<'_>) -> Test {
        let name = comparison.field.name();
        let known = self.fields.iter().position(|field| field == name);
        let field = known.unwrap_or_else(|| {
            self.fields.push(name.to_owned());
            self.fields.len() - 1
        });
        Test {
            field,
            negated: comparison.negated,
            asks: self.asks(comparison.field, &comparison.test),
            span: comparison.span,
        }
    }

    fn asks(&self, field: &Field, test: &filter::Test) -> Asks {
        use filter::Test;
        let bound = |order, value: &Value| (order, bound(field.field_type(), &value.text));
        match test {
            Test::Equal(value)
            | Test::Exactly {
                value: Some(value), ..
            } => Asks::OneOf(self.known(field, std::slice::from_ref(value))),
            Test::OneOf(values) => Asks::OneOf(self.known(field, values)),
            Test::Exactly {
                operator: Operator::IsBlank,
                value: None,
            } => Asks::Blank,
            Test::Exactly { value: None, .. } => Asks::Null,
            Test::Text {
                operator,
                quantifier,
                values,
            } => {
                let place = match operator {
                    Operator::StartsWith => Place::Start,
                    Operator::EndsWith => Place::End,
                    _ => Place::Anywhere,
                };
                let needles = values.iter().map(|value| self.needle(&value.text));
                Asks::Text(place, *quantifier, needles.collect())
            }
            Test::Order { operator, value } => {
                let order = match operator {
                    Operator::Less => Order::Less,
                    Operator::LessOrEqual => Order::LessOrEqual,
                    Operator::Greater => Order::Greater,
                    _ => Order::GreaterOrEqual,
                };
                Asks::Bounds(vec![bound(order, value)])
            }
            Test::Between(bounds) => {
                let [low, high] = &**bounds;
                Asks::Bounds(vec![
                    bound(Order::GreaterOrEqual, low),
                    bound(Order::LessOrEqual, high),
                ])
            }
        }
    }

    // INVARIANT: `check` lets only values of the field's type through, so that each is read.
    fn known(&self, field: &Field, values: &[Value]) -> Known {
        let texts = values.iter().map(|value| value.text.as_str());
        match field.field_type() {
            FieldType::Integer | FieldType::Number => {
                let numbers = texts.filter_map(Decimal::read);
                Known::Numbers(numbers.map(Decimal::into_owned).collect())
            }
            FieldType::Timestamp => {
                let moments = texts.filter_map(Moment::read);
                Known::Moments(moments.map(Moment::into_owned).collect())
            }
            FieldType::Boolean => Known::Booleans(texts.map(|text| text == "true").collect()),
            _ if self.options.case == CaseRule::Ignored => {
                Known::Texts(texts.map(str::to_lowercase).collect())
            }
            _ => Known::Texts(texts.map(str::to_owned).collect()),
        }
    }

    fn needle(&self, text: &str) -> Needle {
        let text = match self.options.case {
            CaseRule::Exact => text.to_owned(),
            CaseRule::IgnoredInText | CaseRule::Ignored => text.to_lowercase(),
        };
        let finder = Finder::new(&text).into_owned();
        Needle { text, finder }
    }
}

fn bound(field_type: FieldType, text: &str) -> Bound {
    let is_number = matches!(field_type, FieldType::Integer | FieldType::Number);
    let is_moment = field_type == FieldType::Timestamp;
    Bound {
        number: Decimal::read(text)
            .filter(|_| !is_moment)
            .map(Decimal::into_owned),
        moment: Moment::read(text)
            .filter(|_| !is_number)
            .map(Moment::into_owned),
    }
}
