//! What a text looks like: a domain, the end of a company's name or of a number.

/// Whether it has the form of a domain or of an e-mail address, and is not `Node.js` or `B.Sc`.
pub(super) fn is_place(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() && !c.is_uppercase() || "@._+-".contains(c);
    let Some((before, last)) = text.rsplit_once('.') else {
        return false;
    };
    let is_last = last.chars().count() > 1 && last.chars().all(char::is_lowercase);
    is_last && before.ends_with(char::is_alphanumeric) && before.chars().all(is_part)
}

/// What stands behind a comma in the name of a company, and is none itself. Shorter ones are states
/// too: `CO`, `NV`.
pub(super) fn is_legal_form(text: &str) -> bool {
    const FORMS: [&str; 7] = ["corp", "gmbh", "inc", "llc", "llp", "ltd", "plc"];
    let form = text.strip_suffix('.').unwrap_or(text);
    (3..=4).contains(&form.len()) && FORMS.iter().any(|other| form.eq_ignore_ascii_case(other))
}

/// `000+` behind `10`: no number begins so. `(100, 000)` may be two codes.
pub(super) fn ends_number(before: &str, text: &str) -> bool {
    let Some(rest) = text.strip_prefix("000") else {
        return false;
    };
    let most = if rest.is_empty() { 2 } else { 3 };
    !rest.starts_with(|c: char| c.is_ascii_digit())
        && (1..=most).contains(&before.len())
        && !before.starts_with('0')
        && before.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_number_is_told_from_a_code() {
        for (before, text) in [("10", "000+"), ("1", "000"), ("100", "000+"), ("99", "000")] {
            assert!(ends_number(before, text), "{before}, {text}");
        }
        for (before, text) in [
            ("100", "000"),
            ("100", "001"),
            ("10", "020"),
            ("10", "0000"),
            ("1000", "000+"),
            ("01", "000"),
            ("Acme 1", "000"),
            ("", "000"),
        ] {
            assert!(!ends_number(before, text), "{before}, {text}");
        }
    }
}
