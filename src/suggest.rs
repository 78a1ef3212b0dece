//! "Did you mean": the candidate that a mistyped word is nearest to.
//!
//! Equal but for case first, then the smallest edit distance, which may be at most a third of the
//! word's characters (one for a short word). Imports nothing of ours.

use std::borrow::Cow;

/// The candidate nearest to `word`; of equally near ones the first.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let folded = lowercase(word);
    let length = folded.chars().count();
    // A pasted paragraph is nobody's misspelling; measuring it against thousands of names is slow.
    if length > 100 {
        return None;
    }
    let mut most = (length / 3).max(1);
    let letters = letters(&folded);
    let mut best = None;
    for candidate in candidates {
        if differs_in_length(&folded, candidate, most) {
            continue;
        }
        let other = lowercase(candidate);
        if other == folded {
            return Some(candidate);
        }
        let is_far = other.chars().count().abs_diff(length) > most
            || edits_at_least(letters, self::letters(&other)) > most;
        if is_far {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &other);
        if distance <= most {
            best = Some(candidate);
            // Only a nearer one is better.
            if distance == 0 {
                break;
            }
            most = distance - 1;
        }
    }
    best
}

/// Whether `near`, the nearest of the candidates, is certain to be meant: it reads as the word does
/// but for slips in long words (`reads_alike`), at most two letters differ (one in a short text),
/// and nothing else is as near or begins with that word.
pub(crate) fn is_certain<'c>(
    word: &str,
    near: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> bool {
    let (folded, meant) = (lowercase(word), lowercase(near));
    let distance = strsim::osa_distance(&folded, &meant);
    let most = if folded.chars().count() < 8 { 1 } else { 2 };
    if distance > most || !reads_alike(&folded, &meant) {
        return false;
    }
    let letters = letters(&folded);
    let length = folded.chars().count();
    !candidates.into_iter().any(|candidate| {
        // `Dominican` may be the first word of a name as well as another with one letter more.
        let mut letters_of = candidate.chars().flat_map(char::to_lowercase);
        let is_begun = letters_of.by_ref().take(length).eq(folded.chars());
        let ends_word = letters_of
            .next()
            .is_some_and(|next| !next.is_alphanumeric());
        if is_begun && ends_word && candidate != near {
            return true;
        }
        if differs_in_length(&folded, candidate, distance) {
            return false;
        }
        let other = lowercase(candidate);
        other != meant
            && edits_at_least(letters, self::letters(&other)) <= distance
            && strsim::osa_distance(&folded, &other) <= distance
    })
}

/// Whether two texts differ by no more than slips of the hand, compared word by word.
///
/// A word of up to four letters must be the same: one letter makes another word of it (`ceo`, `cxo`;
/// `svp`, `vp`; `date`, `data`). So must one with a digit. In a longer word there may be one slip, and
/// not in its first two letters, which turn many round (`inactive`, `active`). And so must a mark in front of all words or
/// behind them: `-vp` may mean all but these, and `1000+` is more than `1000`. What is between words
/// is free, and may be missing where no digit is near.
fn reads_alike(one: &str, other: &str) -> bool {
    const SHORT: usize = 4;
    if marks(one) != marks(other) {
        return false;
    }
    let (ones, others) = (words(one), words(other));
    if ones.len() != others.len() {
        let has_digit = one.contains(|c: char| c.is_numeric());
        return !has_digit && ones.concat() == others.concat();
    }
    std::iter::zip(ones, others).all(|(one, other)| {
        let is_long = |word: &str| word.chars().count() > SHORT && !word.contains(char::is_numeric);
        let starts_alike = || Iterator::eq(one.chars().take(2), other.chars().take(2));
        one == other
            || is_long(one)
                && is_long(other)
                && starts_alike()
                && strsim::osa_distance(one, other) <= 1
    })
}

/// The parts of letters and digits.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// Borrows what is lower-case ASCII, as most names are.
pub(crate) fn lowercase(text: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(is_lower) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Whether more edits than `most` lie between the lengths of two texts, whatever is in them: most
/// candidates need no more than a look.
fn differs_in_length(one: &str, other: &str, most: usize) -> bool {
    let difference = one.len().abs_diff(other.len());
    // No edit changes the length in bytes by more than four.
    difference > 4 * most || difference > most && one.is_ascii() && other.is_ascii()
}

/// What stands in front of the words and behind them.
fn marks(text: &str) -> (&str, &str) {
    let text = text.trim();
    let behind_front = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = behind_front.trim_end_matches(|c: char| !c.is_alphanumeric());
    let front = text.strip_suffix(behind_front).unwrap_or(text);
    (front, behind_front.strip_prefix(words).unwrap_or_default())
}

/// How often each letter is there, all other characters together.
fn letters(text: &str) -> [u8; 27] {
    let mut counts = [0_u8; 27];
    for character in text.chars() {
        let bucket = match character {
            'a'..='z' => usize::from(character as u8 - b'a'),
            _ => 26,
        };
        if let Some(count) = counts.get_mut(bucket) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// An edit adds a letter, takes one, or turns one into another; the order is not looked at.
fn edits_at_least(one: [u8; 27], other: [u8; 27]) -> usize {
    let (mut more, mut less) = (0_usize, 0_usize);
    for (one, other) in std::iter::zip(one, other) {
        more += usize::from(one.saturating_sub(other));
        less += usize::from(other.saturating_sub(one));
    }
    more.max(less)
}

#[cfg(test)]
mod tests {
    use super::{edits_at_least, is_certain, letters, nearest};

    #[test]
    fn what_is_as_near_as_another_or_has_other_digits_is_not_certain() {
        let names = [
            "seniority",
            "Cloud Computing 9970",
            "Java",
            "gold",
            "goad",
            "Plan A",
        ];
        let certain =
            |word: &str| nearest(word, names).map(|near| (near, is_certain(word, near, names)));
        assert_eq!(certain("senority"), Some(("seniority", true)));
        assert_eq!(
            certain("Cloud Compting 9970"),
            Some(("Cloud Computing 9970", true))
        );
        assert_eq!(
            certain("Cloud Compting 9977"),
            Some(("Cloud Computing 9970", false))
        );
        assert_eq!(certain("Java *"), Some(("Java", false)));
        let countries = ["Dominica", "Dominican Republic"];
        let near = nearest("Dominican", countries);
        assert_eq!(near, Some("Dominica"));
        let far_in_bytes = ["😀😀😀manager"];
        assert_eq!(nearest("a manager", far_in_bytes), Some(far_in_bytes[0]));
        assert!(!is_certain("Dominican", "Dominica", countries));
        assert!(is_certain("Dominica ", "Dominica", ["Dominica"]));
        for other in ["directer", "Directer", "directar"] {
            assert!(!is_certain("directir", "director", ["director", other]));
        }
        assert!(is_certain("directir", "director", ["director", "directed"]));
        let far_in_bytes = ["director manager", "😀😀directir managir"];
        assert!(!is_certain(
            "directir managir",
            "director manager",
            far_in_bytes
        ));
        assert_eq!(certain("god"), Some(("gold", false)));
        assert_eq!(certain("plan B"), Some(("Plan A", false)));
    }

    #[test]
    fn edits_are_at_least_as_many_as_the_letters_differ_in() {
        for (one, other, edits) in [
            ("aab", "aab", 0),
            ("abab", "aabb", 0),
            ("aab", "b", 2),
            ("b", "aab", 2),
            ("aab", "bcc", 2),
            ("a-b", "a_b", 0),
            ("a1", "az", 1),
        ] {
            let at_least = edits_at_least(letters(one), letters(other));
            assert_eq!(at_least, edits, "{one}, {other}");
        }
    }

    #[test]
    fn a_slip_in_a_long_word_is_certain_and_a_letter_of_a_short_one_is_not() {
        let certain = |word: &str, near: &str| is_certain(word, near, [near]);
        for (word, near) in [
            ("directer", "director"),
            ("direcotr", "director"),
            ("job_titel", "job_title"),
            ("job.title", "job_title"),
            ("jobtitle", "job_title"),
            ("vp ", "vp"),
            ("10.000+", "10,000+"),
        ] {
            assert!(certain(word, near), "{word}, {near}");
        }
        for (word, near) in [
            ("CEO", "cxo"),
            ("svp", "vp"),
            ("pv", "vp"),
            ("scor", "score"),
            ("b.b.c", "bbc"),
            ("dates", "date"),
            ("event_date", "event_data"),
            ("-director", "director"),
            ("!director", "director"),
            ("director*", "director"),
            ("10,000", "10,000+"),
            ("110", "1-10"),
            ("plan b4", "plan 4"),
        ] {
            assert!(!certain(word, near), "{word}, {near}");
        }
    }

    #[test]
    fn the_nearest_wins_and_far_ones_are_not_offered() {
        let names = ["seniority_level", "department", "age_range", "gender"];
        assert_eq!(nearest("senority_level", names), Some("seniority_level"));
        assert_eq!(nearest("Gender", names), Some("gender"));
        assert_eq!(nearest("edpartment", names), Some("department"));
        assert_eq!(nearest("salary", names), None);
        assert_eq!(nearest("x", ["y"]), Some("y"));
        assert_eq!(nearest("xy", ["zz"]), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn case_goes_before_distance() {
        assert_eq!(nearest("VP", ["vq", "vp"]), Some("vp"));
    }
}
