//! Completion scripts and the manual page.

use super::process::filterc;

#[test]
fn every_shell_has_a_script_with_commands_and_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = filterc(&["completions", shell]).done();
        for word in ["explain", "deny-warnings", "error-format", "audience"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        // Commands come first, not after an expression; `locate`, `fingerprint` and `match` have one.
        assert!(script.matches("::expression").count() <= 3, "{shell}");
    }
    let told = filterc(&["completions", "bsh"]).failed(2);
    assert!(told.contains("a similar value exists: 'bash'"), "{told}");
}

#[test]
fn the_manual_page_has_all_sections_and_commands() {
    let page = filterc(&["man"]).done();
    let title = page.lines().find(|line| line.starts_with(".TH ")).unwrap();
    assert!(title.starts_with(".TH filterc 1 "), "{title}");
    let headings: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .map(|heading| heading.trim_matches('"'))
        .collect();
    assert_eq!(
        headings,
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "INPUT",
            "OUTPUT",
            "ACCOUNT",
            "DIAGNOSTICS",
            "HELP",
            "COMMANDS",
            "EXIT STATUS",
            "EXAMPLES"
        ]
    );
    let commands = [
        "check",
        "request",
        "fmt",
        "fix",
        "decompile",
        "locate",
        "fingerprint",
        "match",
        "fields",
        "topics",
        "catalog diff",
        "config",
        "explain",
        "completions",
        "man",
    ];
    assert_eq!(page.matches(".SS ").count(), commands.len());
    for command in commands {
        let heading = format!(".SS \"filterc {command} ");
        assert_eq!(page.matches(&heading).count(), 1, "{command}");
    }
}
