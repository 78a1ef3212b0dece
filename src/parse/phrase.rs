//! Several words or brackets where one word belongs: names with blanks, a comma inside a text,
//! functions, a list behind a field.

use super::error::ParseProblem;
use super::foreign::words_of_part;
use super::node::Node;
use super::tree::{first_token, mistake};
use super::value_error::ValueProblem;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{Expr, Mistake, Operator, Relation, quoted};

impl<'t> Builder<'t> {
    /// `job title contains "x"`: a name is one word.
    pub(super) fn name_of_several_words(
        &mut self,
        words: &Node<'t>,
        comparison: &Node<'t>,
    ) -> Expr {
        let inner = comparison.inner().next();
        let last = inner.and_then(|comparison| comparison.children().next());
        let place = words.span().to(last.map_or(words.span(), Node::span));
        let found = self.slice(place);
        let name = found.split_whitespace().collect::<Vec<_>>().join("_");
        let at_start = self.last_comparison.is_none() && self.joiner.is_none();
        let header = words.as_str().split_once(' ').filter(|_| at_start);
        let near_where = |(_, second): &(&str, &str)| nearest(second.trim(), ["where"]).is_some();
        self.report(match header.filter(near_where) {
            Some((audience, second)) => {
                let start = words.span().end() - second.trim_start().len();
                let word = Span::new(start, words.span().end());
                Finding::new(ParseProblem::IncompleteComparison {
                    text: excerpt(words.as_str()),
                    span: words.span(),
                    help: format!("write `{audience} where`"),
                })
                .fix("write `where`", word, "where")
            }
            None => Finding::new(ParseProblem::BadFieldName {
                found: excerpt(found),
                span: place,
                help: match found.split_whitespace().find(|word| is_for_not(word)) {
                    Some(word) => format!("write `not` in place of `{word}` if that is meant"),
                    None => format!("a name is one word: `{name}`"),
                },
            }),
        });
        mistake(words.span().to(comparison.span()))
    }

    /// Whether a comma is part of a text without quotes: `company_name = Acme, Inc`.
    pub(super) fn is_comma_in_text(&self, comma: &Node<'t>, next: &Node<'t>) -> bool {
        let value = self.last_comparison.as_ref().and_then(|last| last.value);
        let bare_value = value.is_some_and(|value| !self.slice(value).starts_with(['"', '\'']));
        let first = next.inner().next();
        let bare = first.is_some_and(|first| first.rule() == Rule::mistake_bare);
        comma.as_str() == "," && bare_value && bare && !next.as_str().starts_with(['"', '\'', '`'])
    }

    /// `tail`: the words behind the comma.
    pub(super) fn comma_in_text(&mut self, last: Option<Expr>, tail: Span) -> Expr {
        let comparison = self.last_comparison.take();
        let value = comparison
            .as_ref()
            .and_then(|last| last.value)
            .unwrap_or(tail);
        let whole = value.to(tail);
        let text = self.slice(whole);
        let list = comparison
            .and_then(|last| {
                let operator = list_operator(last.operator, "any")?;
                Some(format!(
                    ", or a list: `{} {operator} ({})`",
                    last.field,
                    excerpt(text)
                ))
            })
            .unwrap_or_default();
        let string = quoted(&shortened(text));
        self.report(Finding::new(ValueProblem::UnquotedText {
            why: "with a comma in it".to_owned(),
            span: whole,
            help: match with_point(text) {
                Some(number) => {
                    let or = if list.is_empty() { "or " } else { "" };
                    format!("write `{number}` for a number, {or}`{string}` for a text{list}")
                }
                None => format!("write `{string}` if it is one value{list}"),
            },
        }));
        Expr::Mistake(Mistake {
            fields: match last {
                Some(Expr::Comparison(comparison)) => vec![comparison.field],
                _ => Vec::new(),
            },
            span: whole,
        })
    }

    /// `email.includes("x")`
    pub(super) fn function(&mut self, node: &Node<'t>) -> Expr {
        let whole = node.span();
        self.report(Finding::new(ParseProblem::UnexpectedText {
            found: excerpt(node.as_str()),
            span: whole,
            help: "there are no functions: write a field, an operator and a value, \
                   such as `email contains \"gmail\"`",
        }));
        mistake(whole)
    }

    /// `seniority (vp, cxo)`
    pub(super) fn no_operator(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        let mut parts = node.children();
        let name = parts.next().and_then(|name| self.name(&name));
        let list = parts.next().map_or(whole, |list| list.span());
        if let Some(name) = &name {
            self.report(Finding::new(ParseProblem::IncompleteComparison {
                text: excerpt(self.slice(whole)),
                span: whole,
                help: format!(
                    "write an operator in front of the list: `{} in {}`",
                    name.text,
                    excerpt(self.slice(list))
                ),
            }));
        }
        Expr::Mistake(Mistake {
            fields: name.into_iter().collect(),
            span: whole,
        })
    }
}

/// The operator that says of several values what this one says of one; `quantifier`: ANY or ALL,
/// where it takes one.
pub(super) fn list_operator(operator: Operator, quantifier: &str) -> Option<String> {
    let Operator { relation, negated } = operator;
    let not = if negated { "not " } else { "" };
    if matches!(relation, Relation::Equal | Relation::Is | Relation::Equals) {
        return Some(format!("{not}in"));
    }
    let words = words_of_part(relation)?;
    Some(format!("{not}{words} {quantifier}"))
}

/// Words that are said for NOT: what they leave out must not become the name of a field.
fn is_for_not(word: &str) -> bool {
    const WORDS: [&str; 9] = [
        "except",
        "exclude",
        "excluding",
        "no",
        "non",
        "nor",
        "nto",
        "ont",
        "without",
    ];
    WORDS.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// Whether two words stand before an operator where a field belongs: `job title = x`.
pub(super) fn is_name_of_several_words(words: &Node<'_>, next: &Node<'_>) -> bool {
    let is_words = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ' ')
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let inner = |node: &Node<'_>| node.inner().next().map(Node::rule);
    let on_one_line = !words.text_up_to(next).contains(['\n', '\r', '#']);
    next.rule() == Rule::mistake_juxtaposed
        && inner(words) == Some(Rule::mistake_bare)
        && matches!(
            inner(next),
            Some(Rule::comparison | Rule::mistake_comparison)
        )
        && first_token(*next).start() < next.span().end()
        && is_words(words.as_str())
        && !words.as_str().eq_ignore_ascii_case("where")
        && on_one_line
}

/// `1.5` for `1,5`, as other languages write it. Three digits behind the comma may be thousands.
fn with_point(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',')?;
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_number = are_digits(whole) && are_digits(decimals) && decimals.len() != 3;
    is_number.then(|| format!("{whole}.{decimals}"))
}
