//! Decimal numbers as text: they are checked and compared digit by digit, never through a float.
//! Imports nothing of ours.

use std::cmp::Ordering;

/// The digits as written, without the `_` that groups them. `None` if it is no decimal number.
pub(crate) fn normalize(text: &str, fraction: bool) -> Option<String> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) if fraction => (whole, Some(decimals)),
        Some(_) => return None,
        None => (unsigned, None),
    };
    let grouped = |digits: &str| {
        digits
            .split('_')
            .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let number = grouped(whole) && decimals.is_none_or(grouped);
    number.then(|| text.replace('_', ""))
}

/// The order of two numbers that [`normalize`] returned, of any length.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    let (one_negative, one_size) = split(one);
    let (other_negative, other_size) = split(other);
    match (one_negative, other_negative) {
        (false, false) => one_size.cmp(&other_size),
        (true, true) => other_size.cmp(&one_size),
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
    }
}

/// Whether it is below zero, and its size in an order that comparing field by field gives.
fn split(number: &str) -> (bool, (usize, &str, &str)) {
    let unsigned = number.trim_start_matches('-');
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    let zero = whole.is_empty() && decimals.is_empty();
    let negative = number.starts_with('-') && !zero;
    (negative, (whole.len(), whole, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_may_be_grouped_and_are_otherwise_kept() {
        assert_eq!(normalize("10_000", false).as_deref(), Some("10000"));
        assert_eq!(normalize("-007", false).as_deref(), Some("-007"));
        assert_eq!(normalize("1_0.5_0", true).as_deref(), Some("10.50"));
        for wrong in [
            "", "-", "_1", "1_", "1__0", "1e6", "+1", "1.5", "٣", " 1", "--1",
        ] {
            assert_eq!(normalize(wrong, false), None, "{wrong:?}");
        }
        for wrong in ["1.", ".5", "1._5", "1.2.3", "1.-5"] {
            assert_eq!(normalize(wrong, true), None, "{wrong:?}");
        }
    }

    #[test]
    fn numbers_of_any_length_are_ordered() {
        let ascending = [
            "-100000000000000000000000000000000000001",
            "-100000000000000000000000000000000000000",
            "-1.5",
            "-1.25",
            "-1",
            "0",
            "0.05",
            "0.5",
            "1",
            "9.99",
            "10",
            "100000000000000000000000000000000000000.1",
        ];
        for (index, one) in ascending.iter().enumerate() {
            for (other_index, other) in ascending.iter().enumerate() {
                assert_eq!(
                    compare(one, other),
                    index.cmp(&other_index),
                    "{one} {other}"
                );
            }
        }
        assert_eq!(compare("-0", "0.00"), Ordering::Equal);
        assert_eq!(compare("007", "7.0"), Ordering::Equal);
    }
}
