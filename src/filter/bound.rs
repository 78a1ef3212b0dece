//! What lets in the values of a field on one side of a value: `>= 10`, and either half of
//! `not between 10 and 50`.

use std::cmp::Ordering;

use super::{Comparison, Test, Value};
use crate::catalog::FieldType;
use crate::decimal::Decimal;
use crate::moment::Moment;
use crate::wire::Operator;

/// A value that has its place among others; of one field all are of one kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ordered<'f> {
    Number(Decimal<'f>),
    /// A day is its midnight in UTC.
    Moment(Moment<'f>),
}

impl Value {
    /// `None` where a field of this type has no order, or the value is none of it. Takes time linear
    /// in the length.
    pub(crate) fn ordered(&self, field_type: FieldType) -> Option<Ordered<'_>> {
        match field_type {
            FieldType::Integer | FieldType::Number => {
                Decimal::read(&self.text).map(Ordered::Number)
            }
            FieldType::Timestamp => Moment::read(&self.text).map(Ordered::Moment),
            _ => None,
        }
    }
}

/// One side of a value.
pub(crate) struct Bound<'f> {
    /// `>`, `>=`, `<` or `<=`.
    operator: Operator,
    value: Ordered<'f>,
}

impl Comparison<'_> {
    /// Whether it asks for one side of a value, or with `negated` the opposite of its test does.
    pub(crate) fn is_bound(&self, negated: bool) -> bool {
        match self.test {
            Test::Order { .. } => true,
            Test::Between(_) => negated,
            _ => false,
        }
    }

    /// The bounds one of which a value has to keep for the comparison to hold, or with `negated` for
    /// the opposite of its test. Empty where it says anything else.
    pub(crate) fn bounds(&self, negated: bool) -> impl Iterator<Item = Bound<'_>> {
        let (low, high) = match &self.test {
            Test::Order { value, .. } => (Some(value), None),
            Test::Between(bounds) if negated => {
                let [low, high] = &**bounds;
                (Some(low), Some(high))
            }
            _ => (None, None),
        };
        let encoding = low.and_then(|_| self.test.kind().encodings(negated).next());
        let operators = encoding
            .into_iter()
            .flat_map(|encoding| encoding.operators());
        let values = low.into_iter().chain(high);
        let field_type = self.field.field_type();
        operators
            .zip(values)
            .filter_map(move |(operator, value)| Bound::new(operator, value, field_type))
    }
}

impl<'f> Bound<'f> {
    /// `None` where the field has no order: a catalog may grant `>` to a text.
    pub(crate) fn new(operator: Operator, value: &'f Value, field_type: FieldType) -> Option<Self> {
        let value = value.ordered(field_type)?;
        Some(Self { operator, value })
    }

    pub(crate) fn is_lower(&self) -> bool {
        matches!(self.operator, Operator::Greater | Operator::GreaterOrEqual)
    }

    fn is_open(&self) -> bool {
        matches!(self.operator, Operator::Greater | Operator::Less)
    }

    /// Of two bounds of a field in the same direction, the greater is the stricter.
    pub(crate) fn strictness(&self, other: &Self) -> Ordering {
        let values = self.value.cmp(&other.value);
        let values = if self.is_lower() {
            values
        } else {
            values.reverse()
        };
        values.then(self.is_open().cmp(&other.is_open()))
    }

    /// Whether each value of the field keeps this lower bound or that upper one.
    pub(crate) fn meets(&self, upper: &Self) -> bool {
        match self.value.cmp(&upper.value) {
            Ordering::Less => true,
            Ordering::Equal => !self.is_open() || !upper.is_open(),
            Ordering::Greater => false,
        }
    }
}
