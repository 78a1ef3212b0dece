//! Imports point one way, as the crate docs draw it: no pass knows another, data knows no pass.
//!
//! Reads the sources of the library. A new module has to be given its place here.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the library may name of the others; `compile` and the root may name all.
const LAYERS: &[(&str, &[&str])] = &[
    ("blank", &["suggest"]),
    ("bytes", &[]),
    ("span", &[]),
    ("suggest", &[]),
    ("invisible", &[]),
    ("one_or_more", &[]),
    ("wire", &["bytes", "one_or_more"]),
    ("explain", &["diagnostic"]),
    ("names", &["bytes"]),
    ("decimal", &[]),
    ("moment", &[]),
    ("row", &[]),
    ("syntax", &["span"]),
    ("format", &["span", "syntax"]),
    ("json", &["diagnostic", "span"]),
    ("keys", &["diagnostic", "span", "suggest"]),
    (
        "catalog",
        &["diagnostic", "json", "names", "span", "suggest", "wire"],
    ),
    (
        "topics",
        &["diagnostic", "json", "names", "span", "suggest"],
    ),
    (
        "filter",
        &[
            "catalog",
            "decimal",
            "moment",
            "one_or_more",
            "span",
            "wire",
        ],
    ),
    ("diagnostic", &["span"]),
    ("levels", &["diagnostic", "explain", "suggest"]),
    ("render", &["diagnostic", "explain", "invisible", "span"]),
    (
        "parse",
        &[
            "blank",
            "bytes",
            "decimal",
            "diagnostic",
            "invisible",
            "json",
            "span",
            "suggest",
            "syntax",
        ],
    ),
    (
        "check",
        &[
            "blank",
            "bytes",
            "catalog",
            "decimal",
            "diagnostic",
            "filter",
            "moment",
            "one_or_more",
            "span",
            "suggest",
            "syntax",
            "topics",
            "wire",
        ],
    ),
    (
        "eval",
        &[
            "catalog",
            "decimal",
            "diagnostic",
            "filter",
            "moment",
            "row",
            "span",
            "wire",
        ],
    ),
    ("select", &["catalog", "decimal", "moment", "row", "wire"]),
    (
        "lower",
        &["diagnostic", "filter", "one_or_more", "span", "wire"],
    ),
    ("optimize", &["catalog", "filter", "one_or_more", "wire"]),
    ("fix", &["compile", "diagnostic"]),
    ("request", &["catalog", "wire"]),
    (
        "manifest",
        &[
            "catalog",
            "compile",
            "diagnostic",
            "keys",
            "request",
            "source_map",
            "span",
            "wire",
        ],
    ),
    (
        "config",
        &["catalog", "diagnostic", "keys", "levels", "span"],
    ),
    (
        "decompile",
        &[
            "catalog",
            "compile",
            "diagnostic",
            "filter",
            "format",
            "invisible",
            "json",
            "span",
            "suggest",
            "syntax",
            "topics",
            "wire",
        ],
    ),
    ("origin", &["filter", "span", "wire"]),
    ("source_map", &["origin", "span", "syntax", "wire"]),
    (
        "estimate",
        &[
            "catalog",
            "diagnostic",
            "filter",
            "origin",
            "span",
            "syntax",
            "wire",
        ],
    ),
];

/// The only modules that may name a package, beside the root.
const PACKAGES: &[(&str, &[&str])] = &[
    ("pest", &["parse"]),
    ("pest_derive", &["parse"]),
    (
        "miette",
        &[
            "catalog",
            "check",
            "compile",
            "config",
            "decompile",
            "diagnostic",
            "json",
            "keys",
            "estimate",
            "lower",
            "manifest",
            "parse",
            "render",
            "span",
            "topics",
        ],
    ),
    ("toml", &["keys"]),
    ("uuid", &["keys"]),
    ("clap", &[]),
];

#[test]
fn no_module_names_one_above_it() {
    let sources = library();
    let placed: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    for (path, module, code) in &sources {
        if module == "compile" || module == "lib" {
            continue;
        }
        let allowed = placed
            .get(module.as_str())
            .unwrap_or_else(|| panic!("{module} has no place in LAYERS"));
        assert!(
            !code.contains("super::super"),
            "{} climbs by `super`: write `crate::`",
            path.display()
        );
        for named in named_after(code, "crate::") {
            assert!(
                named == *module || allowed.contains(&named.as_str()),
                "{} names `{named}`, which {module} must not know",
                path.display()
            );
        }
    }
    for (module, _) in LAYERS {
        assert!(
            sources.iter().any(|(_, of, _)| of == module),
            "there is no module {module}"
        );
    }
}

#[test]
fn packages_stay_where_they_belong() {
    for (path, module, code) in library() {
        for (package, homes) in PACKAGES {
            assert!(
                homes.contains(&module.as_str()) || named_in(&code, package).is_empty(),
                "{} names {package}",
                path.display()
            );
        }
    }
}

#[test]
fn the_library_does_no_input_or_output() {
    for (path, _, code) in library() {
        for forbidden in [
            "std::fs",
            "std::io",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "print!",
            "println!",
            "eprint!",
            "eprintln!",
            "dbg!",
        ] {
            let found = code.match_indices(forbidden).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            assert!(!found, "{} names {forbidden}", path.display());
        }
    }
}

/// Every rule of the grammar has an example of what it matches in front of it.
#[test]
fn every_rule_of_the_grammar_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/filter.pest");
    let grammar = fs::read_to_string(path).unwrap();
    let mut before = "";
    let mut rules = 0;
    for line in grammar.lines() {
        let name = line.split(" = ").next().unwrap();
        let is_rule = line.contains(" = ")
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if is_rule {
            rules += 1;
            assert!(before.starts_with("///"), "{name} has no example");
        }
        before = line;
    }
    assert!(rules > 155, "only {rules} rules were found");
}

/// The scan itself: it must find what it is to forbid.
#[test]
fn what_is_named_is_found() {
    let code = code_of(
        "use crate::wire;\n/// [`crate::check`]\nfn f() { crate::lower::g() } // crate::span\n",
    );
    assert_eq!(named_after(&code, "crate::"), ["wire", "lower"]);
    let grouped = code_of("use crate::{check, span::Span};\n");
    assert_eq!(named_after(&grouped, "crate::"), ["check", "span"]);
    assert_eq!(named_in("use pest::Parser; pester::x()", "pest").len(), 1);
    assert!(library().len() > 40);
}

/// Path, top module and code of every file of the library, tests left out.
fn library() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .filter(|path| {
            !path.components().any(|part| {
                ["bin", "tests", "tests.rs"].contains(&part.as_os_str().to_str().unwrap())
            })
        })
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let first = inside.components().next().unwrap().as_os_str();
            let module = Path::new(first).file_stem().unwrap().to_str().unwrap();
            let code = code_of(&fs::read_to_string(&path).unwrap());
            (path.clone(), module.to_owned(), code)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Without comments, and without the tests at the end of a file.
fn code_of(text: &str) -> String {
    let text = text.split("\nmod tests {").next().unwrap();
    let lines = text.lines();
    lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.split(" // ").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The names behind a path's beginning: `a` of `crate::a::B`, `a` and `b` of `crate::{a, b::C}`.
fn named_after(code: &str, beginning: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(beginning) {
        let rest = &code[at + beginning.len()..];
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, character) in group.char_indices() {
                    match character {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ if start && !character.is_whitespace() => {
                            names.push(word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

/// Where a package is named as the first part of a path.
fn named_in(code: &str, package: &str) -> Vec<usize> {
    let path = format!("{package}::");
    code.match_indices(&path)
        .map(|(at, _)| at)
        .filter(|at| {
            let before = code[..*at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
        })
        .collect()
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}
