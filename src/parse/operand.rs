//! Operands that are no comparison: a bare value, a bare operator, text that cannot be read.

use pest::iterators::Pair;

use super::error::ParseProblem;
use super::foreign::nearest_operator;
use super::joiner::{begins_with_word, operator_token};
use super::tree::mistake;
use super::{Builder, LastComparison, Rule, children, span};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Expr, Mistake, Name, quoted};

impl<'t> Builder<'t> {
    /// An operator with no field before it: `job_title contains "a" or contains "b"`.
    pub(super) fn no_field(&mut self, pair: Pair<'t, Rule>) -> Expr {
        let whole = span(&pair);
        let operator = operator_token(pair);
        let help = match &self.last_comparison {
            Some(last) => format!(
                "repeat the field: `{} {}`",
                last.field,
                excerpt(self.slice(whole))
            ),
            None => {
                "write the name of a field in front of it; `filterc fields` lists them".to_owned()
            }
        };
        let text = excerpt(self.slice(operator));
        self.report(Finding::new(ParseProblem::MissingField {
            operator: text,
            span: operator,
            help,
        }));
        mistake(whole)
    }

    /// A value, or a name, and no operator: `seniority = vp or cxo`.
    pub(super) fn bare(&mut self, pair: Pair<'t, Rule>) -> Expr {
        let whole = span(&pair);
        if std::mem::take(&mut self.bound_follows) {
            return mistake(whole);
        }
        let first = children(pair).next();
        match first.as_ref().map(Pair::as_rule) {
            Some(Rule::mistake_unterminated) => {
                self.report_unterminated(whole);
                return mistake(whole);
            }
            Some(Rule::word) if self.slice(whole).eq_ignore_ascii_case("where") => {
                self.report_where(whole);
                return mistake(whole);
            }
            _ => {}
        }
        let text = self.slice(whole);
        let explained = self.colon(text, whole);
        if let Some(expr) = explained.or_else(|| self.misspelled_operator(text, whole)) {
            return expr;
        }
        let help = match &self.last_comparison {
            Some(last) if self.joiner.is_some() => self.help_after(last, text),
            None if is_word(text) && self.operand_follows(whole.end) => format!(
                "if `{text}` is an audience type, write `{text} where`; \
                 a comparison is a field, an operator and a value, such as `seniority = vp`"
            ),
            _ => "a comparison is a field, an operator and a value, such as `seniority = vp`"
                .to_owned(),
        };
        self.report(Finding::new(ParseProblem::IncompleteComparison {
            text: excerpt(text),
            span: whole,
            help,
        }));
        mistake(whole)
    }

    /// Whether a word follows that joins nothing.
    fn operand_follows(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default().trim_start();
        let at = self.text.len() - rest.len();
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '(')
            && self.joiner_at(at).is_none()
            && !begins_with_word(rest, "not")
    }

    /// `seniority:in:vp`, `seniority: vp`: the form of the vendor's Events API.
    fn colon(&mut self, text: &'t str, whole: Span) -> Option<Expr> {
        let (field, _) = text.split_once(':').filter(|(field, _)| is_word(field))?;
        let name = Name {
            text: field.to_owned(),
            span: Span::new(whole.start, whole.start + field.len()),
        };
        self.report(Finding::new(ParseProblem::UnknownOperator {
            found: ":".to_owned(),
            span: Span::new(name.span.end, name.span.end + 1),
            help: format!("write an operator of its own: `{field} = …`, `{field} in (…)`"),
        }));
        Some(Expr::Mistake(Mistake {
            fields: vec![name],
            span: whole,
        }))
    }

    /// What a value after `field = x or` most likely means.
    fn help_after(&self, last: &LastComparison, text: &str) -> String {
        let LastComparison {
            field,
            operator,
            value,
        } = last;
        let plain = excerpt(text);
        let is_one_token = !text.contains(char::is_whitespace) || text.starts_with(['"', '\'']);
        let text = if is_one_token {
            plain.clone()
        } else {
            quoted(&plain)
        };
        let joiner = self.joiner.map_or("or", |joiner| self.slice(joiner));
        let is_or = joiner.eq_ignore_ascii_case("or") || joiner.starts_with('|');
        let mut help = format!("repeat field and operator: `{field} {operator} {text}`");
        match value {
            Some(value) if is_or && operator == "=" => {
                help.push_str(&format!(
                    ", or write a list: `{field} in ({value}, {text})`"
                ));
            }
            Some(value) if !value.starts_with(['"', '\'']) => {
                help.push_str(&format!(
                    "; if it is one value, put it in quotes: `\"{value} {joiner} {plain}\"`"
                ));
            }
            _ => {}
        }
        help
    }

    /// `job_title contians platform`: the second word is nearly an operator.
    fn misspelled_operator(&mut self, text: &'t str, whole: Span) -> Option<Expr> {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next()?, words.next()?);
        let operator = nearest_operator(second)?;
        let start = first.len() + text.get(first.len()..)?.find(second)?;
        let span = Span::new(whole.start + start, whole.start + start + second.len());
        self.report_operator(second, Some(operator), span);
        Some(Expr::Mistake(Mistake {
            fields: is_word(first)
                .then(|| Name {
                    text: first.to_owned(),
                    span: Span::new(whole.start, whole.start + first.len()),
                })
                .into_iter()
                .collect(),
            span: whole,
        }))
    }

    pub(super) fn unexpected(&mut self, pair: &Pair<'t, Rule>) -> Expr {
        let whole = span(pair);
        let text = pair.as_str();
        let trimmed = Span::new(whole.start, whole.start + text.trim_end().len());
        let quote = text
            .chars()
            .next()
            .filter(|c| "“”„‟«»＂‘’‚‛‹›＇".contains(*c));
        let problem = match quote {
            Some(quote) => ParseProblem::CurlyQuotes {
                which: format!("`{quote}` is a curly quote,"),
                straight: "`\"` or `'`".to_owned(),
                span: Span::new(whole.start, whole.start + quote.len_utf8()),
            },
            None => ParseProblem::UnexpectedText {
                found: excerpt(text),
                span: trimmed,
                help: "remove it, or put it in quotes if it belongs to a value; \
                       a comparison is a field, an operator and a value",
            },
        };
        self.report(Finding::new(problem));
        mistake(trimmed)
    }
}

fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}
