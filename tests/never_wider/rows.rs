//! Rows drawn around the values of filters: missing, empty, the value, its neighbours, several.

use std::borrow::Cow;
use std::collections::BTreeMap;

use filterc::{Catalog, Field, Operator};

use crate::dice::Dice;
use crate::fields::{self, Kind};
use crate::row::{Cell, Held, vary};

/// By the name of the field; a field that is not here has no value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row(BTreeMap<String, Cell>);

impl Row {
    pub(crate) fn held(&self, field: &str) -> Held<'_> {
        self.0.get(field)
    }

    /// As the library takes it.
    pub(crate) fn cells(&self) -> BTreeMap<String, filterc::Cell<'static>> {
        let text = |text: &String| filterc::Cell::Text(Cow::Owned(text.clone()));
        let cells = self.0.iter().map(|(name, cell)| {
            let cell = match cell {
                Cell::One(value) => text(value),
                Cell::Many(values) => filterc::Cell::Many(values.iter().map(text).collect()),
            };
            (name.clone(), cell)
        });
        cells.collect()
    }
}

/// The fields of filters, and the values that each is compared with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values(BTreeMap<String, Near>);

#[derive(Clone, Debug)]
struct Near {
    kind: Kind,
    /// Whether a row can have several values of it: they are signals, or the field is a list.
    can_be_several: bool,
    values: Vec<String>,
}

impl Values {
    /// `known`: the values of the field.
    pub(crate) fn add<'v>(
        &mut self,
        catalog: &Catalog,
        name: &str,
        known: impl IntoIterator<Item = &'v str>,
    ) {
        let near = self.0.entry(name.to_owned()).or_insert_with(|| {
            let field = catalog.find(name);
            let kind = field.map_or(Kind::Text, fields::kind);
            let is_list = matches!(kind, Kind::Many | Kind::Topic | Kind::Visitors);
            let mut operators = field.into_iter().flat_map(Field::operators);
            Near {
                kind,
                can_be_several: is_list || !operators.any(|operator| operator == Operator::IsNull),
                values: Vec::new(),
            }
        });
        near.values.extend(known.into_iter().map(str::to_owned));
    }

    /// `anywhere`: several values also where a row of the vendor's has one.
    pub(crate) fn draw(&self, anywhere: bool, dice: &mut Dice) -> Row {
        let mut row = Row::default();
        for (name, near) in &self.0 {
            if !dice.one_in(5) {
                let cell = cell(near, anywhere || near.can_be_several, dice);
                row.0.insert(name.clone(), cell);
            }
        }
        row
    }
}

fn cell(near: &Near, can_be_several: bool, dice: &mut Dice) -> Cell {
    let (kind, values) = (near.kind, &near.values);
    let is_list = match kind {
        _ if !can_be_several => false,
        Kind::Many => !dice.one_in(5),
        Kind::Whole | Kind::Decimal | Kind::Moment | Kind::Flag => false,
        _ => dice.one_in(3),
    };
    if !is_list {
        return Cell::One(value(kind, values, dice));
    }
    let count = dice.below(4);
    Cell::Many((0..count).map(|_| value(kind, values, dice)).collect())
}

fn value(kind: Kind, values: &[String], dice: &mut Dice) -> String {
    let near = |others: &[&str], dice: &mut Dice| -> String {
        if values.is_empty() || dice.one_in(4) {
            (*dice.pick(others)).to_owned()
        } else {
            dice.pick(values).clone()
        }
    };
    match kind {
        Kind::Whole | Kind::Decimal => number(&near(&["0", "7", "1000"], dice), dice),
        Kind::Moment => moment(&near(&["2026-01-31", "2026-01-31T10:00:00Z"], dice), dice),
        Kind::Flag => near(&["true", "false"], dice),
        _ => vary(&near(&["a", "", " ", "vp", "high"], dice), dice),
    }
}

/// The number, written otherwise, or one beside it.
fn number(value: &str, dice: &mut Dice) -> String {
    let is_whole = !value.contains('.');
    match dice.below(6) {
        0 if is_whole => format!("{value}.0"),
        1 if is_whole => format!("{value}.25"),
        2 => value
            .strip_prefix('-')
            .map_or(format!("-{value}"), |value| format!("-00{value}")),
        3 if is_whole => format!("{value}0"),
        _ => value.to_owned(),
    }
}

/// The moment, the day of it, or one beside it.
fn moment(value: &str, dice: &mut Dice) -> String {
    let day = value.get(..10).unwrap_or(value);
    match dice.below(5) {
        0 => day.to_owned(),
        1 => format!("{day}T00:00:00Z"),
        2 => format!("{day}T00:00:00.001Z"),
        3 => format!("{day}T00:00:00+00:01"),
        _ => value.to_owned(),
    }
}
