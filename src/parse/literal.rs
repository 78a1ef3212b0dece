//! One word or string token: its text, with escapes resolved.

use unicode_script::{Script, UnicodeScript};

use super::Builder;
use super::scan::{is_hidden, is_printable};
use super::value_error::ValueProblem;
use super::warning::ParseWarning;
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Literal, quoted};

impl Builder<'_> {
    /// A bare word.
    pub(super) fn word(&mut self, span: Span) -> Literal {
        let raw = self.slice(span);
        if self.comment_is_glued(span) {
            self.report(Finding::new(ValueProblem::GluedComment {
                value: excerpt(raw),
                in_quotes: format!("`{}`", quoted(&format!("{}#", shortened(raw)))),
                span: Span::new(span.end(), span.end() + 1),
            }));
        }
        Literal {
            text: visible(raw).into(),
            span,
            quoted: false,
        }
    }

    /// Whether a comment begins where a value without quotes ends, as in `C# and F#`.
    pub(super) fn comment_is_glued(&self, value: Span) -> bool {
        self.text.as_bytes().get(value.end()) == Some(&b'#')
    }

    /// A string in straight quotes. `None` if an escape in it stands for nothing.
    pub(super) fn string(&mut self, span: Span) -> Option<Literal> {
        let inside = Span::new(span.start() + 1, span.end().saturating_sub(1));
        let raw = self.slice(inside);
        let text = if raw.contains('\\') {
            self.unescape(raw, inside.start())?
        } else {
            raw.to_owned()
        };
        for (at, word, scripts) in look_alikes(raw) {
            let start = inside.start() + at;
            self.report(Finding::new(ParseWarning::MixedScripts {
                word: excerpt(word),
                scripts,
                span: Span::new(start, start + word.len()),
            }));
        }
        Some(Literal {
            text: text.into(),
            span,
            quoted: true,
        })
    }

    fn unescape(&mut self, raw: &str, offset: usize) -> Option<String> {
        let mut text = String::with_capacity(raw.len());
        let mut understood = true;
        let mut rest = raw;
        while let Some(at) = rest.find('\\') {
            text.push_str(rest.get(..at).unwrap_or_default());
            let escape = rest.get(at..).unwrap_or_default();
            let (length, character) = read_escape(escape);
            match character {
                Some(character) => text.push(character),
                None => {
                    let start = offset + (raw.len() - escape.len());
                    self.report_escape(Span::new(start, start + length));
                    understood = false;
                }
            }
            rest = escape.get(length..).unwrap_or_default();
        }
        text.push_str(rest);
        understood.then_some(text)
    }

    fn report_escape(&mut self, span: Span) {
        let escape = self.slice(span);
        let help = if escape.starts_with("\\u") {
            "write `\\u{…}` with one to six hexadecimal digits of a character, such as `\\u{1F600}`"
                .to_owned()
        } else {
            format!(
                "write `\\{escape}` for the characters `{escape}`; \
                 the escapes are `\\\"`, `\\'`, `\\\\`, `\\n`, `\\r`, `\\t` and `\\u{{…}}`"
            )
        };
        let finding = Finding::new(ValueProblem::UnknownEscape {
            escape: excerpt(escape),
            span,
            help,
        });
        // A choice: to who writes regular expressions `\.` is a point.
        self.report(match escape.strip_prefix('\\') {
            Some(character) if !character.starts_with('u') => finding
                .fix("double the backslash", span, format!("\\{escape}"))
                .fix("leave the backslash out", span, character),
            _ => finding,
        });
    }
}

/// The bytes of the escape that `escape` begins with, and the character it stands for.
fn read_escape(escape: &str) -> (usize, Option<char>) {
    let mut characters = escape.chars();
    characters.next();
    let Some(kind) = characters.next() else {
        return (escape.len(), None);
    };
    let simple = match kind {
        '"' | '\'' | '\\' => Some(kind),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'u' => return read_unicode_escape(escape),
        _ => None,
    };
    (1 + kind.len_utf8(), simple)
}

fn read_unicode_escape(escape: &str) -> (usize, Option<char>) {
    let Some(body) = escape.strip_prefix("\\u{") else {
        return (2, None);
    };
    let digits = body
        .find(|c: char| !c.is_ascii_hexdigit())
        .unwrap_or(body.len());
    let closed = body.get(digits..).is_some_and(|rest| rest.starts_with('}'));
    let length = 3 + digits + usize::from(closed);
    let code = body
        .get(..digits)
        .filter(|_| closed && (1..=6).contains(&digits))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (length, code.and_then(char::from_u32))
}

/// Words in which a Cyrillic or Greek letter among Latin ones looks like what it is not: where each
/// begins, the word, and its scripts.
pub(super) fn look_alikes(text: &str) -> impl Iterator<Item = (usize, &str, String)> {
    let words = if text.is_ascii() { "" } else { text };
    let words = words.split_inclusive(|c: char| !c.is_alphabetic());
    let mut start = 0;
    words.filter_map(move |word| {
        let at = start;
        start += word.len();
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        Some((at, letters, look_alike_scripts(letters)?))
    })
}

/// The scripts of a word that has Latin letters and letters that can be taken for Latin ones.
fn look_alike_scripts(word: &str) -> Option<String> {
    let mut latin = false;
    let mut other = None;
    for character in word.chars() {
        match character.script() {
            Script::Latin => latin = true,
            script @ (Script::Cyrillic
            | Script::Greek
            | Script::Armenian
            | Script::Cherokee
            | Script::Coptic) => {
                other = Some(script);
            }
            _ => {}
        }
    }
    let other = other.filter(|_| latin)?;
    Some(format!(
        "{} and {}",
        Script::Latin.full_name(),
        other.full_name()
    ))
}

/// Without the characters that the scan reported.
pub(super) fn visible(raw: &str) -> String {
    if is_printable(raw) {
        return raw.to_owned();
    }
    raw.chars().filter(|c| !is_hidden(*c)).collect()
}
