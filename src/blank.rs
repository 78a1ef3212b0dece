//! Words that people write for IS NULL and IS BLANK, or their opposites: `empty`, `set`, `not_null`.

use crate::suggest::{nearest, words};

/// Whether a word says that a field has a value. `None` where it says neither, and is one.
pub(crate) fn says_present(word: &str) -> Option<bool> {
    let lower = word.to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match letters.as_str() {
        "notnull" | "isnotnull" | "notblank" | "isnotblank" | "notempty" | "isnotempty" => true,
        "present" | "set" | "defined" | "filled" | "known" | "available" => true,
        "empty" | "isempty" | "missing" | "none" | "nil" | "undefined" | "unset" | "absent"
        | "nothing" => false,
        "unknown" | "unavailable" | "na" => false,
        "notset" | "notpresent" | "notdefined" | "notfilled" | "notknown" | "notavailable" => false,
        letters if nearest(letters, ["null", "blank", "empty"]).is_some() => false,
        _ => {
            let words = words(&lower);
            let is_one = |word: &&str| ["null", "blank", "empty"].contains(word);
            words.iter().any(is_one).then(|| words.contains(&"not"))?
        }
    })
}

/// Whether a word, in any case and with any marks, can hardly be meant as a text, even behind `!=`.
pub(crate) fn is_for_nothing(word: &str) -> bool {
    const WORDS: [&str; 10] = [
        "empty",
        "nil",
        "undefined",
        "isnull",
        "isblank",
        "isempty",
        "notnull",
        "notblank",
        "isnotnull",
        "isnotblank",
    ];
    let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
    let letters = letters.map(|byte| byte.to_ascii_lowercase());
    WORDS.iter().any(|other| letters.clone().eq(other.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_that_there_is_a_value_is_told_from_what_says_there_is_none() {
        for word in ["set", "NOT_NULL", "is_not_blank", "not-empty", "available"] {
            assert_eq!(says_present(word), Some(true), "{word}");
        }
        for word in [
            "empty",
            "n/a",
            "N.A.",
            "balnk",
            "is_null",
            "isnull",
            "not-set",
            "null_or_empty",
            "unknown",
        ] {
            assert_eq!(says_present(word), Some(false), "{word}");
        }
        for word in ["vp", "sales", "blanket_co", "nullsoft", "notable", "5", ""] {
            assert_eq!(says_present(word), None, "{word}");
        }
        for word in ["Empty", "is_null", "NOT_NULL", "isnotblank"] {
            assert!(is_for_nothing(word), "{word}");
        }
        for word in ["none", "unknown", "set", "null_island", ""] {
            assert!(!is_for_nothing(word), "{word}");
        }
    }
}
