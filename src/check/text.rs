//! Texts that are allowed and most likely not meant: wildcards, lists in one string, nothing at all.
//!
//! Only warns: any text can be a value. What a value must look like is judged by `value`.

use memchr::memchr;

use super::Checker;
use super::error::CheckProblem;
use crate::bytes::ByteSet;
use crate::catalog::{Field, FieldType};
use crate::diagnostic::{excerpt, shortened};
use crate::syntax::{Comparison, Literal, Operand, Operator, Relation, quoted};

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
    /// What is allowed of the texts of a comparison, and most likely not meant.
    pub(super) fn warn_of_texts(&mut self, field: &Field, comparison: &Comparison) {
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
        let has_list = has_list_form(comparison.operator);
        let mut before: Option<&Literal> = None;
        for literal in comparison.operand.literals() {
            if let Some(before) = before.replace(literal).filter(|_| is_free) {
                self.warn_of_legal_form(before, literal);
            }
            if searches && literal.text.is_empty() {
                self.report(CheckProblem::EmptyText(literal.span));
            }
            // What a comparison inside of a string or several values cannot be without.
            let has_separator = is_by_hand && literal.quoted && SEPARATORS.meets(&literal.text);
            if is_free && has_separator {
                self.warn_of_comparison(literal);
            }
            if is_free && !searches {
                self.warn_of_slips(comparison, literal);
            }
            if is_alone
                && has_list
                && has_separator
                && let Some(values) = several_values(comparison, &literal.text)
            {
                self.report(CheckProblem::ListInString {
                    value: excerpt(&literal.text),
                    span: literal.span,
                    help: in_a_list(comparison, &values),
                });
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
}

/// `gmail.com, yahoo.com`, `gmail.com or yahoo.com`: domains or e-mail addresses, none of which has a
/// comma or a blank in it. No other text is known to be several: `Acme, Inc.` is one.
fn several_places(text: &str) -> Option<Vec<&str>> {
    let is_separator = |c: char| matches!(c, ',' | ';' | '|') || c.is_ascii_whitespace();
    // Few texts have a point.
    memchr(b'.', text.as_bytes())?;
    let is_word = |part: &&str| part.eq_ignore_ascii_case("or") || part.eq_ignore_ascii_case("and");
    let parts = text.trim_matches(['[', ']', '(', ')']).split(is_separator);
    let parts = parts.filter(|part| !part.is_empty() && !is_word(part));
    let are_several = parts.clone().all(is_place) && parts.clone().nth(1).is_some();
    are_several.then(|| parts.collect())
}

/// The values of a text that is several: domains or addresses, or what is left out and has marks
/// between that hardly a value has.
fn several_values<'t>(comparison: &Comparison, text: &'t str) -> Option<Vec<&'t str>> {
    if let Some(places) = several_places(text) {
        return Some(places);
    }
    if !comparison.operator.negated || !text.contains([';', '|']) {
        return None;
    }
    let parts = text.split([';', '|']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// Whether it has the form of a domain or of an e-mail address, and is not `Node.js` or `B.Sc`.
fn is_place(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() && !c.is_uppercase() || "@._+-".contains(c);
    let Some((before, last)) = text.rsplit_once('.') else {
        return false;
    };
    let is_last = last.chars().count() > 1 && last.chars().all(char::is_lowercase);
    is_last && before.ends_with(char::is_alphanumeric) && before.chars().all(is_part)
}

/// Whether there is an operator that says the same of several values: `not starts with` says
/// nothing of one either.
fn has_list_form(operator: Operator) -> bool {
    !operator.negated || !matches!(operator.relation, Relation::StartsWith | Relation::EndsWith)
}

/// The same values, each in a string of its own.
fn in_a_list(comparison: &Comparison, values: &[&str]) -> String {
    let mut shown: Vec<String> = values.iter().take(5).map(|it| quoted(it)).collect();
    if values.len() > shown.len() {
        shown.push("…".to_owned());
    }
    let shown = shown.join(", ");
    if !matches!(comparison.operand, Operand::One(_)) {
        return format!("put each value in quotes of its own: `{shown}`");
    }
    let operator = match comparison.operator.relation {
        Relation::Contains => "contains any",
        Relation::StartsWith => "starts with any",
        Relation::EndsWith => "ends with any",
        _ => "in",
    };
    let not = if comparison.operator.negated {
        "not "
    } else {
        ""
    };
    format!("put each value in quotes of its own: `{not}{operator} ({shown})`")
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

#[cfg(test)]
mod tests {
    use super::several_places;

    #[test]
    fn only_domains_and_addresses_are_known_to_be_several() {
        let count = |text: &str| several_places(text).map(|places| places.len());
        assert_eq!(count("gmail.com, yahoo.com"), Some(2));
        assert_eq!(count("gmail.com yahoo.com"), Some(2));
        assert_eq!(count("[gmail.com | yahoo.com]"), Some(2));
        assert_eq!(count("gmail.com or yahoo.com and web.de"), Some(3));
        assert_eq!(count("a.b@acme.co.uk;x@globex.com; y@z.de,"), Some(3));
        for one in [
            "gmail.com",
            "gmail.com,",
            "Acme, Inc.",
            "gmail.com or",
            "a.b, c.d",
            "see gmail.com yahoo.com",
            "Booking.com, Inc",
            "Amazon.com, Inc.",
            "1.5, 2.5",
            "Paris, France",
            "vp of sales, acme.com",
            "., .",
            ", ",
        ] {
            assert_eq!(count(one), None, "{one}");
        }
    }
}
