//! What the program may expect of the terminal: colour, width, box characters.
//!
//! Owns reading the environment, and is the only one that does.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::ColorChoice;
use filterc::render::HumanStyle;

use crate::args::ErrorFormat;

/// Columns where there is no terminal to ask.
pub(crate) const DEFAULT_WIDTH: usize = 100;

/// How to write to the two output streams.
#[derive(Clone, Copy)]
pub(crate) struct Terminal {
    color: ColorChoice,
    format: ErrorFormat,
}

impl Terminal {
    pub(crate) fn new(color: ColorChoice) -> Self {
        Self {
            color,
            format: ErrorFormat::Human,
        }
    }

    /// The same with another format for problems.
    pub(crate) fn with_format(self, format: ErrorFormat) -> Self {
        Self { format, ..self }
    }

    /// How to write problems.
    pub(crate) fn format(self) -> ErrorFormat {
        self.format
    }

    /// Whether standard output takes colour.
    pub(crate) fn colors_stdout(self) -> bool {
        wants_color(self.color, io::stdout().is_terminal(), environment)
    }

    /// Whether standard error takes colour.
    pub(crate) fn colors_stderr(self) -> bool {
        wants_color(self.color, io::stderr().is_terminal(), environment)
    }

    /// How to draw problems on standard error.
    pub(crate) fn human_style(self) -> HumanStyle {
        HumanStyle {
            color: self.colors_stderr(),
            unicode: wants_unicode(environment),
            width: terminal_size::terminal_size_of(io::stderr())
                .map(|(width, _)| usize::from(width.0))
                .or_else(|| environment("COLUMNS")?.to_str()?.parse().ok())
                .unwrap_or(DEFAULT_WIDTH),
        }
    }

    /// How to draw problems on standard output.
    pub(crate) fn human_style_stdout(self) -> HumanStyle {
        HumanStyle {
            color: self.colors_stdout(),
            width: self.stdout_width().unwrap_or(DEFAULT_WIDTH),
            ..self.human_style()
        }
    }

    /// The columns of standard output; `None` where it is no terminal, and lines have no end.
    pub(crate) fn stdout_width(self) -> Option<usize> {
        let size = terminal_size::terminal_size_of(io::stdout());
        let width = size.map(|(width, _)| usize::from(width.0));
        io::stdout()
            .is_terminal()
            .then(|| width.unwrap_or(DEFAULT_WIDTH))
    }
}

/// A variable that is set and not empty.
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Of what is said about colour, the first counts: `--color`, `NO_COLOR`, `CLICOLOR_FORCE`, the
/// kind of terminal.
fn wants_color(
    choice: ColorChoice,
    is_terminal: bool,
    variable: impl Fn(&str) -> Option<OsString>,
) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if variable("NO_COLOR").is_some() => false,
        ColorChoice::Auto if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorChoice::Auto => is_terminal && variable("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Unless the terminal cannot, or the locale names another character set.
fn wants_unicode(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    if variable("TERM").is_some_and(|term| term == "dumb" || term == "linux") {
        return false;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    let locale = locale.unwrap_or_default();
    let locale = locale.to_string_lossy();
    // language_COUNTRY.charset@modifier
    let charset = locale.split_once('.').map(|(_, charset)| charset);
    let charset = charset.and_then(|charset| charset.split('@').next());
    charset.is_none_or(|charset| ["utf-8", "utf8"].contains(&charset.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<'a>(variables: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |name| {
            let found = variables.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| value.into())
        }
    }

    #[test]
    fn color_follows_the_argument_then_the_environment_then_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        let no_color = [("NO_COLOR", "1")];
        let forced = [("CLICOLOR_FORCE", "1")];
        let both = [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")];
        for (expected, choice, is_terminal, variables) in [
            (true, Auto, true, &[][..]),
            (false, Auto, false, &[]),
            (false, Auto, true, &no_color),
            (true, Always, false, &no_color),
            (false, Never, true, &forced),
            (true, Auto, false, &forced),
            (false, Auto, false, &[("CLICOLOR_FORCE", "0")]),
            (false, Auto, true, &both),
            (false, Auto, true, &[("TERM", "dumb")]),
            (true, Auto, true, &[("TERM", "xterm")]),
        ] {
            let wanted = wants_color(choice, is_terminal, set(variables));
            assert_eq!(wanted, expected, "{choice:?} {is_terminal} {variables:?}");
        }
    }

    #[test]
    fn box_characters_unless_terminal_or_locale_say_otherwise() {
        for (expected, variables) in [
            (true, &[][..]),
            (true, &[("LANG", "C")]),
            (true, &[("LANG", "C.UTF-8")]),
            (true, &[("LANG", "de_DE.utf8@euro")]),
            (false, &[("LANG", "de_DE.ISO-8859-1")]),
            (
                false,
                &[("LANG", "en_US.UTF-8"), ("LC_ALL", "ru_RU.KOI8-R")],
            ),
            (
                true,
                &[("LANG", "ru_RU.KOI8-R"), ("LC_CTYPE", "ru_RU.UTF-8")],
            ),
            (false, &[("TERM", "dumb")]),
            (false, &[("TERM", "linux"), ("LANG", "en_US.UTF-8")]),
        ] {
            assert_eq!(wants_unicode(set(variables)), expected, "{variables:?}");
        }
    }
}
