//! One string that is several values: a list that was pasted, or that is written so elsewhere.

use memchr::memchr;

use super::Checker;
use super::form::{is_legal_form, is_place};
use super::warning::CheckWarning;
use crate::bytes::ByteSet;
use crate::diagnostic::excerpt;
use crate::syntax::{Comparison, Literal, Operand, Operator, Relation, quoted};

/// What stands between values in a string, and in hardly any value.
const MARKS: [char; 5] = [';', '|', '\t', '\n', '\r'];
/// The same and the comma, to look for before all else.
const LISTING: ByteSet = ByteSet::of(&[(b'\t', b'\r'), (b',', b','), (b';', b';'), (b'|', b'|')]);

impl Checker<'_, '_> {
    /// `"gmail.com, yahoo.com"`. `is_alone`: the only value of its comparison. `excludes`: whoever has
    /// it is left out.
    pub(super) fn warn_of_several(
        &mut self,
        comparison: &Comparison,
        literal: &Literal,
        is_alone: bool,
        excludes: bool,
    ) {
        if !has_list_form(comparison.operator) {
            return;
        }
        let text = literal.text.as_str();
        let values = several_places(text).or_else(|| {
            // Of what is wanted it is enough that nobody is selected.
            let is_looked_at = excludes && (is_alone || !are_of_a_form(comparison, text));
            is_looked_at.then(|| several_values(comparison, text, is_alone))?
        });
        if let Some(values) = values {
            self.report(CheckWarning::ListInString {
                value: excerpt(&literal.text),
                span: literal.span,
                help: in_a_list(comparison, &values),
            });
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

/// Whether all values of a list have a mark that this text has: then it belongs to what each of them
/// is, as in `("austin,tx", "dallas,tx")`.
fn are_of_a_form(comparison: &Comparison, text: &str) -> bool {
    let mark = text.bytes().find(|byte| LISTING.has(*byte)).map(char::from);
    mark.is_some_and(|mark| {
        let mut literals = comparison.operand.literals();
        literals.all(|literal| literal.text.contains(mark))
    })
}

/// The values of a text that is to be left out, if it looks like a list.
fn several_values<'t>(
    comparison: &Comparison,
    text: &'t str,
    is_alone: bool,
) -> Option<Vec<&'t str>> {
    let is_contained = comparison.operator.relation == Relation::Contains;
    // Whoever writes several may mean `director, sales`, but by no part of a text.
    let blanks_may_follow =
        !matches!(comparison.operand, Operand::One(_)) && (is_alone || is_contained);
    let has_mark = LISTING.meets(text);
    let parts: Vec<&str> = if has_mark && text.contains(MARKS) {
        text.split(MARKS).collect()
    } else if has_mark && has_commas_of_a_list(text, blanks_may_follow) {
        text.split(',').collect()
    } else if is_alone && is_contained {
        text.split(" or ").collect()
    } else {
        return None;
    };
    let parts = parts.into_iter().map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// `intern,trainee`, or with blanks behind the commas: behind each a small letter, as in hardly a name
/// or a number, and no legal form.
fn has_commas_of_a_list(text: &str, blanks_may_follow: bool) -> bool {
    let is_next = |part: &str| {
        let trimmed = part.trim();
        let starts = if blanks_may_follow { trimmed } else { part };
        starts.starts_with(char::is_lowercase) && !is_legal_form(trimmed)
    };
    let mut behind = text.split(',').skip(1).peekable();
    behind.peek().is_some() && behind.all(is_next)
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
