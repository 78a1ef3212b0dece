//! `filterc match` on rows that come slowly, never end, break off, or are wanted by nobody.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::process::{command, folder, run};

/// A run whose standard input stays open.
struct Open {
    child: Child,
    rows: ChildStdin,
    lines: Receiver<String>,
}

impl Open {
    fn new(arguments: &[&str]) -> Self {
        let mut child = command(["match"]).args(arguments).spawn().unwrap();
        let (sender, lines) = channel();
        let stdout: ChildStdout = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                sender.send(line.unwrap()).unwrap();
            }
        });
        Self {
            rows: child.stdin.take().unwrap(),
            child,
            lines,
        }
    }

    fn write(&mut self, rows: &str) {
        self.rows.write_all(rows.as_bytes()).unwrap();
        self.rows.flush().unwrap();
    }

    /// The next line that is printed, while more rows may come.
    #[track_caller]
    fn line(&self) -> String {
        let line = self.lines.recv_timeout(Duration::from_secs(20));
        line.unwrap()
    }
}

#[test]
fn what_has_arrived_is_printed_before_more_comes() {
    const ONE: &str = "{\"gender\":\"f\",\"n\":1}";
    const TWO: &str = "{\"gender\":\"f\",\"n\":2}";
    let (head, tail) = TWO.split_at(10);
    for steps in [
        // What is written, and what is printed then.
        [
            ("{}\n", ""),
            (&*format!("{ONE}\n{head}"), ONE),
            (&*format!("{tail}\n"), TWO),
        ],
        [("[", ""), (&*format!("{ONE},"), ONE), (TWO, TWO)],
        [
            ("{\"page\":1,\"data\":[", ""),
            (ONE, ONE),
            (&*format!(",{TWO}"), TWO),
        ],
        [
            ("n,gender\n", "n,gender"),
            ("1,f\n2,", "1,f"),
            ("f\n", "2,f"),
        ],
    ] {
        let mut open = Open::new(&["gender = f"]);
        for (written, printed) in steps {
            open.write(written);
            if !printed.is_empty() {
                assert_eq!(open.line(), printed, "{steps:?}");
            }
        }
        open.child.kill().unwrap();
        open.child.wait().unwrap();
    }
}

#[test]
fn a_wrong_filter_does_not_wait_for_rows() {
    let mut open = Open::new(&["gendr = f"]);
    let code = open.child.wait().unwrap().code();
    assert_eq!(code, Some(1));
}

#[test]
fn enough_rows_end_the_run_while_more_could_come() {
    let mut open = Open::new(&["gender = f", "--head", "1"]);
    open.write("{\"gender\":\"f\"}\n{\"gender\":\"f\"}\n");
    assert_eq!(open.line(), "{\"gender\":\"f\"}");
    assert_eq!(open.child.wait().unwrap().code(), Some(0));
    let mut open = Open::new(&["gender = f", "--strict"]);
    open.write("{\"gender\":\"f\"}\n{\n");
    assert_eq!(open.line(), "{\"gender\":\"f\"}");
    assert_eq!(open.child.wait().unwrap().code(), Some(1));
}

#[test]
fn rows_that_nobody_reads_end_the_run_quietly() {
    let mut child = command(["match", "gender = f"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut rows = child.stdin.take().unwrap();
    let writer =
        std::thread::spawn(move || while rows.write_all(b"{\"gender\":\"f\"}\n").is_ok() {});
    assert_eq!(child.wait().unwrap().code(), Some(0));
    writer.join().unwrap();
    let mut told = String::new();
    child.stderr.unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(told, "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let rows = "{\"gender\":\"f\"}\n";
    let mut command = command(["match", "gender = f"]);
    let told = run(command.stdout(Stdio::from(full.unwrap())), rows.as_bytes()).failed(2);
    assert!(
        told.starts_with("error: cannot write to standard output: "),
        "{told}"
    );
}

/// What could be unpacked is judged; that there was more is a failure.
#[test]
fn a_packed_file_that_breaks_off_fails_behind_its_last_whole_row() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let rows = "{\"gender\":\"f\"}\n".repeat(20_000);
    packed.write_all(rows.as_bytes()).unwrap();
    let mut packed = packed.finish().unwrap();
    packed.truncate(packed.len() / 2);
    let file = folder("match-cut").join("rows.ndjson.gz");
    std::fs::write(&file, &packed).unwrap();
    for from_file in [true, false] {
        let mut command = command(["match", "gender = f"]);
        let told = if from_file {
            run(command.arg("--data").arg(&file), b"")
        } else {
            run(&mut command, &packed)
        };
        assert_eq!(told.code, Some(2));
        assert!(told.stdout.len() > 30_000 && rows.starts_with(&told.stdout));
        assert!(
            told.stderr.contains("filterc::input::unreadable"),
            "{}",
            told.stderr
        );
        assert!(
            told.stderr.contains("damaged or cut off"),
            "{}",
            told.stderr
        );
    }
}

#[test]
fn a_row_that_is_too_long_is_told_and_those_behind_it_are_tried() {
    let long = format!("{{\"x\":\"{}\"}}", " ".repeat(100 << 20));
    let rows = format!("{{\"gender\":\"f\"}}\n{long}\n{{\"gender\":\"f\",\"n\":3}}\n{{\n");
    let told = run(&mut command(["match", "gender = f"]), rows.as_bytes());
    let expected = "{\"gender\":\"f\"}\n{\"gender\":\"f\",\"n\":3}\n";
    assert_eq!((told.code, told.stdout.as_str()), (Some(1), expected));
    assert!(
        told.stderr
            .contains("the row on line 2 cannot be read: it is longer than 64 MiB")
    );
    assert!(told.stderr.contains("the row on line 4 cannot be read"));
    assert!(told.stderr.ends_with("error: 2 of 4 rows cannot be read\n"));
    let rows = format!("[{{\"gender\":\"f\"}},{long},{{\"gender\":\"f\"}}]");
    let told = run(&mut command(["match", "gender = f"]), rows.as_bytes());
    assert_eq!(told.stdout.lines().count(), 1);
    assert!(
        told.stderr.contains("none behind it was tried"),
        "{}",
        told.stderr
    );
}
