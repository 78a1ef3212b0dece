//! The comments of a text, found by a plain walk over its characters.

/// In the order of the text, without blanks at their ends.
pub(crate) fn comments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '#' => {
                let mut comment = String::from('#');
                while let Some(next) = characters.next_if(|c| !matches!(c, '\n' | '\r')) {
                    comment.push(next);
                }
                found.push(comment.trim_end().to_owned());
            }
            '"' | '\'' | '`' => {
                while let Some(inside) = characters.next() {
                    match inside {
                        '\\' if character != '`' => drop(characters.next()),
                        _ if inside == character => break,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    found
}
