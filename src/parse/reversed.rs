//! Comparisons with their parts in another order: value first, or a second operator.

use unicode_script::UnicodeScript;

use super::comparison::is_keyword;
use super::error::ParseProblem;
use super::node::Node;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Expr, Mistake, Name, quoted};

impl<'t> Builder<'t> {
    /// `"x" = topic`; `chained`: a second operator follows, and is what gets explained.
    pub(super) fn reversed(&mut self, node: Node<'t>, chained: bool) -> Expr {
        let whole = node.span();
        let mut parts = node.children();
        let (Some(value), Some(test)) = (parts.next(), parts.next()) else {
            return super::tree::mistake(whole);
        };
        let place = value.span();
        let operator = operator_token(test);
        let right = self.slice(Span::new(operator.end(), whole.end())).trim();
        let is_name = right.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && right
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
            && !is_keyword(right);
        let field = is_name.then(|| {
            let start = whole.end() - right.len();
            Name {
                text: right.into(),
                span: Span::new(start, whole.end()),
            }
        });
        let mistake = Expr::Mistake(Mistake {
            fields: field.iter().cloned().collect(),
            span: whole,
        });
        let left = self.slice(place);
        if chained && begins_like_a_value(left) {
            return mistake;
        }
        if value.rule() == Rule::left_side && !is_value(left) {
            let name = left.replace('-', "_");
            let foreign = left.chars().find(|c| !c.is_ascii() && c.is_alphabetic());
            let help = if let Some(letter) = foreign {
                format!(
                    "`{letter}` (U+{:04X}, {}) is not a letter of the English alphabet: type the name \
                     again, or write it in backticks if a field has it",
                    u32::from(letter),
                    letter.script().full_name()
                )
            } else if name.is_ascii() && name != left {
                format!("names have `_` in them, not `-`: `{}`", excerpt(&name))
            } else {
                format!(
                    "if a field has this name, write it in backticks: `` `{}` ``",
                    excerpt(left)
                )
            };
            self.report(Finding::new(ParseProblem::BadFieldName {
                found: excerpt(left),
                span: place,
                help,
            }));
            return super::tree::mistake(whole);
        }
        let left = match value.rule() {
            Rule::mistake_curly => quoted(left.trim_matches(|c: char| !c.is_ascii() || c == '"')),
            _ => left.to_owned(),
        };
        let turned = field.as_ref().and_then(|field| {
            let operator = mirrored(self.slice(operator))?;
            Some(format!("{} {operator} {left}", field.text))
        });
        // `"seniority" = vp`: in SQL a field may have quotes, and which is the field is not known here.
        let is_either = is_field_in_quotes(&left);
        let help = match &turned {
            Some(turned) if is_either => format!(
                "if `{0}` is the field, write it without quotes: `{0} {1} {right}`; else write `{2}`",
                left.trim_matches(['"', '\'']),
                self.slice(operator),
                excerpt(turned)
            ),
            Some(turned) => format!("write `{}`", excerpt(turned)),
            None if self.slice(operator).eq_ignore_ascii_case("in") && is_name => format!(
                "write `{right} contains {0}` for a part of the text, `{right} = {0}` for all of it",
                excerpt(&left)
            ),
            None if field.is_none() && is_field_in_quotes(&left) => format!(
                "a field has no quotes: write `{} {} …`",
                left.trim_matches(['"', '\'']),
                self.slice(operator)
            ),
            None => "write the field first, then the operator and the value".to_owned(),
        };
        let finding = Finding::new(ParseProblem::ReversedComparison { span: place, help });
        self.report(match turned.filter(|_| !is_either) {
            Some(turned) => finding.fix("turn it round", whole, turned),
            None => finding,
        });
        mistake
    }

    /// A second operator behind a comparison: `10 <= age <= 20`.
    pub(super) fn chained(&mut self, first: Expr, node: Node<'t>) -> Expr {
        let whole = first.span().to(node.span());
        let starts_with_value = begins_like_a_value(self.slice(first.span()));
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
        let operator = operator_token(node);
        let text = self.slice(operator);
        let ordered = text.contains(['<', '>']);
        let help = match (starts_with_value, fields.first()) {
            (_, Some(field)) if !ordered => format!(
                "put the value in quotes if `{text}` is part of it, \
                 or write `{} {} (…)` for several values",
                field.text,
                if text.contains('!') || text.contains("<>") {
                    "not in"
                } else {
                    "in"
                }
            ),
            (true, Some(field)) => format!(
                "write `{0} between … and …`, or two comparisons joined by AND: `{0} > … and {0} < …`",
                field.text
            ),
            (_, Some(field)) => format!(
                "join two comparisons with AND, such as `{0} > … and {0} < …`; \
                 put the value in quotes if `{1}` is part of it",
                field.text, text
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
}

/// The tokens of the operator that a test begins with.
pub(super) fn operator_token(test: Node<'_>) -> Span {
    let whole = test.span();
    let mut operator: Option<Span> = None;
    for (rule, span) in test.descendants() {
        let is_operator = matches!(
            rule,
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
                operator = Some(seen.map_or(span, |seen| seen.to(span)));
            }
            (false, Some(seen)) if span.start() >= seen.end() => break,
            _ => {}
        }
    }
    operator.unwrap_or(whole)
}

/// `"email"`
fn is_field_in_quotes(text: &str) -> bool {
    let name = text.trim_matches(['"', '\'']);
    name.len() < text.len()
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a value stands on the left of a chain. What else is wrong there was reported already.
fn begins_like_a_value(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "\"'-".contains(c))
}

/// Whether the left side looks like a number, a date or an id rather than a name.
fn is_value(text: &str) -> bool {
    let digits = text
        .trim_start_matches('-')
        .starts_with(|c: char| c.is_ascii_digit());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits && (letters <= 2 || text.ends_with(|c: char| c.is_ascii_digit()))
}

/// The operator when the sides are exchanged.
fn mirrored(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "=" | "==" => "=",
        "!=" | "<>" => "!=",
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => return None,
    })
}
