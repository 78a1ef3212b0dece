//! Equalities and lists on one field that are one list: union, intersection, difference.
//!
//! Only of `=`, `!=`, `in` and `not in`: who wrote `is` or `equals` chose the operator, and nothing
//! says how these differ. All by hashing, in time linear in the number of values.

use rustc_hash::{FxHashMap, FxHashSet};

use super::node::{Atom, Ids, Node, values};
use crate::catalog::{Field, FieldType};
use crate::filter::{Comparison, Test, Value};
use crate::wire::{Condition, Operator};

/// The lists on one field in a group, as indices of its members.
#[derive(Default)]
struct Lists {
    /// `=` and `in`.
    positive: Vec<usize>,
    /// `!=` and `not in`.
    negative: Vec<usize>,
}

/// Joins what the three laws below allow, field by field. A list stands where its first part stood.
pub(super) fn join<'c>(
    condition: Condition,
    members: Vec<Node<'c>>,
    ids: &mut Ids<'c>,
) -> Vec<Node<'c>> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut fields: Vec<Lists> = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let Some(atom) = list(member) else { continue };
        let place = *places
            .entry(atom.comparison.field.name())
            .or_insert(fields.len());
        if place == fields.len() {
            fields.push(Lists::default());
        }
        if let Some(lists) = fields.get_mut(place) {
            match atom.comparison.negated {
                false => lists.positive.push(index),
                true => lists.negative.push(index),
            }
        }
    }
    let mut members: Vec<Option<Node<'c>>> = members.into_iter().map(Some).collect();
    for Lists { positive, negative } in fields {
        if positive.len() + negative.len() < 2 {
            continue;
        }
        let (gathering, narrowing) = match condition {
            Condition::Or => (positive, negative),
            Condition::And => (negative, positive),
        };
        let gathered = unite(&gathering, &mut members, ids);
        let narrowed = intersect(&narrowing, &mut members, ids);
        if let (Some(gathered), Some(narrowed)) = (gathered, narrowed) {
            subtract(narrowed, gathered, &mut members, ids);
        }
    }
    members.into_iter().flatten().collect()
}

/// The comparison, if it is an equality or a list.
fn list<'n, 'c>(node: &'n Node<'c>) -> Option<&'n Atom<'c>> {
    match node {
        Node::Rule(atom) => {
            let is_list = matches!(atom.comparison.test, Test::Equal(_) | Test::OneOf(_));
            is_list.then_some(atom)
        }
        Node::Group(_) => None,
    }
}

/// **Union**: `f in L or f in M` is `f in L ∪ M`, and `f not in L and f not in M` is
/// `f not in L ∪ M`.
///
/// By the language page a list *is* the OR of its equalities, so this holds of fields with several
/// values too. Without a value all sides are unknown. Answers where the one list now stands.
fn unite<'c>(
    lists: &[usize],
    members: &mut [Option<Node<'c>>],
    ids: &mut Ids<'c>,
) -> Option<usize> {
    let [first, _, ..] = lists else {
        return lists.first().copied();
    };
    let mut seen = FxHashSet::default();
    let each = lists.iter().filter_map(|&index| atom(members, index));
    let all = each.flat_map(|atom| values(&atom.comparison.test));
    let union: Vec<Value> = all
        .filter(|value| seen.insert(value.text.as_str()))
        .cloned()
        .collect();
    replace(lists, union, members, ids).then_some(*first)
}

/// **Intersection**: `f in L and f in M` is `f in L ∩ M`, and `f not in L or f not in M` is
/// `f not in L ∩ M`, where a row has one value of `f` and `L ∩ M` is not empty.
///
/// Of an empty intersection nothing is made, for no filter says "nobody" and is still unknown
/// where the value is missing. All lists are joined or none, so that their order does not matter.
fn intersect<'c>(
    lists: &[usize],
    members: &mut [Option<Node<'c>>],
    ids: &mut Ids<'c>,
) -> Option<usize> {
    let [first, _, ..] = lists else {
        return lists.first().copied();
    };
    let each: Vec<&Atom<'c>> = lists
        .iter()
        .filter_map(|&index| atom(members, index))
        .collect();
    if !can_be_compared(&each) {
        return None;
    }
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for value in each.iter().flat_map(|atom| values(&atom.comparison.test)) {
        *counts.entry(&value.text).or_default() += 1;
    }
    // No value is twice in one list: `check` keeps the first.
    let in_all = |value: &&Value| counts.get(value.text.as_str()) == Some(&each.len());
    let common = each
        .first()
        .into_iter()
        .flat_map(|atom| values(&atom.comparison.test));
    let common: Vec<Value> = common.filter(in_all).cloned().collect();
    replace(lists, common, members, ids).then_some(*first)
}

/// **Difference**: `f in L and f not in M` is `f in L \ M`, and `f not in L or f in M` is
/// `f not in L \ M`, where a row has one value of `f` and `L \ M` is not empty.
///
/// `f in L and f not in L` is false of a value and unknown of none: it stays as it is.
fn subtract<'c>(from: usize, what: usize, members: &mut [Option<Node<'c>>], ids: &mut Ids<'c>) {
    let (Some(list), Some(other)) = (atom(members, from), atom(members, what)) else {
        return;
    };
    if !can_be_compared(&[list, other]) {
        return;
    }
    let without: FxHashSet<&str> = values(&other.comparison.test)
        .iter()
        .map(|value| value.text.as_str())
        .collect();
    let is_left = |value: &&Value| !without.contains(value.text.as_str());
    let all = values(&list.comparison.test).iter();
    let rest: Vec<Value> = all.filter(is_left).cloned().collect();
    if replace(&[from], rest, members, ids)
        && let Some(gone) = members.get_mut(what)
    {
        *gone = None;
    }
}

fn atom<'m, 'c>(members: &'m [Option<Node<'c>>], index: usize) -> Option<&'m Atom<'c>> {
    members.get(index)?.as_ref().and_then(list)
}

/// Whether texts that differ are values that differ, whatever the vendor's equality does with the
/// case of letters and with blanks, which is not documented; and a row has only one of them.
fn can_be_compared(lists: &[&Atom<'_>]) -> bool {
    let is_text = |field: &Field| {
        let has_texts = matches!(field.field_type(), FieldType::Text | FieldType::Picklist);
        has_texts && field.is_single_valued()
    };
    let mut known: FxHashMap<String, &str> = FxHashMap::default();
    lists.iter().all(|atom| is_text(atom.comparison.field))
        && lists
            .iter()
            .flat_map(|atom| values(&atom.comparison.test))
            .all(|value| {
                let letters = value.text.chars().filter(|c| !c.is_whitespace());
                let loose: String = letters.flat_map(char::to_lowercase).collect();
                *known.entry(loose).or_insert(&value.text) == value.text
            })
}

/// Puts one list in the place of several. Of one value it is the equality, if one of them was that:
/// `f = a and f in (a, b)` is `f = a`. Answers false where the field takes no such list.
fn replace<'c>(
    lists: &[usize],
    values_left: Vec<Value>,
    members: &mut [Option<Node<'c>>],
    ids: &mut Ids<'c>,
) -> bool {
    let parts: Vec<&Comparison<'c>> = lists
        .iter()
        .filter_map(|&index| atom(members, index).map(|atom| &atom.comparison))
        .collect();
    let Some((first, last)) = parts.first().zip(parts.last()) else {
        return false;
    };
    let is_it = |part: &&&Comparison<'c>| match (&part.test, values_left.as_slice()) {
        (Test::Equal(value), [left]) => value.text == left.text,
        _ => false,
    };
    let operator = if first.negated {
        Operator::NotIn
    } else {
        Operator::In
    };
    let test = match parts.iter().find(is_it) {
        Some(part) => part.test.clone(),
        None if !first.field.grants(operator) => return false,
        None => Test::OneOf(values_left),
    };
    if values(&test).is_empty() {
        return false;
    }
    let joined = Comparison {
        test,
        span: first.span.to(last.span),
        ..(*first).clone()
    };
    let Some(joined) = ids.atom(joined) else {
        return false;
    };
    for (place, &index) in lists.iter().enumerate() {
        if let Some(member) = members.get_mut(index) {
            *member = (place == 0).then(|| Node::Rule(joined.clone()));
        }
    }
    true
}
