//! Help, and what is said to wrong arguments.

use super::process::{filterc, folder};

#[test]
fn help() {
    insta::assert_snapshot!(filterc(&["--help"]).done());
}

#[test]
fn help_of_fields() {
    insta::assert_snapshot!(filterc(&["fields", "--help"]).done());
}

#[test]
fn short_help_is_the_beginning_of_help() {
    let short = filterc(&["-h"]).done();
    let long = filterc(&["--help"]).done();
    assert!(long.starts_with(&short) && long.len() > short.len());
    assert!(!short.contains("Examples:"));
    assert_eq!(filterc(&["help"]).done(), long);
}

#[test]
fn the_examples_of_the_help_work() {
    let folder = folder("examples");
    std::fs::write(folder.join("eu.filter"), "topic = 4eyes_115481").unwrap();
    let help = filterc(&["--help"]).done();
    let commands: Vec<_> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  filterc "))
        .collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let program = env!("CARGO_BIN_EXE_filterc");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("'{program}' {command}")]);
        let output = shell.current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{command}: {output:?}");
    }
    let written = std::fs::read_to_string(folder.join("eu.json")).unwrap();
    assert!(written.starts_with('{'));
}

#[test]
fn version() {
    let expected = format!("filterc {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(filterc(&["--version"]).done(), expected);
    assert_eq!(filterc(&["-V"]).done(), expected);
}

#[test]
fn an_expression_of_several_arguments_is_told_to_be_quoted() {
    let told = filterc(&["topic", "=", "Cloud Computing"]).failed(2);
    assert_eq!(
        told,
        "error: an expression is one argument, but there are 3\n\n  \
         tip: quote it for the shell: filterc 'topic = \"Cloud Computing\"'\n\n\
         For more information, try '--help'.\n"
    );
    let told = filterc(&["company_name", "=", "Moe's"]).failed(2);
    assert!(
        told.contains(r"filterc 'company_name = Moe'\''s'"),
        "{told}"
    );
}

#[test]
fn a_misspelt_command_is_recognised() {
    let told = filterc(&["explian", "unknown_field"]).failed(2);
    assert!(told.contains("did you mean the command `filterc explain unknown_field`?"));
}

#[test]
fn files_are_compiled_one_at_a_time() {
    let file = folder("several").join("a.filter");
    std::fs::write(&file, "seniority = vp").unwrap();
    let file = file.to_str().unwrap();
    let told = filterc(&[file, file]).failed(2);
    assert!(told.contains("files are compiled one at a time"), "{told}");
}

#[test]
fn what_stands_before_a_command_is_not_ignored() {
    let told = filterc(&["--pretty", "fields"]).failed(2);
    assert!(
        told.contains("`--pretty` cannot stand before the command `fields`"),
        "{told}"
    );
    let told = filterc(&["seniority = vp", "fields"]).failed(2);
    assert!(
        told.contains("an expression cannot stand before the command `fields`"),
        "{told}"
    );
    // Where it means the same, it may.
    filterc(&["--color", "never", "fields"]).done();
}

#[test]
fn the_name_of_a_command_is_an_expression_after_two_dashes() {
    let told = filterc(&["--error-format", "short", "--", "fields"]).failed(1);
    assert!(told.starts_with("<expression>:1:1: error["), "{told}");
    let told = filterc(&["--", "-x = 1"]).failed(1);
    assert!(told.starts_with("error[filterc::"), "{told}");
}

#[test]
fn arguments_that_exclude_each_other() {
    for arguments in [
        &["--pretty", "--compact", "seniority = vp"][..],
        &["--file", "a.filter", "seniority = vp"],
        &["--file", "a.filter", "--file", "b.filter"],
        &["--error-format", "xml", "seniority = vp"],
        &["--nonsense"],
        &["explain", "a", "b"],
    ] {
        let told = filterc(arguments).failed(2);
        assert!(told.starts_with("error: "), "{arguments:?}: {told}");
    }
}
