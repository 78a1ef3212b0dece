//! Operands that are no comparison: a bare value, a bare operator, text that cannot be read.

use super::error::ParseProblem;
use super::joiner::begins_with_word;
use super::misspelled::nearest_operator;
use super::node::Node;
use super::phrase::list_operator;
use super::reversed::operator_token;
use super::tree::mistake;
use super::value_error::ValueProblem;
use super::{Builder, LastComparison, Rule};
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Expr, Mistake, Name, Operator, Relation, quoted};

impl<'t> Builder<'t> {
    /// An operator with no field before it: `job_title contains "a" or contains "b"`.
    pub(super) fn no_field(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        let operator = operator_token(node);
        let is_not = |joiner: &Span| self.slice(*joiner).eq_ignore_ascii_case("not");
        let not = self.joiner.filter(is_not);
        let help = match &self.last_comparison {
            Some(last) => format!(
                "repeat the field: `{} {}`",
                last.field,
                excerpt(self.slice(not.map_or(whole, |not| not.to(whole))))
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
    pub(super) fn bare(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        if std::mem::take(&mut self.bound_follows) {
            return mistake(whole);
        }
        let first = node.children().next();
        match first.map(Node::rule) {
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
            Some(last) if self.joiner.is_some() => self.help_after(last, whole),
            None if is_word(text) && self.operand_follows(whole.end()) => format!(
                "if `{text}` is an audience type, write `{text} where`; \
                 a comparison is a field, an operator and a value, such as `seniority = vp`"
            ),
            _ if is_word(text) => format!(
                "if `{text}` is a field, write an operator and a value after it, \
                 such as `{text} = true`"
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
            text: field.into(),
            span: Span::new(whole.start(), whole.start() + field.len()),
        };
        self.report(Finding::new(ParseProblem::UnknownOperator {
            found: ":".to_owned(),
            span: Span::new(name.span.end(), name.span.end() + 1),
            help: format!("write an operator of its own: `{field} = …`, `{field} in (…)`"),
        }));
        Some(Expr::Mistake(Mistake {
            fields: vec![name],
            span: whole,
        }))
    }

    /// What a value after `field = x or` most likely means.
    fn help_after(&self, last: &LastComparison, place: Span) -> String {
        let field = &last.field;
        let raw = self.slice(place);
        let is_one_token = !raw.contains(char::is_whitespace) || raw.starts_with(['"', '\'']);
        let text = if is_one_token {
            excerpt(raw)
        } else {
            quoted(&shortened(raw))
        };
        let operator = self.slice(last.operator_span);
        let joiner = self.joiner.map_or("or", |joiner| self.slice(joiner));
        let is_or = joiner.eq_ignore_ascii_case("or") || joiner.starts_with('|');
        let Operator { relation, negated } = last.operator;
        let value = last.value.map(|value| excerpt(self.slice(value)));
        let list = |operator: &str| {
            let value = value.as_deref().unwrap_or("…");
            format!("write `{field} {operator} ({value}, {text})`")
        };
        let not = if negated { "not " } else { "" };
        if self.is_behind_not(place.start()) {
            return help_behind_not(last.operator, field, operator, &text);
        }
        match relation {
            Relation::Is | Relation::Equals if is_or && negated => list("not in"),
            Relation::Equal if is_or && !negated => {
                format!("{}, or repeat the field: `{field} = {text}`", list("in"))
            }
            Relation::Equal => {
                let mut help = if negated {
                    list("not in")
                } else {
                    format!("repeat the field: `{field} = {text}`")
                };
                if let Some(value) = last
                    .value
                    .filter(|_| !is_or && !raw.starts_with(['"', '\'']))
                {
                    let whole = self.slice(value.to(place)).trim_matches(['"', '\'']);
                    let whole = quoted(&shortened(whole));
                    help = format!("if it is one value, put it in quotes: `{whole}`; else {help}");
                }
                help
            }
            Relation::In => "write it inside the parentheses of the list".to_owned(),
            Relation::Contains | Relation::StartsWith | Relation::EndsWith => {
                let quantifier = if is_or || negated { "any" } else { "all" };
                list(&list_operator(last.operator, quantifier).unwrap_or_default())
            }
            Relation::Less
            | Relation::LessOrEqual
            | Relation::Greater
            | Relation::GreaterOrEqual => {
                format!("repeat the field: `{field} … {text}`, or write `{field} between … and …`")
            }
            Relation::IsNull | Relation::IsBlank if negated && is_or => format!(
                "join by AND what must both hold: `{field} {operator} and {field} is not {text}`"
            ),
            Relation::IsNull | Relation::IsBlank => {
                format!("repeat the field: `{field} is {not}{text}`")
            }
            _ => format!("repeat field and operator: `{field} {operator} {text}`"),
        }
    }

    /// Whether a NOT stands directly in front of a place.
    fn is_behind_not(&self, place: usize) -> bool {
        let before = self.text.get(..place).unwrap_or_default().trim_end();
        let start = before.len().saturating_sub(3);
        let is_word = before
            .get(start..)
            .is_some_and(|word| word.eq_ignore_ascii_case("not"));
        let is_apart = |before: &str| !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        before.ends_with('!') || is_word && before.get(..start).is_some_and(is_apart)
    }

    /// `job_title contians platform`: the second word is nearly an operator.
    fn misspelled_operator(&mut self, text: &'t str, whole: Span) -> Option<Expr> {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next()?, words.next()?);
        let operator = nearest_operator(second)?;
        let start = first.len() + text.get(first.len()..)?.find(second)?;
        let span = Span::new(whole.start() + start, whole.start() + start + second.len());
        self.report_operator(second, Some(operator), span);
        Some(Expr::Mistake(Mistake {
            fields: is_word(first)
                .then(|| Name {
                    text: first.into(),
                    span: Span::new(whole.start(), whole.start() + first.len()),
                })
                .into_iter()
                .collect(),
            span: whole,
        }))
    }

    pub(super) fn unexpected(&mut self, node: &Node<'t>) -> Expr {
        let whole = node.span();
        let text = node.as_str();
        let trimmed = self.trimmed(whole);
        let quote = text
            .chars()
            .next()
            .filter(|c| "“”„‟«»＂‘’‚‛‹›＇".contains(*c));
        self.report(match quote {
            Some(quote) => Finding::new(ValueProblem::CurlyQuotes {
                which: format!("`{quote}` is a curly quote,"),
                straight: "`\"` or `'`".to_owned(),
                span: Span::new(whole.start(), whole.start() + quote.len_utf8()),
            }),
            None => Finding::new(ParseProblem::UnexpectedText {
                found: excerpt(text),
                span: trimmed,
                help: "remove it, or put it in quotes if it belongs to a value; \
                       a comparison is a field, an operator and a value",
            }),
        });
        mistake(trimmed)
    }
}

/// What `field = x and not y` most likely means.
fn help_behind_not(operator: Operator, field: &str, written: &str, text: &str) -> String {
    let in_place = match (operator.relation, operator.negated) {
        (Relation::Equal | Relation::Is | Relation::Equals, _) => format!("{field} != {text}"),
        (Relation::In, _) => format!("{field} not in ({text})"),
        (Relation::Contains, _) => format!("{field} not contains {text}"),
        (Relation::IsNull | Relation::IsBlank, _) => format!("{field} is not {text}"),
        (_, false) => format!("not {field} {written} {text}"),
        (_, true) => format!("{field} {written} {text}"),
    };
    format!("write a comparison in place of NOT and the value: `{in_place}`")
}

fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}
