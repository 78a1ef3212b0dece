//! "Did you mean": the candidate that a mistyped word is nearest to.
//!
//! Equal but for case first, then the smallest edit distance, which may be at most a third of the
//! word's characters (one for a short word). Imports nothing of ours.

/// The candidate nearest to `word`; of equally near ones the first.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    // A pasted paragraph is nobody's misspelling; measuring it against thousands of names is slow.
    if length > 100 {
        return None;
    }
    let most = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.to_lowercase();
        if other == folded {
            return Some(candidate);
        }
        if other.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &other);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
