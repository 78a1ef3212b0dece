//! Patterns, which the language does not have: LIKE, regular expressions, wildcards.

use super::comparison::Predicate;
use super::error::ParseProblem;
use super::foreign::no_opposite;
use super::node::Node;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::quoted;

impl<'t> Builder<'t> {
    /// `like "%dev%"`; `is`: an IS in front of it, which may have a NOT.
    pub(super) fn sql_like(
        &mut self,
        test: Node<'t>,
        field: &str,
        is: Option<(Span, bool)>,
    ) -> Option<Predicate> {
        let whole = is.map_or(test.span(), |(is, _)| is.to(test.span()));
        let mut not = if is.is_some_and(|(_, negated)| negated) {
            "not "
        } else {
            ""
        };
        let mut operator = whole;
        let mut value: Option<Span> = None;
        let mut several = None;
        for child in test.children() {
            let place = child.span();
            match child.rule() {
                Rule::negated => not = "not ",
                Rule::like => operator = place,
                Rule::any | Rule::all => several = Some(child.as_str()),
                _ => value = Some(value.map_or(place, |value| value.to(place))),
            }
        }
        if let Some(quantifier) = several {
            self.report(Finding::new(ParseProblem::SqlLike {
                operator: self.slice(operator).to_owned(),
                span: operator,
                help: format!(
                    "write `{not}contains {quantifier} (…)`, the texts without wildcards"
                ),
            }));
            return None;
        }
        let raw = value.map_or("", |value| self.slice(value));
        let text = raw.trim_matches(|c| c == '"' || c == '\'');
        let is_whole = !text.contains(['"', '\'', '(', ')']);
        let meant =
            pattern(text, '%').filter(|_| is_whole && !text.contains('_') && !text.contains('\\'));
        let instead = meant.and_then(|meant| {
            let value = quoted(text.trim_matches('%'));
            match (meant, not) {
                ("=", "not ") => Some(format!("!= {value}")),
                ("starts with" | "ends with", "not ") => None,
                _ => Some(format!("{not}{meant} {value}")),
            }
        });
        let help = match (&instead, meant) {
            (Some(instead), _) => format!("write `{field} {}`", excerpt(instead)),
            (None, Some(meant)) => no_opposite(meant),
            (None, None) => {
                "write `contains`, `starts with` or `ends with` and the text without wildcards"
                    .to_owned()
            }
        };
        let finding = Finding::new(ParseProblem::SqlLike {
            operator: self.slice(operator).to_owned(),
            span: operator,
            help,
        });
        let edited = Span::new(
            whole.start(),
            value.map_or(operator.end(), |value| value.end()),
        );
        // Whether the vendor minds case is not documented: NOT ILIKE may leave out more.
        let leaves_out_more = !not.is_empty() && self.slice(operator).eq_ignore_ascii_case("ilike");
        // Several words without quotes may be more than the pattern.
        let is_open = !raw.starts_with(['"', '\'']) && raw.contains(char::is_whitespace);
        self.report(match instead.filter(|_| !leaves_out_more && !is_open) {
            Some(instead) => finding.fix("write it without LIKE", edited, instead),
            None => finding,
        });
        None
    }

    /// `matches "^dev"`
    pub(super) fn regular_expression(&mut self, test: Node<'t>) -> Option<Predicate> {
        let operator = test.children().find(|child| child.rule() == Rule::regex)?;
        self.report(Finding::new(ParseProblem::RegularExpression {
            operator: operator.as_str().to_owned(),
            span: operator.span(),
        }));
        None
    }
}

/// The wildcard in a text without quotes: `%` at an end that is none of a number, `*` anywhere.
pub(super) fn wildcard(text: &str) -> Option<char> {
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    let percent = text.starts_with('%') || (text.ends_with('%') && !number);
    match (percent, text.contains('*')) {
        (true, _) if text.len() > 1 => Some('%'),
        (_, true) => Some('*'),
        _ => None,
    }
}

/// The operator that says what a pattern of text and `mark` says.
pub(super) fn pattern(text: &str, mark: char) -> Option<&'static str> {
    let inside = text.trim_matches(mark);
    if inside.is_empty() || inside.contains(mark) {
        return None;
    }
    Some(match (text.starts_with(mark), text.ends_with(mark)) {
        (true, true) => "contains",
        (true, false) => "ends with",
        (false, true) => "starts with",
        (false, false) => "=",
    })
}
