//! `filterc --batch`: one expression a line in, one result a line out, in order.
//!
//! Owns the lines and the format of the results. Memory does not grow with the number of lines:
//! they are read, compiled on all cores and written in blocks.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;

use filterc::{AudienceType, Compiler, Problem, Severity, is_json, render};
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::args::{BatchFormat, Compile};
use crate::compile::in_form;
use crate::input;
use crate::output::{Failure, PROBLEMS, RED, cannot_write, painted, quoted, report, text_of};
use crate::progress::Progress;
use crate::project::Project;
use crate::reports::counted_noun;
use crate::terminal::Terminal;

/// How much is read before it is compiled, in bytes.
const BLOCK: usize = 256 << 10;

/// The longest line, in bytes.
const LONGEST: usize = 16 << 20;

pub(crate) fn run(
    arguments: &Compile,
    format: BatchFormat,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let Opened { name, size, source } = opened(arguments)?;
    let batch = Batch {
        name,
        format,
        deny_warnings: project.deny_warnings,
        compiler: in_form(project.compiler()?, &arguments.form),
    };
    let is_seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
    let (lines, failed) = batch.pipe(source, Progress::new(size, is_seen))?;
    if failed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let error = painted("error:", RED, terminal.colors_stderr());
    let of = counted_noun(lines, "line");
    report(&format!("{error} no filter for {failed} of {of}\n"));
    Ok(ExitCode::from(PROBLEMS))
}

/// What the lines are read from.
struct Opened {
    name: String,
    /// In bytes, where it is known.
    size: Option<u64>,
    source: Box<dyn Read>,
}

fn opened(arguments: &Compile) -> Result<Opened, Failure> {
    let file = arguments
        .file
        .as_deref()
        .filter(|file| !input::is_dash(file));
    let Some(path) = file else {
        return Ok(Opened {
            name: "<stdin>".to_owned(),
            size: None,
            source: Box::new(io::stdin()),
        });
    };
    input::refuse_expression(path, input::NO_FILE)?;
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (metadata, file) = opened.map_err(|error| input::unreadable(path, &error))?;
    if metadata.is_dir() {
        let error = io::Error::from(io::ErrorKind::IsADirectory);
        return Err(input::unreadable(path, &error));
    }
    Ok(Opened {
        name: text_of(path),
        size: Some(metadata.len()).filter(|_| metadata.is_file()),
        source: Box::new(file),
    })
}

struct Batch {
    name: String,
    format: BatchFormat,
    deny_warnings: bool,
    compiler: Compiler,
}

/// One line of input, without its end.
enum Line {
    Text(String),
    /// What is wrong with its bytes.
    Wrong(Problem),
}

/// A line of `--batch=json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item<'a> {
    #[serde(borrow, rename = "id")]
    _id: Option<&'a RawValue>,
    #[serde(borrow)]
    filter: Cow<'a, str>,
    #[serde(borrow)]
    audience: Option<Cow<'a, str>>,
}

/// What such a line is known by, whatever else is wrong with it.
#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

impl Batch {
    /// Answers how many lines there were, and for how many there is no filter.
    fn pipe(
        &self,
        source: Box<dyn Read>,
        mut progress: Progress,
    ) -> Result<(usize, usize), Failure> {
        let mut reader = BufReader::with_capacity(BLOCK, source);
        let mut stdout = io::stdout().lock();
        let mut lines = 0;
        let mut failed = 0;
        let mut read = 0;
        loop {
            let (block, bytes) = self.block(&mut reader)?;
            if block.is_empty() {
                return Ok((lines, failed));
            }
            let results: Vec<(String, bool)> = block
                .into_par_iter()
                .enumerate()
                .with_min_len(64)
                .map(|(at, line)| self.result(lines + at + 1, line))
                .collect();
            lines += results.len();
            failed += results.iter().filter(|(_, is_filter)| !is_filter).count();
            let text: String = results.into_iter().map(|(text, _)| text).collect();
            let written = stdout
                .write_all(text.as_bytes())
                .and_then(|()| stdout.flush());
            match written.map_err(|error| cannot_write(&error)) {
                // Whoever reads only the beginning still learns that something is wrong.
                Err(Failure::ClosedPipe) => return Ok((lines, failed)),
                written => written?,
            }
            read += bytes as u64;
            progress.at(read, || counted_noun(lines, "line"));
        }
    }

    /// The next lines, and how many bytes they were; none at the end.
    ///
    /// Ends where no further line has arrived yet, so that whoever writes one and waits for its
    /// result gets it.
    fn block(&self, reader: &mut BufReader<impl Read>) -> Result<(Vec<Line>, usize), Failure> {
        let mut lines = Vec::new();
        let mut total = 0;
        while total < BLOCK && (lines.is_empty() || reader.buffer().contains(&b'\n')) {
            let mut bytes = Vec::new();
            let limit = LONGEST as u64 + 1;
            let read = reader.by_ref().take(limit).read_until(b'\n', &mut bytes);
            let read = read.map_err(|error| {
                Failure::Message(format!("cannot read `{}`: {error}", self.name))
            })?;
            if read == 0 {
                break;
            }
            total += read;
            let is_whole = bytes.last() == Some(&b'\n');
            if !is_whole && bytes.len() > LONGEST {
                total += skip_line(reader).map_err(|error| {
                    Failure::Message(format!("cannot read `{}`: {error}", self.name))
                })?;
                let message = format!("the line is longer than {} MiB", LONGEST >> 20);
                let help = "write the expression to a file and compile that";
                let problem = Problem::of_file("filterc::batch::line_too_long", message, help);
                lines.push(Line::Wrong(problem));
                continue;
            }
            if is_whole {
                bytes.pop();
            }
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
            lines.push(match String::from_utf8(bytes) {
                Ok(text) => Line::Text(text),
                Err(error) => {
                    let (message, help) = input::not_utf8("the line", &error);
                    let code = "filterc::input::not_utf8";
                    Line::Wrong(Problem::of_file(code, message, help))
                }
            });
        }
        Ok((lines, total))
    }

    /// The result of a line as JSON with its line break, and whether there is a filter.
    fn result(&self, number: usize, line: Line) -> (String, bool) {
        let mut id = "null".to_owned();
        let compiled = match (line, self.format) {
            (Line::Wrong(problem), _) => (None, vec![problem]),
            (Line::Text(text), BatchFormat::Lines) if is_json(&text) => (None, vec![json_line()]),
            (Line::Text(text), BatchFormat::Lines) => self.compile(&self.compiler, &text),
            (Line::Text(text), BatchFormat::Json) => self.item(&text, &mut id),
        };
        let (filter, problems) = compiled;
        let mut result = format!("{{\"line\":{number},");
        if self.format == BatchFormat::Json {
            result += &format!("\"id\":{id},");
        }
        result += "\"filter\":";
        result += filter.as_deref().unwrap_or("null");
        result += ",\"problems\":[";
        if !problems.is_empty() {
            let shown = render::json(&format!("{}:{number}", self.name), &problems);
            result += &shown.trim_end().replace('\n', ",");
        }
        result += "]}\n";
        (result, filter.is_some())
    }

    fn compile(&self, compiler: &Compiler, text: &str) -> (Option<String>, Vec<Problem>) {
        match compiler.compile(text) {
            Err(error) => (None, error.problems().to_vec()),
            Ok(compilation) => {
                let warnings = compilation.warnings().to_vec();
                let is_warning = |problem: &Problem| problem.severity() == Severity::Warning;
                let is_denied = self.deny_warnings && warnings.iter().any(is_warning);
                let filter = compilation.filter();
                ((!is_denied).then(|| filter.to_string()), warnings)
            }
        }
    }

    /// What a line of `--batch=json` compiles to; puts its `id` there as it is written.
    fn item(&self, text: &str, id: &mut String) -> (Option<String>, Vec<Problem>) {
        let wrong = |message: String| (None, vec![wrong_line(message)]);
        // A list would be taken for the members in their order.
        if !text.trim_start().starts_with('{') {
            return wrong(no_object(text).to_owned());
        }
        if let Ok(Id { id: Some(written) }) = serde_json::from_str(text) {
            *id = written.get().to_owned();
        }
        let item: Item = match serde_json::from_str(text) {
            Ok(item) => item,
            Err(error) => return wrong(reason(&error)),
        };
        let compiler = match &item.audience {
            None => self.compiler.clone(),
            Some(audience) => match audience.parse::<AudienceType>() {
                Ok(audience) => self.compiler.clone().audience(audience),
                Err(error) => return wrong(error.to_string()),
            },
        };
        self.compile(&compiler, &item.filter)
    }
}

/// What a line is that is no object.
fn no_object(line: &str) -> &'static str {
    match serde_json::from_str::<IgnoredAny>(line) {
        Ok(_) => "the line is JSON, but no object",
        Err(_) => "the line is not a JSON object",
    }
}

/// What serde_json says of a line that begins as an object, in the words of JSON.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let key = said.split('`').nth(1).map(quoted).unwrap_or_default();
    if !error.is_data() {
        "the line is not a JSON object".to_owned()
    } else if said.starts_with("unknown field") {
        format!("there is no key `{key}`")
    } else if said.starts_with("missing field") {
        format!("the object has no `{key}`")
    } else if said.starts_with("duplicate field") {
        format!("the object has `{key}` twice")
    } else {
        "`filter` and `audience` are strings".to_owned()
    }
}

fn json_line() -> Problem {
    let message = "the line is JSON, not an expression";
    let help =
        "`--batch=json` reads objects with a `filter`; `filterc decompile` reads saved filters";
    Problem::of_file("filterc::input::is_json", message, help)
}

fn wrong_line(message: String) -> Problem {
    let help = "write `{\"id\": …, \"filter\": \"…\", \"audience\": \"…\"}`, one object a line; \
                `id` and `audience` may be left out";
    Problem::of_file("filterc::batch::wrong_line", message, help)
}

/// Reads to the end of the line, and answers how many bytes that were.
fn skip_line(reader: &mut impl BufRead) -> io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let read = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(read);
        skipped += read;
        if end.is_some() || read == 0 {
            return Ok(skipped);
        }
    }
}
