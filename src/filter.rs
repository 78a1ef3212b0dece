//! The checked filter: fields resolved, values typed and in the vendor's spelling, NOT still a node.
//!
//! `check` makes it, `lower` reads it; whatever asks what a filter means asks this. The meaning of
//! each [`Test`], and the operators that can carry it, stand here as data (language page, section 3).

mod bound;

use compact_str::CompactString;

use crate::catalog::Field;
use crate::one_or_more::OneOrMore;
use crate::span::Span;
use crate::wire;
pub(crate) use bound::Bound;

#[derive(Clone, Debug)]
pub(crate) enum Expr<'c> {
    And(Vec<Expr<'c>>),
    Or(Vec<Expr<'c>>),
    Not {
        /// The NOT that is nearest to the operand.
        not: Span,
        operand: Box<Expr<'c>>,
    },
    Comparison(Comparison<'c>),
    /// Something here was reported: the tree has no meaning, and `lower` makes no filter of it.
    Mistake,
}

/// One field under one test.
#[derive(Clone, Debug)]
pub(crate) struct Comparison<'c> {
    pub(crate) field: &'c Field,
    /// Its name as written.
    pub(crate) field_span: Span,
    pub(crate) test: Test,
    /// True where the test is not: `!=`, `not in`, `is not null`, ….
    pub(crate) negated: bool,
    pub(crate) operator_span: Span,
    pub(crate) span: Span,
}

impl Comparison<'_> {
    /// How it is said of its field, or the opposite of its test: as the field is documented to take
    /// it, else as it is let through. `None` where there is no way.
    pub(crate) fn encoding(&self, negated: bool) -> Option<Encoding> {
        let ways = || self.test.kind().encodings(negated);
        let granted = ways().find(|way| way.is_granted(self.field));
        granted.or_else(|| ways().find(|way| way.is_taken(self.field)))
    }
}

/// What is asked of a field, in its positive form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// `=`
    Equal(Value),
    /// `in`
    OneOf(Vec<Value>),
    /// `contains`, `starts with`, `ends with`.
    Text {
        operator: wire::Operator,
        quantifier: Quantifier,
        values: OneOrMore<Value>,
    },
    /// `<`, `<=`, `>`, `>=`.
    Order {
        operator: wire::Operator,
        value: Value,
    },
    /// From the first to the second, both included.
    Between(Box<[Value; 2]>),
    /// `is v`, `equals v`, `is null`, `is blank`: that operator and no other.
    Exactly {
        operator: wire::Operator,
        value: Option<Value>,
    },
}

/// Whether one value is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Any,
    All,
}

/// A value as the filter object spells it, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) text: CompactString,
    pub(crate) span: Span,
}

impl Test {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Equal(_) => Kind::Equal,
            Self::OneOf(_) => Kind::OneOf,
            Self::Between(..) => Kind::Between,
            Self::Text { operator, .. }
            | Self::Order { operator, .. }
            | Self::Exactly { operator, .. } => Kind::Exactly(*operator),
        }
    }
}

/// A test without its values: all that decides which operators say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Equal,
    OneOf,
    Between,
    /// By this operator and no other.
    Exactly(wire::Operator),
}

impl Kind {
    /// The ways to say this in the filter object, best first. Each way is the set of operators it
    /// needs; a field can be tested so if it takes all of them.
    pub(crate) fn encodings(self, negated: bool) -> impl Iterator<Item = Encoding> {
        use wire::Operator::{Equals, GreaterOrEqual, In, Is, LessOrEqual};
        let (ways, upper) = match self {
            Self::Equal => ([Some(Is), Some(Equals), Some(In)], None),
            Self::OneOf => ([Some(In), Some(Is), Some(Equals)], None),
            Self::Between => ([Some(GreaterOrEqual), None, None], Some(LessOrEqual)),
            Self::Exactly(operator) => ([Some(operator), None, None], None),
        };
        let turn = move |operator: wire::Operator| {
            if negated {
                operator.complement()
            } else {
                Some(operator)
            }
        };
        ways.into_iter().flatten().filter_map(move |first| {
            Some(Encoding {
                first: turn(first)?,
                second: match upper {
                    None => None,
                    Some(upper) => Some(turn(upper)?),
                },
            })
        })
    }
}

/// One way to say a test: an operator, and for a range a second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Encoding {
    pub(crate) first: wire::Operator,
    pub(crate) second: Option<wire::Operator>,
}

impl Encoding {
    /// The operators it needs.
    pub(crate) fn operators(self) -> impl Iterator<Item = wire::Operator> {
        std::iter::once(self.first).chain(self.second)
    }

    /// Whether the field is documented to take it.
    pub(crate) fn is_granted(self, field: &Field) -> bool {
        self.operators().all(|operator| field.grants(operator))
    }

    /// Whether the field takes it, documented or only known to be let through.
    pub(crate) fn is_taken(self, field: &Field) -> bool {
        self.operators()
            .all(|operator| field.grants(operator) || field.tolerates(operator))
    }
}
