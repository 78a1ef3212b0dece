//! `filterc explain [CODE]`: the page of a problem, or the list of all codes.
//!
//! Owns the lay-out; the words are the library's.

use std::process::ExitCode;

use filterc::explain::{self, Page};

use crate::args::Explain;
use crate::nearest::nearest;
use crate::output::{BOLD, CYAN, DIM, Failure, GREEN, RED, painted, print, quoted};
use crate::terminal::Terminal;
use crate::wrap::wrapped;

/// Wider lines of prose are hard to read.
const PROSE: usize = 86;

pub(crate) fn run(arguments: &Explain, terminal: Terminal) -> Result<ExitCode, Failure> {
    let colors = terminal.colors_stdout();
    let width = terminal.stdout_width();
    let text = match &arguments.code {
        None => list(width, colors),
        Some(code) => {
            let page = find(code).ok_or_else(|| unknown(code))?;
            shown(page, width, colors)
        }
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The page of a code that is given whole, or from any of its parts on, in any case.
fn find(code: &str) -> Option<Page> {
    let wanted = code.to_lowercase().replace('-', "_");
    explain::pages().find(|page| {
        let before = page.code().strip_suffix(&wanted);
        before.is_some_and(|before| before.is_empty() || before.ends_with("::"))
    })
}

fn unknown(code: &str) -> Failure {
    let wanted = code.rsplit("::").next().unwrap_or(code).replace('-', "_");
    let names = explain::pages().map(|page| split(page).1);
    let action = match nearest(&wanted, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`filterc explain` lists the codes there are".to_owned(),
    };
    Failure::Message(format!("there is no code `{}`; {action}", quoted(code)))
}

/// `filterc::check` and `unknown_field`.
fn split(page: Page) -> (&'static str, &'static str) {
    page.code().rsplit_once("::").unwrap_or(("", page.code()))
}

fn list(width: Option<usize>, colors: bool) -> String {
    let names = explain::pages().map(|page| split(page).1.len());
    let indent = names.max().unwrap_or_default() + 4;
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(indent));
    let mut text = String::new();
    let mut last_pass = None;
    for page in explain::pages() {
        let (pass, name) = split(page);
        if last_pass != Some(pass) {
            let gap = if last_pass.is_some() { "\n" } else { "" };
            text += &format!("{gap}{}\n", painted(pass, BOLD, colors));
            last_pass = Some(pass);
        }
        let mut before = format!("  {name:<indent$}", indent = indent - 2);
        for line in wrapped(page.summary().split(' '), room) {
            text += &format!("{}{line}\n", painted(&before, CYAN, colors));
            before = " ".repeat(indent);
        }
    }
    if width.is_some() {
        let note =
            "`filterc explain CODE` shows the page of one, as in `filterc explain wildcard`.";
        text += &format!("\n{}\n", painted(note, DIM, colors));
    }
    text
}

fn shown(page: Page, width: Option<usize>, colors: bool) -> String {
    let mut text = format!("{}\n", painted(page.code(), BOLD, colors));
    for block in page.body().split("\n\n") {
        text.push('\n');
        text += &match block {
            "Wrong:" => painted(block, RED, colors),
            "Right:" => painted(block, GREEN, colors),
            code if code.starts_with("    ") => {
                // `less -R` forgets the colour at the end of a line.
                let lines = code.lines().map(|line| painted(line, CYAN, colors));
                lines.collect::<Vec<_>>().join("\n")
            }
            prose => {
                let prose = match width {
                    Some(width) => wrapped(prose.split_whitespace(), width.min(PROSE)).join("\n"),
                    None => prose.to_owned(),
                };
                if colors { code_in_color(&prose) } else { prose }
            }
        };
        text.push('\n');
    }
    text
}

/// What is between backticks, in colour instead.
fn code_in_color(prose: &str) -> String {
    let parts = prose.split('`').enumerate();
    parts
        .map(|(at, part)| painted(part, CYAN, at % 2 == 1))
        .collect()
}
