//! How far a long run is: one line on a terminal, written anew, and taken away at the end.
//!
//! Libraries that draw bars estimate rates with the mathematics of C, whose library every start of
//! the program would then wait for.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::terminal::DEFAULT_WIDTH;

/// Nothing is shown before that: most runs are over.
const FIRST: Duration = Duration::from_secs(1);
/// Between two lines.
const BETWEEN: Duration = Duration::from_millis(125);

pub(crate) struct Progress {
    /// In bytes, where it is known.
    size: Option<u64>,
    started: Instant,
    /// When the next line is due, if one is seen at all.
    due: Option<Duration>,
    /// In characters, of the line that stands there.
    drawn: usize,
}

impl Progress {
    /// `size`: how many bytes there are to be read, where it is known.
    pub(crate) fn new(size: Option<u64>, is_seen: bool) -> Self {
        Self {
            size,
            started: Instant::now(),
            due: is_seen.then_some(FIRST),
            drawn: 0,
        }
    }

    /// Shows how far it is, if that is due. `read`: in bytes. `counted`: `5 lines`.
    pub(crate) fn at(&mut self, read: u64, counted: impl FnOnce() -> String) {
        let elapsed = self.started.elapsed();
        if self.due.is_some_and(|due| elapsed >= due) {
            self.due = Some(elapsed + BETWEEN);
            self.draw(&line(read, self.size, elapsed, &counted()));
        }
    }

    /// Takes the line away, before something else is written or nothing follows.
    pub(crate) fn clear(&mut self) {
        if self.drawn > 0 {
            self.draw("");
        }
    }

    fn draw(&mut self, line: &str) {
        let size = terminal_size::terminal_size_of(io::stderr());
        let width = size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
        let line = within(width, line);
        let before = std::mem::replace(&mut self.drawn, line.chars().count());
        // Whether anybody sees it or not, the run goes on.
        let _ = write!(io::stderr(), "\r{line:before$}\r{line}");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// What stands on one line of a terminal of so many columns; in the last the cursor may wrap.
fn within(width: usize, line: &str) -> &str {
    let end = line.char_indices().nth(width.saturating_sub(1));
    end.and_then(|(end, _)| line.get(..end)).unwrap_or(line)
}

fn line(read: u64, size: Option<u64>, elapsed: Duration, counted: &str) -> String {
    let Some(size) = size.filter(|size| (1..=*size).contains(&read)) else {
        return format!("{counted}  {}", in_words(elapsed.as_secs()));
    };
    let percent = u128::from(read) * 100 / u128::from(size);
    let left = elapsed.as_millis() * u128::from(size - read) / u128::from(read) / 1000;
    let left = in_words(u64::try_from(left).unwrap_or(u64::MAX));
    format!("{percent:>3} %  {counted}  {left} left")
}

/// `5 s`, `2 min 5 s`, `1 h 0 min`
fn in_words(seconds: u64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_is_done_and_how_long_it_takes() {
        for (read, size, seconds, expected) in [
            (25, Some(100), 20, " 25 %  7 lines  1 min 0 s left"),
            (1, Some(1_000_000), 3, "  0 %  7 lines  833 h 19 min left"),
            (100, Some(100), 5, "100 %  7 lines  0 s left"),
            (50, None, 59, "7 lines  59 s"),
            (50, None, 3725, "7 lines  1 h 2 min"),
            // Nothing yet, or a file that grows: nothing can be said of what is left.
            (0, Some(100), 5, "7 lines  5 s"),
            (101, Some(100), 5, "7 lines  5 s"),
        ] {
            let elapsed = Duration::from_secs(seconds);
            assert_eq!(line(read, size, elapsed, "7 lines"), expected);
        }
    }

    #[test]
    fn a_line_does_not_wrap() {
        for (width, expected) in [(0, ""), (1, ""), (4, "7 l"), (8, "7 lines"), (9, "7 lines")] {
            assert_eq!(within(width, "7 lines"), expected);
        }
    }

    #[test]
    fn rows_are_counted_only_for_a_line_that_is_due_and_seen() {
        let is_counted = |is_seen, passed| {
            let mut progress = Progress::new(Some(10), is_seen);
            progress.started -= passed;
            let mut is_counted = false;
            progress.at(5, || {
                is_counted = true;
                String::new()
            });
            is_counted
        };
        assert!(is_counted(true, FIRST));
        assert!(!is_counted(true, Duration::ZERO));
        assert!(!is_counted(false, FIRST));
    }
}
