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
//! 8192 on every edit of every file is.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops with words"
)]

#[path = "meaning/dice.rs"]
mod dice;
#[path = "never_wider/edits.rs"]
mod edits;
#[path = "never_wider/emit.rs"]
mod emit;
#[path = "meaning/fields.rs"]
mod fields;
#[path = "support/folders.rs"]
mod folders;
#[path = "meaning/json.rs"]
#[expect(dead_code, reason = "the whole reads rows of its own too")]
mod json;
#[path = "never_wider/judge.rs"]
mod judge;
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
use folders::{entries, read};
use judge::{Answer, Judge};
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
    fn collect(folder: &Path, found: &mut Vec<Case>) {
        for path in entries(folder) {
            if path.is_dir() {
                collect(&path, found);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "filter")
            {
                found.push(Case::read(path));
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/corpus", "tests/format", "examples"] {
        collect(&root.join(folder), &mut found);
    }
    found
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
        let complaints = &mut self.complaints;
        match judge.judge(text) {
            Ok(answer) => *self.answers.entry(answer).or_default() += 1,
            Err(complaint) => complaints.push(complaint),
        }
        match judge.judge_fix(text) {
            Ok(fixed) => self.fixed += usize::from(fixed),
            Err(complaint) => complaints.push(complaint),
        }
        complaints.extend(judge.judge_format(text).err());
    }

    /// Fails with all complaints, or if too few texts came out one way or the other.
    fn settle(self, least_compiled: usize, least_refused: usize) {
        eprintln!("{:?}, {} fixed", self.answers, self.fixed);
        let count = self.complaints.len();
        let shown: Vec<String> = self.complaints.into_iter().take(20).collect();
        let shown = shown.join("\n════\n");
        assert!(shown.is_empty(), "{count} complaints\n{shown}");
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

#[test]
fn a_file_means_what_the_page_says() {
    let tally = judge_files(|case, _, judge, tally| tally.judge(judge, &case.text));
    tally.settle(250, 400);
}

#[test]
fn a_file_with_a_slip_means_what_the_page_says_or_is_refused() {
    let step = 8_192 / wanted_cases().clamp(1, 8_192);
    let tally = judge_files(|case, number, judge, tally| {
        let tokens = Tokens::of(&case.text);
        for edit in (number % step..tokens.edits()).step_by(step) {
            tally.judge(judge, &tokens.edited(edit));
        }
    });
    tally.settle(10, 200);
}

/// The filter itself, and some of its slips.
#[test]
fn a_random_filter_with_a_slip_means_what_the_page_says_or_is_refused() {
    const SLIPS: usize = 6;
    let mut runner = TestRunner::deterministic();
    let mut tally = Tally::default();
    let setting = Setting {
        catalog: Catalog::builtin().clone(),
        topics: None,
        audience: None,
    };
    let mut judge = Judge::new(&setting, 1);
    for seed in 0..wanted_cases() as u64 {
        let drawn = tree::whole().new_tree(&mut runner);
        let drawn = drawn.unwrap_or_else(|why| panic!("{why}")).current();
        let text = spelling::spell(&drawn, seed);
        judge.around(&text);
        tally.judge(&mut judge, &text);
        let tokens = Tokens::of(&text);
        let mut dice = Dice::new(seed);
        for _ in 0..SLIPS {
            tally.judge(&mut judge, &tokens.edited(dice.below(tokens.edits())));
        }
    }
    tally.settle(300, 300);
}
