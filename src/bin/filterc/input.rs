//! Where the expression comes from: an argument, a file, standard input.
//!
//! Owns reading, and what is said when it fails. Must not look at what the text means.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::args::Compile;
use crate::output::{Failure, quoted};

/// A text to compile, and the name it is known by.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Reads the expression; `None` if none is given and a person would have to type it.
pub(crate) fn read(arguments: &Compile) -> Result<Option<Input>, Failure> {
    if let Some(file) = arguments.file.as_deref().filter(|file| !is_dash(file)) {
        let bytes = std::fs::read(file).map_err(|error| cannot_read_file(file, &error))?;
        let name = file.to_string_lossy().into_owned();
        return decoded(name, &format!("`{}`", quoted(file)), bytes).map(Some);
    }
    if let Some(expression) = arguments
        .expression
        .as_deref()
        .filter(|text| !is_dash(text))
    {
        let bytes = expression.as_encoded_bytes().to_vec();
        return decoded("<expression>".to_owned(), "the expression", bytes).map(Some);
    }
    let is_asked_for = arguments.file.is_some() || arguments.expression.is_some();
    if !is_asked_for && io::stdin().is_terminal() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| {
        Failure::Message(format!("cannot read standard input: {}", reason(&error)))
    })?;
    decoded("<stdin>".to_owned(), "standard input", bytes).map(Some)
}

fn is_dash(argument: impl AsRef<OsStr>) -> bool {
    argument.as_ref() == "-"
}

fn cannot_read_file(file: &Path, error: &io::Error) -> Failure {
    let name = quoted(file);
    let action = match error.kind() {
        io::ErrorKind::NotFound if name.contains([' ', '=']) => {
            "; to compile an expression, leave out --file"
        }
        io::ErrorKind::NotFound => "; check the path",
        io::ErrorKind::IsADirectory => "; name a file in it",
        io::ErrorKind::PermissionDenied => "; make it readable",
        _ => "",
    };
    Failure::Message(format!("cannot read `{name}`: {}{action}", reason(error)))
}

/// The reason in words of our own where the system's are terse.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}

fn decoded(name: String, described: &str, bytes: Vec<u8>) -> Result<Input, Failure> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Input { name, text }),
        Err(error) => error,
    };
    let offset = error.utf8_error().valid_up_to();
    let (valid, rest) = error.as_bytes().split_at(offset);
    let byte = rest.first().copied().unwrap_or_default();
    let line = 1 + line_breaks(&String::from_utf8_lossy(valid));
    let action = match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it looks like UTF-16: write it as UTF-8",
        _ => "write it as UTF-8",
    };
    Err(Failure::Message(format!(
        "{described} is not UTF-8: byte 0x{byte:02X} at offset {offset}, line {line}; {action}"
    )))
}

/// LF, CR LF and CR alone, as the lines of problems are counted.
fn line_breaks(text: &str) -> usize {
    let feeds = text.matches('\n').count();
    let returns = text.matches('\r').count();
    feeds + returns - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_those_of_problems() {
        assert_eq!(line_breaks(""), 0);
        assert_eq!(line_breaks("a\nb"), 1);
        assert_eq!(line_breaks("a\r\nb\r\n"), 2);
        assert_eq!(line_breaks("a\rb\n\rc"), 3);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_with_what_to_do() {
        let told = |name: &str, kind: io::ErrorKind| match cannot_read_file(
            Path::new(name),
            &io::Error::from(kind),
        ) {
            Failure::Message(message) => message,
            _ => String::new(),
        };
        assert_eq!(
            told("a\u{1b}[2J.filter", io::ErrorKind::PermissionDenied),
            r"cannot read `a\u{1b}[2J.filter`: permission is denied; make it readable"
        );
        assert_eq!(
            told("topic = x", io::ErrorKind::NotFound),
            "cannot read `topic = x`: there is no such file; to compile an expression, leave out --file"
        );
    }
}
