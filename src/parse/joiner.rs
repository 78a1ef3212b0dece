//! Mistakes between comparisons and around them: what joins them wrongly, and operands that are none.

use pest::iterators::Pair;

use super::error::ParseProblem;
use super::tree::mistake;
use super::{Builder, LastComparison, Rule, children, span};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{Expr, Mistake, Name};

impl<'t> Builder<'t> {
    /// `,`, `;` or `&` where AND was meant, or nothing at all.
    pub(super) fn report_wrong_and(&mut self, pair: &Pair<'t, Rule>, nothing_follows: bool) {
        let place = span(pair);
        self.joiner = Some(place);
        let found = pair.as_str().to_owned();
        if nothing_follows {
            let problem = ParseProblem::CommaForAnd {
                found,
                span: place,
                label: "nothing follows",
                help: "remove it",
            };
            self.report_with(problem, "remove it", place, String::new());
            return;
        }
        let problem = if found == "&" {
            ParseProblem::SingleSymbol {
                found,
                instead: "`and`",
                span: place,
            }
        } else {
            ParseProblem::CommaForAnd {
                found,
                span: place,
                label: "`and` belongs here",
                help: "write `and` if both comparisons must hold, `or` if one is enough",
            }
        };
        let replacement = self.padded(place, "and");
        self.report_with(problem, "write `and`", place, replacement);
    }

    /// `|` where OR was meant.
    pub(super) fn report_wrong_or(&mut self, pair: &Pair<'t, Rule>) {
        let place = span(pair);
        self.joiner = Some(place);
        let problem = ParseProblem::SingleSymbol {
            found: pair.as_str().to_owned(),
            instead: "`or`",
            span: place,
        };
        let replacement = self.padded(place, "or");
        self.report_with(problem, "write `or`", place, replacement);
    }

    /// A word in place of a symbol, with blanks where the symbol had none.
    fn padded(&self, place: Span, word: &str) -> String {
        let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        let bytes = self.text.as_bytes();
        let before = place.start.checked_sub(1).and_then(|at| bytes.get(at));
        let left = if blank(before) { "" } else { " " };
        let right = if blank(bytes.get(place.end)) { "" } else { " " };
        format!("{left}{word}{right}")
    }

    /// Nothing stands where an operand is wanted; `at` is the place.
    pub(super) fn missing_operand(&mut self, at: usize) -> Expr {
        let next = self.joiner_at(at);
        let (place, span, label, help) = match (self.joiner, next) {
            (Some(before), Some(after)) => {
                let (before_text, after_text) = (self.slice(before), self.slice(after));
                (
                    format!("between `{before_text}` and `{after_text}`"),
                    before.to(after),
                    "two operators in a row",
                    "remove one of the two, or write a comparison between them".to_owned(),
                )
            }
            (Some(before), None) => {
                let text = self.slice(before);
                let help = if text.eq_ignore_ascii_case("where") {
                    format!("write a comparison after `{text}`, such as `seniority = vp`")
                } else {
                    format!("write a comparison after `{text}`, or remove `{text}`")
                };
                (format!("after `{text}`"), before, "nothing follows", help)
            }
            (None, after) => {
                let after = after.unwrap_or(Span::new(at, at));
                let text = self.slice(after);
                (
                    format!("before `{text}`"),
                    after,
                    "nothing stands before this",
                    format!("write a comparison before `{text}`, or remove `{text}`"),
                )
            }
        };
        self.report(Finding::new(ParseProblem::MissingOperand {
            place,
            span,
            label,
            help,
        }));
        mistake(span)
    }

    /// The AND, OR, `,`, `;`, `&` or `|` that begins at a byte.
    fn joiner_at(&self, at: usize) -> Option<Span> {
        let rest = self.text.get(at..)?;
        let length = match rest.chars().next()? {
            'a' | 'A' if begins_with_word(rest, "and") => 3,
            'o' | 'O' if begins_with_word(rest, "or") => 2,
            first @ ('&' | '|') => 1 + usize::from(rest.chars().nth(1) == Some(first)),
            ',' | ';' => 1,
            _ => return None,
        };
        Some(Span::new(at, at + length))
    }

    /// A second operator behind a comparison: `10 <= age <= 20`.
    pub(super) fn chained(&mut self, first: Expr, pair: Pair<'t, Rule>) -> Expr {
        let whole = first.span().to(span(&pair));
        let from_left = self.text.get(first.span().start..first.span().end);
        let starts_with_value = from_left.is_some_and(|text| {
            text.starts_with(|c: char| c.is_ascii_digit() || "\"'-".contains(c))
        });
        let fields = match first {
            Expr::Mistake(mistake) if !starts_with_value => {
                return Expr::Mistake(Mistake {
                    span: whole,
                    ..mistake
                });
            }
            Expr::Mistake(mistake) => mistake.fields,
            Expr::Comparison(comparison) => vec![comparison.field],
            _ => Vec::new(),
        };
        let operator = operator_token(pair.clone());
        let help = match (starts_with_value, fields.first()) {
            (true, Some(field)) => format!(
                "write `{0} between … and …`, or two comparisons joined by AND: `{0} > … and {0} < …`",
                field.text
            ),
            (_, Some(field)) => format!(
                "join two comparisons with AND, such as `{0} > … and {0} < …`; \
                 put the value in quotes if `{1}` is part of it",
                field.text,
                self.slice(operator)
            ),
            (_, None) => {
                "join two comparisons with AND, or write `field between … and …`".to_owned()
            }
        };
        self.report(Finding::new(ParseProblem::ChainedComparison {
            span: operator,
            help,
        }));
        Expr::Mistake(Mistake {
            fields,
            span: whole,
        })
    }

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
        let (label, help) = match &self.last_comparison {
            Some(last) if self.joiner.is_some() => (
                "a field and an operator are missing",
                self.help_after(last, text),
            ),
            None if is_word(text) && self.operand_follows(whole.end) => (
                "an operator and a value are missing",
                format!(
                    "a comparison is a field, an operator and a value, such as `seniority = vp`; \
                     if `{text}` is an audience type, write `{text} where`"
                ),
            ),
            _ => (
                "a field and an operator are missing",
                "a comparison is a field, an operator and a value, such as `seniority = vp`"
                    .to_owned(),
            ),
        };
        self.report(Finding::new(ParseProblem::IncompleteComparison {
            text: excerpt(text),
            span: whole,
            label,
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
        let text = excerpt(text);
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
                    "; if it is one value, put it in quotes: `\"{value} {joiner} {text}\"`"
                ));
            }
            _ => {}
        }
        help
    }

    /// `job_title contians platform`: the second word is nearly an operator.
    fn misspelled_operator(&mut self, text: &'t str, whole: Span) -> Option<Expr> {
        const OPERATORS: [&str; 8] = [
            "contains",
            "between",
            "equals",
            "startswith",
            "endswith",
            "starts",
            "ends",
            "in",
        ];
        let mut words = text.split_whitespace();
        let (first, second) = (words.next()?, words.next()?);
        let operator = nearest(second, OPERATORS)?;
        let start = whole.start + text.find(second)?;
        let span = Span::new(start, start + second.len());
        let instead = match operator {
            "starts" | "startswith" => "starts with",
            "ends" | "endswith" => "ends with",
            other => other,
        };
        let problem = ParseProblem::UnknownOperator {
            found: excerpt(second),
            span,
            help: format!("write `{instead}`"),
        };
        self.report_with(problem, "correct the operator", span, instead.to_owned());
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

/// The tokens of the operator that a test begins with.
pub(super) fn operator_token(test: Pair<'_, Rule>) -> Span {
    let whole = span(&test);
    let mut operator: Option<Span> = None;
    for token in test.into_inner().flatten() {
        let is_operator = matches!(
            token.as_rule(),
            Rule::equal
                | Rule::not_equal
                | Rule::less
                | Rule::less_or_equal
                | Rule::greater
                | Rule::greater_or_equal
                | Rule::wrong_symbol
                | Rule::negated
                | Rule::r#in
                | Rule::contains
                | Rule::starts_with
                | Rule::ends_with
                | Rule::between
                | Rule::equals
                | Rule::is
                | Rule::null
                | Rule::blank
        );
        match (is_operator, operator) {
            (true, seen) => {
                let token = span(&token);
                operator = Some(seen.map_or(token, |seen| seen.to(token)));
            }
            (false, Some(seen)) if span(&token).start >= seen.end => break,
            _ => {}
        }
    }
    operator.unwrap_or(whole)
}

/// Whether a text begins with this word, in any case.
pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    let mut following = text.chars().skip(word.len());
    let begins = text
        .get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word));
    begins
        && following
            .next()
            .is_none_or(|next| !next.is_ascii_alphanumeric())
}

fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}
