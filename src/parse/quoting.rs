//! Quotes that are wrong or missing: curly ones, open ones, doubled ones, none.

use super::Builder;
use super::value::Slot;
use super::value_error::ValueProblem;
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Literal, quoted};

impl Builder<'_> {
    /// Curly quotes where straight ones belong: what is inside is known all the same.
    pub(super) fn curly_string(&mut self, place: Span, slot: Slot) -> Literal {
        let raw = self.slice(place);
        let mut characters = raw.chars();
        let open = characters.next().unwrap_or('“');
        characters.next_back();
        let inside = characters.as_str();
        let holds_more = may_be_list(inside, slot) || holds_more(inside);
        let finding = Finding::new(ValueProblem::CurlyQuotes {
            which: format!("`{open}` is a curly quote,"),
            straight: if holds_more {
                AROUND_EACH.to_owned()
            } else {
                format!("`{}`", quoted(&shortened(inside)))
            },
            span: place,
        });
        self.report(if holds_more {
            finding
        } else {
            finding.fix("write straight quotes", place, quoted(inside))
        });
        Literal {
            text: inside.into(),
            span: place,
            quoted: true,
        }
    }

    pub(super) fn report_unterminated(&mut self, place: Span) {
        let quote = Span::new(place.start(), place.start() + 1);
        self.open_strings.push(quote);
        let mark = self.slice(quote);
        let curly = self.slice(place).contains(['“', '”', '‘', '’']);
        let before = self.text.get(..place.start()).unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
        let help = if let Some(word) = word.filter(|word| !word.is_empty()) {
            let after = self.slice(place).split_whitespace().next().unwrap_or(mark);
            format!("put the whole value in the other quotes: `\"{word}{after}\"`")
        } else if curly {
            format!("close it with a straight `{mark}`; the quote at its end is a curly one")
        } else {
            format!("close it with `{mark}` on the same line; a line break inside is written `\\n`")
        };
        self.report(Finding::new(ValueProblem::UnterminatedString {
            span: quote,
            help,
        }));
    }

    /// Text directly behind a string: a doubled quote, or one that should be escaped.
    pub(super) fn report_glued(&mut self, string: Span, tail: Span, slot: Slot) {
        let whole = string.to(tail);
        let text = self.slice(whole);
        let quote = text.chars().next().unwrap_or('"');
        let doubled = format!("{quote}{quote}");
        let inside = text
            .get(1..text.len().saturating_sub(1))
            .unwrap_or_default();
        let pieces: Vec<&str> = inside.split(doubled.as_str()).collect();
        let clean = pieces.iter().all(|piece| !piece.contains(quote));
        if text.ends_with(quote) && clean {
            let unescaped = pieces.join(&quote.to_string());
            let other = if quote == '"' { '\'' } else { '"' };
            let instead = if unescaped.contains(other) {
                format!("{quote}{}{quote}", pieces.join(&format!("\\{quote}")))
            } else {
                format!("{other}{unescaped}{other}")
            };
            let shown = excerpt(&instead);
            let finding = Finding::new(ValueProblem::DoubledQuote {
                instead: if slot.in_list {
                    format!("`{shown}`, or a comma between two values")
                } else {
                    format!("`{shown}`")
                },
                span: Span::new(string.end().saturating_sub(1), string.end() + 1),
            });
            let may_be_two = slot.in_list || slot.excludes;
            self.report(if may_be_two || pieces.iter().any(|it| holds_more(it)) {
                finding
            } else {
                finding.fix("write one quote", whole, instead)
            });
        } else {
            self.report(Finding::new(ValueProblem::UnescapedQuote {
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
        let span = Span::new(place.start(), place.start() + mark.len_utf8());
        self.report(Finding::new(if mark == '`' {
            ValueProblem::BacktickValue { instead, span }
        } else {
            ValueProblem::CurlyQuotes {
                which: format!("`{mark}` is a curly quote,"),
                straight: instead,
                span,
            }
        }));
    }
}

/// What to write where one pair of quotes may hold more than one value.
pub(super) const AROUND_EACH: &str = "`\"` in front of each value and behind it";

/// Whether several values may stand in quotes that are wrong, where it matters.
pub(super) fn may_be_list(inside: &str, slot: Slot) -> bool {
    let is_or = |word: &str| word.eq_ignore_ascii_case("or");
    (slot.in_list || slot.excludes)
        && (inside.contains([',', ';', '|']) || inside.split_whitespace().any(is_or))
}

/// Whether what stands in quotes that are wrong has quotes or symbols of operators in it: it may be
/// more than one value. An apostrophe stands between letters.
pub(super) fn holds_more(inside: &str) -> bool {
    const QUOTES: &str = "\"'`“”„‟«»＂‘’‚‛‹›＇";
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut before = None;
    let mut characters = inside.chars().peekable();
    while let Some(character) = characters.next() {
        let joins_letters = is_letter(before) && is_letter(characters.peek().copied());
        if "=<>".contains(character) || QUOTES.contains(character) && !joins_letters {
            return true;
        }
        before = Some(character);
    }
    false
}
