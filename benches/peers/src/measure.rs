//! All contestants on all inputs, in turns; medians.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::contestant::{Contestant, Entry};
use crate::inputs::{INPUTS, expression, text, with_mistake};
use crate::syntax::Syntax;

/// How long one turn takes, if one compilation is not longer.
const TURN: u64 = 4_000_000;

/// How long one contestant takes for one input in all, if three turns are not longer.
const SHARE: u64 = 4_000_000_000;

pub struct Input {
    pub name: String,
    /// In filterc's syntax.
    pub text: String,
    pub is_right: bool,
    /// Only filterc and the floor are measured.
    pub is_own: bool,
    paths: HashMap<&'static str, (PathBuf, usize)>,
}

impl Input {
    /// The file with the text in a syntax, and its length in bytes.
    fn file(&self, syntax: Syntax) -> Option<(&Path, usize)> {
        let (path, length) = self.paths.get(syntax.name())?;
        Some((path, *length))
    }
}

/// Writes every input in every syntax.
pub fn write_inputs(folder: &Path) -> Result<Vec<Input>, crate::Failure> {
    let mut inputs = Vec::new();
    for name in INPUTS {
        inputs.push(write_input(folder, name, name, true, false)?);
    }
    inputs.push(write_input(folder, "erroneous", "medium", false, false)?);
    inputs.push(write_input(
        folder,
        "large, erroneous",
        "large",
        false,
        true,
    )?);
    inputs.push(write_input(folder, "10 MB", "huge", true, true)?);
    let mut misnamed = write_input(folder, "misnamed", "medium", false, true)?;
    // A mistake of meaning: the syntax is right, a field is none.
    misnamed.text = text(&expression("medium").ok_or("no such input")?);
    misnamed.text = misnamed.text.replacen("event_type", "event_tyqe", 1);
    if let Some((path, _)) = misnamed.file(Syntax::Filterc) {
        std::fs::write(path, &misnamed.text)?;
    }
    inputs.push(misnamed);
    Ok(inputs)
}

fn write_input(
    folder: &Path,
    name: &str,
    base: &str,
    is_right: bool,
    is_own: bool,
) -> Result<Input, crate::Failure> {
    let expr = expression(base).ok_or("no such input")?;
    let written = |syntax: Syntax| {
        let text = syntax.render(&expr);
        if is_right { text } else { with_mistake(&text) }
    };
    let mut paths = HashMap::new();
    for syntax in Syntax::ALL {
        if is_own && syntax != Syntax::Filterc {
            continue;
        }
        let text = written(syntax);
        let path = folder.join(format!("{} {name}.txt", syntax.name()));
        std::fs::write(&path, &text)?;
        paths.insert(syntax.name(), (path, text.len()));
    }
    Ok(Input {
        name: name.to_owned(),
        text: written(Syntax::Filterc),
        is_right,
        is_own,
        paths,
    })
}

/// What was measured of one contestant with one input.
#[derive(Clone)]
pub struct Figure {
    /// The median of one compilation, in nanoseconds.
    pub median: f64,
    /// The length of the text in the contestant's syntax.
    pub bytes: usize,
}

pub struct Results {
    pub entries: Vec<Entry>,
    inputs: Vec<(String, bool)>,
    figures: HashMap<(&'static str, String), Result<Figure, String>>,
    /// Peak memory above that of the idle process, as a multiple of the input.
    memory: HashMap<(&'static str, String), f64>,
}

impl Results {
    /// What was measured, or nothing where the contestant cannot do the input.
    pub fn figure(&self, entry: &str, input: &str) -> Option<&Figure> {
        let found = self
            .figures
            .iter()
            .find(|((e, i), _)| *e == entry && i == input)?;
        found.1.as_ref().ok()
    }

    pub fn memory(&self, entry: &str, input: &str) -> Option<f64> {
        let found = self
            .memory
            .iter()
            .find(|((e, i), _)| *e == entry && i == input)?;
        Some(*found.1)
    }
}

pub fn measure(entries: &[Entry], inputs: &[Input], rounds: usize) -> Results {
    let mut results = Results {
        entries: entries.to_vec(),
        inputs: inputs.iter().map(|i| (i.name.clone(), i.is_own)).collect(),
        figures: HashMap::new(),
        memory: HashMap::new(),
    };
    for input in inputs {
        println!("measuring {}", input.name);
        let mut turns: Vec<Turns> = Vec::new();
        for entry in entries {
            if input.is_own && entry.syntax != Syntax::Filterc {
                continue;
            }
            match Turns::prepare(entry, input, rounds) {
                Ok(ready) => turns.push(ready),
                Err(reason) => {
                    let key = (entry.name, input.name.clone());
                    results.figures.insert(key, Err(reason));
                }
            }
        }
        for round in 0..rounds {
            for turn in &mut turns {
                turn.take(round, input);
            }
        }
        for turn in turns {
            let key = (turn.entry.name, input.name.clone());
            results.figures.insert(key, turn.figure());
        }
    }
    let small = inputs.iter().find(|input| input.name == "small");
    for input in inputs
        .iter()
        .filter(|i| ["large", "list"].contains(&&*i.name))
    {
        for entry in entries {
            let times = small.and_then(|small| memory(entry, small, input));
            if let Some(times) = times {
                results
                    .memory
                    .insert((entry.name, input.name.clone()), times);
            }
        }
    }
    results
}

/// Peak memory for one compilation, text and output included, above that of a process that has
/// compiled something small; as a multiple of the text.
fn memory(entry: &Entry, small: &Input, input: &Input) -> Option<f64> {
    let mut contestant = Contestant::start(entry).ok()?;
    let (path, _) = small.file(entry.syntax)?;
    contestant.run(path, 1, true).ok()?;
    let idle = contestant.peak().ok()?;
    let (path, length) = input.file(entry.syntax)?;
    let peak = contestant.run(path, 1, true).ok()?.peak;
    let above = peak.checked_sub(idle).filter(|_| peak > 0)?;
    Some(above as f64 / length as f64)
}

/// The turns of one contestant with one input.
struct Turns<'e> {
    entry: &'e Entry,
    contestant: Contestant,
    path: PathBuf,
    bytes: usize,
    /// How many compilations are one turn.
    times: u32,
    /// It takes part in every so many rounds.
    every: usize,
    taken: Vec<f64>,
    failed: Option<String>,
}

impl<'e> Turns<'e> {
    fn prepare(entry: &'e Entry, input: &Input, rounds: usize) -> Result<Self, String> {
        let mut contestant = Contestant::start(entry)?;
        let (path, bytes) = input.file(entry.syntax).ok_or("no such text")?;
        let first = contestant.run(path, 1, input.is_right)?.nanoseconds;
        // The first one pays for what is made on first use.
        let second = match first {
            0..TURN => contestant.run(path, 3, input.is_right)?.nanoseconds / 3,
            slow => slow,
        };
        let times = (TURN / second.max(1)).clamp(1, 100_000);
        let all = rounds as u64 * times * second;
        let turns = rounds as u64 * SHARE / all.max(SHARE);
        Ok(Self {
            entry,
            contestant,
            path: path.to_owned(),
            bytes,
            times: times as u32,
            every: (rounds / turns.max(3) as usize).max(1),
            taken: Vec::new(),
            failed: None,
        })
    }

    fn take(&mut self, round: usize, input: &Input) {
        if !round.is_multiple_of(self.every) || self.failed.is_some() {
            return;
        }
        match self.contestant.run(&self.path, self.times, input.is_right) {
            Ok(run) => self
                .taken
                .push(run.nanoseconds as f64 / f64::from(self.times)),
            Err(reason) => self.failed = Some(reason),
        }
    }

    fn figure(mut self) -> Result<Figure, String> {
        if let Some(reason) = self.failed {
            return Err(reason);
        }
        self.taken.sort_by(f64::total_cmp);
        let median = self.taken.get(self.taken.len() / 2);
        Ok(Figure {
            median: *median.ok_or("no round")?,
            bytes: self.bytes,
        })
    }
}

impl Results {
    /// One row a contestant, one column an input.
    pub fn print(&self) {
        let columns: Vec<&str> = self
            .inputs
            .iter()
            .filter(|(_, is_own)| !is_own)
            .map(|(name, _)| &**name)
            .collect();
        println!("\nMB/s of the contestant's own text, and its time as a multiple of filterc's:\n");
        print!("| {:18} | {:25} |", "", "does");
        for column in &columns {
            print!(" {column:>14} |");
        }
        println!();
        print!("|:{:-<18}-|:{:-<25}-|", "", "");
        for _ in &columns {
            print!("-{:->14}:|", "");
        }
        println!();
        self.print_sizes(&columns);
        let mut reasons = Vec::new();
        for entry in &self.entries {
            print!("| {:18} | {:25} |", entry.name, entry.does);
            for column in &columns {
                let figure = self.figure(entry.name, column);
                let own = self.figure("filterc", column);
                let cell = match figure.zip(own) {
                    Some((figure, own)) => {
                        let speed = figure.bytes as f64 * 1e3 / figure.median;
                        format!(
                            "{} {:>6}×",
                            digits(speed),
                            digits(figure.median / own.median)
                        )
                    }
                    None => {
                        let key = (entry.name, (*column).to_owned());
                        if let Some(Err(reason)) = self.figures.get(&key) {
                            reasons.push(format!("{} on {column}: {reason}", entry.name));
                        }
                        "-".to_owned()
                    }
                };
                print!(" {cell:>14} |");
            }
            println!();
        }
        println!();
        for reason in reasons {
            println!("- : {reason}");
        }
        println!(
            "\nPeak memory above the idle process, as a multiple of the text (large, list):\n"
        );
        for entry in &self.entries {
            let cell = |input| {
                let times = self.memory(entry.name, input);
                times.map_or("-".to_owned(), |times| format!("{times:.1}×"))
            };
            println!(
                "  {:18} {:>7} {:>7}",
                entry.name,
                cell("large"),
                cell("list")
            );
        }
    }

    fn print_sizes(&self, columns: &[&str]) {
        let row = |title: &str, value: &dyn Fn(&Figure) -> String| {
            print!("| {:18} | {title:25} |", "");
            for column in columns {
                let cell = self.figure("filterc", column).map_or("-".to_owned(), value);
                print!(" {cell:>14} |");
            }
            println!();
        };
        row("bytes (filterc)", &|figure| figure.bytes.to_string());
        row("µs (filterc)", &|figure| digits(figure.median / 1e3));
    }
}

/// Three digits, at least one of them behind the point of a small number.
pub fn digits(number: f64) -> String {
    match number {
        0.0..1.0 => format!("{number:.2}"),
        1.0..100.0 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}
