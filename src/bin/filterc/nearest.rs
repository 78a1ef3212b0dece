//! "Did you mean" for codes, fields and commands, by the rule that the library's problems follow.

/// The candidate nearest to `word`, ignoring case: at most a third of its characters away, and
/// one away for a short word; of equally near ones the first.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let most = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(length) <= most)
        .map(|candidate| {
            (
                strsim::osa_distance(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        let names = ["fields", "explain", "man"];
        assert_eq!(nearest("explian", names), Some("explain"));
        assert_eq!(nearest("FIELD", names), Some("fields"));
        assert_eq!(nearest("mna", names), Some("man"));
        assert_eq!(nearest("mn", names), Some("man"));
        assert_eq!(nearest("topic", names), None);
        assert_eq!(nearest("", names), None);
    }
}
