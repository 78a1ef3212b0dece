//! Nothing widens by accident: every text that is accepted compiles to exactly its meaning.
//!
//! The library is not asked what a text means: `token`, `reader` and `resolve` read it a second
//! time, by the language page alone, and `emit` writes the one filter object that it can be. Files of
//! the corpus and random filters are compared so, as they are and after every slip with a token:
//! one left out, one twice, two exchanged. Whatever compiles must be what the *edited* text means;
//! the rest must be refused, by every way that the compiler has. The same is asked of what fixes and
//! the formatter make of such texts, and of text made from edited JSON.
//!
//! `PROPTEST_CASES` sets the number of random filters and the share of the edits that are tried: from
//! 4096 on every edit of every file is.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops with words"
)]

#[path = "never_wider/account.rs"]
mod account;
#[path = "meaning/dice.rs"]
mod dice;
#[path = "never_wider/edits.rs"]
mod edits;
#[path = "never_wider/emit.rs"]
mod emit;
#[path = "meaning/fields.rs"]
mod fields;
#[path = "support/filter_files.rs"]
mod filter_files;
#[path = "support/folders.rs"]
mod folders;
#[path = "meaning/json.rs"]
#[expect(dead_code, reason = "the whole reads rows of its own too")]
mod json;
#[path = "never_wider/judge.rs"]
mod judge;
#[path = "never_wider/kept.rs"]
mod kept;
#[path = "never_wider/members.rs"]
mod members;
#[path = "meaning/quantity.rs"]
mod quantity;
#[path = "never_wider/reader.rs"]
mod reader;
#[path = "never_wider/resolve.rs"]
mod resolve;
#[path = "meaning/row.rs"]
#[expect(dead_code, reason = "the whole draws rows of its own too")]
mod row;
#[path = "never_wider/rows.rs"]
mod rows;
#[path = "never_wider/saved.rs"]
mod saved;
#[path = "meaning/spelling.rs"]
mod spelling;
#[path = "never_wider/token.rs"]
mod token;
#[path = "meaning/tree.rs"]
#[expect(
    dead_code,
    reason = "the whole has filters that do not compile, and what trees mean"
)]
mod tree;
#[path = "meaning/truth.rs"]
mod truth;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use filterc::{Catalog, Topics};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use dice::Dice;
use edits::Tokens;
use folders::read;
use judge::{Answer, Judge};
use members::Json;
use resolve::Setting;

/// A file of the corpus, and what it is compiled with.
struct Case {
    text: String,
    setting: Setting,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let text = read(&path);
        let beside = |name: &str| Some(path.with_file_name(name)).filter(|path| path.exists());
        let catalog = beside("catalog.json").map_or(Ok(Catalog::builtin().clone()), |path| {
            Catalog::from_json(&read(&path))
        });
        let topics = beside("topics.json").map(|path| Topics::from_json(&read(&path)));
        let first_line = text.lines().next().unwrap_or_default();
        let audience = first_line.strip_prefix("# audience: ").map(str::parse);
        let setting = Setting {
            catalog: catalog.unwrap_or_else(|error| panic!("{error}")),
            topics: topics.transpose().unwrap_or_else(|error| panic!("{error}")),
            audience: audience
                .transpose()
                .unwrap_or_else(|error| panic!("{error}")),
        };
        Self { text, setting }
    }
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/corpus", "tests/format", "examples"].into_iter();
    let paths = folders.flat_map(|folder| filter_files::filters(&root.join(folder)));
    paths.map(Case::read).collect()
}

/// How many random filters; with it grows the share of the edits of files.
fn wanted_cases() -> usize {
    let set = std::env::var("PROPTEST_CASES").ok();
    set.and_then(|cases| cases.parse().ok()).unwrap_or(256)
}

/// What came of all texts of a test.
#[derive(Debug, Default)]
struct Tally {
    answers: BTreeMap<Answer, usize>,
    fixed: usize,
    complaints: Vec<String>,
}

impl Tally {
    /// Asks all of one text.
    fn judge(&mut self, judge: &mut Judge<'_>, text: &str) {
        match judge.judge(text) {
            Ok((answer, is_fixed)) => {
                *self.answers.entry(answer).or_default() += 1;
                self.fixed += usize::from(is_fixed);
            }
            Err(complaint) => self.complaints.push(complaint),
        }
    }

    /// Fails with all complaints, or if too few texts came out one way or the other.
    fn settle(self, least_compiled: usize, least_refused: usize) {
        eprintln!("{:?}, {} fixed", self.answers, self.fixed);
        complain(&self.complaints);
        let least = [
            (Answer::Compiled, least_compiled),
            (Answer::Refused, least_refused),
        ];
        for (answer, least) in least {
            let count = self.answers.get(&answer).copied().unwrap_or_default();
            assert!(count >= least, "{answer:?} is too rare: {:?}", self.answers);
        }
    }
}

/// Hands over every file with its number and a judge that draws rows around it.
fn judge_files(judge_one: impl Fn(&Case, usize, &mut Judge<'_>, &mut Tally)) -> Tally {
    let cases = cases();
    assert!(cases.len() > 700, "only {} files", cases.len());
    let mut tally = Tally::default();
    for (number, case) in cases.iter().enumerate() {
        let mut judge = Judge::new(&case.setting, number as u64);
        judge.around(&case.text);
        judge_one(case, number, &mut judge, &mut tally);
    }
    tally
}

/// Fails with the first complaints, if there are any.
fn complain(complaints: &[String]) {
    let shown: Vec<&str> = complaints.iter().take(20).map(String::as_str).collect();
    let (count, shown) = (complaints.len(), shown.join("\n════\n"));
    assert!(shown.is_empty(), "{count} complaints\n{shown}");
}

#[test]
fn a_file_means_what_the_page_says() {
    let tally = judge_files(|case, _, judge, tally| tally.judge(judge, &case.text));
    tally.settle(250, 400);
}

#[test]
fn a_file_with_a_slip_means_what_the_page_says_or_is_refused() {
    let step = 4_096 / wanted_cases().clamp(1, 4_096);
    let tally = judge_files(|case, number, judge, tally| {
        let tokens = Tokens::of(&case.text);
        for edit in (number % step..tokens.edits()).step_by(step) {
            tally.judge(judge, &tokens.edited(edit));
        }
    });
    let cases = wanted_cases().min(4_096);
    tally.settle(cases / 16, cases);
}

/// An edit that takes the end of a comment's line would make a comment of what is behind it, and
/// one that ends in a comment text of its rest: conditions would go or come unseen.
#[test]
fn no_fix_begins_or_ends_in_a_comment() {
    let mut fixes = 0;
    let mut complaints = Vec::new();
    for case in cases() {
        let judge = Judge::new(&case.setting, 5);
        let tokens = Tokens::of(&case.text);
        // What is read backwards would stop at the comma, or at a word in place of ALL.
        let comments = ["# note", "# any,"].into_iter();
        for (text, comment) in comments.flat_map(|comment| tokens.commented(comment)) {
            let problems = match judge.compiler.compile(&text) {
                Ok(compilation) => compilation.warnings().to_vec(),
                Err(error) => error.problems().to_vec(),
            };
            for fix in problems.iter().flat_map(|problem| problem.fixes()) {
                fixes += 1;
                let begins = fix.span.start() > comment.start && fix.span.start() <= comment.end;
                let ends = fix.span.end() > comment.start && fix.span.end() < comment.end;
                if begins || ends {
                    complaints.push(format!("{text}\n──── {fix:?}"));
                }
            }
        }
    }
    complain(&complaints);
    assert!(fixes > 2_000, "only {fixes} fixes");
}

/// A filter of the built-in catalog, and its text in random spelling.
fn draw(runner: &mut TestRunner, seed: u64) -> String {
    let drawn = tree::whole().new_tree(runner);
    let drawn = drawn.unwrap_or_else(|why| panic!("{why}")).current();
    spelling::spell(&drawn, seed)
}

fn setting(catalog: Catalog) -> Setting {
    Setting {
        catalog,
        topics: None,
        audience: None,
    }
}

/// The text itself, and after some of its slips, now and then two of them.
fn judge_slips(judge: &mut Judge<'_>, text: &str, dice: &mut Dice, tally: &mut Tally) {
    judge.around(text);
    tally.judge(judge, text);
    for _ in 0..3 {
        let mut edited = text.to_owned();
        for _ in 0..if dice.one_in(4) { 2 } else { 1 } {
            let tokens = Tokens::of(&edited);
            if tokens.edits() > 0 {
                edited = tokens.edited(dice.below(tokens.edits()));
            }
        }
        tally.judge(judge, &edited);
    }
}

#[test]
fn a_random_filter_with_a_slip_means_what_the_page_says_or_is_refused() {
    let mut runner = TestRunner::deterministic();
    let mut tally = Tally::default();
    let setting = setting(Catalog::builtin().clone());
    let mut judge = Judge::new(&setting, 1);
    for seed in 0..wanted_cases() as u64 / 2 {
        let mut dice = Dice::new(seed);
        let mut text = draw(&mut runner, seed);
        if dice.one_in(4) && !text.to_lowercase().contains("where") {
            let audience = dice.pick(&["events", "intents", "elixir", "list", "Pixel"]);
            text = format!("{audience} where {}", text.trim_start_matches('\u{FEFF}'));
        }
        judge_slips(&mut judge, &text, &mut dice, &mut tally);
    }
    tally.settle(wanted_cases() / 4, wanted_cases() / 2);
}

/// Of a comparison and its opposite, one operator may be granted and the other not.
#[test]
fn a_filter_for_an_odd_catalog_means_what_the_page_says_or_is_refused() {
    let mut tally = Tally::default();
    let setting = setting(account::catalog());
    let mut judge = Judge::new(&setting, 2);
    for seed in 0..wanted_cases() as u64 {
        let mut dice = Dice::new(seed);
        let text = account::text(&mut dice);
        judge_slips(&mut judge, &text, &mut dice, &mut tally);
    }
    tally.settle(wanted_cases() / 4, wanted_cases() / 2);
}

#[test]
fn a_saved_filter_with_a_slip_is_refused_or_written_as_what_it_is() {
    let mut runner = TestRunner::deterministic();
    let setting = setting(Catalog::builtin().clone());
    let mut judge = Judge::new(&setting, 3);
    let mut outcomes: BTreeMap<saved::Outcome, usize> = BTreeMap::new();
    let mut complaints = Vec::new();
    for seed in 0..wanted_cases() as u64 {
        let mut dice = Dice::new(seed);
        let text = draw(&mut runner, spelling::PLAIN);
        let (_, filter) = judge::meaning(&text, &setting).unwrap_or_else(|why| panic!("{why:?}"));
        let mut json = Json::from(&filter);
        if dice.one_in(4) {
            json = saved::in_audience(json, &mut dice);
        }
        for _ in 0..4 {
            let file = if dice.one_in(3) {
                let tokens = Tokens::of(&json.to_string());
                tokens.edited(dice.below(tokens.edits()))
            } else {
                let mut edited = json.clone();
                for _ in 0..dice.below(3) {
                    edited.edit(&mut dice);
                }
                edited.to_string()
            };
            match saved::judge(&mut judge, &file) {
                Ok(found) => {
                    for outcome in found {
                        *outcomes.entry(outcome).or_default() += 1;
                    }
                }
                Err(complaint) => complaints.push(complaint),
            }
        }
    }
    eprintln!("{outcomes:?}");
    complain(&complaints);
    assert!(wanted_cases() < 256 || outcomes.len() == 4, "{outcomes:?}");
}

/// Every key of a saved filter twice, and a key more in every object.
#[test]
fn a_key_too_many_is_refused_where_a_filter_is_read() {
    let setting = setting(Catalog::builtin().clone());
    let mut judge = Judge::new(&setting, 4);
    let rule = r#"{"fieldName":"gender","conditionRules":{"operator":"in","value":["f"]}}"#;
    let group = |rules: &str| format!(r#"{{"condition":"or","rules":[{rules}]}}"#);
    let filter = group(&[rule, &group(&[rule, rule].join(","))].join(","));
    let audience = format!(r#"{{"id":7,"audience_name":"A","type":"elixir","filter":{filter}}}"#);
    let mut refused = 0;
    for file in [
        filter,
        audience.clone(),
        format!(r#"{{"total":1,"data":[{audience}]}}"#),
    ] {
        let json: Json = serde_json::from_str(&file).unwrap_or_else(|error| panic!("{error}"));
        for fuller in json.fuller() {
            let outcomes = saved::judge(&mut judge, &fuller.to_string());
            let outcomes = outcomes.unwrap_or_else(|complaint| panic!("{complaint}"));
            refused += usize::from(outcomes == [saved::Outcome::Refused]);
        }
    }
    // All but a key more in an audience or in an answer, and one twice that says nothing there.
    assert_eq!(refused, 81);
}
