//! Bounds of one field in one direction that are one bound.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::node::{Atom, Node};
use crate::catalog::FieldType;
use crate::filter::{Bound, Test};
use crate::wire::Condition;

/// What bounds can be compared by: the field, whether they are lower ones, whether they are days.
type Kind<'c> = (&'c str, bool, bool);

/// **Bounds**: `f >= a and f >= b` is the stricter of the two, `f >= a or f >= b` the looser; `>`
/// is stricter than `>=` of the same value, and upper bounds are turned about.
///
/// Without a value both sides are unknown; a field whose values have an order has one value. A day
/// and a moment are not compared: which moment the vendor takes a day for is not documented.
pub(super) fn join<'c>(condition: Condition, members: Vec<Node<'c>>) -> Vec<Node<'c>> {
    let mut kept: FxHashMap<Kind<'c>, (usize, Bound<'_>, &str)> = FxHashMap::default();
    let mut is_gone = vec![false; members.len()];
    for (index, member) in members.iter().enumerate() {
        let Some((kind, bound, text)) = bound(member) else {
            continue;
        };
        let place = match kept.entry(kind) {
            Entry::Vacant(place) => {
                place.insert((index, bound, text));
                continue;
            }
            Entry::Occupied(place) => place.into_mut(),
        };
        let (_, other, other_text) = &*place;
        let order = bound.strictness(other);
        let wins = match condition {
            Condition::And => order.is_gt(),
            Condition::Or => order.is_lt(),
        };
        // Two spellings of a number: the shorter, so that the order does not matter.
        let is_shorter = (text.len(), text) < (other_text.len(), *other_text);
        let wins = wins || order.is_eq() && is_shorter;
        let loser = if wins {
            std::mem::replace(place, (index, bound, text)).0
        } else {
            index
        };
        if let Some(gone) = is_gone.get_mut(loser) {
            *gone = true;
        }
    }
    let pairs = members.into_iter().zip(is_gone);
    pairs
        .filter_map(|(member, gone)| (!gone).then_some(member))
        .collect()
}

/// With the text of its value.
fn bound<'n, 'c>(node: &'n Node<'c>) -> Option<(Kind<'c>, Bound<'n>, &'n str)> {
    let Node::Rule(Atom {
        comparison,
        operator,
        ..
    }) = node
    else {
        return None;
    };
    let Test::Order { value, .. } = &comparison.test else {
        return None;
    };
    let field = comparison.field;
    let bound = Bound::new(*operator, value, field.field_type())?;
    let is_moment = field.field_type() == FieldType::Timestamp;
    let is_day = is_moment && value.text.len() == "2026-01-31".len();
    let kind = (field.name(), bound.is_lower(), is_day);
    Some((kind, bound, &value.text))
}
