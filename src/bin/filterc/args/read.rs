//! From the words of the command line to [`Arguments`], with the mistakes that clap does not see.
//!
//! The expression may be any text, so a mistyped command and an expression that was not quoted
//! both look like expressions with words after them; owns telling them apart.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ColorChoice, CommandFactory, FromArgMatches, Subcommand};

use super::{Arguments, Command, Compile};
use crate::help;
use crate::nearest::nearest;
use crate::output::{Failure, quoted};

/// What `--color` says. Read before all else, since what is wrong with the arguments is told in
/// colour too.
pub(crate) fn color(words: &[OsString]) -> ColorChoice {
    let mut chosen = ColorChoice::Auto;
    let mut options = options(words).peekable();
    while let Some(option) = options.next() {
        let value = match option.strip_prefix("--color") {
            Some("") => options.peek().copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(choice) = value.and_then(|value| value.parse().ok()) {
            chosen = choice;
        }
    }
    chosen
}

/// Reads the command line. A call for help is a failure here, as it is for clap.
pub(crate) fn read(words: &[OsString]) -> Result<Arguments, Failure> {
    if let Some(arguments) = compilation(words) {
        return Ok(arguments);
    }
    let mut command = command();
    // Given as clap's long help, the examples would set every argument on lines of its own.
    if options(words).any(|option| option == "--help" || option == "help") {
        let all = help::all(command.get_styles());
        command = command.after_help(all);
    }
    let matches = command.try_get_matches_from_mut(words)?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    if let Some(subcommand) = matches.subcommand_name() {
        comes_first(subcommand, &command, &matches)?;
    } else if !arguments.compile.rest.is_empty() {
        return Err(several_words(&arguments.compile).into());
    }
    Ok(arguments)
}

/// The arguments of a compilation without a mistake. To declare all the commands takes longer than
/// to compile a filter, so it is left for when one is asked for, or help, or an error.
fn compilation(words: &[OsString]) -> Option<Arguments> {
    let is_command = |word: &OsString| {
        let word = word.to_str().unwrap_or_default();
        word == "help" || Command::has_subcommand(word)
    };
    if words.iter().skip(1).any(is_command) {
        return None;
    }
    // An expression alone, as it mostly is, is what clap would make of it.
    if let [_, expression] = words
        && !expression.as_encoded_bytes().starts_with(b"-")
    {
        let expression = Some(expression.clone());
        return Some(Arguments {
            command: None,
            compile: Compile {
                expression,
                ..Compile::default()
            },
            version: None,
        });
    }
    let command = Compile::augment_args(clap::Command::new("filterc").disable_help_flag(true));
    let matches = command.try_get_matches_from(words).ok()?;
    let compile = Compile::from_arg_matches(&matches).ok()?;
    compile.rest.is_empty().then_some(Arguments {
        command: None,
        compile,
        version: None,
    })
}

/// The command line as clap knows it.
pub(crate) fn command() -> clap::Command {
    Arguments::command()
}

/// The words up to `--`. One that is not UTF-8 is no option.
fn options(words: &[OsString]) -> impl Iterator<Item = &str> {
    let options = words.iter().skip(1).take_while(|word| *word != "--");
    options.map(|word| word.to_str().unwrap_or_default())
}

/// `filterc --pretty fields`: what stands before a command would be ignored in silence.
fn comes_first(
    subcommand: &str,
    command: &clap::Command,
    matches: &ArgMatches,
) -> Result<(), clap::Error> {
    let misplaced = command.get_arguments().find(|argument| {
        let id = argument.get_id().as_str();
        id != "color" && matches.value_source(id) == Some(ValueSource::CommandLine)
    });
    let (what, tip) = match misplaced.map(clap::Arg::get_long) {
        None => return Ok(()),
        Some(Some(option)) => (
            format!("`--{option}`"),
            format!("what the command takes, `filterc {subcommand} --help` says"),
        ),
        Some(None) => (
            "an expression".to_owned(),
            "an expression is one argument: quote it for the shell".to_owned(),
        ),
    };
    let message = format!("{what} cannot stand before the command `{subcommand}`");
    Err(wrong(ErrorKind::ArgumentConflict, &message, &tip))
}

/// `filterc explian unknown_field`, `filterc eu.filter us.filter`, `filterc seniority = vp`.
fn several_words(compile: &Compile) -> clap::Error {
    let first = compile.expression.as_deref().unwrap_or_default();
    let rest = compile.rest.iter().map(OsString::as_os_str);
    let count = 1 + rest.len();
    let message = format!("an expression is one argument, but there are {count}");
    let tip = if let Some(name) = meant_command(first).filter(|_| !is_comparison(&compile.rest)) {
        let rest: Vec<_> = rest.map(quoted).collect();
        format!(
            "did you mean the command `filterc {name} {}`?",
            rest.join(" ")
        )
    } else if Path::new(first).is_file() {
        "files are compiled one at a time: filterc --file FILE".to_owned()
    } else {
        let words: Vec<_> = std::iter::once(first).chain(rest).map(requoted).collect();
        let escaped = words.join(" ").replace('\'', r"'\''");
        format!("quote it for the shell: filterc '{escaped}'")
    };
    wrong(ErrorKind::TooManyValues, &message, &tip)
}

/// Whether the words go on as a comparison does: `topic = x` is no misspelling of `topics`.
fn is_comparison(rest: &[OsString]) -> bool {
    const WORDS: [&str; 8] = [
        "in", "not", "is", "contains", "starts", "ends", "between", "equals",
    ];
    let next = rest.first().and_then(|word| word.to_str());
    next.is_some_and(|word| {
        word.starts_with(['=', '!', '<', '>']) || WORDS.contains(&word.to_lowercase().as_str())
    })
}

fn wrong(kind: ErrorKind, message: &str, tip: &str) -> clap::Error {
    let more = "For more information, try '--help'.";
    let text = format!("{message}\n\n  tip: {tip}\n\n{more}\n");
    // With the command it has the colours of clap's own errors.
    clap::Error::raw(kind, text).with_cmd(&command())
}

/// The command that a word is a misspelling of.
pub(crate) fn meant_command(word: &OsStr) -> Option<String> {
    let mut command = command();
    command.build();
    let names = command.get_subcommands().map(clap::Command::get_name);
    nearest(word.to_str()?, names).map(str::to_owned)
}

/// The word as it was before the shell took its quotes, as far as can be told.
fn requoted(word: &OsStr) -> String {
    let word = quoted(word);
    let is_one_value = word.contains(' ') && !word.contains(['"', '\'', '(', ')', '=', '<', '>']);
    if is_one_value {
        format!("\"{word}\"")
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(arguments: &[&str]) -> Vec<OsString> {
        let all = ["filterc"].iter().chain(arguments);
        all.map(OsString::from).collect()
    }

    /// What clap makes of the words when it knows all commands.
    fn with_commands(words: &[OsString]) -> Option<String> {
        let matches = command().try_get_matches_from(words).ok()?;
        let arguments = Arguments::from_arg_matches(&matches).ok()?;
        let is_compilation = arguments.command.is_none() && arguments.compile.rest.is_empty();
        is_compilation.then(|| format!("{:?}", arguments.compile))
    }

    /// The short way never answers otherwise than the long way, and leaves it only a word that could
    /// be a command.
    #[test]
    fn a_compilation_is_read_the_same_without_the_commands() {
        for (arguments, is_short) in [
            (&["seniority = vp"][..], true),
            (&[], true),
            (&[""], true),
            (&["-"], true),
            (&["--", "-x"], true),
            (&["--file", "a.filter", "-a", "Intents"], true),
            (
                &[
                    "-fa.filter",
                    "--batch=json",
                    "--catalog",
                    "x",
                    "--no-config",
                ],
                true,
            ),
            (
                &["--color=never", "--deny", "a", "--deny=b", "--pretty", "x"],
                true,
            ),
            (
                &[
                    "--error-format",
                    "json",
                    "--optimize",
                    "--source-map",
                    "m",
                    "x",
                ],
                true,
            ),
            (
                &[
                    "x",
                    "--canonical",
                    "--compact",
                    "--topics=t",
                    "--deny-warnings",
                ],
                true,
            ),
            (&["fmt"], false),
            (&["--file", "fmt"], false),
            (&["--", "check"], false),
            (&["help"], false),
            (&["--pretty", "fields"], false),
            (&["explain", "unknown_field"], false),
            (&["seniority", "=", "vp"], false),
            (&["explian", "unknown_field"], false),
            (&["--help"], false),
            (&["-h"], false),
            (&["--version"], false),
            (&["-V"], false),
            (&["--nonsense"], false),
            (&["--pretty", "--compact", "x"], false),
            (&["--file", "a", "x"], false),
            (&["--audience", "nobody", "x"], false),
            (&["--color", "pink", "x"], false),
        ] {
            let words = words(arguments);
            let short = compilation(&words);
            assert_eq!(short.is_some(), is_short, "{arguments:?}");
            if let Some(short) = short {
                let short = format!("{:?}", short.compile);
                assert_eq!(Some(short), with_commands(&words), "{arguments:?}");
            }
        }
    }

    #[test]
    fn every_command_takes_the_long_way() {
        let mut all = command();
        all.build();
        for name in all.get_subcommands().map(clap::Command::get_name) {
            assert!(compilation(&words(&[name])).is_none(), "{name}");
        }
    }
}
