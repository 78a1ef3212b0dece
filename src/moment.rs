//! Points in time as text: a day, or a moment by RFC 3339.
//!
//! Read by `check` for the values of a filter, and by `eval` and `select` for those of rows. Imports
//! nothing of ours.

use std::borrow::Cow;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time, in an order.
///
/// `time` keeps nanoseconds and takes a leap second for the end of the one before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment<'a> {
    at: OffsetDateTime,
    is_leap_second: bool,
    /// Of the fraction of the second, without zeros at the end.
    digits: Cow<'a, str>,
}

impl<'a> Moment<'a> {
    /// The moment that is written, a day being its midnight in UTC. `None` if there is no such day
    /// or moment, or it is written otherwise.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let at = match text.as_bytes().get(10) {
            None => OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339),
            // RFC 3339 itself lets applications write a blank here; the language does not.
            Some(b'T' | b't') => OffsetDateTime::parse(text, &Rfc3339),
            Some(_) => return None,
        };
        let (_, fraction) = text.split_once('.').unwrap_or_default();
        let digits = fraction.split(|c: char| !c.is_ascii_digit()).next();
        Some(Self {
            at: at.ok()?,
            is_leap_second: text.get(17..19) == Some("60"),
            digits: digits.unwrap_or_default().trim_end_matches('0').into(),
        })
    }

    /// The moment in a row: as [`read`](Self::read), and as databases write one, with a blank for
    /// the `T`, the offset as hours alone, or without an offset, which is UTC then.
    pub(crate) fn of_row(text: &'a str) -> Option<Self> {
        let Some((day, time)) = text.split_at_checked(10) else {
            return Self::read(text);
        };
        let is_separated = time.starts_with(['T', 't', ' ']);
        let zone = time.find(['Z', 'z', '+', '-']);
        let zone = zone.and_then(|at| time.get(at..)).unwrap_or_default();
        let missing = match zone.len() {
            0 => "Z",
            3 => ":00",
            _ => "",
        };
        if !is_separated || (!time.starts_with(' ') && missing.is_empty()) {
            return Self::read(text);
        }
        let time = time.get(1..)?;
        let moment = format!("{day}T{time}{missing}");
        Some(Moment::read(&moment)?.into_owned())
    }

    /// The same with digits of its own.
    pub(crate) fn into_owned<'b>(self) -> Moment<'b> {
        Moment {
            digits: self.digits.into_owned().into(),
            ..self
        }
    }
}

/// Why [`Moment::read`] gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Well formed, as the 30th of February.
    NoSuchDay,
    /// A moment without its offset from UTC.
    NoZone,
    Form,
}

pub(crate) fn flaw(text: &str) -> Flaw {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    match shape.as_str() {
        "0000-00-00" => Flaw::NoSuchDay,
        "0000-00-00T00:00:00" if Moment::read(&format!("{text}Z")).is_some() => Flaw::NoZone,
        _ => Flaw::Form,
    }
}

#[cfg(test)]
mod tests {
    use super::{Flaw, Moment, flaw};

    fn read(text: &str) -> Option<Moment<'_>> {
        Moment::read(text)
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        assert_eq!(flaw("2026-02-30"), Flaw::NoSuchDay);
        assert_eq!(flaw("2026-01-31T10:00:00"), Flaw::NoZone);
        assert_eq!(flaw("31.01.2026"), Flaw::Form);
    }

    #[test]
    fn days_and_moments_are_read_and_nothing_else() {
        for right in [
            "2026-01-31",
            "2024-02-29",
            "2026-01-31T10:00:00Z",
            "2026-01-31t10:00:00.123456789+02:00",
        ] {
            assert!(read(right).is_some(), "{right}");
        }
        for wrong in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-1-31",
            "20260131",
            "31.01.2026",
            "2026-01-31 10:00:00Z",
            "2026-01-31T10:00:00",
            "2026-01-31T25:00:00Z",
            "2026-01-31Z",
            "2026-01-3é",
        ] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn moments_are_ordered_below_the_nanosecond_and_in_leap_seconds() {
        for (earlier, later) in [
            ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00.0000000001Z"),
            (
                "2026-01-31T10:00:00.1234567890122Z",
                "2026-01-31T12:00:00.1234567890123+02:00",
            ),
            ("2016-12-31T23:59:60.4Z", "2016-12-31T23:59:60.5Z"),
            ("2016-12-31T23:59:59.9999999999Z", "2016-12-31T23:59:60Z"),
            ("2026-01-31", "2026-01-31T00:00:01Z"),
        ] {
            assert!(read(later) > read(earlier), "{earlier} {later}");
        }
        assert_eq!(
            read("2026-01-31T10:00:00.50Z"),
            read("2026-01-31T10:00:00.5Z")
        );
    }

    #[test]
    fn rows_may_write_moments_as_databases_do() {
        for (written, meant) in [
            ("2026-01-31", "2026-01-31T00:00:00Z"),
            ("2026-01-31 10:00:00", "2026-01-31T10:00:00Z"),
            ("2026-01-31T10:00:00", "2026-01-31T10:00:00Z"),
            ("2026-01-31 10:00:00.250", "2026-01-31T10:00:00.25Z"),
            ("2026-01-31 10:00:00+00", "2026-01-31T10:00:00Z"),
            ("2026-01-31 10:00:00-02:00", "2026-01-31T12:00:00Z"),
            ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ] {
            assert!(read(meant).is_some());
            assert_eq!(Moment::of_row(written), read(meant), "{written}");
        }
        for wrong in [
            "",
            "now",
            "2026-02-30 10:00:00",
            "2026-01-31 10",
            "2026-01-3é x",
            "31.01.2026 10:00:00",
        ] {
            assert_eq!(Moment::of_row(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_are_ordered_across_offsets() {
        assert!(read("2026-01-31T23:00:00-02:00") > read("2026-02-01"));
        assert!(read("2026-01-31") < read("2026-01-31T00:00:01Z"));
        assert_eq!(read("2026-01-31"), read("2026-01-31T02:00:00+02:00"));
    }
}
