//! Words in lines that fit a terminal. Must not know what the words are.

use unicode_width::UnicodeWidthStr;

/// The pieces with a blank between them, in lines of at most `width` columns where they allow it.
pub(crate) fn wrapped(
    pieces: impl IntoIterator<Item = impl AsRef<str>>,
    width: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = piece.as_ref();
        match lines.last_mut() {
            Some(line) if line.width() + 1 + piece.width() <= width => {
                line.push(' ');
                line.push_str(piece);
            }
            _ if piece.is_empty() => {}
            _ => lines.push(piece.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_full_but_not_too_full() {
        assert_eq!(wrapped("ab cd ef".split(' '), 5), ["ab cd", "ef"]);
        assert_eq!(wrapped("ab cd ef".split(' '), 4), ["ab", "cd", "ef"]);
        assert_eq!(wrapped("日本 cd".split(' '), 6), ["日本", "cd"]);
        assert_eq!(wrapped(["starts with,", "x"], 3), ["starts with,", "x"]);
        assert!(wrapped("".split(' '), 5).is_empty());
    }
}
