//! Quotes that are wrong or missing: curly ones, open ones, doubled ones, none.

use super::Builder;
use super::foreign::no_opposite;
use super::pattern::{pattern, wildcard};
use super::value::Slot;
use super::value_error::ValueProblem;
use crate::decimal;
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Literal, MARKS_OF_WITHOUT, Operator, Relation, quoted};

impl Builder<'_> {
    /// Curly quotes where straight ones belong: what is inside is known all the same.
    pub(super) fn curly_string(&mut self, place: Span) -> Literal {
        let raw = self.slice(place);
        let mut characters = raw.chars();
        let open = characters.next().unwrap_or('“');
        characters.next_back();
        let inside = characters.as_str();
        let holds_more = holds_more(inside);
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
        if text.ends_with(quote) && pieces.len() > 1 && clean {
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
                span: Span::new(string.end.saturating_sub(1), string.end + 1),
            });
            self.report(if slot.in_list || pieces.iter().any(|it| holds_more(it)) {
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
        let span = Span::new(place.start, place.start + mark.len_utf8());
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

    /// Several words, or other characters than a word has, without quotes.
    pub(super) fn report_unquoted(&mut self, place: Span, slot: Slot) {
        let Slot {
            operator, in_list, ..
        } = slot;
        let text = self.slice(place);
        if let Some(mark) = wildcard(text) {
            let help = help_for_wildcard(text, mark, slot);
            self.report(Finding::new(ValueProblem::Wildcard {
                span: place,
                mark,
                help,
            }));
            return;
        }
        let shown = quoted(&shortened(text));
        let is_phrase = text.contains(char::is_whitespace);
        let odd = text
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && !" _.:@/+-".contains(*c));
        let why = match odd {
            _ if is_phrase => "of several words".to_owned(),
            Some(odd) => format!("with `{odd}` in it"),
            None => "of this form".to_owned(),
        };
        let number = decimal::meant(text, true).map(|meant| meant.digits);
        let hyphenated = with_hyphen(text);
        let of_order = orders(operator);
        let may_be_more = is_doubtful(text);
        let is_glued = self.comment_is_glued(place);
        let behind_to = (operator.relation == Relation::Equals)
            .then(|| without_first_word(text, "to"))
            .flatten();
        let is_cut = !self.comparison_ends(place.end);
        let is_unclear = may_be_more || (slot.excludes && !is_name(text));
        let help = if let Some(number) = &number {
            format!("write `{number}` for a number, or `{shown}` for a text")
        } else if let Some(hyphenated) = &hyphenated {
            format!(
                "write `{}` with the hyphen of the keyboard, or `{shown}` if the dash is part of it",
                shortened(hyphenated)
            )
        } else if is_glued {
            let with_mark = quoted(&format!("{}#", shortened(text)));
            format!("write `{shown}`, or `{with_mark}` if `#` is part of it")
        } else if let Some(value) = behind_to {
            format!("write `equals {}`, without `to`", quoted(&shortened(value)))
        } else if of_order {
            "write the number or the time alone, such as `1000` or `2026-01-31`".to_owned()
        } else if in_list && is_phrase {
            format!("write `{shown}`, or a comma between the values")
        } else if is_unclear {
            format!("write `{shown}` if all of that is one value")
        } else {
            format!("write `{shown}`")
        };
        let finding = Finding::new(ValueProblem::UnquotedText {
            why,
            span: place,
            help,
        });
        let is_doubtful = number.is_some()
            || hyphenated.is_some()
            || is_unclear
            || is_glued
            || is_cut
            || behind_to.is_some()
            || of_order
            || (in_list && is_phrase);
        // Pasted from a web page: in a string a no-break space is not equal to a blank.
        let string = quoted(&text.replace(char::is_whitespace, " "));
        self.report(if is_doubtful {
            finding
        } else {
            finding.fix("put the value in quotes", place, string)
        });
    }
}

fn help_for_wildcard(text: &str, mark: char, slot: Slot) -> String {
    let Slot {
        operator: Operator { negated, .. },
        in_list,
        ..
    } = slot;
    let trimmed = text.trim_matches(mark);
    let not = if negated { "not " } else { "" };
    let or_quotes = format!("or quotes if `{mark}` is part of the value");
    match pattern(text, mark) {
        Some(operator) if negated && operator != "contains" => {
            format!("{}, {or_quotes}", no_opposite(operator))
        }
        Some(operator) if in_list => {
            format!("write `{not}{operator} any (…)` without `{mark}`, {or_quotes}")
        }
        Some(operator) => format!(
            "write `{not}{operator} {}`, {or_quotes}",
            quoted(&shortened(trimmed))
        ),
        None if trimmed.is_empty() && negated => {
            format!("write `is blank` if there may be no value, or `\"{mark}\"` for this one")
        }
        None if trimmed.is_empty() => {
            format!("write `is not blank` if any value will do, or `\"{mark}\"` for this one")
        }
        None if negated => {
            format!("write `not contains` and a part of the text, {or_quotes}")
        }
        None => format!("write `starts with` and `ends with` joined by AND, {or_quotes}"),
    }
}

/// `1–10`, with a dash as word processors make it: the same with a hyphen.
fn with_hyphen(text: &str) -> Option<String> {
    let is_dash = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}');
    let between_digits = text.split_once(is_dash).is_some_and(|(before, behind)| {
        let digit = |c: char| c.is_ascii_digit();
        before.trim_end().ends_with(digit) && behind.trim_start().starts_with(digit)
    });
    between_digits.then(|| {
        let parts: Vec<&str> = text.split(is_dash).map(str::trim).collect();
        parts.join("-")
    })
}

/// What to write where one pair of quotes may hold more than one value.
pub(super) const AROUND_EACH: &str = "`\"` in front of each value and behind it";

/// Words of an expression rather than of a value.
const JOINING: [&str; 14] = [
    "andnot",
    "but",
    "except",
    "exclude",
    "excludes",
    "excluding",
    "minus",
    "nor",
    "nto",
    "ornot",
    "plus",
    "then",
    "while",
    "without",
];

/// Whether quotes may not be all that is missing: a text that is two values, or has more than a
/// value in it. In quotes, and under NOT, it would leave out nobody.
fn is_doubtful(text: &str) -> bool {
    let words = || text.split_whitespace();
    let is_mark = |word: &str| word != "&" && !word.contains(char::is_alphanumeric);
    let is_value = |word: &str| word.contains(|c: char| c.is_ascii_digit() || c == '.' || c == '@');
    let is_place = |word: &str| {
        let end = word.rsplit_once('.').map(|(_, end)| end);
        word.contains('@') || end.is_some_and(|end| end.len() > 1 && !end.contains('.'))
    };
    let lower = text.to_lowercase();
    let is_joining = |word: &str| JOINING.contains(&word.to_lowercase().as_str());
    let is_separator = |c: char| "\\，、；،｜¦•".contains(c);
    let next = |word: &'static str| lower.split(word).skip(1).map(str::trim_start);
    let has_clause = next(" limit ").any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || [
            " order by ",
            " group by ",
            " having ",
            " union ",
            "other than ",
        ]
        .iter()
        .any(|clause| lower.contains(clause));
    text.starts_with(MARKS_OF_WITHOUT)
        || text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || c == '.')
        || has_clause
        || text.contains(is_separator)
        || words().any(is_joining)
        || words().any(is_mark)
        || words().nth(1).is_some() && (words().all(is_value) || words().any(is_place))
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

/// Whether a text without quotes is one word with marks that names have: `R&D`, `O’Reilly`.
fn is_name(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || "'’&._+@:-".contains(c))
}

fn without_first_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

/// Whether an operator is of numbers and times, which no text in quotes is.
fn orders(operator: Operator) -> bool {
    matches!(
        operator.relation,
        Relation::Less
            | Relation::LessOrEqual
            | Relation::Greater
            | Relation::GreaterOrEqual
            | Relation::Between
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_between_digits_is_a_hyphen() {
        assert_eq!(with_hyphen("1–10").as_deref(), Some("1-10"));
        assert_eq!(with_hyphen("1 — 10").as_deref(), Some("1-10"));
        assert_eq!(with_hyphen("Paris–Nice"), None);
        assert_eq!(with_hyphen("1-10"), None);
    }

    #[test]
    fn what_may_be_two_values_is_doubtful() {
        for text in [
            "-vp",
            "it / sales",
            "25 - 34",
            "gmail.com yahoo.com",
            "10 20",
            "1,00",
            "Acme LIMIT 100",
            "gmail.com limit 10",
            "vp order by score",
            "gmail.com yahoo",
            "–manager",
        ] {
            assert!(is_doubtful(text), "{text}");
        }
        for text in [
            "Cloud Computing",
            "Procter & Gamble",
            "R&D",
            "St. Louis",
            "C++",
            "Area 51",
        ] {
            assert!(!is_doubtful(text), "{text}");
        }
    }
}
