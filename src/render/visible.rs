//! What stands in for a character that is never shown as it is.
//!
//! Must not know formats, nor change what can be shown.

use crate::invisible::is_invisible;

/// What is written in place of a hidden character: `\n`, `\r`, `\t`, else `\u{202E}`.
pub(super) fn stand_in(character: char) -> String {
    match character {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        other => format!("\\u{{{:X}}}", u32::from(other)),
    }
}

/// `text` on one line, every hidden character replaced by its stand-in.
pub(super) fn visible(text: &str) -> String {
    visible_but(text, |_| false)
}

/// The same, but for hidden characters that whoever gets it escapes in a way of its own.
pub(super) fn visible_but(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) && !stays(character) {
            shown.push_str(&stand_in(character));
        } else {
            shown.push(character);
        }
    }
    shown
}
