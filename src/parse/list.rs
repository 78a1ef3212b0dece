//! Lists of values, and the list slot of an operator.

use pest::iterators::Pair;

use super::comparison::Written;
use super::error::ParseProblem;
use super::value::Tokens;
use super::{Builder, Rule, children, span};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Literal, quoted};

impl<'t> Builder<'t> {
    /// The operand of IN, ANY and ALL. `None` where any of its values could not be understood.
    pub(super) fn list_slot(
        &mut self,
        written: Written,
        tokens: Vec<Pair<'t, Rule>>,
        field: &str,
    ) -> Option<Vec<Literal>> {
        let first = tokens.into_iter().next()?;
        match first.as_rule() {
            Rule::list => self.list(first),
            Rule::mistake_bare_list => self.bare_list(first),
            _ => {
                self.report_missing_value(written, "a list", field);
                None
            }
        }
    }

    /// Values in brackets of any kind.
    pub(super) fn list(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<Literal>> {
        let whole = span(&pair);
        let mut tokens: Tokens<'t> = children(pair).collect::<Vec<_>>().into_iter().peekable();
        let mut values = Vec::new();
        let mut understood = true;
        // Whether a value stands before the cursor that no comma has closed.
        let mut pending = false;
        let mut empty = true;
        let mut open = whole;
        let mut close = None;
        while let Some(token) = tokens.next() {
            let place = span(&token);
            match token.as_rule() {
                Rule::open => open = place,
                Rule::close => close = Some(place),
                Rule::missing_close => {}
                Rule::comma => {
                    if !pending {
                        self.report_missing_item(place);
                        understood = false;
                    }
                    pending = false;
                    empty = false;
                }
                Rule::mistake_separator => {
                    self.report_separator(&token);
                    pending = false;
                }
                _ => {
                    if pending && token.as_rule() != Rule::list_junk {
                        self.report_missing_comma(place);
                    }
                    pending = true;
                    empty = false;
                    match self.list_item(token, &mut tokens) {
                        Some(value) => values.push(value),
                        None => understood = false,
                    }
                }
            }
        }
        self.check_brackets(open, close, "the list");
        if empty && close.is_some() {
            self.report(Finding::new(ParseProblem::EmptyList(whole)));
        }
        (understood && !values.is_empty()).then_some(values)
    }

    fn list_item(&mut self, token: Pair<'t, Rule>, following: &mut Tokens<'t>) -> Option<Literal> {
        let place = span(&token);
        match token.as_rule() {
            Rule::nested_list => {
                self.report(Finding::new(ParseProblem::NestedList(place)));
                None
            }
            Rule::list_keyword => {
                self.list_keyword(place);
                None
            }
            Rule::list_junk => {
                self.report(Finding::new(ParseProblem::UnexpectedText {
                    found: excerpt(self.slice(place)),
                    span: Span::new(
                        place.start,
                        place.start + self.slice(place).trim_end().len(),
                    ),
                    help: "remove it, or put it in quotes if it belongs to a value; \
                           the values of a list are separated by commas",
                }));
                None
            }
            _ => self.literal(token, following, None),
        }
    }

    fn list_keyword(&mut self, place: Span) {
        let found = self.slice(place);
        if found.eq_ignore_ascii_case("null") {
            self.report(Finding::new(ParseProblem::NullComparison {
                span: place,
                help: "leave it out of the list and write `… or field is null`".to_owned(),
            }));
            return;
        }
        let problem = ParseProblem::KeywordAsValue {
            found: found.to_owned(),
            span: place,
            help: format!("in quotes it is a text: `{}`", quoted(found)),
        };
        self.report_with(problem, "put it in quotes", place, quoted(found));
    }

    /// Values without brackets: `in a, b`.
    fn bare_list(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<Literal>> {
        let whole = span(&pair);
        let text = self.slice(whole);
        let mut tokens: Tokens<'t> = children(pair).collect::<Vec<_>>().into_iter().peekable();
        // One phrase without quotes: the parentheses are told with it, in one message.
        let problem = ParseProblem::ListWithoutParentheses {
            items: excerpt(text),
            span: whole,
        };
        self.report_with(problem, "write parentheses", whole, format!("({text})"));
        let mut values = Vec::new();
        let mut understood = true;
        while let Some(token) = tokens.next() {
            if token.as_rule() != Rule::comma {
                match self.literal(token, &mut tokens, None) {
                    Some(value) => values.push(value),
                    None => understood = false,
                }
            }
        }
        understood.then_some(values)
    }

    fn report_missing_item(&mut self, comma: Span) {
        self.report(
            Finding::new(ParseProblem::MissingValue {
                what: "a value",
                place: "before this comma".to_owned(),
                span: comma,
                help: "write a value, or remove the comma".to_owned(),
            })
            .fix("remove the comma", comma, ""),
        );
    }

    fn report_missing_comma(&mut self, next: Span) {
        let problem = ParseProblem::MissingComma {
            next: excerpt(self.slice(next)),
            span: next,
        };
        self.report_with(problem, "write a comma", next.at_start(), ", ".to_owned());
    }

    fn report_separator(&mut self, token: &Pair<'t, Rule>) {
        let place = span(token);
        let problem = ParseProblem::WrongSeparator {
            found: token.as_str().to_owned(),
            span: place,
        };
        self.report_with(problem, "write a comma", place, ",".to_owned());
    }
}
