//! Values that look like a slip of the hand: a comparison or a list inside a string, a field or a name
//! in the place of a value, a name or a number that a comma splits, a blank or quotes at an end.
//!
//! Only warns: any text can be a value.

use super::Checker;
use super::form::{ends_number, is_legal_form, is_place};
use super::warning::CheckWarning;
use crate::bytes::ByteSet;
use crate::catalog::Catalog;
use crate::diagnostic::{excerpt, shortened};
use crate::syntax::{Comparison, Literal, Operand, quoted};

impl Checker<'_, '_> {
    /// `Acme” and department != ”it`, or `acme”, “globex`, in straight quotes.
    pub(super) fn warn_of_comparison(&mut self, literal: &Literal) {
        if !literal.text.is_ascii() && has_quotes_between(&literal.text) {
            self.report(CheckWarning::ListInString {
                value: excerpt(&literal.text),
                span: literal.span,
                help: "write straight quotes in front of each value and behind it".to_owned(),
            });
        }
        if let Some(field) = comparison_inside(self.catalog, &literal.text) {
            let field = field.to_owned();
            self.report(CheckWarning::ComparisonInString {
                field,
                span: literal.span,
            });
        }
    }

    /// `comparison`: one that looks at whole texts.
    pub(super) fn warn_of_slips(&mut self, comparison: &Comparison, literal: &Literal) {
        if literal.quoted {
            if has_blank_at_an_end(&literal.text) {
                self.warn_of_blanks(literal);
            }
            self.warn_of_quotes(comparison, literal);
        } else if matches!(comparison.operand, Operand::One(_))
            && may_be_field(&literal.text)
            && self.catalog.find(&literal.text).is_some()
        {
            self.report(CheckWarning::FieldAsValue {
                value: excerpt(&literal.text),
                span: literal.span,
            });
        }
    }

    /// `'sales'` in quotes, and `@gmail.com`, which needs them.
    fn warn_of_quotes(&mut self, comparison: &Comparison, literal: &Literal) {
        let (text, span) = (literal.text.as_str(), literal.span);
        if let Some(inside) = between_quotes(text) {
            let inside = quoted(&shortened(inside));
            self.report(CheckWarning::QuotesInString { inside, span });
        } else if text.strip_prefix('@').is_some_and(is_place) {
            let not = if comparison.operator.negated {
                "not "
            } else {
                ""
            };
            self.report(CheckWarning::AddressPart {
                part: excerpt(text),
                instead: format!("{not}contains {}", quoted(&shortened(text))),
                span,
            });
        }
    }

    /// Of a field that holds ids of audiences: whether a value can be one. No form of them is
    /// documented, but a list or a name is hardly one.
    pub(super) fn warn_of_ids(&mut self, comparison: &Comparison) {
        let is_other = |c: char| c.is_whitespace() || ",;|".contains(c);
        for literal in comparison.operand.literals() {
            if literal.text.contains(is_other) || literal.text.is_empty() {
                self.report(CheckWarning::NotAnAudienceId {
                    value: excerpt(&literal.text),
                    span: literal.span,
                });
            }
        }
    }

    /// `Acme, Inc.` in a list, `10, 000+`. `before`: the value in front.
    pub(super) fn warn_of_split(&mut self, before: &Literal, literal: &Literal) {
        // Without a blank it is an error.
        let is_number = !literal.quoted
            && before.span.end() + 1 < literal.span.start()
            && ends_number(&before.text, &literal.text);
        let is_form = || is_legal_form(&literal.text) && !is_legal_form(&before.text);
        if is_number || is_form() {
            let comma = if is_number { "," } else { ", " };
            let whole = format!("{}{comma}{}", before.text, literal.text);
            self.report(CheckWarning::SplitName {
                part: excerpt(&literal.text),
                whole: format!("`{}`", quoted(&shortened(&whole))),
                span: literal.span,
            });
        }
    }

    /// `(10, 000)` of a number field.
    pub(super) fn warn_of_split_numbers(&mut self, comparison: &Comparison) {
        let mut before: Option<&Literal> = None;
        for literal in comparison.operand.literals() {
            if let Some(before) = before.replace(literal) {
                self.warn_of_split(before, literal);
            }
        }
    }

    /// A text that is equal to nothing but itself, blanks and all, as it is copied from a table.
    fn warn_of_blanks(&mut self, literal: &Literal) {
        let text = literal.text.as_str();
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let starts = text.starts_with(char::is_whitespace);
        let ends = text.ends_with(char::is_whitespace);
        self.report(CheckWarning::BlankAtAnEnd {
            place: match (starts, ends) {
                (true, true) => "both ends",
                (true, false) => "the beginning",
                _ => "the end",
            },
            trimmed: quoted(&shortened(trimmed)),
            span: literal.span,
        });
    }
}

/// `sales` of `'sales'`.
fn between_quotes(text: &str) -> Option<&str> {
    let between = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    between('\'').or_else(|| between('"'))
}

/// Beyond ASCII `trim` has to look.
fn has_blank_at_an_end(text: &str) -> bool {
    let may_be = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ' || !byte.is_ascii());
    let bytes = text.as_bytes();
    (may_be(bytes.first()) || may_be(bytes.last())) && text.trim().len() < text.len()
}

/// `last_name`, and no id such as `4eyes_115481`. A name of one word is as often a value.
fn may_be_field(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains('_')
}

/// `acme”, “globex`: curly quotes on both sides of a comma.
fn has_quotes_between(text: &str) -> bool {
    const MARKS: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛'];
    let mut parts = text.split([',', ';']);
    let first = parts.next();
    parts
        .scan(first, |before, part| Some((before.replace(part)?, part)))
        .any(|(before, part)| {
            before.trim_end().ends_with(MARKS) && part.trim_start().starts_with(MARKS)
        })
}

/// The field of a comparison that a text has behind an AND or OR: `Acme” and department != ”it`.
pub(super) fn comparison_inside<'t>(catalog: &Catalog, text: &'t str) -> Option<&'t str> {
    /// The first bytes of what `behind_joiner` knows.
    const BEGIN_JOINERS: ByteSet = ByteSet::of(&[
        (b'&', b'&'),
        (b'A', b'A'),
        (b'O', b'O'),
        (b'a', b'a'),
        (b'o', b'o'),
        (b'|', b'|'),
    ]);
    // Of most words there are so few letters that to look for the next blank takes longer.
    (1..)
        .zip(text.as_bytes().windows(2))
        .filter(|(_, pair)| matches!(pair, [b' ', first] if BEGIN_JOINERS.has(*first)))
        .find_map(|(word, _)| joined_comparison(catalog, text.get(word..)?))
}

/// The field of the comparison behind the AND or OR that a text begins with.
pub(super) fn joined_comparison<'t>(catalog: &Catalog, text: &'t str) -> Option<&'t str> {
    let rest = behind_nots(behind_joiner(text)?);
    let end = rest.find(|c: char| c.is_whitespace() || is_symbol(c))?;
    let (name, rest) = rest.split_at_checked(end)?;
    (goes_on(rest.trim_start()) && catalog.find(name).is_some()).then_some(name)
}

/// What is behind the AND or OR that a text begins with, from the blank on.
fn behind_joiner(text: &str) -> Option<&str> {
    // By their bytes: most values of several words have none of them, and many words to look at.
    let length = match text.as_bytes() {
        [b'a' | b'A', b'n' | b'N', b'd' | b'D', ..] => 3,
        [b'o' | b'O', b'r' | b'R', ..] | [b'&', b'&', ..] | [b'|', b'|', ..] => 2,
        _ => return None,
    };
    let rest = text.get(length..)?;
    rest.starts_with(char::is_whitespace).then_some(rest)
}

/// What is behind the NOTs and parentheses that a text begins with.
fn behind_nots(text: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || c == '(' || c == '!';
    let mut rest = text.trim_start_matches(is_mark);
    while let Some((not, behind)) = rest.split_at_checked("not".len())
        && not.eq_ignore_ascii_case("not")
        && behind.starts_with(is_mark)
    {
        rest = behind.trim_start_matches(is_mark);
    }
    rest
}

/// Whether a text begins as a comparison goes on behind its field, and prose does not.
fn goes_on(text: &str) -> bool {
    const WAYS: [&str; 10] = [
        "in (",
        "not in (",
        "contains ",
        "not contains ",
        "starts with ",
        "ends with ",
        "is null",
        "is not null",
        "is blank",
        "is not blank",
    ];
    let begins = |way: &str| {
        let start = text.get(..way.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(way))
    };
    text.starts_with(is_symbol) || WAYS.into_iter().any(begins)
}

fn is_symbol(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_at_an_end_is_found_in_every_script() {
        for text in [" a", "a\t", "a\u{a0}", "\u{2003}a", "é "] {
            assert!(has_blank_at_an_end(text), "{text:?}");
        }
        for text in ["", "a", "é", "a b", "\u{200b}a"] {
            assert!(!has_blank_at_an_end(text), "{text:?}");
        }
    }

    #[test]
    fn a_name_of_several_words_alone_is_taken_for_a_field() {
        assert!(may_be_field("last_name"));
        assert!(!may_be_field("department") && !may_be_field("4eyes_115481"));
    }

    #[test]
    fn curly_quotes_on_both_sides_of_a_comma_hold_a_list() {
        for (text, is_list) in [
            ("acme”, “globex", true),
            ("acme” ;“globex", true),
            ("acme”, globex", false),
            ("acme, “globex", false),
            ("acme” “globex", false),
        ] {
            assert_eq!(has_quotes_between(text), is_list, "{text}");
        }
    }

    #[test]
    fn a_comparison_behind_and_or_or_is_found_in_a_text() {
        let catalog = Catalog::builtin();
        for (text, field) in [
            ("Acme” and department != ”it", Some("department")),
            ("Acme and gender=f", Some("gender")),
            ("a OR seniority in (vp", Some("seniority")),
            ("a && gender = f", Some("gender")),
            ("a AND gender = f", Some("gender")),
            ("a And gender = f", Some("gender")),
            ("a Or gender = f", Some("gender")),
            ("a and not gender = f", Some("gender")),
            ("a or NOT(not  gender = f", Some("gender")),
            ("a and !(gender = f", Some("gender")),
            ("a and notgender = f", None),
            ("a and not", None),
            ("a band gender = f", None),
            ("a andgender = f", None),
            ("a & gender = f", None),
            ("a | gender = f", None),
            ("a and b || email is not null", Some("email")),
            ("Sales and Department", None),
            ("Sales and Department Head", None),
            ("Research and Development of it", None),
            ("seniority = vp and", None),
            ("and department", None),
            ("Sales and Revenue in EMEA", None),
            ("Growth and Revenue with Marketing", None),
            ("we sell online and email is our channel", None),
            ("a and colour = red", None),
        ] {
            assert_eq!(comparison_inside(catalog, text), field, "{text}");
        }
    }
}
