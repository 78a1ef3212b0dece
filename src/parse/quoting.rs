//! Quotes that are wrong or missing: curly ones, open ones, doubled ones, none.

use super::Builder;
use super::error::ParseProblem;
use super::pattern::{pattern, wildcard};
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Literal, quoted};

impl Builder<'_> {
    /// Curly quotes where straight ones belong: what is inside is known all the same.
    pub(super) fn curly_string(&mut self, place: Span) -> Literal {
        let raw = self.slice(place);
        let mut characters = raw.chars();
        let open = characters.next().unwrap_or('“');
        characters.next_back();
        let inside = characters.as_str();
        let problem = ParseProblem::CurlyQuotes {
            which: format!("`{open}` is a curly quote,"),
            straight: format!("`{}`", quoted(&shortened(inside))),
            span: place,
        };
        self.report_with(problem, "write straight quotes", place, quoted(inside));
        Literal {
            text: inside.into(),
            span: place,
            quoted: true,
        }
    }

    pub(super) fn report_unterminated(&mut self, place: Span) {
        let quote = Span::new(place.start, place.start + 1);
        self.open_strings.push(quote);
        let mark = self.slice(quote);
        let curly = self.slice(place).contains(['“', '”', '‘', '’']);
        let before = self.text.get(..place.start).unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
        let help = if let Some(word) = word.filter(|word| !word.is_empty()) {
            let after = self.slice(place).split_whitespace().next().unwrap_or(mark);
            format!("put the whole value in the other quotes: `\"{word}{after}\"`")
        } else if curly {
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
    pub(super) fn report_glued(&mut self, string: Span, tail: Span) {
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

    /// A curly quote or a backtick before a value, and none behind it.
    pub(super) fn report_open_quote(&mut self, place: Span) {
        let text = self.slice(place);
        let mut characters = text.chars();
        let mark = characters.next().unwrap_or('`');
        let instead = format!("`{}`", quoted(&shortened(characters.as_str())));
        let span = Span::new(place.start, place.start + mark.len_utf8());
        self.report(Finding::new(if mark == '`' {
            ParseProblem::BacktickValue { instead, span }
        } else {
            ParseProblem::CurlyQuotes {
                which: format!("`{mark}` is a curly quote,"),
                straight: instead,
                span,
            }
        }));
    }

    /// Several words, or other characters than a word has, without quotes.
    pub(super) fn report_unquoted(&mut self, place: Span, in_list: bool) {
        let text = self.slice(place);
        // Pasted from a web page: in a string a no-break space is not equal to a blank.
        let string = quoted(&text.replace(char::is_whitespace, " "));
        if let Some(mark) = wildcard(text) {
            let trimmed = text.trim_matches(mark);
            let help = match pattern(text, mark) {
                Some(operator) => format!(
                    "write `{operator} {}`, or quotes if `{mark}` is part of the value",
                    quoted(&shortened(trimmed))
                ),
                None if trimmed.is_empty() => {
                    format!(
                        "write `is not blank` if any value will do, or `\"{mark}\"` for this one"
                    )
                }
                None => format!(
                    "write `starts with` and `ends with` joined by AND, \
                     or quotes if `{mark}` is part of the value"
                ),
            };
            self.report(Finding::new(ParseProblem::Wildcard {
                span: place,
                mark,
                help,
            }));
            return;
        }
        let shown = quoted(&shortened(text));
        let is_number = text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || c == '.');
        let is_phrase = text.contains(char::is_whitespace);
        let odd = text
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && !" _.:@/+-".contains(*c));
        let why = match odd {
            _ if is_phrase => "of several words".to_owned(),
            Some(odd) => format!("with `{odd}` in it"),
            None => "of this form".to_owned(),
        };
        let help = if let Some(digits) = text.strip_prefix('.').filter(|_| is_number) {
            format!("write `0.{digits}` for a number, or `{shown}` for a text")
        } else if is_number {
            let grouped = text.replace(',', "_");
            format!("write `{grouped}` for a number, or `{shown}` for a text")
        } else if in_list && is_phrase {
            format!("write `{shown}`, or a comma between the values")
        } else {
            format!("write `{shown}`")
        };
        let finding = Finding::new(ParseProblem::UnquotedText {
            why,
            span: place,
            help,
        });
        self.report(if is_number || (in_list && is_phrase) {
            finding
        } else {
            finding.fix("put the value in quotes", place, string)
        });
    }
}
