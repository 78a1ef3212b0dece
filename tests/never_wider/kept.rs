//! Whether a fix keeps what the text asks: every name and value, every NOT and every OR.
//!
//! A text with a mistake has no meaning to compare with. Its words are compared instead: whatever the
//! mistake is, no fix may leave out a part of the question. Knows the problems that are about words
//! themselves by their codes.

use std::collections::BTreeMap;

use crate::edits::Tokens;

/// Words that say an operator, rightly or wrongly: a fix puts another in their place.
const OPERATORS: &str = "and or not in is contains contain starts start ends end with between any all \
    null blank equals equal where like ilike to of one has have includes include does doesn doesnt isn \
    isnt t begins after before over above under below at least most more less greater fewer than gt gte ge lt lte le eq ne neq \
    exists isnull isblank notnull isnotnull isnot notblank notin none either both notcontains";
const NEGATIVE: &str = "not notin isn isnt doesn doesnt ne neq exists notnull isnotnull isnot \
    notblank none notcontains";
const DISJUNCTIVE: &str = "or ro orr oer oder";

/// What is lost from one text to the other. `codes`: the problems that were fixed.
pub(crate) fn lost(before: &str, after: &str, codes: &[&str]) -> Option<String> {
    let is_about = |code: &str| codes.iter().any(|one| one.ends_with(code));
    if is_about("::hidden_character") {
        return None;
    }
    let before = Tokens::of(before).without_comments();
    let (was, mut new) = (words(&before), words(after));
    let mut gone = Vec::new();
    for word in &was {
        match new.iter().position(|one| one == word) {
            Some(at) => {
                new.swap_remove(at);
            }
            // `is_not_null`, `greater_than`
            None if word.split('_').all(|part| is_in(OPERATORS, part)) => {}
            None => gone.push(word),
        }
    }
    // What is left is spelled otherwise, or lost.
    for word in gone {
        let most = (word.chars().count() / 3).max(1);
        let is_near = |other: &String| strsim::osa_distance(word, other) <= most;
        // `job.title` for `job_title`, `115481` for `4eyes_115481`.
        if new.iter().any(|other| other.contains(word.as_str())) {
            continue;
        }
        match new.iter().position(is_near) {
            Some(at) => {
                new.swap_remove(at);
            }
            None => return Some(format!("`{word}` is lost")),
        }
    }
    // What was typed for a comment becomes one, and a comment says nothing.
    if is_about("::foreign_comment") {
        return None;
    }
    let (marks, marks_now) = (marks(&before), marks(&Tokens::of(after).without_comments()));
    // `not >= 5` may be written `< 5`.
    let turned = marks.less.abs_diff(marks_now.less);
    if marks.nots.abs_diff(marks_now.nots) > turned {
        return Some(format!("{} negations are {}", marks.nots, marks_now.nots));
    }
    // In a list and in a range the word is no OR.
    let may_go = is_about("::wrong_separator") || is_about("::malformed_range");
    let is_other = marks.ors != marks_now.ors && !may_go;
    is_other.then(|| format!("{} ORs are {}", marks.ors, marks_now.ors))
}

/// What a text has of each, in strings too: a value that was taken for an operator goes into quotes.
struct Marks {
    nots: usize,
    ors: usize,
    less: usize,
}

fn marks(text: &str) -> Marks {
    let words = words(text);
    let said = |list| words.iter().filter(|word| is_in(list, word)).count();
    let marks = |symbol: &str| text.matches(symbol).count();
    Marks {
        nots: words.iter().filter(|word| is_negative(word)).count()
            + marks("!")
            + marks("<>")
            + marks("≠"),
        // `greater than or equal to` is one operator.
        ors: said(DISJUNCTIVE) + marks("|") - marks("||") - marks("or equal"),
        less: marks("<") - marks("<>") + marks("≤"),
    }
}

/// `not`, `notin`, and `notEquals`, `containsNot`, `nequals`: a negation may be glued to an operator.
fn is_negative(word: &str) -> bool {
    let is_glued = |negation: &str| {
        let operator = word.strip_prefix(negation).or(word.strip_suffix(negation));
        operator.is_some_and(|operator| is_in("contains between equals equal", operator))
    };
    is_in(NEGATIVE, word)
        || word.split('_').any(|part| part == "not")
        || ["not", "not_", "_not", "no", "non", "n", "un", "in", "dis"]
            .into_iter()
            .any(is_glued)
}

/// In small letters.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// The codes of which there are fewer than there were.
pub(crate) fn fixed<'c>(
    was: &BTreeMap<&'c str, usize>,
    is: &BTreeMap<&str, usize>,
) -> Vec<&'c str> {
    let is_fewer = |(code, count): &(&&str, &usize)| is.get(**code).is_none_or(|now| now < *count);
    was.iter().filter(is_fewer).map(|(code, _)| *code).collect()
}
