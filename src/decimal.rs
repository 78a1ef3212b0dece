//! Decimal numbers as text: they are checked and compared digit by digit, never through a float.
//!
//! Read by `parse` and `check` for the values of a filter, and by `eval` and `select` for those of
//! rows. Imports nothing of ours.

mod meant;

use std::borrow::Cow;
use std::cmp::Ordering;

pub(crate) use meant::{Meant, meant};

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

/// A number of any length, in an order.
#[derive(Clone, Debug)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    /// The power of ten that the first digit stands behind: 1 of `7`, 0 of `0.7`, least of zero.
    magnitude: i64,
    /// The digits from the first that is not zero to the last.
    digits: (Cow<'a, [u8]>, Cow<'a, [u8]>),
}

impl<'a> Decimal<'a> {
    /// Reads what JSON calls a number, zeros in front allowed: `-1.50`, `007`, `1e6`.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            None => (unsigned, 0),
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        };
        let (whole, decimals) = match mantissa.split_once('.') {
            None => (mantissa, ""),
            Some((_, "")) => return None,
            Some(parts) => parts,
        };
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole) || !are_digits(decimals) {
            return None;
        }
        let (mut whole, mut decimals) = (whole.trim_start_matches('0'), decimals);
        let mut magnitude = i64::try_from(whole.len()).ok()?;
        if whole.is_empty() {
            let behind = decimals.trim_start_matches('0');
            magnitude = -i64::try_from(decimals.len() - behind.len()).ok()?;
            decimals = behind;
        }
        decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() {
            whole = whole.trim_end_matches('0');
        }
        let is_zero = whole.is_empty() && decimals.is_empty();
        Some(Self {
            negative: !is_zero && text.starts_with('-'),
            magnitude: if is_zero {
                i64::MIN
            } else {
                magnitude.checked_add(exponent)?
            },
            digits: (whole.as_bytes().into(), decimals.as_bytes().into()),
        })
    }

    /// The same with digits of its own.
    pub(crate) fn into_owned(self) -> Decimal<'static> {
        let (whole, decimals) = self.digits;
        Decimal {
            digits: (whole.into_owned().into(), decimals.into_owned().into()),
            ..self
        }
    }

    fn digits(&self) -> impl Iterator<Item = &u8> {
        self.digits.0.iter().chain(self.digits.1.iter())
    }
}

/// One that no program writes, longer than eighteen digits, is none.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value: i64 = (is_number && digits.len() <= 18).then(|| digits.parse().ok())??;
    Some(if text.starts_with('-') { -value } else { value })
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = || {
            let magnitude = self.magnitude.cmp(&other.magnitude);
            magnitude.then_with(|| self.digits().cmp(other.digits()))
        };
        match (self.negative, other.negative) {
            (false, false) => size(),
            (true, true) => size().reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Option<Ordering> {
        Some(Decimal::read(one)?.cmp(&Decimal::read(other)?.into_owned()))
    }

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
                    Some(index.cmp(&other_index)),
                    "{one} {other}"
                );
            }
        }
        for (one, other) in [
            ("-0", "0.00"),
            ("007", "7.0"),
            ("1e3", "1000"),
            ("1.5E-2", "0.015"),
            ("0e9", "0"),
            ("120e-1", "12"),
            ("0.0012e+4", "12.0"),
        ] {
            assert_eq!(compare(one, other), Some(Ordering::Equal), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for wrong in [
            "",
            "-",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e+",
            "e5",
            "1,000",
            " 1",
            "0x1",
            "NaN",
            "1_0",
            "٣",
            "1e9999999999999999999",
        ] {
            assert!(Decimal::read(wrong).is_none(), "{wrong:?}");
        }
    }
}
