//! The corpus: one `.filter` file an idea, the file's name says which.
//!
//! `accept/` compiles to the JSON of its snapshot, `reject/<pass>/<code>/` fails with that code and
//! no other problem, `warn/<pass>/<code>/` compiles with that warning and no other one, and
//! `reject/several/` must report many mistakes in one run. Adding a test is adding a file.
//!
//! Files of `warn/estimate/` are compiled for an estimate, and no others.
//!
//! A first line `# audience: pixel` compiles the file for that type. A `catalog.json` beside a file
//! takes the place of the built-in catalog, and a `topics.json` resolves its topics.

#![expect(clippy::panic, reason = "a test stops with words")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use filterc::{
    Catalog, Compilation, CompileError, Compiler, Fix, Problem, Severity, Topics, explain,
};

#[path = "support/filter_files.rs"]
mod filter_files;
#[path = "support/folders.rs"]
mod folders;

use folders::{entries, read};

/// A warning that every filter on a number gives: no number field of the built-in catalog is known
/// to be filterable. It may go with the problem that a file is about.
const COMPANION: &str = "filterc::check::undocumented_field";

/// The passes that have problems of their own.
const PASSES: [&str; 4] = ["parse", "check", "lower", "estimate"];

/// FIXME: files with other problems than their mistake, each with what should be instead. A file
/// that behaves fails the test until its line is removed here.
const KNOWN_NOISE: &[(&str, &str)] = &[
    (
        "reject/parse/bad_field_name/digit_before_a_boolean.filter",
        "`2fa` is a field's name, not a value",
    ),
    (
        "reject/parse/unescaped_quote/inches.filter",
        "the quote inside is the mistake",
    ),
];

/// FIXME: files with a fix that does not do what it promises. As above.
const KNOWN_BAD_FIXES: &[(&str, &str)] = &[];

/// A `.filter` file.
struct Case {
    /// Relative to the corpus: `reject/parse/empty_list/not_in.filter`.
    name: String,
    path: PathBuf,
    text: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        let name = path.strip_prefix(root()).unwrap_or(path);
        Self {
            name: name.to_string_lossy().replace('\\', "/"),
            path: path.to_owned(),
            text: read(path),
        }
    }

    fn compiler(&self) -> Compiler {
        let mut compiler = Compiler::new().source_name(self.name.clone());
        let catalog = self.path.with_file_name("catalog.json");
        if catalog.exists() {
            let catalog = Catalog::from_json(&read(&catalog));
            compiler = compiler.catalog(catalog.unwrap_or_else(|error| panic!("{error}")));
        }
        let topics = self.path.with_file_name("topics.json");
        if topics.exists() {
            let topics = Topics::from_json(&read(&topics));
            compiler = compiler.topics(topics.unwrap_or_else(|error| panic!("{error}")));
        }
        let first_line = self.text.lines().next().unwrap_or_default();
        if let Some(audience) = first_line.strip_prefix("# audience: ") {
            let audience = audience.parse();
            compiler = compiler.audience(audience.unwrap_or_else(|error| panic!("{error}")));
        }
        compiler
    }

    fn compile(&self, text: &str) -> Result<Compilation, CompileError> {
        if self.name.starts_with("warn/estimate/") {
            self.compiler().compile_for_estimate(text)
        } else {
            self.compiler().compile(text)
        }
    }

    /// Whether it compiles, and every problem.
    fn problems(&self, text: &str) -> (bool, Vec<Problem>) {
        match self.compile(text) {
            Ok(compilation) => (true, compilation.warnings().to_vec()),
            Err(error) => (false, error.problems().to_vec()),
        }
    }

    /// The code that the folder is named after; none in `several`.
    fn code(&self) -> Option<String> {
        let mut parts = self.name.split('/').skip(1);
        match (parts.next()?, parts.next()?) {
            ("several", _) => None,
            (pass, code) => Some(format!("filterc::{pass}::{code}")),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Every `.filter` file under a folder of the corpus.
fn cases(folder: &str) -> Vec<Case> {
    let paths = filter_files::filters(&root().join(folder));
    assert!(!paths.is_empty(), "no files in {folder}");
    paths.iter().map(|path| Case::read(path)).collect()
}

/// Fails with all complaints at once.
fn settle(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Complaints, but for the files that are known to be wrong; those must still be.
fn settle_known(mut complaints: BTreeMap<String, String>, known: &[(&str, &str)]) {
    let mut all = Vec::new();
    for (name, _) in known {
        if complaints.remove(*name).is_none() {
            all.push(format!(
                "{name} is right now: remove it from the list of known mistakes"
            ));
        }
    }
    all.extend(complaints.into_values());
    settle(&all);
}

#[test]
fn a_wrong_filter_fails_with_the_one_problem_it_is_about() {
    let mut complaints = BTreeMap::new();
    for case in cases("reject") {
        let (compiles, problems) = case.problems(&case.text);
        let errors = problems.iter().filter(|p| p.severity() == Severity::Error);
        let expected = match case.code() {
            Some(code) => only(&code, &problems),
            None => errors.count() >= 2,
        };
        if compiles || !expected {
            let short = filterc::render::short(&case.name, &problems);
            complaints.insert(case.name.clone(), format!("{}\n{short}", case.text));
        }
    }
    settle_known(complaints, KNOWN_NOISE);
}

#[test]
fn a_doubtful_filter_compiles_with_the_one_warning_it_is_about() {
    let mut complaints = Vec::new();
    for case in cases("warn") {
        let (compiles, problems) = case.problems(&case.text);
        let code = case.code().unwrap_or_default();
        if !compiles || !only(&code, &problems) {
            let short = filterc::render::short(&case.name, &problems);
            complaints.push(format!("{}\n{short}", case.text));
        }
    }
    settle(&complaints);
}

/// Whether a code is among the problems and nothing else is, but for its companion.
fn only(code: &str, problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.code() == code)
        && problems
            .iter()
            .all(|problem| problem.code() == code || problem.code() == COMPANION)
}

#[test]
fn a_right_filter_compiles() {
    let mut complaints = Vec::new();
    for case in cases("accept") {
        if let Err(error) = case.compile(&case.text) {
            complaints.push(format!("{}\n{error}", case.text));
        }
    }
    settle(&complaints);
}

#[test]
fn every_problem_is_whole() {
    let mut complaints = Vec::new();
    for case in ["accept", "reject", "warn"].into_iter().flat_map(cases) {
        let (_, problems) = case.problems(&case.text);
        for problem in &problems {
            if let Some(fault) = fault(problem, &case.text) {
                complaints.push(format!("{}: {} {fault}", case.name, problem.code()));
            }
        }
        let starts: Vec<usize> = problems
            .iter()
            .map(|problem| problem.span().start())
            .collect();
        if !starts.is_sorted() {
            complaints.push(format!("{}: problems are out of order", case.name));
        }
    }
    settle(&complaints);
}

/// What a problem lacks, or words it against the rules.
fn fault(problem: &Problem, text: &str) -> Option<String> {
    let inside = |start: usize, end: usize| start <= end && text.get(start..end).is_some();
    let message = problem.message();
    let help = problem.help();
    for (what, words) in [("message", message), ("help", help)] {
        if words.trim().is_empty() {
            return Some(format!("has no {what}"));
        }
        if words.ends_with('.') || words.contains('\n') || words.to_lowercase().contains("please") {
            return Some(format!("has the {what} {words:?}"));
        }
    }
    // A keyword stands in capitals at the start of a message as anywhere else.
    let first_word = message.split_whitespace().next().unwrap_or_default();
    let capitals = first_word.chars().all(|c| c.is_ascii_uppercase());
    if message.starts_with(char::is_uppercase) && !capitals {
        return Some(format!("has the message {message:?}"));
    }
    for label in problem.labels() {
        if !inside(label.span.start(), label.span.end()) || label.text.is_empty() {
            return Some(format!("has the label {label:?}"));
        }
    }
    for fix in problem.fixes() {
        if !inside(fix.span.start(), fix.span.end()) || fix.title.is_empty() {
            return Some(format!("has the fix {fix:?}"));
        }
    }
    let span = problem.span();
    let labelled = problem.labels().first().map(|label| label.span);
    if !inside(span.start(), span.end()) || labelled != Some(span) {
        return Some(format!("has the span {span:?}"));
    }
    if problem.start() > problem.end() || problem.start().line == 0 {
        return Some(format!("stands at {:?}", problem.start()));
    }
    None
}

/// A fix is applied alone. It leaves one problem fewer of its code, and brings no new error.
#[test]
fn every_fix_resolves_its_problem_and_makes_no_other() {
    let mut complaints = BTreeMap::new();
    let mut fixes = 0;
    for case in ["accept", "reject", "warn"].into_iter().flat_map(cases) {
        let (_, before) = case.problems(&case.text);
        for problem in &before {
            for fix in problem.fixes() {
                fixes += 1;
                let fixed = applied(fix, &case.text);
                let (_, after) = case.problems(&fixed);
                if let Some(fault) = fault_of_fix(problem, &before, &after) {
                    let title = &fix.title;
                    let text = format!("{}: `{title}` {fault}:\n{fixed}", case.name);
                    complaints.insert(case.name.clone(), text);
                }
            }
        }
    }
    assert!(fixes > 100, "only {fixes} fixes in the corpus");
    settle_known(complaints, KNOWN_BAD_FIXES);
}

/// All fixes of a text, until none is left: it has no problem that it did not have, and what can be
/// fixed was. What compiled before means the same, since only a warning was fixed.
#[test]
fn fixing_a_text_brings_nothing_new_and_comes_to_an_end() {
    let mut complaints = Vec::new();
    let mut changed = 0;
    for case in ["accept", "reject", "warn"].into_iter().flat_map(cases) {
        let compiler = case.compiler();
        let (compiles, before) = case.problems(&case.text);
        let fixed = compiler.fix(&case.text);
        changed += usize::from(fixed.text() != case.text);
        let again = compiler.fix(fixed.text());
        if again.text() != fixed.text() {
            complaints.push(format!("{} is fixed further:\n{}", case.name, again.text()));
        }
        let codes = |problems: &[Problem]| -> BTreeSet<String> {
            problems
                .iter()
                .map(|problem| problem.code().to_owned())
                .collect()
        };
        if !codes(fixed.problems()).is_subset(&codes(&before)) {
            complaints.push(format!("{} has new problems:\n{}", case.name, fixed.text()));
        }
        let compile = |text: &str| compiler.compile(text).map(Compilation::into_filter).ok();
        if compiles && compile(fixed.text()) != compile(&case.text) {
            complaints.push(format!(
                "{} means something else:\n{}",
                case.name,
                fixed.text()
            ));
        }
    }
    assert!(changed > 100, "only {changed} texts were fixed");
    settle(&complaints);
}

fn applied(fix: &Fix, text: &str) -> String {
    let mut fixed = text.to_owned();
    fixed.replace_range(fix.span.range(), &fix.replacement);
    fixed
}

fn fault_of_fix(problem: &Problem, before: &[Problem], after: &[Problem]) -> Option<String> {
    let same = |problems: &[Problem]| {
        let same = problems.iter().filter(|p| p.code() == problem.code());
        same.count()
    };
    if same(after) >= same(before) {
        return Some("does not resolve the problem".to_owned());
    }
    let errors = |problems: &[Problem]| -> BTreeSet<String> {
        let errors = problems.iter().filter(|p| p.severity() == Severity::Error);
        errors.map(|error| error.code().to_owned()).collect()
    };
    let new = errors(after).difference(&errors(before)).next().cloned();
    new.map(|code| format!("brings {code}"))
}

/// Codes are named in three places: where they are made, in the manual, and here.
#[test]
fn every_code_has_a_page_and_a_folder_and_no_other_does() {
    let declared = declared_codes();
    let pages = explain::pages().map(|page| page.code());
    let pages: Vec<&str> = pages.filter(|code| is_of_a_pass(code)).collect();
    for (code, severity) in &declared {
        let page = explain::page(code);
        assert_eq!(page.map(|page| page.severity()), Some(*severity), "{code}");
    }
    let in_order: Vec<&str> = declared.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(
        pages, in_order,
        "pages (left) and codes (right), in the order of the sources"
    );

    let of = |fails: bool| -> BTreeSet<String> {
        let codes = declared
            .iter()
            .filter(|(_, found)| (*found == Severity::Error) == fails);
        codes.map(|(code, _)| code.clone()).collect()
    };
    assert_eq!(
        folders("reject"),
        of(true),
        "folders (left) and errors (right)"
    );
    assert_eq!(
        folders("warn"),
        of(false),
        "folders (left) and warnings (right)"
    );
}

/// Codes of other files than filters have their examples in `files.rs`.
fn is_of_a_pass(code: &str) -> bool {
    let pass = code.split("::").nth(1).unwrap_or_default();
    PASSES.contains(&pass) && code != "filterc::estimate::no_filter"
}

/// The codes in the sources of the passes, with their severity: `error.rs` first, then the others.
fn declared_codes() -> Vec<(String, Severity)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut codes = Vec::new();
    for pass in PASSES {
        let mut files = entries(&source.join(pass));
        files.sort_by_key(|file| !file.ends_with("error.rs"));
        for file in files.iter().filter(|file| file.is_file()) {
            let text = read(file);
            // From one `code(` to the next is the rest of a variant and the head of another,
            // whose attributes begin with its `#[error(`.
            for variant in text.split("code(filterc::").skip(1) {
                let Some((code, rest)) = variant.split_once(')') else {
                    panic!("{}: a code without an end", file.display());
                };
                let own = rest.split("#[error(").next().unwrap_or_default();
                let severity = if own.contains("severity(Warning)") {
                    Severity::Warning
                } else if own.contains("severity(Advice)") {
                    Severity::Note
                } else {
                    Severity::Error
                };
                codes.push((format!("filterc::{code}"), severity));
            }
        }
    }
    codes
}

/// The codes that the folders of a kind are named after, each with at least one file.
fn folders(kind: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for pass in entries(&root().join(kind)) {
        if pass.ends_with("several") {
            continue;
        }
        for folder in entries(&pass) {
            let name = |path: &Path| {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            };
            let is_filter = |path: &PathBuf| path.extension().is_some_and(|e| e == "filter");
            assert!(
                entries(&folder).iter().any(is_filter),
                "{} is empty",
                folder.display()
            );
            codes.insert(format!("filterc::{}::{}", name(&pass), name(&folder)));
        }
    }
    codes
}

/// insta counts the failures of a glob in one place for all threads.
static GLOB: Mutex<()> = Mutex::new(());

/// One snapshot a file, named after it: the input, a line, the output.
fn snapshot(name: &str, text: &str, output: &str) {
    let input = shown(text.trim_end_matches('\n'));
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, format!("{input}\n{LINE}\n{output}")));
}

const LINE: &str = "────────────────────";

#[test]
fn right_filters_as_json() {
    let _one_at_a_time = GLOB.lock().unwrap_or_else(PoisonError::into_inner);
    insta::glob!("corpus/accept", "**/*.filter", |path| {
        let case = Case::read(path);
        let compilation = case
            .compile(&case.text)
            .unwrap_or_else(|error| panic!("{}\n{error}", case.text));
        let mut content = serde_json::to_string_pretty(compilation.filter())
            .unwrap_or_else(|error| panic!("{error}"));
        if !compilation.warnings().is_empty() {
            content.push_str("\n\n");
            content.push_str(&filterc::render::short("", compilation.warnings()));
        }
        snapshot("accept", &case.text, &content);
    });
}

#[cfg(feature = "cli")]
#[test]
fn problems_as_people_see_them() {
    use std::fmt::Write as _;

    let _one_at_a_time = GLOB.lock().unwrap_or_else(PoisonError::into_inner);
    let style = filterc::render::HumanStyle {
        color: false,
        unicode: true,
        width: 100,
    };
    let draw = |path: &Path| {
        let case = Case::read(path);
        let (_, problems) = case.problems(&case.text);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut content = filterc::render::human(&name, &case.text, &problems, style);
        for problem in &problems {
            for fix in problem.fixes() {
                let fixed = shown(applied(fix, &case.text).trim_end_matches('\n'));
                let _ = write!(content, "\nfix: {}\n{fixed}\n", fix.title);
            }
        }
        (case.text, content)
    };
    insta::glob!("corpus/reject", "**/*.filter", |path| {
        let (text, content) = draw(path);
        snapshot("reject", &text, &content);
    });
    insta::glob!("corpus/warn", "**/*.filter", |path| {
        let (text, content) = draw(path);
        snapshot("warn", &text, &content);
    });
}

/// A text with what does not show as escapes.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '"' | '\'' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}
