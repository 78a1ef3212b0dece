//! Files that are no filters, and what is said of wrong ones: `files/<area>/<code>/` holds a file
//! for each idea, its name says which. Adding a test is adding a file.

#![cfg(feature = "manifest")]
#![expect(clippy::panic, reason = "a test stops with words")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use filterc::{
    Catalog, Compiler, Config, Decompiler, FilterFile, Manifest, Problem, Topics, explain,
};

#[path = "support/folders.rs"]
mod folders;

use folders::{entries, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What is said of a file, by the area that it lies in.
fn problems(path: &Path, text: &str) -> Vec<Problem> {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    let area = inside.iter().next().unwrap_or_default().to_string_lossy();
    match &*area {
        "catalog" | "json" => Catalog::from_json(text).map_or_else(
            |error| error.problems().to_vec(),
            |catalog| catalog.warnings().to_vec(),
        ),
        "topics" => Topics::from_json(text).map_or_else(
            |error| error.problems().to_vec(),
            |topics| topics.warnings().to_vec(),
        ),
        "decompile" => Decompiler::new()
            .decompile(text)
            .map_or_else(|error| error.problems().to_vec(), |_| Vec::new()),
        "config" => settings(text),
        "toml" if name(path).starts_with("filterc") => settings(text),
        "toml" | "manifest" => {
            let file = FilterFile {
                name: "a.filter",
                text: "seniority = vp",
            };
            let manifest = Manifest::from_toml(text);
            let file = manifest.filter_file().map(|_| file);
            manifest.request(&Compiler::new(), file).problems().to_vec()
        }
        _ => panic!("nothing reads {area}"),
    }
}

fn settings(text: &str) -> Vec<Problem> {
    let config = Config::from_toml(text);
    let aliased = config.and_then(|config| config.with_aliases(Catalog::builtin().clone()));
    aliased.map_or_else(|error| error.problems().to_vec(), |_| Vec::new())
}

#[test]
fn a_file_has_the_one_problem_that_it_is_about() {
    let mut codes = BTreeSet::new();
    for area in entries(&root()) {
        for folder in entries(&area) {
            let code = format!("filterc::{}::{}", name(&area), name(&folder));
            for file in entries(&folder) {
                let found = problems(&file, &read(&file));
                let is_it = |problem: &Problem| problem.code() == code;
                assert!(
                    !found.is_empty() && found.iter().all(is_it),
                    "{}: {found:#?}",
                    file.display()
                );
            }
            codes.insert(code);
        }
    }
    let areas = entries(&root());
    let areas: Vec<String> = areas.iter().map(|area| name(area)).collect();
    let pages = explain::pages().map(|page| page.code().to_owned());
    let pages = pages.filter(|code| {
        let area = code.split("::").nth(1).unwrap_or_default();
        areas.iter().any(|known| known == area)
    });
    assert_eq!(codes, pages.collect(), "folders (left) and pages (right)");
}

#[cfg(feature = "cli")]
#[test]
fn problems_as_people_see_them() {
    let style = filterc::render::HumanStyle {
        color: false,
        unicode: true,
        width: 100,
    };
    insta::glob!("files/**/*.*", |path| {
        let text = read(path);
        let drawn = filterc::render::human(&name(path), &text, &problems(path, &text), style);
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("{text}────\n{drawn}")));
    });
}
