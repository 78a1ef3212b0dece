//! The value slot of a comparison: one word or string, and what people put there instead.

use std::iter::Peekable;
use std::vec;

use pest::iterators::Pair;

use super::comparison::{Predicate, Written};
use super::error::ParseProblem;
use super::joiner::begins_with_word;
use super::{Builder, Rule, children, span};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Literal, Operand, Operator, Relation, quoted};

/// The tokens of a value slot or of a list.
pub(super) type Tokens<'t> = Peekable<vec::IntoIter<Pair<'t, Rule>>>;

impl<'t> Builder<'t> {
    /// The operand of an operator that takes one value. A list there turns `=` into `in`.
    pub(super) fn value_slot(
        &mut self,
        written: Written,
        tokens: Vec<Pair<'t, Rule>>,
        field: &str,
    ) -> Option<Predicate> {
        match tokens.first() {
            Some(first) if first.as_rule() == Rule::mistake_list => {
                let list = children(first.clone()).next()?;
                self.list_for_value(written, list)
            }
            _ => {
                let operand = Operand::One(self.value(written, tokens, field)?);
                Some(Predicate { written, operand })
            }
        }
    }

    /// One value, where a list is not to be explained as one.
    pub(super) fn value(
        &mut self,
        written: Written,
        tokens: Vec<Pair<'t, Rule>>,
        field: &str,
    ) -> Option<Literal> {
        let mut tokens: Tokens<'t> = tokens.into_iter().peekable();
        let first = tokens.next()?;
        match first.as_rule() {
            Rule::missing_value => {
                self.report_missing_value(written, "a value", field);
                None
            }
            Rule::mistake_list => {
                let list = children(first).next()?;
                self.list_for_value(written, list);
                None
            }
            Rule::mistake_keyword => {
                self.keyword_value(written, span(&first), field);
                None
            }
            _ => self.literal(first, &mut tokens, Some(written)),
        }
    }

    /// A word, a string, or text that should have been one. `written`: the operator, outside of lists.
    pub(super) fn literal(
        &mut self,
        token: Pair<'t, Rule>,
        following: &mut Tokens<'t>,
        written: Option<Written>,
    ) -> Option<Literal> {
        let place = span(&token);
        let is_tail = |next: &Pair<'_, Rule>| {
            matches!(
                next.as_rule(),
                Rule::mistake_glued | Rule::mistake_phrase | Rule::mistake_item_phrase
            )
        };
        if let Some(tail) = following.next_if(is_tail) {
            let tail = span(&tail);
            if token.as_rule() == Rule::string {
                self.report_glued(place, tail);
            } else {
                self.report_unquoted(place.to(tail), written);
            }
            return None;
        }
        match token.as_rule() {
            Rule::string => Some(self.string(place)),
            Rule::word => Some(self.word(place)),
            Rule::mistake_curly => Some(self.curly_string(place)),
            Rule::mistake_unterminated => {
                self.report_unterminated(place);
                None
            }
            Rule::mistake_backtick => {
                let inside = self.slice(place).trim_matches('`');
                let problem = ParseProblem::BacktickValue {
                    instead: quoted(&excerpt(inside)),
                    span: place,
                };
                self.report_with(problem, "write straight quotes", place, quoted(inside));
                None
            }
            _ => {
                self.report_unquoted(place, written);
                None
            }
        }
    }

    /// Curly quotes where straight ones belong: what is inside is known all the same.
    fn curly_string(&mut self, place: Span) -> Literal {
        let raw = self.slice(place);
        let mut characters = raw.chars();
        let open = characters.next().unwrap_or('“');
        let close = characters.next_back().unwrap_or('”');
        let inside = characters.as_str();
        let problem = ParseProblem::CurlyQuotes {
            which: format!("`{open}` is a curly quote,"),
            straight: format!("`{}`", quoted(&excerpt(inside))),
            span: place,
        };
        debug_assert!(raw.len() >= open.len_utf8() + close.len_utf8());
        self.report_with(problem, "write straight quotes", place, quoted(inside));
        Literal {
            text: inside.to_owned(),
            span: place,
            quoted: true,
        }
    }

    pub(super) fn report_unterminated(&mut self, place: Span) {
        let quote = Span::new(place.start, place.start + 1);
        self.open_strings.push(quote);
        let mark = self.slice(quote);
        let curly = self.slice(place).contains(['“', '”', '‘', '’']);
        let help = if curly {
            format!("close it with a straight `{mark}`; the quote at its end is a curly one")
        } else {
            format!("close it with `{mark}` on the same line; a line break inside is written `\\n`")
        };
        self.report(Finding::new(ParseProblem::UnterminatedString {
            span: quote,
            help,
        }));
    }

    /// Text directly behind a string: a doubled quote, or one that should be escaped.
    fn report_glued(&mut self, string: Span, tail: Span) {
        let whole = string.to(tail);
        let text = self.slice(whole);
        let quote = text.chars().next().unwrap_or('"');
        let doubled = format!("{quote}{quote}");
        let inside = text
            .get(1..text.len().saturating_sub(1))
            .unwrap_or_default();
        let pieces: Vec<&str> = inside.split(doubled.as_str()).collect();
        let clean = pieces.iter().all(|piece| !piece.contains(quote));
        if text.ends_with(quote) && pieces.len() > 1 && clean {
            let unescaped = pieces.join(&quote.to_string());
            let other = if quote == '"' { '\'' } else { '"' };
            let instead = if unescaped.contains(other) {
                format!("{quote}{}{quote}", pieces.join(&format!("\\{quote}")))
            } else {
                format!("{other}{unescaped}{other}")
            };
            let problem = ParseProblem::DoubledQuote {
                instead: format!("`{}`", excerpt(&instead)),
                span: Span::new(string.end.saturating_sub(1), string.end + 1),
            };
            self.report_with(problem, "write one quote", whole, instead);
        } else {
            self.report(Finding::new(ParseProblem::UnescapedQuote {
                quote,
                span: tail,
            }));
        }
    }

    /// Several words, or other characters than a word has, without quotes.
    fn report_unquoted(&mut self, place: Span, written: Option<Written>) {
        let text = self.slice(place);
        let string = quoted(text);
        if let Some(mark) = wildcard(text) {
            let trimmed = text.trim_matches(mark);
            let help = match pattern(text, mark) {
                Some(operator) => format!(
                    "write `{operator} {}`, or quotes if `{mark}` is part of the value",
                    quoted(&excerpt(trimmed))
                ),
                None => format!("write quotes if `{mark}` is part of the value"),
            };
            self.report(Finding::new(ParseProblem::Wildcard {
                span: place,
                mark,
                help,
            }));
            return;
        }
        let shown = quoted(&excerpt(text));
        let is_number = text.chars().all(|c| c.is_ascii_digit() || c == ',');
        let help = if is_number {
            let grouped = text.replace(',', "_");
            format!("write `{grouped}` for a number, or `{shown}` for a text")
        } else if written.is_none() {
            format!("write `{shown}`, or a comma between the values")
        } else {
            format!("write `{shown}`")
        };
        let finding = Finding::new(ParseProblem::UnquotedText { span: place, help });
        self.report(if is_number {
            finding
        } else {
            finding.fix("put the value in quotes", place, string)
        });
    }

    /// `= (a, b)`
    fn list_for_value(&mut self, written: Written, list: Pair<'t, Rule>) -> Option<Predicate> {
        let place = span(&list);
        let operator = self.slice(written.span);
        let Operator { relation, negated } = written.operator;
        let instead = match (relation, negated) {
            (Relation::Equal | Relation::Is | Relation::Equals, false) => Some("in"),
            (Relation::Equal | Relation::Is | Relation::Equals, true) => Some("not in"),
            _ => None,
        };
        let help = match (instead, relation) {
            (Some(instead), _) => format!("write `{instead}` in place of `{operator}`"),
            (None, Relation::Contains | Relation::StartsWith | Relation::EndsWith) => format!(
                "write `{operator} any (…)` if one of them is enough, `{operator} all (…)` if not"
            ),
            _ => "write one value, without brackets".to_owned(),
        };
        let problem = ParseProblem::ListForValue {
            operator: operator.to_owned(),
            span: place,
            help,
        };
        match instead {
            Some(instead) => {
                let title = format!("write `{instead}`");
                self.report_with(problem, &title, written.span, instead.to_owned());
            }
            None => self.report(Finding::new(problem)),
        }
        let values = self.list(list)?;
        instead?;
        Some(Predicate {
            written: Written {
                operator: Operator {
                    relation: Relation::In,
                    negated,
                },
                ..written
            },
            operand: Operand::List(values),
        })
    }

    /// `what`: a value, or a list.
    pub(super) fn report_missing_value(
        &mut self,
        written: Written,
        what: &'static str,
        field: &str,
    ) {
        let operator = self.slice(written.span);
        let example = if what == "a list" {
            "(…, …)"
        } else {
            "…"
        };
        let mut help = format!("write {what} after `{operator}`: `{field} {operator} {example}`");
        let rest = self
            .text
            .get(written.span.end..)
            .unwrap_or_default()
            .trim_start();
        let joiner = ["and", "or"]
            .into_iter()
            .find(|word| begins_with_word(rest, word));
        if let Some(word) = joiner {
            help.push_str(&format!(
                "; if the value is the word `{word}`, put it in quotes"
            ));
        }
        self.report(Finding::new(ParseProblem::MissingValue {
            what,
            place: format!("after `{operator}`"),
            span: written.span,
            help,
        }));
    }

    /// `= null`, `= not vp`, `= in`
    fn keyword_value(&mut self, written: Written, place: Span, field: &str) {
        let text = self.slice(place);
        let (keyword, rest) = match text.split_once(char::is_whitespace) {
            Some((keyword, rest)) => (keyword, Some(rest.trim_start())),
            None => (text, None),
        };
        let Operator { relation, negated } = written.operator;
        let equality = matches!(relation, Relation::Equal | Relation::Is | Relation::Equals);
        let not = if negated { "not " } else { "" };
        let lower = keyword.to_ascii_lowercase();
        let instead = match (lower.as_str(), rest) {
            ("null" | "blank", None) if equality => Some(format!("is {not}{lower}")),
            ("not", Some(rest)) if equality && !negated => Some(format!("!= {rest}")),
            _ => None,
        };
        let quotes = format!("in quotes it is a text: `{}`", quoted(keyword));
        let help = match &instead {
            Some(instead) => format!("write `{field} {}`; {quotes}", excerpt(instead)),
            None => quotes,
        };
        if lower == "null" {
            let help = match &instead {
                Some(instead) => format!("write `{field} {instead}`"),
                None => format!("write `{field} is null` as a comparison of its own"),
            };
            let problem = ParseProblem::NullComparison { span: place, help };
            match instead {
                Some(instead) => {
                    let title = format!("write `{instead}`");
                    self.report_with(problem, &title, written.span.to(place), instead);
                }
                None => self.report(Finding::new(problem)),
            }
            return;
        }
        let mut finding = Finding::new(ParseProblem::KeywordAsValue {
            found: keyword.to_owned(),
            span: place,
            help,
        });
        if rest.is_none() {
            finding = finding.fix("put it in quotes", place, quoted(keyword));
        } else if let Some(instead) = instead {
            finding = finding.fix("write `!=`", written.span.to(place), instead);
        }
        self.report(finding);
    }
}

/// The wildcard that a text begins or ends with.
fn wildcard(text: &str) -> Option<char> {
    ['%', '*'].into_iter().find(|mark| {
        let number = text.starts_with(|c: char| c.is_ascii_digit());
        text.len() > 1 && (text.starts_with(*mark) || (text.ends_with(*mark) && !number))
    })
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
