//! What lets in the values of a field on one side of a value: `>= 10`, and either half of
//! `not between 10 and 50`.

use std::cmp::Ordering;

use super::{Comparison, Test, Value};
use crate::catalog::FieldType;
use crate::wire::Operator;

/// One side of a value.
#[derive(Clone, Copy)]
pub(crate) struct Bound<'f> {
    pub(crate) field_type: FieldType,
    /// `>`, `>=`, `<` or `<=`.
    pub(crate) operator: Operator,
    pub(crate) value: &'f Value,
}

impl Comparison<'_> {
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
        operators.zip(values).map(|(operator, value)| Bound {
            field_type: self.field.field_type(),
            operator,
            value,
        })
    }
}

impl Bound<'_> {
    pub(crate) fn is_lower(self) -> bool {
        matches!(self.operator, Operator::Greater | Operator::GreaterOrEqual)
    }

    fn is_open(self) -> bool {
        matches!(self.operator, Operator::Greater | Operator::Less)
    }

    /// Of two bounds of a field in the same direction, the greater is the stricter.
    pub(crate) fn strictness(self, other: Self) -> Ordering {
        let values = self.in_order(other);
        let values = if self.is_lower() {
            values
        } else {
            values.reverse()
        };
        values.then(self.is_open().cmp(&other.is_open()))
    }

    /// Whether each value of the field keeps this lower bound or that upper one.
    pub(crate) fn meets(self, upper: Self) -> bool {
        match self.in_order(upper) {
            Ordering::Less => true,
            Ordering::Equal => !self.is_open() || !upper.is_open(),
            Ordering::Greater => false,
        }
    }

    fn in_order(self, other: Self) -> Ordering {
        let order = self.value.compare(other.value, self.field_type);
        // INVARIANT: `check` lets only fields of an order have bounds, and only values of theirs.
        order.unwrap_or(Ordering::Equal)
    }
}
