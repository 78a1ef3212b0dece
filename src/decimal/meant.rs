//! The number that was meant by a text that is none: how people and spreadsheets write numbers.

use super::normalize;

/// A number as the language writes it.
pub(crate) struct Meant {
    pub(crate) digits: String,
    /// False where something was left out that could change the number.
    pub(crate) certain: bool,
}

/// `1 000`, `1'000`, `$1,000`, `+5`, `5%`, `.5`: what would be written in this language.
pub(crate) fn meant(text: &str, fraction: bool) -> Option<Meant> {
    // A number of more characters is none.
    const MOST_BYTES: usize = 60;
    let trimmed = text.trim();
    if trimmed.len() > MOST_BYTES {
        return None;
    }
    let bare = without_unit(trimmed);
    let unsigned = match bare.strip_prefix('+') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => bare,
    };
    let mut digits = ungrouped(unsigned)?;
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    // Elsewhere a comma stands in front of the fraction, and in a list between the numbers.
    let certain = bare == trimmed && !unsigned.contains(',');
    normalize(&digits, fraction).map(|_| Meant { digits, certain })
}

/// Without one sign or unit in front or behind. No `k` and no `m`: they are part of the number.
fn without_unit(text: &str) -> &str {
    const UNITS: [&str; 8] = ["$", "€", "£", "¥", "%", "USD", "EUR", "GBP"];
    let mut units = UNITS.into_iter();
    let bare = units.find_map(|unit| text.strip_prefix(unit).or_else(|| text.strip_suffix(unit)));
    bare.unwrap_or(text).trim()
}

/// With `_` between groups of three digits for whatever mark is there; without groups as it is.
fn ungrouped(text: &str) -> Option<String> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '\'' | '’');
    let Some(mark) = text.chars().find(|c| is_mark(*c)) else {
        return Some(text.to_owned());
    };
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let mut groups = whole.split(mark);
    let first = groups.next()?.trim_start_matches('-');
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = (1..=3).contains(&first.len())
        && are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group));
    let grouped = whole.replace(mark, "_");
    is_grouped.then(|| match decimals {
        Some(decimals) => format!("{grouped}.{decimals}"),
        None => grouped,
    })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn the_number_that_was_meant_is_named_and_a_guess_is_not_certain() {
        for (text, fraction, expected) in [
            ("1 000", false, Some(("1_000", true))),
            ("1\u{A0}000\u{A0}000", false, Some(("1_000_000", true))),
            ("-1'000.50", true, Some(("-1_000.50", true))),
            ("1’000", false, Some(("1_000", true))),
            ("10,000", false, Some(("10_000", false))),
            ("1,000,000", true, Some(("1_000_000", false))),
            ("10,000", true, Some(("10_000", false))),
            (" 5", false, Some(("5", true))),
            ("+5", false, Some(("5", true))),
            ("$1000", false, Some(("1000", false))),
            ("1,000 USD", false, Some(("1_000", false))),
            ("5%", false, Some(("5", false))),
            ("$5m", true, None),
            ("10k", false, None),
            ("1 0000", false, None),
            ("1 000,000", false, None),
            ("10,00", false, None),
            ("1,5", true, None),
            ("$1,000.50", true, Some(("1_000.50", false))),
            (".5", true, Some(("0.5", true))),
            (".5", false, None),
            ("+.5", true, None),
            ("1.", true, None),
            ("%", true, None),
            ("10 20", true, None),
            ("1-10", true, None),
            ("1.000", false, None),
            ("10000+", false, None),
            ("many", false, None),
            ("", false, None),
        ] {
            let found = meant(text, fraction);
            let found = found.as_ref().map(|it| (it.digits.as_str(), it.certain));
            assert_eq!(found, expected, "{text}");
        }
    }
}
