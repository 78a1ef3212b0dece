//! Streams that end early or cannot be written to: no panic, and an exit code that tells.

use std::io::Read;
use std::process::Stdio;

use super::process::{command, feed};

/// Its JSON is far larger than the buffer of a pipe.
fn long_expression() -> String {
    let titles: Vec<_> = (0..100_000)
        .map(|number| format!("title{number}"))
        .collect();
    format!("job_title in ({})", titles.join(", "))
}

#[test]
fn a_pipe_closed_early_ends_quietly() {
    let mut child = command(["-"]).spawn().unwrap();
    feed(&mut child, long_expression().as_bytes());
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_closed_standard_error_hides_problems_but_not_the_exit_code() {
    let mut child = command(["-"]).spawn().unwrap();
    drop(child.stderr.take());
    feed(&mut child, b"senority = vp");
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn where_problems_cannot_be_written_the_exit_code_tells() {
    for (arguments, code) in [(["senority = vp"], 1), (["--nonsense"], 2)] {
        let full = std::fs::File::create("/dev/full").unwrap();
        let mut program = command(arguments);
        let status = program.stderr(Stdio::from(full)).output().unwrap().status;
        assert_eq!(status.code(), Some(code));
    }
}
