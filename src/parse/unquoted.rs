//! Text without quotes that needs them, and whether quotes are all that is missing.

use super::Builder;
use super::foreign::{no_opposite, words_of_part};
use super::pattern::{pattern, wildcard};
use super::value::Slot;
use super::value_error::ValueProblem;
use crate::decimal;
use crate::diagnostic::{Finding, shortened};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{MARKS_OF_WITHOUT, Operator, Relation, quoted};

/// What else than a text in quotes may be meant.
enum Doubt<'t> {
    /// A number as people write it: how the language does.
    Number(String),
    /// `1–10`: the same with a hyphen.
    Dash(String),
    /// `C#`
    Comment,
    /// `equals to x`: what follows the word.
    To(&'t str),
    /// A number or a time is wanted.
    Order,
    /// Several words in a list may be several values.
    Items,
    /// `@gmail.com`, left out: no whole value is that.
    Part,
    /// More than a value, or more than one.
    More,
}

impl<'t> Builder<'t> {
    /// Several words, or other characters than a word has, without quotes.
    pub(super) fn report_unquoted(&mut self, place: Span, slot: Slot) {
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
        let odd = text
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && !" _.:@/+-".contains(*c));
        let why = match odd {
            _ if text.contains(char::is_whitespace) => "of several words".to_owned(),
            Some(odd) => format!("with `{odd}` in it"),
            None => "of this form".to_owned(),
        };
        let doubt = self.doubt(text, place, slot);
        let help = help_for_unquoted(text, doubt.as_ref());
        let finding = Finding::new(ValueProblem::UnquotedText {
            why,
            span: place,
            help,
        });
        // Pasted from a web page: in a string a no-break space is not equal to a blank.
        let string = quoted(&text.replace(char::is_whitespace, " "));
        self.report(if doubt.is_some() || !self.comparison_ends(place.end()) {
            finding
        } else {
            finding.fix("put the value in quotes", place, string)
        });
    }

    fn doubt(&self, text: &'t str, place: Span, slot: Slot) -> Option<Doubt<'t>> {
        let Slot {
            operator, in_list, ..
        } = slot;
        if let Some(meant) = decimal::meant(text, true) {
            return Some(Doubt::Number(meant.digits));
        }
        if let Some(hyphenated) = with_hyphen(text) {
            return Some(Doubt::Dash(hyphenated));
        }
        if self.comment_is_glued(place) {
            return Some(Doubt::Comment);
        }
        let behind_to = without_first_word(text, "to");
        if let Some(value) = behind_to.filter(|_| operator.relation == Relation::Equals) {
            return Some(Doubt::To(value));
        }
        if orders(operator) {
            return Some(Doubt::Order);
        }
        // `starts wiht vp`
        let is_with = |word: &str| nearest(word, ["with"]).is_some();
        let begins = matches!(operator.relation, Relation::StartsWith | Relation::EndsWith);
        if begins
            && text
                .split_once(' ')
                .is_some_and(|(first, _)| is_with(first))
        {
            return Some(Doubt::More);
        }
        if in_list && text.contains(char::is_whitespace) {
            return Some(Doubt::Items);
        }
        if slot.excludes
            && text.starts_with(['@', '.'])
            && words_of_part(operator.relation).is_none()
        {
            return Some(Doubt::Part);
        }
        let is_excluded = slot.excludes && !is_name(text);
        (is_excluded || may_be_more(text)).then_some(Doubt::More)
    }
}

fn help_for_unquoted(text: &str, doubt: Option<&Doubt<'_>>) -> String {
    let shown = quoted(&shortened(text));
    match doubt {
        None => format!("write `{shown}`"),
        Some(Doubt::Number(number)) => {
            format!("write `{number}` for a number, or `{shown}` for a text")
        }
        Some(Doubt::Dash(hyphenated)) => format!(
            "write `{}` with the hyphen of the keyboard, or `{shown}` if the dash is part of it",
            shortened(hyphenated)
        ),
        Some(Doubt::Comment) => {
            let with_mark = quoted(&format!("{}#", shortened(text)));
            format!("write `{shown}`, or `{with_mark}` if `#` is part of it")
        }
        Some(Doubt::To(value)) => {
            format!("write `equals {}`, without `to`", quoted(&shortened(value)))
        }
        Some(Doubt::Order) => {
            "write the number or the time alone, such as `1000` or `2026-01-31`".to_owned()
        }
        Some(Doubt::Items) => format!("write `{shown}`, or a comma between the values"),
        Some(Doubt::Part) => {
            format!("write `not contains {shown}` for a part of the text, `{shown}` for all of it")
        }
        Some(Doubt::More) => format!("write `{shown}` if all of that is one value"),
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

/// Words of an expression rather than of a value.
const JOINING: [&str; 20] = [
    "aber",
    "andnot",
    "but",
    "excl",
    "excl.",
    "except",
    "exclude",
    "excludes",
    "excluding",
    "minus",
    "nor",
    "nto",
    "oder",
    "ohne",
    "ornot",
    "ou",
    "sans",
    "sauf",
    "und",
    "without",
];

/// Words that turn a value round in front of it.
const NEGATING: [&str; 10] = [
    "kein", "keine", "never", "nicht", "no", "non", "none", "not", "outside", "sin",
];

/// Whether quotes may not be all that is missing: a text that is two values, or has more than a
/// value in it. In quotes, and under NOT, it would leave out nobody.
fn may_be_more(text: &str) -> bool {
    let words = || text.split_whitespace();
    let is_mark = |word: &str| word != "&" && !word.contains(char::is_alphanumeric);
    let is_value = |word: &str| word.contains(|c: char| c.is_ascii_digit() || c == '.' || c == '@');
    let is_place = |word: &str| {
        let end = word.rsplit_once('.').map(|(_, end)| end);
        word.contains('@') || end.is_some_and(|end| end.len() > 1 && !end.contains('.'))
    };
    let lower = text.to_lowercase();
    let is_joining = |word: &str| JOINING.contains(&word.to_lowercase().as_str());
    let is_negating = |word: &str| NEGATING.contains(&word.to_lowercase().as_str());
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
    words().any(|word| word.starts_with(MARKS_OF_WITHOUT))
        || words().next().is_some_and(is_negating)
        || text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || c == '.')
        || has_clause
        || text.contains(is_separator)
        || words().any(is_joining)
        || words().any(|word| word.ends_with(':'))
        || words().any(is_mark)
        || words().nth(1).is_some() && (words().all(is_value) || words().any(is_place))
}

/// Whether a text without quotes is one word with marks that names have: `R&D`, `O’Reilly`. Of
/// domains and addresses such a mark is no part, and `&` joins no long words.
fn is_name(text: &str) -> bool {
    const LONGEST: usize = 3;
    let is_place = text.contains(['.', '@']);
    let marks = if is_place { "._+@:-" } else { "'’&._+@:-" };
    let are_short = || text.split('&').all(|part| part.chars().count() <= LONGEST);
    text.chars()
        .all(|c| c.is_alphanumeric() || marks.contains(c))
        && (!text.contains('&') || are_short())
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
        assert_eq!(with_hyphen("5–Nice"), None);
        assert_eq!(with_hyphen("Paris–5"), None);
        assert_eq!(with_hyphen("1-10"), None);
    }

    #[test]
    fn what_may_be_two_values_may_be_more() {
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
            "engineer -intern",
            "no intern",
            "Outside USA",
        ] {
            assert!(may_be_more(text), "{text}");
        }
        for text in [
            "Cloud Computing",
            "Procter & Gamble",
            "R&D",
            "St. Louis",
            "C++",
            "Area 51",
            "Army of the U.S",
            "nonprofit work",
            "Say No More",
        ] {
            assert!(!may_be_more(text), "{text}");
        }
    }
}
