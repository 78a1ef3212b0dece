//! When there is colour. A test has no terminal: what one changes is tested in the program.

use super::process::{command, filterc, run};

const ESCAPE: char = '\u{1b}';

/// Whether a run is in colour, on either stream.
fn is_colored(arguments: &[&str], variables: &[(&str, &str)]) -> bool {
    let mut program = command(arguments);
    program.envs(variables.iter().copied());
    let run = run(&mut program, b"");
    assert_ne!(run.stdout.len() + run.stderr.len(), 0);
    (run.stdout + &run.stderr).contains(ESCAPE)
}

#[test]
fn problems_are_in_colour_where_it_is_asked_for() {
    let wrong = "senority = vp";
    assert!(!is_colored(&[wrong], &[]));
    assert!(is_colored(&[wrong, "--color", "always"], &[]));
    assert!(is_colored(&["--color=always", wrong], &[("NO_COLOR", "1")]));
    assert!(is_colored(&[wrong], &[("CLICOLOR_FORCE", "1")]));
    assert!(is_colored(
        &[wrong],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]
    ));
    assert!(!is_colored(
        &[wrong],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(!is_colored(
        &[wrong, "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    // After `--` it is no option.
    assert!(!is_colored(&["--", "--color=always"], &[]));
}

#[test]
fn help_wrong_arguments_and_pages_follow_too() {
    for arguments in [
        &["--help"][..],
        &["fields", "--help"],
        &["--nonsense"],
        &["a", "=", "b"],
        &["--file", "no/such.filter"],
        &["explain", "unknown_field"],
        &["explain"],
        &["fields", "no such field"],
    ] {
        let colored = |choice| is_colored(&[arguments, &["--color", choice]].concat(), &[]);
        assert!(colored("always"), "{arguments:?}");
        assert!(!colored("never"), "{arguments:?}");
        assert!(!colored("auto"), "{arguments:?}");
    }
}

#[test]
fn machines_get_none() {
    let wrong = "senority = vp";
    for format in ["short", "json"] {
        assert!(!is_colored(
            &[wrong, "--color=always", "--error-format", format],
            &[]
        ));
    }
    assert!(
        !filterc(&["fields", "--json", "--color=always"])
            .done()
            .contains(ESCAPE)
    );
    assert!(
        !filterc(&["seniority = vp", "--color=always"])
            .done()
            .contains(ESCAPE)
    );
}
