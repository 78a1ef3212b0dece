//! Rows as the library takes them, drawn around the values that a filter compares with.

use std::collections::BTreeMap;

use filterc::Cell;

use crate::dice::Dice;
use crate::fields::{self, Field, Kind};
use crate::tree::Tree;

pub(crate) type Cells = BTreeMap<&'static str, Cell<'static>>;

/// Which values there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// Each in a spelling of its field's type that needs no knowledge of the type.
    Plain,
    /// Also in other spellings, and such as are not of the type.
    Any,
}

pub(crate) fn draw(tree: &Tree, values: Values, dice: &mut Dice) -> Cells {
    let mut near: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    tree.visit(&mut |leaf| {
        let known = near.entry(leaf.field.name).or_default();
        known.extend(leaf.values());
    });
    let mut row = Cells::new();
    for (name, near) in near {
        if !dice.one_in(6) {
            row.insert(name, draw_cell(fields::find(name), &near, values, dice));
        }
    }
    row
}

fn draw_cell(
    field: &Field,
    near: &[&'static str],
    values: Values,
    dice: &mut Dice,
) -> Cell<'static> {
    if dice.one_in(10) {
        return Cell::Null;
    }
    let is_ordered = matches!(field.kind, Kind::Whole | Kind::Decimal | Kind::Moment);
    let is_list = match field.kind {
        Kind::Many => !dice.one_in(5),
        Kind::Flag => false,
        _ if is_ordered => values == Values::Any && dice.one_in(20),
        _ => dice.one_in(6),
    };
    if !is_list {
        return draw_one(field, near, values, dice);
    }
    let count = dice.below(4);
    let member = |_| {
        if dice.one_in(8) {
            Cell::Null
        } else {
            draw_one(field, near, values, dice)
        }
    };
    Cell::Many((0..count).map(member).collect())
}

fn draw_one(
    field: &Field,
    near: &[&'static str],
    values: Values,
    dice: &mut Dice,
) -> Cell<'static> {
    let pool = field.values();
    let from = if near.is_empty() || dice.one_in(3) {
        &pool[..]
    } else {
        near
    };
    let value = *dice.pick(from);
    if values == Values::Any && dice.one_in(12) {
        return dice
            .pick(&[
                Cell::Boolean(true),
                Cell::Number("7.0".into()),
                Cell::Number("1e2".into()),
                Cell::Text("2026-01-31 00:00:00".into()),
                Cell::Text("many".into()),
                Cell::Other("{\"a\":1}".into()),
                Cell::Other("{\"b\":[]}".into()),
            ])
            .clone();
    }
    match field.kind {
        Kind::Whole | Kind::Decimal => number(value, values, dice),
        Kind::Moment => Cell::Text(moment(value, values, dice).into()),
        Kind::Flag if dice.one_in(2) => Cell::Boolean(value == "true"),
        Kind::Flag if values == Values::Any && dice.one_in(2) => value.to_uppercase().into(),
        Kind::Visitors if value.bytes().all(|byte| byte.is_ascii_digit()) && dice.one_in(2) => {
            Cell::Number(value.into())
        }
        Kind::Text | Kind::Open | Kind::Many | Kind::Closed | Kind::Topic => {
            vary(value, dice).into()
        }
        _ => value.into(),
    }
}

/// As text or as number, JSON's numbers without zeros in front.
fn number(value: &'static str, values: Values, dice: &mut Dice) -> Cell<'static> {
    let is_text = dice.one_in(2);
    let unsigned = value.trim_start_matches('-');
    let sign = if value.starts_with('-') { "-" } else { "" };
    let digits = match unsigned.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let mut written = format!("{sign}{}", if is_text { unsigned } else { digits });
    match dice.below(6) {
        0 if !written.contains('.') => written += ".0",
        1 if !written.contains('.') => written += "e0",
        // The SQL engine takes longer ones for floats.
        2 if !written.contains('.') && written.len() < 15 => written += ".25",
        3 if values == Values::Any && is_text => written.insert(0, ' '),
        _ => {}
    }
    if is_text {
        written.into()
    } else {
        Cell::Number(written.into())
    }
}

/// Also without a zone, as databases write it.
fn moment(value: &'static str, values: Values, dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => value.trim_end_matches('Z').to_owned(),
        1 => value.replacen('T', " ", 1),
        2 if values == Values::Any => value.replace("Z", "+00"),
        3 if values == Values::Any => value.replace("2026-01", "2026-13"),
        _ => value.to_owned(),
    }
}

fn vary(value: &str, dice: &mut Dice) -> String {
    match dice.below(9) {
        0 => value.to_uppercase(),
        1 => value.to_lowercase(),
        2 => format!(" {value}"),
        3 => format!("{value}er"),
        4 => format!("ü{value}"),
        5 => format!("un{value}日本"),
        6 if dice.one_in(2) => String::new(),
        6 => " \t".to_owned(),
        _ => value.to_owned(),
    }
}
