//! Numbers and points in time as quantities: what `<`, `between` and `equals` compare.
//!
//! Read digit by digit, of any length.

use std::cmp::Reverse;

use crate::fields::Kind;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quantity {
    Negative(Reverse<Magnitude>),
    /// Zero is one of these.
    Positive(Magnitude),
    /// Seconds since the first of March of the year 0, and the digits of the fraction.
    Moment(i64, String),
}

/// How many digits there are before the point, these digits, and those behind it: the first and
/// the last of all are not zero.
type Magnitude = (usize, String, String);

/// What an ordered value comes to.
pub(crate) fn quantity(kind: Kind, text: &str) -> Quantity {
    read(kind, text).unwrap_or_else(|| panic!("{text} is no {kind:?}"))
}

/// Nothing where the text is no number, or no day and no moment.
pub(crate) fn read(kind: Kind, text: &str) -> Option<Quantity> {
    match kind {
        Kind::Moment => moment(text),
        _ => number(text),
    }
}

fn number(text: &str) -> Option<Quantity> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    if !are_digits(whole) || !are_digits(decimals) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let decimals = decimals.trim_end_matches('0').to_owned();
    let is_zero = whole.is_empty() && decimals.is_empty();
    let magnitude = (whole.len(), whole, decimals);
    Some(if unsigned.len() < text.len() && !is_zero {
        Quantity::Negative(Reverse(magnitude))
    } else {
        Quantity::Positive(magnitude)
    })
}

/// `2026-01-31`, and RFC 3339. A day is its midnight in UTC.
fn moment(text: &str) -> Option<Quantity> {
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let mut parts = day.split('-');
    let (year, month, day) = (
        digits(parts.next()?, 4)?,
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
    );
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=last).contains(&day) {
        return None;
    }
    // Years that begin in March: the day that comes and goes is their last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = days + (153 * month + 2) / 5 + day - 1;
    let (seconds, fraction) = if time.is_empty() {
        (0, String::new())
    } else {
        seconds(time)?
    };
    Some(Quantity::Moment(days * 86_400 + seconds, fraction))
}

/// `T10:00:00.5+02:00`, in UTC.
fn seconds(text: &str) -> Option<(i64, String)> {
    let text = text.strip_prefix(['T', 't'])?;
    let zone = text.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = text.split_at(zone);
    let clock = |text: &str| -> Option<i64> {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
        (hours < 24 && minutes < 60).then_some(hours * 3_600 + minutes * 60)
    };
    let offset = match (zone.get(..1)?, zone.get(1..)?) {
        ("Z" | "z", "") => 0,
        ("+", offset) => clock(offset)?,
        ("-", offset) => -clock(offset)?,
        _ => return None,
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let (minutes, seconds) = time.split_at_checked(5)?;
    let seconds = digits(seconds.strip_prefix(':')?, 2).filter(|seconds| *seconds < 60)?;
    are_digits(fraction).then_some(())?;
    let fraction = fraction.trim_end_matches('0').to_owned();
    Some((clock(minutes)? + seconds - offset, fraction))
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && are_digits(text)).then(|| text.parse().ok())?
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
