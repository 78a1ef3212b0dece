//! Which characters are never shown as they are, and what stands in for them.
//!
//! Owns that list for every format. Must not know formats, nor change what can be shown.

/// Whether a terminal would act on `character` or show nothing for it: control characters, line
/// separators, bidirectional controls, and what Unicode calls default-ignorable, which has the
/// zero-width characters, variation selectors, fillers and tags.
pub(super) fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

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
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.push_str(&stand_in(character));
        } else {
            shown.push(character);
        }
    }
    shown
}
