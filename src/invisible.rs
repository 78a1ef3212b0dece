//! Which characters show nothing or steer a terminal: the one list for reading and for showing.
//!
//! The grammar's rule `hidden` has the same characters but for those that are white space; a test
//! compiles a text with each. Imports nothing of ours.

/// Whether a terminal would act on `character` or show nothing for it: control characters, line
/// separators, bidirectional controls, and what Unicode calls default-ignorable, which has the
/// zero-width characters, variation selectors, fillers and tags.
pub(crate) fn is_invisible(character: char) -> bool {
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
