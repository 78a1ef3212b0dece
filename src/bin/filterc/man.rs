//! `filterc man`: the manual page, by clap_mangen.
//!
//! One page for the program with all its commands. Owns the sections that clap_mangen does not
//! have or writes otherwise: description, commands with their options, exit codes, examples.

use std::io;
use std::process::ExitCode;

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::args;
use crate::help::{DESCRIPTION, EXAMPLES, EXIT_CODES};
use crate::output::{Failure, print};

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let page = page().map_err(|error| Failure::Message(error.to_string()))?;
    print(&in_ascii(&String::from_utf8_lossy(&page)))?;
    Ok(ExitCode::SUCCESS)
}

/// Other characters as roff's escapes: not every troff takes UTF-8.
fn in_ascii(page: &str) -> String {
    let mut ascii = String::with_capacity(page.len());
    for character in page.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            ascii += &format!("\\[u{:04X}]", u32::from(character));
        }
    }
    ascii
}

fn page() -> io::Result<Vec<u8>> {
    let mut command = args::command();
    command.build();
    let man = Man::new(command.clone()).manual("filterc");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(DESCRIPTION)]);
    roff.to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for subcommand in command.get_subcommands() {
        if subcommand.get_name() != "help" {
            describe(subcommand, &mut roff);
        }
    }
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in EXIT_CODES {
        item([bold(code)], meaning, &mut roff);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (example, purpose) in EXAMPLES {
        item([bold(example)], purpose, &mut roff);
    }
    roff.to_writer(&mut page)?;
    Ok(page)
}

/// A command, or the commands in it.
fn describe(command: &clap::Command, roff: &mut Roff) {
    if command.has_subcommands() {
        for subcommand in command.get_subcommands() {
            describe(subcommand, roff);
        }
        return;
    }
    let arguments = || {
        let all = command.get_arguments();
        all.filter(|argument| !argument.is_hide_set() && argument.get_id() != "help")
    };
    let mut heading = vec![command.get_bin_name().unwrap_or_default().to_owned()];
    heading.extend(arguments().map(|argument| match argument.get_long() {
        Some(_) => format!("[{argument}]"),
        None => argument.to_string(),
    }));
    roff.control("SS", [heading.join(" ").as_str()]);
    let about = command.get_about().map(ToString::to_string);
    roff.text([roman(about.unwrap_or_default())]);
    for argument in arguments() {
        let help = argument.get_help().map(ToString::to_string);
        item(name(argument), &help.unwrap_or_default(), roff);
    }
    if let Some(more) = command.get_after_help() {
        for paragraph in more.to_string().split("\n\n") {
            roff.control("PP", []);
            for line in paragraph.lines() {
                roff.text([roman(line)]);
                roff.control("br", []);
            }
        }
    }
}

fn name(argument: &clap::Arg) -> Vec<Inline> {
    let mut name = Vec::new();
    if let Some(short) = argument.get_short() {
        name.extend([bold(format!("-{short}")), roman(", ")]);
    }
    if let Some(long) = argument.get_long() {
        name.push(bold(format!("--{long}")));
        name.push(roman(" "));
    }
    if argument.get_action().takes_values() {
        let names = argument.get_value_names().unwrap_or_default();
        name.extend(names.iter().map(|value| italic(value.as_str())));
    }
    name
}

fn item(name: impl Into<Vec<Inline>>, description: &str, roff: &mut Roff) {
    roff.control("TP", []);
    roff.text(name);
    roff.text([roman(description)]);
}
