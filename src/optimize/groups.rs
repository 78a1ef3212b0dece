//! Members of a group that say nothing new, and groups that another shape says with less.
//!
//! The laws are those of a distributive lattice, which three-valued logic is too. Complements are
//! not: `a or not a` is unknown where `a` is, so nothing here knows opposites.

use rustc_hash::{FxHashMap, FxHashSet};

use super::node::{Group, Id, Node};
use crate::filter::Test;
use crate::wire::Condition;

/// **Duplicates**: `a and a` is `a`, `a or a` is `a`. The first stays; of `f is v` and `f = v` that
/// become one rule, the one whose operator was chosen.
pub(super) fn without_duplicates(members: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut places: FxHashMap<usize, usize> = FxHashMap::default();
    let mut kept: Vec<Node<'_>> = Vec::with_capacity(members.len());
    for member in members {
        let place = *places.entry(member.id().rule()).or_insert(kept.len());
        match kept.get_mut(place) {
            None => kept.push(member),
            Some(first) if is_chosen(&member) && !is_chosen(first) => *first = member,
            Some(_) => {}
        }
    }
    kept
}

fn is_chosen(node: &Node<'_>) -> bool {
    matches!(node, Node::Rule(atom) if matches!(atom.comparison.test, Test::Exactly { .. }))
}

/// **Absorption**: `a or (a and b)` is `a`, `a and (a or b)` is `a`.
pub(super) fn absorbed(members: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let direct: FxHashSet<usize> = members.iter().map(|member| member.id().rule()).collect();
    let says_more = |member: &Node<'_>| match member {
        Node::Rule(_) => true,
        Node::Group(group) => {
            let mut inner = group.members.iter();
            !inner.any(|member| direct.contains(&member.id().rule()))
        }
    };
    let mut members = members;
    members.retain(says_more);
    members
}

/// What all groups of a group share, and what is left of each.
pub(super) struct Factored<'c> {
    pub(super) common: Vec<Node<'c>>,
    pub(super) rests: Vec<Vec<Node<'c>>>,
}

/// **Factoring**: `(a and b) or (a and c)` is `a and (b or c)`, and the dual. `None` where not all
/// members are groups, or they share nothing.
pub(super) fn factored<'c>(members: &[Node<'c>]) -> Option<Factored<'c>> {
    let groups: Option<Vec<&Group<'c>>> = members
        .iter()
        .map(|member| match member {
            Node::Group(group) => Some(group),
            Node::Rule(_) => None,
        })
        .collect();
    let groups = groups?;
    let (first, _) = groups.split_first()?;
    let mut counts: FxHashMap<Id, usize> = FxHashMap::default();
    for member in groups.iter().flat_map(|group| &group.members) {
        *counts.entry(member.id()).or_default() += 1;
    }
    let is_common = |member: &&Node<'c>| counts.get(&member.id()) == Some(&groups.len());
    let common: Vec<Node<'c>> = first.members.iter().filter(is_common).cloned().collect();
    if common.is_empty() || groups.len() < 2 {
        return None;
    }
    let rest = |group: &&Group<'c>| {
        let own = group.members.iter().filter(|member| !is_common(member));
        own.cloned().collect()
    };
    Some(Factored {
        common,
        rests: groups.iter().map(rest).collect(),
    })
}

/// How many combinations of members are tried, and of how many rules.
const MOST_CLAUSES: usize = 16;
const MOST_RULES: usize = 64;

/// **Distribution**: `a or (b and c)` is `(a or b) and (a or c)`, and the dual. The clauses, each of
/// the condition of the group; `None` where they would be many, or are not all on one field, for
/// only then can each become one rule.
pub(super) fn distributed<'c>(members: &[Node<'c>]) -> Option<Vec<Vec<Node<'c>>>> {
    let mut field: Option<&str> = None;
    let mut is_same = |node: &Node<'c>| match node {
        Node::Rule(atom) => {
            let name = atom.comparison.field.name();
            *field.get_or_insert(name) == name
        }
        Node::Group(_) => false,
    };
    let mut clauses: Vec<Vec<Node<'c>>> = vec![Vec::new()];
    let mut is_nested = false;
    let mut most_rules = MOST_RULES;
    for member in members {
        let choices = match member {
            Node::Rule(_) => std::slice::from_ref(member),
            Node::Group(group) => {
                is_nested = true;
                group.members.as_slice()
            }
        };
        most_rules = most_rules.checked_sub(choices.len())?;
        if !choices.iter().all(&mut is_same) || clauses.len() * choices.len() > MOST_CLAUSES {
            return None;
        }
        let with = |clause: &Vec<Node<'c>>, choice: &Node<'c>| {
            let mut longer = clause.clone();
            longer.push(choice.clone());
            longer
        };
        clauses = clauses
            .iter()
            .flat_map(|clause| choices.iter().map(move |choice| with(clause, choice)))
            .collect();
    }
    is_nested.then_some(clauses)
}

/// How many rules a group has.
pub(super) fn rules(members: &[Node<'_>]) -> usize {
    let count = |member: &Node<'_>| match member {
        Node::Rule(_) => 1,
        Node::Group(group) => rules(&group.members),
    };
    members.iter().map(count).sum()
}

/// The condition of groups in a group of that condition.
pub(super) fn inner(condition: Condition) -> Condition {
    condition.dual()
}
