//! `filterc fix`: what is written where, what is left alone, and what is told of it.

use std::fs;

use crate::process::{command, filterc_in, project, run};

const WRONG: &str = "senority in [vp] and gender = f or gender = m # kept\n";
const RIGHT: &str = "(seniority in (vp) and gender = f) or gender = m # kept\n";

#[test]
fn standard_input_goes_to_standard_output() {
    for arguments in [&["fix"][..], &["fix", "-"]] {
        let fixed = run(&mut command(arguments), WRONG.as_bytes());
        assert_eq!(fixed.done(), RIGHT);
    }
    let listed = run(&mut command(["fix", "--check"]), WRONG.as_bytes());
    assert_eq!(
        (listed.code, listed.stdout.as_str()),
        (Some(1), "<stdin>\n")
    );
    let unchanged = run(&mut command(["fix", "--check"]), RIGHT.as_bytes());
    assert_eq!(unchanged.done(), "");
}

#[test]
fn what_is_left_of_standard_input_is_reported_beside_the_text() {
    let mut command = command(["fix", "--error-format", "short"]);
    let left = run(&mut command, b"gendre = f and seniority = boss");
    assert_eq!(left.code, Some(1));
    assert_eq!(left.stdout, "gender = f and seniority = boss");
    let problem = "<stdin>:1:28: error[filterc::check::unknown_option]";
    assert!(left.stderr.starts_with(problem), "{}", left.stderr);
}

#[test]
fn files_are_written_in_place_listed_or_shown() {
    let folder = project(
        "fix",
        &[
            ("a.filter", WRONG),
            ("b.filter", "salary > 5\n"),
            ("c.filter", RIGHT),
        ],
    );
    let text = |name| fs::read_to_string(folder.join(name)).unwrap();
    let listed = filterc_in(&folder, &["fix", "--check", "."]);
    assert_eq!(
        (listed.code, listed.stdout.as_str()),
        (Some(1), "a.filter\n")
    );
    let shown = filterc_in(&folder, &["fix", "--diff", "."]);
    assert_eq!(shown.code, Some(1));
    let diff = format!("--- a.filter\n+++ a.filter\n@@ -1 +1 @@\n-{WRONG}+{RIGHT}");
    assert_eq!(shown.stdout, diff);
    assert_eq!(text("a.filter"), WRONG);

    let fixed = filterc_in(&folder, &["fix", "."]);
    assert_eq!((fixed.code, fixed.stdout.as_str()), (Some(1), ""));
    for part in [
        "fixed 3 problems in 1 file\n",
        "b.filter:1:1",
        "error: checked 3 filters: 1 error in 1 file\n",
    ] {
        assert!(fixed.stderr.contains(part), "{}", fixed.stderr);
    }
    assert_eq!(
        (text("a.filter"), text("b.filter")),
        (RIGHT.to_owned(), "salary > 5\n".to_owned())
    );
    fs::remove_file(folder.join("b.filter")).unwrap();
    let again = filterc_in(&folder, &["fix", "."]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_every_mode() {
    let folder = project("fix_unread", &[("a.filter", RIGHT)]);
    for mode in [&[][..], &["--check"], &["--diff"]] {
        let arguments = [&["fix", "a.filter", "none.filter"], mode].concat();
        let told = filterc_in(&folder, &arguments).failed(2);
        let times = told.matches("cannot read `none.filter`").count();
        assert_eq!(times, 1, "{mode:?}: {told}");
    }
}
