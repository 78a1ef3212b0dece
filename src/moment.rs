//! Points in time as text: a day, or a moment by RFC 3339. Imports nothing of ours.

use std::cmp::Ordering;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The moment that is written, a day being its midnight in UTC. `None` if there is no such day
/// or moment, or it is written otherwise.
pub(crate) fn read(text: &str) -> Option<OffsetDateTime> {
    let bytes = text.as_bytes();
    let moment = match bytes.get(10) {
        None => OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339),
        // RFC 3339 itself lets applications write a blank here; the language does not.
        Some(b'T' | b't') => OffsetDateTime::parse(text, &Rfc3339),
        Some(_) => return None,
    };
    moment.ok()
}

/// The order of two points in time, both of which [`read`] accepts.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    order(one).cmp(&order(other))
}

/// `time` keeps nanoseconds and takes a leap second for the end of the one before it.
fn order(text: &str) -> (Option<OffsetDateTime>, bool, &str) {
    let is_leap_second = text.get(17..19) == Some("60");
    let (_, fraction) = text.split_once('.').unwrap_or_default();
    let digits = fraction.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = digits.split(|c: char| !c.is_ascii_digit()).next();
    let digits = digits.unwrap_or_default().trim_end_matches('0');
    (read(text), is_leap_second, digits)
}

/// Why [`read`] gives nothing.
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
        "0000-00-00T00:00:00" if read(&format!("{text}Z")).is_some() => Flaw::NoZone,
        _ => Flaw::Form,
    }
}

#[cfg(test)]
mod tests {
    use super::{Flaw, compare, flaw, read};

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
            assert!(compare(later, earlier).is_gt(), "{earlier} {later}");
            assert!(compare(earlier, later).is_lt(), "{earlier} {later}");
        }
        assert!(compare("2026-01-31T10:00:00.50Z", "2026-01-31T10:00:00.5Z").is_eq());
    }

    #[test]
    fn moments_are_ordered_across_offsets() {
        assert!(read("2026-01-31T23:00:00-02:00") > read("2026-02-01"));
        assert!(read("2026-01-31") < read("2026-01-31T00:00:01Z"));
        assert_eq!(read("2026-01-31"), read("2026-01-31T02:00:00+02:00"));
    }
}
