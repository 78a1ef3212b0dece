//! The slips a hand makes with whole tokens: one left out, one twice, two exchanged.

use std::ops::Range;

use crate::token::word_length;

/// Of a text of at most as many tokens any two are exchanged, of a longer one those side by side.
const SHORT: usize = 12;

/// A text and where its tokens are. Any text has tokens, also one that cannot be read.
pub(crate) struct Tokens {
    text: String,
    spans: Vec<Range<usize>>,
}

impl Tokens {
    pub(crate) fn of(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let at = text.len() - rest.len();
            let length = length(first, rest);
            let is_gap = first.is_whitespace() || matches!(first, '#' | '\u{FEFF}');
            if !is_gap {
                spans.push(at..at + length);
            }
            rest = rest.split_at(length).1;
        }
        Self {
            text: text.to_owned(),
            spans,
        }
    }

    pub(crate) fn without_comments(&self) -> String {
        let mut text = self.text.clone();
        let starts = std::iter::once(0).chain(self.spans.iter().map(|span| span.end));
        let ends = self.spans.iter().map(|span| span.start);
        let gaps = starts.zip(ends.chain([text.len()]));
        for (start, end) in gaps.collect::<Vec<_>>().into_iter().rev() {
            if text.get(start..end).is_some_and(|gap| gap.contains('#')) {
                text.replace_range(start..end, " ");
            }
        }
        text
    }

    /// How many edits there are.
    pub(crate) fn edits(&self) -> usize {
        let count = self.spans.len();
        count + count + self.swaps()
    }

    fn swaps(&self) -> usize {
        match self.spans.len() {
            count if count <= SHORT => count * count.saturating_sub(1) / 2,
            count => count - 1,
        }
    }

    /// The text after the edit of that number.
    pub(crate) fn edited(&self, number: usize) -> String {
        let count = self.spans.len();
        if let Some(span) = self.spans.get(number) {
            return self.replaced(&[(span.clone(), "")]);
        }
        if let Some(span) = self.spans.get(number.wrapping_sub(count)) {
            let twice = format!("{0} {0}", self.at(span));
            return self.replaced(&[(span.clone(), &twice)]);
        }
        let (one, other) = self.pair(number - count - count);
        let (first, second) = (self.at(&one).to_owned(), self.at(&other).to_owned());
        self.replaced(&[(one, &second), (other, &first)])
    }

    /// The texts with a comment behind one of the tokens, each with the place of the comment, the
    /// end of its line left out.
    pub(crate) fn commented(&self, comment: &str) -> impl Iterator<Item = (String, Range<usize>)> {
        self.spans.iter().map(move |span| {
            let mut text = self.text.clone();
            text.insert_str(span.end, &format!(" {comment}\n"));
            let start = span.end + 1;
            (text, start..start + comment.len())
        })
    }

    /// The tokens of the swap of that number.
    fn pair(&self, number: usize) -> (Range<usize>, Range<usize>) {
        let count = self.spans.len();
        let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        let mut pairs = pairs.filter(|(one, other)| count <= SHORT || one + 1 == *other);
        let pair = pairs.nth(number).and_then(|(one, other)| {
            Some((self.spans.get(one)?.clone(), self.spans.get(other)?.clone()))
        });
        pair.unwrap_or_else(|| panic!("no edit {number} of {}", self.text))
    }

    fn at(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// `edits` are in the order of the text.
    fn replaced(&self, edits: &[(Range<usize>, &str)]) -> String {
        let mut edited = self.text.clone();
        for (span, replacement) in edits.iter().rev() {
            edited.replace_range(span.clone(), replacement);
        }
        edited
    }
}

/// How long the token or the gap is that a text begins with. A string or a name without its end
/// is a quote alone, so that what is behind it is edited too.
fn length(first: char, rest: &str) -> usize {
    let line = || rest.find(['\n', '\r']).unwrap_or(rest.len());
    if let Some(length) = word_length(rest) {
        return length;
    }
    match first {
        '#' => line(),
        '"' | '\'' | '`' => {
            let line = rest.split_at(line()).0;
            let mut is_escaped = false;
            let end = line.char_indices().skip(1).find(|(_, character)| {
                let is_end = *character == first && !is_escaped;
                is_escaped = *character == '\\' && !is_escaped && first != '`';
                is_end
            });
            end.map_or(1, |(at, _)| at + 1)
        }
        _ => {
            let double = ["&&", "||", "==", "!=", "<>", "<=", ">="];
            let is_double = double.iter().any(|symbol| rest.starts_with(symbol));
            if is_double { 2 } else { first.len_utf8() }
        }
    }
}
