//! Rows, and what the relations of the filter object say of a value in one.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::fields::{self, Field, Kind};
use crate::quantity::quantity;
use crate::tree::Tree;
use crate::truth::Truth;

/// By the name of the field; a field that is not here has no value.
pub(crate) type Row = BTreeMap<&'static str, Cell>;

#[derive(Clone, Debug)]
pub(crate) enum Cell {
    One(String),
    Many(Vec<String>),
}

/// The positive operators that take a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    In,
    Is,
    Equals,
    Contains,
    StartsWith,
    EndsWith,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What a field holds, if the row has a value for it.
pub(crate) type Held<'r> = Option<&'r Cell>;

/// Unknown where the row has no value; of several values one is enough.
pub(crate) fn relates(kind: Kind, held: Held<'_>, relation: Relation, value: &str) -> Truth {
    let test = |held: &String| holds(kind, relation, held, value);
    match held {
        None => Truth::Unknown,
        Some(Cell::One(held)) => test(held).into(),
        Some(Cell::Many(held)) => held.iter().any(test).into(),
    }
}

/// Never unknown.
pub(crate) fn is_null(held: Held<'_>) -> Truth {
    held.is_none().into()
}

/// Never unknown.
pub(crate) fn is_blank(held: Held<'_>) -> Truth {
    let blank = match held {
        None => true,
        Some(Cell::One(held)) => held.trim().is_empty(),
        Some(Cell::Many(held)) => held.is_empty(),
    };
    blank.into()
}

/// The three kinds of equality differ, so that none can take another's place unnoticed.
fn holds(kind: Kind, relation: Relation, held: &str, value: &str) -> bool {
    let order = || quantity(kind, held).cmp(&quantity(kind, value));
    let ordered = matches!(kind, Kind::Whole | Kind::Decimal | Kind::Moment);
    match relation {
        Relation::In => held.replace(' ', "") == value.replace(' ', ""),
        Relation::Is => held.to_lowercase() == value.to_lowercase(),
        Relation::Equals if ordered => order().is_eq(),
        Relation::Equals => held == value,
        Relation::Contains => held.contains(value),
        Relation::StartsWith => held.starts_with(value),
        Relation::EndsWith => held.ends_with(value),
        Relation::Less => order().is_lt(),
        Relation::LessOrEqual => order().is_le(),
        Relation::Greater => order().is_gt(),
        Relation::GreaterOrEqual => order().is_ge(),
    }
}

/// A row with the fields of a tree, and values around those the tree compares them with.
pub(crate) fn draw(tree: &Tree, dice: &mut Dice) -> Row {
    let mut mentioned: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    tree.visit(&mut |leaf| {
        mentioned
            .entry(leaf.field.name)
            .or_default()
            .extend(leaf.values());
    });
    let mut row = Row::new();
    for (name, near) in mentioned {
        if let Some(cell) = draw_cell(fields::find(name), &near, dice) {
            row.insert(name, cell);
        }
    }
    row
}

fn draw_cell(field: &Field, near: &[&'static str], dice: &mut Dice) -> Option<Cell> {
    if dice.one_in(4) {
        return None;
    }
    let pool = field.values();
    let mut value = || {
        let known = if near.is_empty() || dice.one_in(4) {
            &pool[..]
        } else {
            near
        };
        let value = *dice.pick(known);
        match field.kind {
            Kind::Text | Kind::Open | Kind::Many => vary(value, dice),
            _ => value.to_owned(),
        }
    };
    if field.kind != Kind::Many {
        return Some(Cell::One(value()));
    }
    let values = [value(), value()];
    let count = dice.below(3);
    Some(Cell::Many(values.into_iter().take(count).collect()))
}

/// A text that a relation may or may not tell from this one.
pub(crate) fn vary(value: &str, dice: &mut Dice) -> String {
    match dice.below(9) {
        0 => value.to_uppercase(),
        1 => value.replace(' ', ""),
        2 => format!(" {value}"),
        3 => format!("{value}er"),
        4 => format!("un{value}"),
        5 => format!("un{value}er"),
        6 => {
            if dice.one_in(2) {
                String::new()
            } else {
                "  ".to_owned()
            }
        }
        _ => value.to_owned(),
    }
}
