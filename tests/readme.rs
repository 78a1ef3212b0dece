//! The commands of the README and of the guides are run and print what the page shows; the
//! README's examples compile.
//!
//! `README_UPDATE=1 cargo test --test readme` writes the output into the page.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs each `$ command` of a page's `console` blocks in a shell, from the root of the
/// repository, and puts what it prints, stdout and stderr in the order written, under the command.
#[test]
fn commands_print_what_the_pages_show() {
    let mut commands = 0;
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        let shown = shown(&page, &mut commands);
        if std::env::var_os("README_UPDATE").is_some() {
            std::fs::write(&path, &shown).unwrap();
            continue;
        }
        for (on_the_page, printed) in page.lines().zip(shown.lines()) {
            assert_eq!(
                on_the_page,
                printed,
                "{}: left: the page; right: what is printed",
                path.display()
            );
        }
        assert_eq!(page.lines().count(), shown.lines().count());
    }
    assert!(commands >= 25, "only {commands} commands found");
}

/// The README and the guides.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![Path::new(ROOT).join("README.md")];
    let guides = std::fs::read_dir(Path::new(ROOT).join("docs")).unwrap();
    let guides = guides.map(|entry| entry.unwrap().path());
    pages.extend(guides.filter(|path| path.extension().is_some_and(|it| it == "md")));
    assert!(pages.len() >= 4, "{pages:?}");
    pages
}

fn shown(page: &str, commands: &mut usize) -> String {
    let mut shown = String::new();
    let mut in_console = false;
    for line in page.lines() {
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if line.starts_with("```") {
            in_console = line == "```console";
        }
        if !in_console || line.starts_with("```") || command.is_some() {
            shown.push_str(line);
            shown.push('\n');
        }
        if let Some(command) = command {
            *commands += 1;
            shown.push_str(&run(command));
        }
    }
    shown
}

/// The hook and the jobs of the guide, as they are written, in a project of its own: they pass,
/// and fail once a filter is wrong.
#[test]
fn hooks_and_jobs_check_a_project() {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("project");
    let _ = std::fs::remove_dir_all(&project);
    let audiences = project.join("audiences");
    std::fs::create_dir_all(&audiences).unwrap();
    for file in ["intents.toml", "elixir.toml", "agency.filter"] {
        let example = Path::new(ROOT).join("examples").join(file);
        std::fs::copy(example, audiences.join(file)).unwrap();
    }
    let guide = std::fs::read_to_string(Path::new(ROOT).join("docs/ci.md")).unwrap();
    let jobs = guide
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- run: "));
    let hook = guide
        .split("#!/bin/sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next();
    let commands: Vec<&str> = jobs.chain(hook).collect();
    assert!(commands.len() >= 3, "{commands:?}");
    let passes = |command: &str| shell(command, &project).status.success();
    for command in &commands {
        assert!(passes(command), "{command}");
    }
    std::fs::write(audiences.join("vps.filter"), "senority = vp").unwrap();
    for command in &commands {
        assert!(!passes(command), "{command}");
    }
}

/// A page links to what there is.
#[test]
fn links_lead_somewhere() {
    let mut links = 0;
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        for link in page.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.starts_with("http") {
                continue;
            }
            links += 1;
            let target = path.with_file_name(target);
            assert!(target.exists(), "{}: {}", path.display(), target.display());
        }
    }
    assert!(links >= 5, "only {links} links found");
}

fn run(command: &str) -> String {
    let output = shell(&format!("{{ {command}\n}} 2>&1"), Path::new(ROOT));
    let mut printed = String::from_utf8(output.stdout).unwrap();
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    printed
}

/// Runs a command in a folder, with the program on the path.
fn shell(command: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_filterc"));
    let mut folders = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap()
}

/// All `.filter` files of `examples/` but the one that is wrong on purpose.
#[test]
fn example_filters_compile_without_warnings() {
    let mut compiled = 0;
    for entry in std::fs::read_dir(Path::new(ROOT).join("examples")).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "filter")
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let result = filterc::Compiler::new().compile(&text);
        if path.ends_with("wrong.filter") {
            assert_eq!(result.unwrap_err().problems().len(), 5);
        } else {
            assert_eq!(result.unwrap().warnings(), [], "{}", path.display());
            compiled += 1;
        }
    }
    assert!(compiled >= 6, "only {compiled} example filters");
}

/// The text of the page's language section, and every `f …` form of its table.
#[test]
fn the_language_section_compiles() {
    let page = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let (_, from_block) = page.split_once("```text\n").unwrap();
    let (text, after_block) = from_block.split_once("```").unwrap();
    filterc::compile(text).unwrap();

    let (table, _) = after_block.split_once("- **Values**").unwrap();
    let mut forms = 0;
    for row in table.lines().filter(|line| line.starts_with("| `f ")) {
        let written = row.split('|').nth(1).unwrap();
        for form in written
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|form| form.starts_with("f "))
        {
            if form.contains('…') {
                continue;
            }
            let text = match form {
                _ if form.contains('<') || form.contains("between") => form
                    .replacen('f', "company_employee_count", 1)
                    .replace("a and b", "1 and 2")
                    .replace(" v", " 5"),
                _ => form.replacen("f ", "job_title ", 1),
            };
            assert!(filterc::compile(&text).is_ok(), "{form}: {text}");
            forms += 1;
        }
    }
    assert!(forms >= 15, "only {forms} forms found");
}
