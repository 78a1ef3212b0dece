//! `filterc --batch`: one expression a line in, one result a line out, in order.
//!
//! Owns the lines and the format of the results. Memory does not grow with the number of lines:
//! they are read, compiled on all cores and written in blocks.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

use filterc::{AudienceType, Compiler, Problem, Severity, render};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use serde_json::Value;

use crate::args::{BatchFormat, Compile};
use crate::input;
use crate::output::{Failure, PROBLEMS, RED, cannot_write, painted, quoted, report};
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
        compiler: project.compiler()?,
    };
    let bar = progress(size);
    let (lines, failed) = batch.pipe(source, &bar)?;
    bar.finish_and_clear();
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
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (metadata, file) = opened.map_err(|error| input::unreadable(path, &error))?;
    if metadata.is_dir() {
        let error = io::Error::from(io::ErrorKind::IsADirectory);
        return Err(input::unreadable(path, &error));
    }
    Ok(Opened {
        name: path.to_string_lossy().into_owned(),
        size: Some(metadata.len()).filter(|_| metadata.is_file()),
        source: Box::new(file),
    })
}

/// A bar on a terminal, once it takes longer than a moment.
fn progress(size: Option<u64>) -> ProgressBar {
    let is_seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
    if !is_seen {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr_with_hz(8));
    let template = match size {
        Some(_) => "{bar:30} {percent:>3} %  {msg}  {eta} left",
        None => "{spinner} {msg}  {elapsed}",
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
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

impl Batch {
    /// Answers how many lines there were, and for how many there is no filter.
    fn pipe(&self, source: Box<dyn Read>, bar: &ProgressBar) -> Result<(usize, usize), Failure> {
        let mut reader = BufReader::with_capacity(BLOCK, source);
        let mut stdout = io::stdout().lock();
        let mut lines = 0;
        let mut failed = 0;
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
            written.map_err(|error| cannot_write(&error))?;
            bar.inc(bytes as u64);
            if bar.elapsed() > Duration::from_secs(1) {
                bar.set_message(counted_noun(lines, "line"));
            }
        }
    }

    /// The next lines, and how many bytes they were; none at the end.
    fn block(&self, reader: &mut impl BufRead) -> Result<(Vec<Line>, usize), Failure> {
        let mut lines = Vec::new();
        let mut total = 0;
        while total < BLOCK {
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
        let mut id = Value::Null;
        let compiled = match (line, self.format) {
            (Line::Wrong(problem), _) => (None, vec![problem]),
            (Line::Text(text), BatchFormat::Lines) => self.compile(&self.compiler, &text),
            (Line::Text(text), BatchFormat::Json) => self.item(&text, &mut id),
        };
        let (filter, problems) = compiled;
        let mut result = format!("{{\"line\":{number},");
        if self.format == BatchFormat::Json {
            // Writing to a String cannot fail.
            let _ = write!(result, "\"id\":{},", id);
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

    /// What a line of `--batch=json` compiles to; puts its `id` there if it has one.
    fn item(&self, text: &str, id: &mut Value) -> (Option<String>, Vec<Problem>) {
        let wrong = |message: String| (None, vec![wrong_line(message)]);
        let mut object = match serde_json::from_str(text) {
            Ok(Value::Object(object)) => object,
            Ok(_) => return wrong("the line is JSON, but no object".to_owned()),
            Err(_) => return wrong("the line is not a JSON object".to_owned()),
        };
        *id = object.remove("id").unwrap_or_default();
        let filter = match object.remove("filter") {
            Some(Value::String(filter)) => filter,
            Some(_) => return wrong("`filter` is not a string".to_owned()),
            None => return wrong("the object has no `filter`".to_owned()),
        };
        let compiler = match object.remove("audience") {
            None | Some(Value::Null) => self.compiler.clone(),
            Some(Value::String(audience)) => match audience.parse::<AudienceType>() {
                Ok(audience) => self.compiler.clone().audience(audience),
                Err(error) => return wrong(error.to_string()),
            },
            Some(_) => return wrong("`audience` is not a string".to_owned()),
        };
        match object.keys().next() {
            Some(key) => wrong(format!("there is no key `{}`", quoted(key))),
            None => self.compile(&compiler, &filter),
        }
    }
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
