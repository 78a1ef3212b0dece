//! What leaves the program: results on standard output, all else on standard error, exit codes.
//!
//! Owns every write. Nothing here panics when a stream is closed, as `println!` would.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::builder::styling::{AnsiColor, Style};

use filterc::Problem;
use serde::Serialize;
use tempfile::NamedTempFile;

use crate::reports::{Report, written};
use crate::terminal::Terminal;

/// The exit code where the expression has problems, or nothing was found.
pub(crate) const PROBLEMS: u8 = 1;

/// The exit code where arguments are wrong, or something could not be read or written.
pub(crate) const FAILED: u8 = 2;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default();

/// Why the program ends without what it was asked for.
pub(crate) enum Failure {
    /// Nobody reads standard output any more, as after `| head`: the work is done as far as it is
    /// wanted. Ends quietly with exit code 0, as ripgrep does.
    ClosedPipe,
    /// One line: what is wrong, then `;` and what to do.
    Message(String),
    /// A file that could not be read: its name, and what is wrong.
    File(Box<(String, Problem)>),
    /// Problems that were reported already.
    Reported,
    /// A file that could not be read, and was reported so already.
    Unread,
    /// Nothing to compile: the help, on standard error.
    Help(StyledStr),
    /// What clap has to say: wrong arguments, or the help or version that was asked for.
    Arguments(Box<clap::Error>),
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Arguments(Box::new(error))
    }
}

impl Failure {
    /// Tells the user, and says what to end with.
    pub(crate) fn report(self, terminal: Terminal) -> ExitCode {
        match self {
            Self::ClosedPipe => return ExitCode::SUCCESS,
            Self::Message(message) => {
                let error = painted("error:", RED, terminal.colors_stderr());
                report(&format!("{error} {message}\n"));
            }
            Self::File(told) => report(&of_file(&told.0, &told.1, terminal)),
            Self::Reported => return ExitCode::from(PROBLEMS),
            Self::Unread => {}
            Self::Help(help) => report(&shown(&help, terminal.colors_stderr())),
            Self::Arguments(error) if error.use_stderr() => {
                report(&shown(&error.render(), terminal.colors_stderr()));
            }
            Self::Arguments(error) => {
                return match print(&shown(&error.render(), terminal.colors_stdout())) {
                    Ok(()) => ExitCode::SUCCESS,
                    Err(failure) => failure.report(terminal),
                };
            }
        }
        ExitCode::from(FAILED)
    }
}

/// Writes to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    written.map_err(|error| cannot_write(&error))
}

/// Why standard output took no more.
pub(crate) fn cannot_write(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Message(format!("cannot write to standard output: {error}")),
    }
}

/// Writes a file.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| {
        let name = quoted(path);
        Failure::Message(format!("cannot write `{name}`: {error}"))
    })
}

/// Replaces a file: either all of the new text is there or all of the old, with the
/// permissions it has.
///
/// A link stays one: what it leads to is written. A file that is no longer `before` was changed by
/// somebody else meanwhile, and stays; that is no failure where it is `after` now.
pub(crate) fn replace_file(path: &Path, before: &str, after: &str) -> Result<(), Failure> {
    replaced(path, before, after).map_err(|error| {
        let name = quoted(path);
        Failure::Message(format!("cannot write `{name}`: {error}; it is as it was"))
    })
}

fn replaced(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = std::fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(after.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    match std::fs::read(&path)? {
        now if now == before.as_bytes() => {}
        now if now == after.as_bytes() => return Ok(()),
        _ => return Err(io::Error::other("it changed while it was rewritten")),
    }
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A file that could not be read, in the format of problems.
fn of_file(name: &str, problem: &Problem, terminal: Terminal) -> String {
    let reports = [Report {
        name: name.to_owned(),
        text: String::new(),
        problems: vec![problem.clone()],
    }];
    let text = written(&reports, terminal.format(), terminal.human_style());
    text.trim_end().to_owned() + "\n"
}

/// JSON for programs, indented on a terminal.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    let written = if io::stdout().is_terminal() {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    let json = written.map_err(|error| Failure::Message(error.to_string()))?;
    Ok(json + "\n")
}

/// Writes to standard error.
pub(crate) fn report(text: &str) {
    // Where standard error fails there is nowhere left to say so; the exit code still tells.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// `text` in a style, or as it is.
pub(crate) fn painted(text: &str, style: Style, colors: bool) -> String {
    if colors {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}

/// A name as text. A byte that is none stands there as `\xE9`, so that two names stay two.
pub(crate) fn text_of(name: impl AsRef<OsStr>) -> String {
    let mut text = String::new();
    for chunk in name.as_ref().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

/// A name or an argument as a message shows it: nothing in it acts on a terminal.
pub(crate) fn quoted(name: impl AsRef<OsStr>) -> String {
    let mut shown = String::new();
    for character in text_of(name).chars() {
        match character {
            '\'' | '"' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}

fn shown(text: &StyledStr, colors: bool) -> String {
    if colors {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// What somebody else wrote meanwhile is not lost.
    #[test]
    fn a_file_that_changed_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.filter");
        std::fs::write(&path, "theirs").unwrap();
        let refused = replaced(&path, "as it was read", "rewritten");
        assert!(refused.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        assert!(replaced(&path, "theirs", "rewritten").is_ok());
        // Of two programs that do the same to one file neither fails.
        assert!(replaced(&path, "theirs", "rewritten").is_ok());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "rewritten");
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1);
    }
}
