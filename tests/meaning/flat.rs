//! Texts full of groups that are one list taken apart, and rows that tell their values apart.

use crate::dice::Dice;
use crate::row::{Cell, Row};

/// Two that take lists with `is` and without, and one whose values are several.
const FIELDS: [(&str, &str); 3] = [
    ("job_title", "job_title"),
    ("department", "`department`"),
    ("emails", "emails"),
];
const VALUES: [&str; 4] = ["a", "b", "c", "d"];

pub(crate) fn draw_text(dice: &mut Dice) -> String {
    let mut text = String::new();
    expr(2, None, dice, &mut text);
    let words = *dice.pick(&[" and ", " or "]);
    text.push_str(words);
    expr(3, None, dice, &mut text);
    text
}

pub(crate) fn draw_row(dice: &mut Dice) -> Row {
    let mut row = Row::new();
    for (name, _) in FIELDS {
        let mut value = || (*dice.pick(&VALUES)).to_owned();
        let cell = match name {
            "emails" => Cell::Many(vec![value(), value()]),
            _ => Cell::One(value()),
        };
        if !dice.one_in(5) {
            row.insert(name, cell);
        }
    }
    row
}

/// What all comparisons of a group share: the field, and whether they are negative.
#[derive(Clone, Copy)]
struct Shared(&'static str, bool);

fn expr(levels: usize, shared: Option<Shared>, dice: &mut Dice, text: &mut String) {
    if dice.one_in(if shared.is_some() { 12 } else { 4 }) {
        let words = *dice.pick(&["not ", "not not ", "!"]);
        text.push_str(words);
    }
    if levels == 0 || dice.one_in(4) {
        return comparison(shared, dice, text);
    }
    let share = shared.is_none() && dice.one_in(2);
    let shared = if share {
        Some(Shared(dice.pick(&FIELDS).1, dice.one_in(2)))
    } else {
        shared
    };
    let joiner = *dice.pick(&[" and ", " or ", "\n||"]);
    text.push('(');
    for index in 0..dice.below(3) + 1 {
        if index > 0 {
            text.push_str(joiner);
        }
        expr(levels - 1, shared, dice, text);
    }
    text.push(')');
}

fn comparison(shared: Option<Shared>, dice: &mut Dice, text: &mut String) {
    let Shared(field, negated) =
        shared.unwrap_or_else(|| Shared(dice.pick(&FIELDS).1, dice.one_in(2)));
    let (one, other) = (*dice.pick(&VALUES), *dice.pick(&VALUES));
    text.push_str(&match (dice.one_in(2), negated) {
        (true, false) => format!("{field} = {one}"),
        (true, true) => format!("{field} != \"{one}\""),
        (false, false) => format!("{field} in ({one}, '{other}')"),
        (false, true) => format!("{field} not in ({one}, {other})"),
    });
}
