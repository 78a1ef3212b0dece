//! Where texts come from: an argument, files, standard input.
//!
//! Owns reading, and what is said when it fails. Must not look at what a text means.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use filterc::Problem;

use crate::args;
use crate::output::{Failure, quoted, text_of};

/// The largest file that is read whole, in bytes. A filter, a catalog or a topic file of this size
/// is a slip: of a real account they are a few megabytes.
const LARGEST: u64 = 64 << 20;

/// A text, and the name it is known by.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Where an expression is to come from.
pub(crate) struct Origin<'a> {
    pub(crate) expression: Option<&'a OsStr>,
    pub(crate) file: Option<&'a Path>,
}

/// What is said to whoever gives an expression to `--file`.
pub(crate) const NO_FILE: &str = "to compile an expression, leave out --file";

/// Reads the expression; the help if none is given and a person would have to type it.
pub(crate) fn read(origin: &Origin<'_>) -> Result<Input, Failure> {
    if let Some(path) = origin.file {
        refuse_expression(path, NO_FILE)?;
        return file(path);
    }
    if let Some(expression) = origin.expression.filter(|text| !is_dash(text)) {
        refuse_name(Path::new(expression))?;
        let bytes = expression.as_encoded_bytes().to_vec();
        return decoded("<expression>".to_owned(), "the expression", bytes);
    }
    if origin.expression.is_none() && io::stdin().is_terminal() {
        return Err(Failure::Help(args::command().render_help()));
    }
    stdin()
}

/// Reads standard input; the help if a person would have to type it.
pub(crate) fn piped() -> Result<Input, Failure> {
    read(&Origin {
        expression: None,
        file: None,
    })
}

/// Reads a file, or standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Input, Failure> {
    if is_dash(path) {
        return stdin();
    }
    named(path)
}

/// Reads the file of that name, whatever it is.
pub(crate) fn named(path: &Path) -> Result<Input, Failure> {
    let name = text_of(path);
    let described = format!("`{}`", quoted(path));
    let read = File::open(path).and_then(|file| {
        let size = file.metadata()?.len();
        limited(file, size)
    });
    match read {
        Ok(Some(bytes)) => decoded(name, &described, bytes),
        Ok(None) => Err(too_large(name, &described)),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn stdin() -> Result<Input, Failure> {
    let name = "<stdin>".to_owned();
    match limited(io::stdin().lock(), 0) {
        Ok(Some(bytes)) => decoded(name, "standard input", bytes),
        Ok(None) => Err(too_large(name, "standard input")),
        Err(error) => Err(unreadable(Path::new("-"), &error)),
    }
}

/// All there is to read, unless it is too much. `size` is what is expected, in bytes.
fn limited(source: impl Read, size: u64) -> io::Result<Option<Vec<u8>>> {
    let size = usize::try_from(size.min(LARGEST)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(size + 1);
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

pub(crate) fn is_dash(argument: impl AsRef<OsStr>) -> bool {
    argument.as_ref() == "-"
}

/// Refuses an expression where the path of a file belongs, with advice on where it does.
pub(crate) fn refuse_expression(path: &Path, advice: &str) -> Result<(), Failure> {
    let is_named = path
        .extension()
        .is_some_and(|end| end == "filter" || end == "toml");
    let is_like_one = !is_named && quoted(path).contains([' ', '=']);
    if !is_like_one || !is_missing(path) {
        return Ok(());
    }
    Err(not_found(path, &format!("check the path; {advice}")))
}

/// Refuses the name of a file that is not there where an expression belongs. No word alone is an
/// expression, so none is refused.
fn refuse_name(argument: &Path) -> Result<(), Failure> {
    let name = argument.to_string_lossy();
    let is_name = name.ends_with(".filter") || name.ends_with(".toml");
    let is_word = !name.contains(|c: char| c.is_whitespace() || "=<>!~'\"()[]{},".contains(c));
    if !is_name || !is_word || !is_missing(argument) {
        return Ok(());
    }
    let help = "check the path; files are named by `--file`";
    Err(not_found(argument, help))
}

fn is_missing(path: &Path) -> bool {
    let found = path.symlink_metadata();
    !is_dash(path) && found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn not_found(path: &Path, help: &str) -> Failure {
    let shown = quoted(path);
    let message = format!("cannot read `{shown}`: there is no such file");
    failure(text_of(path), "not_found", message, help)
}

/// A file, or standard input, that could not be read, with what to do.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    let is_damaged = matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof);
    let damaged = "it is packed, and damaged or cut off: get it anew";
    if is_dash(path) {
        let message = format!("cannot read standard input: {}", reason(error));
        let help = if is_damaged {
            damaged
        } else {
            "give it a file, or a pipe from another program"
        };
        return failure("<stdin>".to_owned(), "unreadable", message, help);
    }
    let shown = quoted(path);
    let (code, help) = match error.kind() {
        io::ErrorKind::NotFound => ("not_found", "check the path"),
        io::ErrorKind::IsADirectory => ("is_directory", "name a file in it"),
        io::ErrorKind::PermissionDenied => ("permission_denied", "make it readable"),
        _ if is_damaged => ("unreadable", damaged),
        _ => ("unreadable", "check the disk and the path"),
    };
    let message = format!("cannot read `{shown}`: {}", reason(error));
    failure(text_of(path), code, message, help)
}

fn too_large(name: String, described: &str) -> Failure {
    let most = LARGEST >> 20;
    let message = format!("{described} is larger than {most} MiB");
    let help = "check that it is the right file; many expressions are read by `--batch`";
    failure(name, "too_large", message, help)
}

fn failure(name: String, code: &str, message: String, help: &str) -> Failure {
    let problem = Problem::of_file(format!("filterc::input::{code}"), message, help);
    Failure::File(Box::new((name, problem)))
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
    String::from_utf8(bytes)
        .map(|text| Input {
            name: name.clone(),
            text,
        })
        .map_err(|error| {
            let (message, help) = not_utf8(described, &error);
            failure(name, "not_utf8", message, help)
        })
}

/// What is said of bytes that are no text, and what to do.
pub(crate) fn not_utf8(
    described: &str,
    error: &std::string::FromUtf8Error,
) -> (String, &'static str) {
    let offset = error.utf8_error().valid_up_to();
    let (valid, rest) = error.as_bytes().split_at(offset);
    let byte = rest.first().copied().unwrap_or_default();
    let line = 1 + line_breaks(&String::from_utf8_lossy(valid));
    let help = match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it looks like UTF-16: write it as UTF-8",
        _ => "write it as UTF-8",
    };
    let message =
        format!("{described} is not UTF-8: byte 0x{byte:02X} at offset {offset}, line {line}");
    (message, help)
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
        let told = |name: &str, kind: io::ErrorKind| {
            let failure = unreadable(Path::new(name), &io::Error::from(kind));
            let Failure::File(told) = failure else {
                return String::new();
            };
            format!("{}; {}", told.1.message(), told.1.help())
        };
        assert_eq!(
            told("a\u{1b}[2J.filter", io::ErrorKind::PermissionDenied),
            r"cannot read `a\u{1b}[2J.filter`: permission is denied; make it readable"
        );
        assert_eq!(
            told("topics.json", io::ErrorKind::NotFound),
            "cannot read `topics.json`: there is no such file; check the path"
        );
    }

    #[test]
    fn what_is_too_large_is_not_read_to_its_end() {
        let endless = io::repeat(b' ');
        assert!(limited(endless, 0).is_ok_and(|bytes| bytes.is_none()));
    }
}
