//! `filterc fix`: what is written where, what is left alone, and what is told of it.

use std::fs;

use crate::process::{command, filterc_in, project, run};

const WRONG: &str = "senority in [vp] and gender = f and emial is null # kept\n";
const RIGHT: &str = "seniority in (vp) and gender = f and email is null # kept\n";

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

/// What is no filter is not rewritten by guesses, neither by `fix` nor by `check --fix`.
#[test]
fn a_file_that_may_be_no_filter_stays_as_it_is() {
    const JSON: &str = "{\"rules\": [{\"fieldName\": \"gender\"}]}\n";
    const PROSE: &str =
        "# Check \u{201C}filters\u{201D}\nseniority in [vp] && all is well, or so\n";
    const ROWS: &str = "name,senority = vp,\n";
    let files = [
        ("saved.json", JSON),
        ("rows.ndjson", "{\"a\": 1}\n{\"a\": 2,}\n"),
        ("named.filter", JSON),
        ("ci.md", PROSE),
        ("rows.csv", ROWS),
        ("Cargo.toml", "[package]\nname = demo\n"),
        (
            "inline.toml",
            "audience_name = 'A'\nfilter = '{\"rules\": [1]}'\n",
        ),
        ("by_name.toml", "filter_file = 'ci.md'\n"),
    ];
    let folder = project("fix_no_filter", &files);
    for (name, text) in files {
        for arguments in [
            &["fix", name][..],
            &["check", "--fix", name],
            &["fix", "--diff", name],
        ] {
            let run = filterc_in(&folder, arguments);
            let is_shown = arguments.contains(&"--diff") && run.code == Some(0);
            assert!(is_shown || matches!(run.code, Some(1 | 2)), "{run:?}");
            assert!(
                !run.stderr.contains("fixed "),
                "{arguments:?}: {}",
                run.stderr
            );
            assert_eq!(
                fs::read_to_string(folder.join(name)).unwrap(),
                text,
                "{arguments:?}"
            );
        }
    }
    assert_eq!(fs::read_to_string(folder.join("ci.md")).unwrap(), PROSE);
    let told = filterc_in(&folder, &["fix", "ci.md"]).failed(1);
    assert!(told.starts_with("`ci.md` is left as it is: "), "{told}");
    filterc_in(&folder, &["fix", "--check", "ci.md"]).failed(1);
    let told = filterc_in(&folder, &["fix", "saved.json"]).failed(2);
    assert!(told.contains("error[filterc::input::is_json]"), "{told}");
    let told = run(&mut command(["fix"]), JSON.as_bytes()).failed(2);
    assert!(told.contains("standard input is JSON"), "{told}");
}

/// A name says nothing against a text that is a filter once it is fixed.
#[test]
fn a_file_of_any_name_is_fixed_where_that_leaves_no_error() {
    let folder = project(
        "fix_any_name",
        &[
            ("a.txt", WRONG),
            ("b.filter", "gendre = f and salary > 5\n"),
        ],
    );
    let fixed = filterc_in(&folder, &["fix", "a.txt"]);
    assert_eq!(fixed.code, Some(0), "{}", fixed.stderr);
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), RIGHT);
    filterc_in(&folder, &["fix", "b.filter"]).failed(1);
    let text = fs::read_to_string(folder.join("b.filter")).unwrap();
    assert_eq!(text, "gender = f and salary > 5\n");
}
