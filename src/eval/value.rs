//! What is asked of a value, and what one value of a row answers.

use std::borrow::Cow;

use super::plan::{Asks, Bound, Known, Needle, Order, Place};
use super::{all, any};
use crate::decimal::Decimal;
use crate::filter::Quantifier;
use crate::moment::Moment;
use crate::row::{ArrayRule, CaseRule, Cell, MatchOptions, Truth};

pub(super) fn ask(asks: &Asks, cell: Option<&Cell<'_>>, options: MatchOptions) -> Truth {
    let cell = cell.filter(|cell| !is_null(cell, options));
    match (asks, cell) {
        (Asks::Null, cell) => truth(cell.is_none()),
        (Asks::Blank, cell) => truth(cell.is_none_or(|cell| is_blank(cell, options))),
        (_, None) => Truth::Unknown,
        (asks, Some(cell @ Cell::Many(_))) if options.arrays == ArrayRule::AsText => {
            one(asks, &Cell::Text(cell.to_string().into()), options)
        }
        (Asks::Bounds(_), Some(Cell::Many(_))) => Truth::Unknown,
        // Each of the texts may be found in another of the values.
        (Asks::Text(place, quantifier, needles), Some(Cell::Many(cells))) => {
            let found = needles
                .iter()
                .map(|needle| any(cells.iter().map(|cell| text(*place, needle, cell, options))));
            match quantifier {
                Quantifier::Any => any(found),
                Quantifier::All => all(found),
            }
        }
        (asks, Some(Cell::Many(cells))) => any(cells.iter().map(|cell| one(asks, cell, options))),
        (asks, Some(cell)) => one(asks, cell, options),
    }
}

pub(super) fn is_null(cell: &Cell<'_>, options: MatchOptions) -> bool {
    match cell {
        Cell::Null => true,
        Cell::Text(text) => options.empty_is_null && text.is_empty(),
        _ => false,
    }
}

fn is_blank(cell: &Cell<'_>, options: MatchOptions) -> bool {
    match cell {
        Cell::Text(text) if options.spaces_are_blank => text.trim().is_empty(),
        Cell::Text(text) => text.is_empty(),
        Cell::Many(cells) => cells.is_empty(),
        _ => false,
    }
}

/// Of a single value; one in a list may be null.
fn one(asks: &Asks, cell: &Cell<'_>, options: MatchOptions) -> Truth {
    if is_null(cell, options) {
        return Truth::Unknown;
    }
    match asks {
        Asks::Null | Asks::Blank => Truth::False,
        Asks::OneOf(known) => is_one_of(known, cell, options),
        Asks::Text(place, quantifier, needles) => {
            let found = needles
                .iter()
                .map(|needle| text(*place, needle, cell, options));
            match quantifier {
                Quantifier::Any => any(found),
                Quantifier::All => all(found),
            }
        }
        Asks::Bounds(bounds) => all(bounds
            .iter()
            .map(|(order, bound)| within(*order, bound, cell))),
    }
}

fn is_one_of(known: &Known, cell: &Cell<'_>, options: MatchOptions) -> Truth {
    let found = match known {
        Known::Numbers(numbers) => number(cell).map(|number| numbers.contains(&number)),
        Known::Moments(moments) => moment(cell).map(|moment| moments.contains(&moment)),
        Known::Booleans(values) => boolean(cell).map(|value| values.contains(&value)),
        Known::Texts(texts) => as_text(cell).map(|text| match options.case {
            CaseRule::Ignored => texts.contains(&text.to_lowercase()),
            _ => texts.contains(text),
        }),
    };
    found.map_or(Truth::Unknown, truth)
}

fn text(place: Place, needle: &Needle, cell: &Cell<'_>, options: MatchOptions) -> Truth {
    let Some(text) = as_text(cell).filter(|_| !is_null(cell, options)) else {
        return Truth::Unknown;
    };
    let text: Cow<'_, str> = match options.case {
        CaseRule::Exact => text.into(),
        CaseRule::IgnoredInText | CaseRule::Ignored => text.to_lowercase().into(),
    };
    truth(match place {
        Place::Anywhere => needle.finder.find(text.as_bytes()).is_some(),
        Place::Start => text.starts_with(&needle.text),
        Place::End => text.ends_with(&needle.text),
    })
}

fn within(order: Order, bound: &Bound, cell: &Cell<'_>) -> Truth {
    let numbers = || Some(number(cell)?.cmp(bound.number.as_ref()?));
    let moments = || Some(moment(cell)?.cmp(bound.moment.as_ref()?));
    let Some(found) = numbers().or_else(moments) else {
        return Truth::Unknown;
    };
    truth(match order {
        Order::Less => found.is_lt(),
        Order::LessOrEqual => found.is_le(),
        Order::Greater => found.is_gt(),
        Order::GreaterOrEqual => found.is_ge(),
    })
}

/// Numbers and truth values are texts too: as they are written.
fn as_text<'c>(cell: &'c Cell<'_>) -> Option<&'c str> {
    match cell {
        Cell::Text(text) | Cell::Number(text) => Some(text),
        Cell::Boolean(true) => Some("true"),
        Cell::Boolean(false) => Some("false"),
        Cell::Null | Cell::Many(_) | Cell::Other(_) => None,
    }
}

fn number<'c>(cell: &'c Cell<'_>) -> Option<Decimal<'c>> {
    match cell {
        Cell::Text(text) | Cell::Number(text) => Decimal::read(text),
        _ => None,
    }
}

fn moment<'c>(cell: &'c Cell<'_>) -> Option<Moment<'c>> {
    match cell {
        Cell::Text(text) => Moment::of_row(text),
        _ => None,
    }
}

fn boolean(cell: &Cell<'_>) -> Option<bool> {
    match cell {
        Cell::Boolean(value) => Some(*value),
        Cell::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Cell::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn truth(is_true: bool) -> Truth {
    if is_true { Truth::True } else { Truth::False }
}
