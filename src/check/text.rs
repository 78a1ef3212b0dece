//! Texts that are allowed and most likely not meant: wildcards, and nothing at all to look for.
//!
//! Only warns: any text can be a value. What a value must look like is judged by `value`.

use super::Checker;
use super::error::CheckProblem;
use super::warning::CheckWarning;
use crate::bytes::ByteSet;
use crate::catalog::{Field, FieldType};
use crate::diagnostic::shortened;
use crate::syntax::{Comparison, Literal, Relation, quoted};

/// What stands between values, or between words.
const SEPARATORS: ByteSet = ByteSet::of(&[
    (b'\t', b'\r'),
    (b' ', b' '),
    (b',', b','),
    (b';', b';'),
    (b'|', b'|'),
]);

/// The values of the longest list that is looked at for a string that goes on too far.
const MOST_BY_HAND: usize = 50;

impl Checker<'_, '_> {
    /// What is allowed of the texts of a comparison, and most likely not meant. `negated`: under an
    /// odd number of NOTs.
    pub(super) fn warn_of_texts(&mut self, field: &Field, comparison: &Comparison, negated: bool) {
        let is_picklist = field.field_type() == FieldType::Picklist;
        // Whether any text can be a value.
        let is_free = !is_picklist || !field.is_closed();
        let searches = matches!(
            comparison.operator.relation,
            Relation::Contains | Relation::StartsWith | Relation::EndsWith
        );
        let is_alone = comparison.operand.literals().nth(1).is_none();
        // Longer lists are written by programs, which close their quotes.
        let is_by_hand = comparison.operand.literals().nth(MOST_BY_HAND).is_none();
        let mut previous: Option<&Literal> = None;
        for literal in comparison.operand.literals() {
            let before = previous.replace(literal);
            // What a comparison inside of a string or several values cannot be without.
            let has_separator = is_by_hand && literal.quoted && SEPARATORS.meets(&literal.text);
            let is_word = is_alone && !literal.quoted;
            if !has_separator && !is_word && !is_short_or_marked(&literal.text) {
                continue;
            }
            if let Some(before) = before.filter(|_| is_free) {
                self.warn_of_split(before, literal);
            }
            if searches && literal.text.trim().is_empty() {
                self.warn_of_blank(literal);
            }
            if is_free && has_separator {
                self.warn_of_comparison(literal);
            }
            if is_free && !searches {
                self.warn_of_slips(comparison, literal);
            }
            if has_separator {
                let excludes = comparison.operator.negated != negated;
                self.warn_of_several(comparison, literal, is_alone, excludes);
            }
            if let Some((mark, operator)) = wildcard(&literal.text) {
                let inside = quoted(&shortened(literal.text.trim_matches(mark)));
                let help = match (comparison.operator.negated, operator) {
                    (_, ANYTHING) if searches || !is_free => continue,
                    (false, ANYTHING) => {
                        "there are no wildcards: write `is not blank` if any value will do"
                            .to_owned()
                    }
                    (true, ANYTHING) => {
                        "there are no wildcards: write `is blank` if there may be no value"
                            .to_owned()
                    }
                    _ if searches => format!("there are no wildcards: write `{inside}` alone"),
                    (false, _) => format!("there are no wildcards: write `{operator} {inside}`"),
                    (true, "contains") => {
                        format!("there are no wildcards: write `not contains {inside}`")
                    }
                    (true, _) => format!(
                        "there are no wildcards, and `{operator}` has no opposite: \
                         `not contains {inside}` leaves out more"
                    ),
                };
                self.report(CheckProblem::WildcardInString {
                    mark,
                    span: literal.span,
                    help,
                });
            }
        }
    }

    /// `contains ""`, `contains any (vp, " ")`
    fn warn_of_blank(&mut self, literal: &Literal) {
        let is_empty = literal.text.is_empty();
        let [what, label] = if is_empty {
            ["empty", "an empty text is in every other one"]
        } else {
            ["blank", "a blank is in every text of several words"]
        };
        let span = literal.span;
        self.report(CheckWarning::EmptyText { what, label, span });
    }
}

/// Whether there can be anything to say of a text but for what is between its words: most texts of a
/// long list need no second look.
fn is_short_or_marked(text: &str) -> bool {
    /// The end of a name or a number, nothing at all.
    const SHORT: usize = 5;
    /// A blank, a wildcard, a quote, the mark of an address, the zeros of a thousand.
    const MARKS: ByteSet = ByteSet::of(&[
        (0, b' '),
        (b'"', b'"'),
        (b'%', b'%'),
        (b'\'', b'\''),
        (b'*', b'*'),
        (b'0', b'0'),
        (b'@', b'@'),
        (0x80, 0xff),
    ]);
    let is_mark = |byte: Option<&u8>| byte.is_some_and(|byte| MARKS.has(*byte));
    let bytes = text.as_bytes();
    bytes.len() <= SHORT || is_mark(bytes.first()) || is_mark(bytes.last())
}

/// What a mark alone says where there are wildcards.
const ANYTHING: &str = "";

/// A mark that is a wildcard elsewhere, at an end of a text where it can hardly mean itself, and
/// the operator that says the same.
fn wildcard(text: &str) -> Option<(char, &'static str)> {
    let is_mark = |byte: Option<&u8>| matches!(byte, Some(b'%' | b'*'));
    if !is_mark(text.as_bytes().first()) && !is_mark(text.as_bytes().last()) {
        return None;
    }
    let has_mark = |mark: &char| text.starts_with(*mark) || text.ends_with(*mark);
    ['%', '*'].into_iter().filter(has_mark).find_map(|mark| {
        let inside = text.trim_matches(mark);
        let ends = text.ends_with(mark) && inside.ends_with(char::is_alphabetic);
        match (text.starts_with(mark), ends) {
            _ if inside.is_empty() => Some((mark, ANYTHING)),
            (true, true) => Some((mark, "contains")),
            (true, false) => Some((mark, "ends with")),
            (false, true) => Some((mark, "starts with")),
            (false, false) => None,
        }
    })
}
