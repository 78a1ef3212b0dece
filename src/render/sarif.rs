//! Problems as SARIF 2.1.0, the exchange format of code scanning: one document for a whole run.
//!
//! Fed with [`Problem`]s and the texts they are about. Owns which objects there are; `document`
//! has their shapes, `rule` what is said of a code, `region` places, `uri` names, `fingerprint`
//! what tracks a problem over edits. "§" is a section of the OASIS standard with Errata 01,
//! "GitHub" its documentation of SARIF for code scanning. Must not read the files.

mod document;
mod fingerprint;
mod region;
mod rule;
mod uri;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Label, Problem};
use crate::render::json::push_escaped;
use crate::render::visible::visible;

use document::{
    Artifact, ArtifactChange, ArtifactLocation, Content, Finding, Fix, Location, Log, Message,
    PhysicalLocation, Region, Replacement, Run,
};
use fingerprint::Fingerprinter;
use region::Places;
use rule::Rules;

/// A text and the problems found in it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    name: &'a str,
    text: &'a str,
    problems: &'a [Problem],
}

impl<'a> Source<'a> {
    /// `name` is a path, absolute or from the folder that the program runs in, or a name in angle
    /// brackets such as `<stdin>`; `text` is what the problems were found in, to the byte.
    pub fn new(name: &'a str, text: &'a str, problems: &'a [Problem]) -> Self {
        Self {
            name,
            text,
            problems,
        }
    }
}

/// One SARIF 2.1.0 document, ended by LF: an artifact for each source, a result for each problem,
/// in the order given, and a rule for each code that occurs, with its page of
/// [`explain`](crate::explain).
///
/// ```
/// use filterc::render::{Source, sarif};
///
/// let text = "senority = vp";
/// let error = filterc::compile(text).unwrap_err();
/// let document = sarif(&[Source::new("us.filter", text, error.problems())]);
/// assert!(document.contains("\"ruleId\": \"filterc::check::unknown_field\""));
/// ```
///
/// - A result's message is the message and the help as sentences, in which hidden characters are
///   written as in [`short`](super::short); braces are doubled, as §3.11.5 asks.
/// - A region has lines and columns, from 1, the end exclusive, columns in characters, and the same
///   place in bytes of the text, from 0. A byte order mark is no character (§3.30.2).
/// - A result has one location, that of the problem's span; its other labels are
///   `relatedLocations`. Each fix stands alone, and has lines and columns only: a place in bytes
///   would be a binary replacement (§3.57.2).
/// - Paths are URIs, those that are not absolute from the base `%SRCROOT%`, which is left open:
///   GitHub takes it for the root of the repository. A name in angle brackets is treated as a path.
/// - `primaryLocationLineHash` is what GitHub tracks alerts by, computed as its upload action does.
///   `filtercProblem/v1` is a hash of the code and of the first line of the place without blanks at
///   its ends, then the how-manieth of these in the file it is.
/// - `executionSuccessful` is true: the program ran and said what is wrong.
///
/// Characters that show nothing or steer a terminal are written as JSON escapes. Nothing in it
/// depends on the machine or the time. GitHub refuses files of more than 25,000 results, or of
/// 10 MB when compressed; nothing is left out here.
pub fn sarif(sources: &[Source<'_>]) -> String {
    let rules = Rules::of(sources.iter().flat_map(|source| source.problems));
    let mut artifacts = Artifacts::default();
    let mut results = Vec::new();
    for source in sources {
        let location = artifacts.location(source);
        results.extend(File::new(source, location).results(&rules));
    }
    let log = Log::new(Run::new(rules.into_descriptors(), artifacts.list, results));
    #[expect(
        clippy::expect_used,
        reason = "strings, integers and lists under fixed keys always serialise"
    )]
    let written = serde_json::to_string_pretty(&log).expect("a log is representable as JSON");
    let mut document = String::with_capacity(written.len());
    push_escaped(&mut document, &written);
    document.push('\n');
    document
}

/// Each artifact once, whatever it is called: the schema wants them unique.
#[derive(Default)]
struct Artifacts {
    list: Vec<Artifact>,
    known: BTreeMap<String, usize>,
}

impl Artifacts {
    fn location(&mut self, source: &Source<'_>) -> ArtifactLocation {
        let reference = uri::reference(source.name);
        let next = self.list.len();
        let index = *self.known.entry(reference.uri.clone()).or_insert(next);
        let location = ArtifactLocation::new(reference, index);
        if index == next {
            self.list
                .push(Artifact::new(location.clone(), source.text.len()));
        }
        location
    }
}

/// A source, and what was computed from its text in one sweep each.
struct File<'a> {
    problems: &'a [Problem],
    location: ArtifactLocation,
    places: Places,
    fingerprinter: Fingerprinter<'a>,
}

impl<'a> File<'a> {
    fn new(source: &Source<'a>, location: ArtifactLocation) -> Self {
        Self {
            problems: source.problems,
            location,
            places: Places::of(source.text, source.problems),
            fingerprinter: Fingerprinter::of(source.text),
        }
    }

    fn results(mut self, rules: &Rules<'a>) -> Vec<Finding<'a>> {
        self.problems
            .iter()
            .map(|problem| {
                let region = self.places.region(problem.span());
                let fingerprints = self.fingerprinter.next(problem.code(), region.start_line);
                Finding {
                    rule_id: problem.code(),
                    rule_index: rules.index(problem.code()),
                    level: rule::level(problem.severity()),
                    message: Message::new(&sentences(problem)),
                    locations: [self.place(None, region, problem.labels().first())],
                    partial_fingerprints: fingerprints,
                    related_locations: self.related(problem),
                    fixes: self.fixes(problem),
                }
            })
            .collect()
    }

    fn place(&self, id: Option<usize>, region: Region, label: Option<&Label>) -> Location {
        let words = label
            .map(|label| visible(&label.text))
            .filter(|text| !text.is_empty());
        Location {
            id,
            physical_location: PhysicalLocation {
                artifact_location: self.location.clone(),
                region,
            },
            message: words.map(|text| Message::new(&text)),
        }
    }

    fn related(&self, problem: &Problem) -> Vec<Location> {
        let others = problem.labels().iter().skip(1);
        others
            .zip(1..)
            .map(|(label, id)| self.place(Some(id), self.places.region(label.span), Some(label)))
            .collect()
    }

    fn fixes(&self, problem: &Problem) -> Vec<Fix> {
        // The schema wants them unique.
        let mut seen = BTreeSet::new();
        let fixes = problem.fixes().iter();
        fixes
            .filter(|fix| seen.insert((&fix.title, fix.span, &fix.replacement)))
            .map(|fix| Fix {
                description: Message::new(&sentence(&visible(&fix.title))),
                artifact_changes: [ArtifactChange {
                    artifact_location: self.location.clone(),
                    replacements: [Replacement {
                        deleted_region: self.places.text_region(fix.span),
                        inserted_content: Content {
                            text: fix.replacement.clone(),
                        },
                    }],
                }],
            })
            .collect()
    }
}

/// GitHub shows the first sentence alone where there is little room.
fn sentences(problem: &Problem) -> String {
    let mut text = sentence(&visible(problem.message()));
    if !problem.help().is_empty() {
        text.push(' ');
        text.push_str(&sentence(&visible(problem.help())));
    }
    text
}

/// A clause with a capital letter and a full stop, if it has none.
fn sentence(clause: &str) -> String {
    let mut characters = clause.chars();
    let first = characters.next();
    let mut sentence: String = first.iter().map(char::to_ascii_uppercase).collect();
    sentence.push_str(characters.as_str());
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}
