//! The pages of codes that only the program makes: their examples are commands, and do what the
//! page claims.

use std::process::Command;

use filterc::explain::{Page, pages};

fn shell(command: &str) -> std::process::Output {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_filterc"));
    let mut folders = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    // In a folder of its own, since some of them write, with the examples beside it.
    let folder = super::process::folder("pages");
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let script = format!("cp -r '{}' examples\n{command}", examples.display());
    Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .output()
        .unwrap()
}

fn is_of_the_program(page: &Page) -> bool {
    let code = page.code();
    code.starts_with("filterc::input::")
        || code.starts_with("filterc::batch::")
        || code == "filterc::estimate::no_filter"
}

#[test]
fn examples_of_the_programs_own_codes_are_what_they_claim_to_be() {
    let mut tried = 0;
    for page in pages().filter(is_of_the_program) {
        for command in page.wrong() {
            let output = shell(&command);
            let said =
                String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            // Nothing is forbidden to root.
            let is_root = page.code().ends_with("permission_denied") && output.status.success();
            assert!(is_root || said.contains(page.code()), "{command}{said}");
            tried += 1;
        }
        for command in page.right() {
            let output = shell(&command);
            assert!(output.status.success(), "{command}{output:?}");
        }
    }
    assert!(tried >= 9, "only {tried} examples");
}
