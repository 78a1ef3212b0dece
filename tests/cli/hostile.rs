//! What a system does to a program: streams that fail, names that are no text, several programs at
//! one file. Never a panic, never a lost file, and an exit code that tells.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::process::{Run, command, feed, folder, project, run};

const ROWS: &[u8] = b"{\"gender\":\"f\"}\n";
const SAVED: &[u8] = br#"{"condition":"and","rules":[{"fieldName":"gender","conditionRules":{"operator":"in","value":["f"]}}]}"#;

/// Every way to have something on standard output, what it reads, and how it ends when nobody
/// wants to have it: with 1 where there was something to tell all the same.
const WRITERS: &[(&[&str], &[u8], i32)] = &[
    (&["gender = f"], b"", 0),
    (&["--pretty", "gender = f"], b"", 0),
    (&["--optimize", "-"], b"gender = f", 0),
    (&["--batch"], b"gender = f\ngender = m\n", 0),
    (&["--batch=json"], b"{\"filter\":\"gender = f\"}\n", 0),
    (&["check", "wrong.filter"], b"", 1),
    (&["check", "wrong.filter", "--error-format", "json"], b"", 1),
    (
        &["check", "wrong.filter", "--error-format", "github"],
        b"",
        1,
    ),
    (
        &["check", "wrong.filter", "--error-format", "sarif"],
        b"",
        1,
    ),
    (&["check", "fixable.filter", "--fix", "--diff"], b"", 0),
    (&["request", "audience.toml"], b"", 0),
    (&["request", "--estimate", "audience.toml"], b"", 0),
    (&["fmt"], b"gender==f", 0),
    (&["fmt", "--check", "ragged.filter"], b"", 0),
    (&["fmt", "--diff", "ragged.filter"], b"", 0),
    (&["fix"], b"gendr = f", 0),
    (&["fix", "--check", "fixable.filter"], b"", 0),
    (&["fix", "--diff", "fixable.filter"], b"", 0),
    (&["decompile"], SAVED, 0),
    (&["locate", "/rules/0", "gender = f"], b"", 0),
    (&["locate", "/rules/0", "gender = f", "--json"], b"", 0),
    (&["fingerprint", "gender = f"], b"", 0),
    (
        &["fingerprint", "--file", "ragged.filter", "fixed.filter"],
        b"",
        0,
    ),
    (&["match", "gender = f"], ROWS, 0),
    (&["match", "gender = f", "--count"], ROWS, 0),
    (&["match", "gender = f", "--explain"], ROWS, 0),
    (&["fields"], b"", 0),
    (&["fields", "--json"], b"", 0),
    (&["topics", "--topics", "topics.ndjson", "cloud"], b"", 0),
    (
        &["topics", "--topics", "topics.ndjson", "cloud", "--json"],
        b"",
        0,
    ),
    (&["catalog", "diff", "builtin", "catalog.json"], b"", 0),
    (&["config"], b"", 0),
    (&["config", "--json"], b"", 0),
    (&["explain"], b"", 0),
    (&["explain", "unknown_field"], b"", 0),
    (&["completions", "bash"], b"", 0),
    (&["man"], b"", 0),
    (&["--help"], b"", 0),
    (&["check", "--help"], b"", 0),
    (&["--version"], b"", 0),
];

fn account(name: &str) -> PathBuf {
    let ids = "organization_id = '8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20'\n\
               project_id = '1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11'\n";
    let audience = format!(
        "audience_name = 'A'\ntype = 'elixir'\nsegmentation_type = 'Persona'\n\
         renew_frequency = 'weekly'\nfilter = 'gender = f'\n{ids}"
    );
    project(
        name,
        &[
            ("wrong.filter", "gendr = = f\n"),
            ("fixable.filter", "gendr = f\n"),
            ("ragged.filter", "gender==f"),
            ("fixed.filter", "gender = f\n"),
            ("audience.toml", &audience),
            (
                "topics.ndjson",
                "{\"topic_id\":\"4eyes_1\",\"name\":\"Cloud\"}\n",
            ),
            (
                "catalog.json",
                r#"[{"field_key":"gender","data_type":"string","operators":["in"]}]"#,
            ),
        ],
    )
}

#[test]
fn whatever_cannot_be_written_to_a_full_disk_is_told() {
    let folder = account("hostile_full");
    for (arguments, stdin, _) in WRITERS {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut program = command(*arguments);
        let program = program.stdout(Stdio::from(full)).current_dir(&folder);
        let told = run(program, stdin).failed(2);
        let expected = "error: cannot write to standard output: No space left";
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
    for arguments in [
        &["--source-map", "/dev/full", "gender = f"][..],
        &["--source-map", "no/folder", "gender = f"],
    ] {
        let told = run(&mut command(arguments), b"").failed(2);
        assert!(told.starts_with("error: cannot write `"), "{told}");
    }
}

#[test]
fn whatever_nobody_reads_ends_quietly() {
    let folder = account("hostile_closed");
    for (arguments, stdin, code) in WRITERS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut program = command(*arguments);
        let program = program.stdout(writer).current_dir(&folder);
        let mut child = program.spawn().unwrap();
        feed(&mut child, stdin);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {told}");
        assert!(!told.contains("cannot write"), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
    }
}

/// Every command is among the writers above: one that is new has to be put there.
#[test]
fn every_command_is_tried() {
    let help = run(&mut command(["--help"]), b"").done();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let mut count = 0;
    for name in commands.filter_map(|line| line.split_whitespace().next()) {
        let is_tried = WRITERS.iter().any(|(arguments, ..)| arguments[0] == name);
        assert!(is_tried || name == "help", "{name}");
        count += 1;
    }
    assert!(count > 10, "{help}");
}

// ---- Names -------------------------------------------------------------------------------------

/// Names that end a line, begin a command, clear a screen or are no text.
const NAMES: [&[u8]; 6] = [
    b"a\n::error::b.filter",
    b"caf\xE8.filter",
    b"caf\xE9.filter",
    b"clear\x1B[2J.filter",
    b"%0A::warning::,:.filter",
    b"\xE2\x80\xAEright.filter",
];

fn name(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.to_vec())
}

fn named(test: &str, text: &str) -> PathBuf {
    let folder = folder(test);
    for bytes in NAMES {
        fs::write(folder.join(name(bytes)), text).unwrap();
    }
    folder
}

/// What it wrote, to both streams, without anything that a terminal acts on.
fn harmless(folder: &Path, arguments: &[&str]) -> Run {
    let told = run(command(arguments).current_dir(folder), b"");
    let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
    assert!(!told.stdout.contains(acts), "{arguments:?}: {told:?}");
    assert!(!told.stderr.contains(acts), "{arguments:?}: {told:?}");
    told
}

#[test]
fn in_no_format_does_a_name_end_a_line_or_steer_a_terminal() {
    let folder = named("hostile_names", "gendr = f\n");
    let lines = |format: &str| {
        let told = harmless(&folder, &["check", "--error-format", format, "."]);
        assert_eq!(told.code, Some(1), "{told:?}");
        told.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let problem = "error[filterc::check::unknown_field]: there is no field `gendr`";
    let short = lines("short");
    assert_eq!(short.len(), NAMES.len());
    assert!(short.iter().all(|line| line.contains(problem)), "{short:?}");
    let shown: Vec<&str> = short
        .iter()
        .filter_map(|line| line.split(":1:1: ").next())
        .collect();
    assert_eq!(
        shown,
        [
            "%0A::warning::,:.filter",
            r"a\n::error::b.filter",
            r"caf\xE8.filter",
            r"caf\xE9.filter",
            r"clear\u{1B}[2J.filter",
            r"\u{202E}right.filter",
        ]
    );

    let human = lines("human");
    assert_eq!(
        human.iter().filter(|line| **line == problem).count(),
        NAMES.len()
    );
    assert!(human.iter().all(|line| !line.starts_with("::")));

    let json = lines("json");
    let sources = json.iter().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["source"].as_str().unwrap().to_owned()
    });
    let sources: Vec<String> = sources.collect();
    assert_eq!(sources.len(), NAMES.len());
    assert!(sources.contains(&"a\n::error::b.filter".to_owned()));

    let sarif: Value = serde_json::from_str(&lines("sarif").join("\n")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), NAMES.len());

    let github = lines("github");
    assert_eq!(github.len(), NAMES.len(), "{github:?}");
    for line in github {
        assert!(line.starts_with("::error file="), "{line}");
        assert_eq!(line.matches("::").count(), 2, "{line}");
    }
}

#[test]
fn files_are_rewritten_whatever_their_names() {
    let folder = named("hostile_fmt", "gender==f");
    let listed = harmless(&folder, &["fmt", "--check", "."]);
    assert_eq!(
        (listed.code, listed.stdout.lines().count()),
        (Some(1), NAMES.len())
    );
    let shown = harmless(&folder, &["fmt", "--diff", "."]);
    assert_eq!(shown.stdout.matches("\n+gender = f\n").count(), NAMES.len());
    let done = harmless(&folder, &["fmt", "."]);
    assert_eq!(
        (done.code, done.stderr.as_str()),
        (Some(0), "formatted 6 of 6 files\n")
    );

    let fixed = named("hostile_fix", "gendr = f\n");
    let done = harmless(&fixed, &["fix", "."]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.stderr.starts_with("fixed 6 problems in 6 files\n"),
        "{done:?}"
    );
    for folder in [folder, fixed] {
        for bytes in NAMES {
            let text = fs::read_to_string(folder.join(name(bytes))).unwrap();
            assert_eq!(text, "gender = f\n");
        }
        assert_eq!(fs::read_dir(folder).unwrap().count(), NAMES.len());
    }
}

/// What can only be named by an argument.
#[test]
fn a_hostile_name_as_an_argument_is_shown_harmless() {
    let folder = named("hostile_arguments", "gendr = f\n");
    let acts = |c: char| c.is_control() && c != '\n';
    for bytes in NAMES {
        for way in [
            &["--file"][..],
            &["request"],
            &["locate", "/rules", "--file"],
            &["fingerprint", "--file"],
            &["decompile"],
            &["--topics"],
            &["fields", "--catalog"],
            &["--config"],
            &["match", "gender = f", "--data"],
        ] {
            for missing in ["", "missing"] {
                let mut file = OsString::from(missing);
                file.push(name(bytes));
                let mut program = command(way);
                let told = run(program.arg(&file).current_dir(&folder), b"");
                assert!(told.code.is_some_and(|code| code <= 2), "{told:?}");
                assert!(!told.stderr.is_empty(), "{way:?} {file:?}");
                assert!(
                    !told.stderr.contains(acts),
                    "{way:?} {file:?}: {}",
                    told.stderr
                );
                assert!(
                    told.stderr.lines().all(|line| !line.starts_with("::")),
                    "{way:?} {file:?}: {}",
                    told.stderr
                );
            }
        }
    }
}

#[test]
fn a_fingerprint_of_a_file_is_one_line() {
    let folder = named("hostile_fingerprint", "gender = f\n");
    let mut program = command(["fingerprint", "--file"]);
    let told = run(program.args(NAMES.map(name)).current_dir(&folder), b"").done();
    assert_eq!(told.lines().count(), NAMES.len(), "{told:?}");
    assert!(!told.contains('\u{1B}'), "{told:?}");
}

// ---- Files -------------------------------------------------------------------------------------

#[test]
fn a_file_that_cannot_be_written_stays_and_the_others_are_done() {
    for (command_line, told) in [
        (&["fmt", "."][..], "formatted 1 of 2 files"),
        (&["fix", "."], "fixed 1 problem in 1 file"),
        (&["check", "--fix", "."], "fixed 1 problem in 1 file"),
    ] {
        let text = "gendr==f\n";
        let files = [("a.filter", text), ("b.filter", text)];
        let folder = project("hostile_read_only", &files);
        let locked = folder.join("a.filter");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).unwrap();
        let run = run(command(command_line).current_dir(&folder), b"");
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.stderr.contains("error: cannot write `a.filter`"),
            "{run:?}"
        );
        assert!(run.stderr.contains("it is as it was"), "{run:?}");
        assert!(run.stderr.contains(told), "{run:?}");
        assert_eq!(fs::read_to_string(&locked).unwrap(), text);
        assert_ne!(fs::read_to_string(folder.join("b.filter")).unwrap(), text);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    }
}

/// Each of them does it, or finds it done.
#[test]
fn several_at_one_file_leave_it_whole() {
    let folder = folder("hostile_several");
    let ragged = "gender==f and\n".repeat(300) + "gender==m";
    let path = folder.join("a.filter");
    fs::write(&path, &ragged).unwrap();
    assert_eq!(
        run(command(["fmt", "."]).current_dir(&folder), b"").code,
        Some(0)
    );
    let neat = fs::read_to_string(&path).unwrap();
    assert_ne!(neat, ragged);
    for _ in 0..10 {
        fs::write(&path, &ragged).unwrap();
        let children: Vec<_> = (0..6)
            .map(|_| command(["fmt", "."]).current_dir(&folder).spawn().unwrap())
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{output:?}");
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), neat);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}
