//! Texts that look like a part of the expression: a comparison inside a string, a field for a value.
//!
//! Only warns: any text can be a value.

use super::Checker;
use super::error::CheckProblem;
use crate::catalog::Catalog;
use crate::diagnostic::excerpt;
use crate::syntax::{Comparison, Literal, Relation, is_keyword};

impl Checker<'_, '_> {
    pub(super) fn warn_of_swallowed(&mut self, comparison: &Comparison, literal: &Literal) {
        if literal.quoted {
            if let Some(field) = comparison_inside(self.catalog, &literal.text) {
                let field = field.to_owned();
                self.report(CheckProblem::ComparisonInString {
                    field,
                    span: literal.span,
                });
            }
        } else if is_equality(comparison.operator.relation)
            && is_name_of_several_words(&literal.text)
            && self.catalog.find(&literal.text).is_some()
        {
            self.report(CheckProblem::FieldAsValue {
                value: excerpt(&literal.text),
                span: literal.span,
            });
        }
    }
}

fn is_equality(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Equal | Relation::Is | Relation::Equals | Relation::In
    )
}

/// `last_name`, and no id such as `4eyes_115481`. A name of one word is as often a value.
fn is_name_of_several_words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains('_')
}

/// The field of a comparison that a text has behind an AND or OR: `Acme” and department != ”it`.
fn comparison_inside<'t>(catalog: &Catalog, text: &'t str) -> Option<&'t str> {
    // At least `x and field=y`.
    memchr::memchr_iter(b' ', text.as_bytes()).nth(1)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_symbol = |c: char| matches!(c, '=' | '!' | '<' | '>');
    let starts_operator = |word: &str| word.starts_with(is_symbol) || is_operator_word(word);
    words.windows(2).enumerate().find_map(|(at, pair)| {
        let [joiner, next] = pair else { return None };
        let name = next.split(is_symbol).next()?;
        let is_compared =
            name.len() < next.len() || words.get(at + 2).is_some_and(|word| starts_operator(word));
        (is_joiner(joiner) && is_compared && catalog.find(name).is_some()).then_some(name)
    })
}

fn is_joiner(word: &str) -> bool {
    word == "&&"
        || word == "||"
        || word.eq_ignore_ascii_case("and")
        || word.eq_ignore_ascii_case("or")
}

/// A keyword that a comparison goes on with behind its field.
fn is_operator_word(word: &str) -> bool {
    let joins = is_joiner(word) || word.eq_ignore_ascii_case("where");
    is_keyword(word) && !joins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_behind_and_or_or_is_found_in_a_text() {
        let catalog = Catalog::builtin();
        for (text, field) in [
            ("Acme” and department != ”it", Some("department")),
            ("Acme and gender=f", Some("gender")),
            ("a OR seniority in (vp", Some("seniority")),
            ("a and b || email is not null", Some("email")),
            ("Sales and Department", None),
            ("Sales and Department Head", None),
            ("Research and Development of it", None),
            ("seniority = vp and", None),
            ("and department", None),
            ("a and colour = red", None),
        ] {
            assert_eq!(comparison_inside(catalog, text), field, "{text}");
        }
    }
}
