//! A contestant: a process that compiles what it is told to, as often as it is told.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::syntax::Syntax;

/// What is known of a contestant before it runs.
#[derive(Clone)]
pub struct Entry {
    pub name: &'static str,
    /// How much of the job it does.
    pub does: &'static str,
    pub syntax: Syntax,
    pub command: Vec<String>,
}

/// What a run took.
#[derive(Clone, Copy)]
pub struct Run {
    pub nanoseconds: u64,
    /// That of what came out, in the contestant's own measure.
    pub size: u64,
    /// The most memory that the process has had so far, in bytes.
    pub peak: u64,
}

pub struct Contestant {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<String>,
}

/// Longer than this none is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

impl Contestant {
    pub fn start(entry: &Entry) -> Result<Self, String> {
        let (program, arguments) = entry.command.split_first().ok_or("no command")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let requests = child.stdin.take().ok_or("no input")?;
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            requests,
            answers,
        })
    }

    /// Compiles the text of a file so many times.
    pub fn run(&mut self, path: &Path, times: u32, is_right: bool) -> Result<Run, String> {
        let wanted = if is_right { "ok" } else { "error" };
        let run = self.ask(&format!("run {times} {wanted} {}", path.display()))?;
        if is_right && run.size == 0 {
            return Err("nothing came out".to_owned());
        }
        Ok(run)
    }

    /// The most memory that it has had so far.
    pub fn peak(&mut self) -> Result<u64, String> {
        self.ask("peak").map(|run| run.peak)
    }

    fn ask(&mut self, request: &str) -> Result<Run, String> {
        // One that has ended takes no request: its answers then end too.
        let _ = writeln!(self.requests, "{request}").and_then(|()| self.requests.flush());
        let answer = match self.answers.recv_timeout(PATIENCE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                return Err(format!("no answer within {} s", PATIENCE.as_secs()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let ended = self.child.wait();
                return Err(ended.map_or_else(|error| error.to_string(), |end| end.to_string()));
            }
        };
        let Some(numbers) = answer.strip_prefix("took ") else {
            return Err(answer.trim_start_matches("cannot ").to_owned());
        };
        let numbers: Vec<u64> = numbers.split(' ').flat_map(str::parse).collect();
        match numbers[..] {
            [nanoseconds, size, peak] => Ok(Run {
                nanoseconds,
                size,
                peak,
            }),
            _ => Err("an answer that is none".to_owned()),
        }
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
