//! What the vendor does not document of comparing, as settings with defaults.

/// How values are compared where nothing public says how the vendor's server does it.
///
/// The defaults are the strict reading: letters as they are written, texts as they are. Under any
/// setting an operator and its opposite stay opposites.
///
/// ```
/// use filterc::{CaseRule, Compiler, JsonRow, MatchOptions};
///
/// let row = r#"{"job_title": "Head of DevOps"}"#;
/// let text = "job_title contains devops";
/// for (case, selects) in [(CaseRule::Exact, false), (CaseRule::IgnoredInText, true)] {
///     let matcher = Compiler::new().matcher(text, MatchOptions::new().case(case))?;
///     let row = JsonRow::read(row, matcher.fields())?;
///     assert_eq!(matcher.eval(&row).is_true(), selects);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MatchOptions {
    pub(crate) case: CaseRule,
    pub(crate) arrays: ArrayRule,
    pub(crate) empty_is_null: bool,
    pub(crate) spaces_are_blank: bool,
}

/// Where upper and lower case are told apart in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CaseRule {
    /// Everywhere. The default: options and ids have one spelling, and `LIKE` of most databases
    /// tells case apart, so that what is selected on trial is not more than what may be selected.
    #[default]
    Exact,
    /// Not by `contains`, `starts with` and `ends with`.
    IgnoredInText,
    /// Nowhere.
    Ignored,
}

/// What a comparison says of a field with several values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArrayRule {
    /// It is true if it is true of any of them; its opposite, if it is true of none. The default:
    /// an audience about a topic is about people who have that topic among others. `<` and its kin
    /// are unknown of several values.
    #[default]
    AnyElement,
    /// The values are one text, written as JSON: `["a","b"]`.
    AsText,
}

impl MatchOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where case is told apart; by default everywhere.
    #[must_use]
    pub fn case(self, case: CaseRule) -> Self {
        Self { case, ..self }
    }

    /// What is said of several values; by default that any of them is enough.
    #[must_use]
    pub fn arrays(self, arrays: ArrayRule) -> Self {
        Self { arrays, ..self }
    }

    /// Whether the empty text is no value, so that comparing it is unknown and `is null` true; by
    /// default it is a text, of which only `is blank` is true.
    #[must_use]
    pub fn empty_is_null(self, empty_is_null: bool) -> Self {
        Self {
            empty_is_null,
            ..self
        }
    }

    /// Whether a text of white space alone is blank; by default only the empty text is, beside
    /// null and a list without values.
    #[must_use]
    pub fn spaces_are_blank(self, spaces_are_blank: bool) -> Self {
        Self {
            spaces_are_blank,
            ..self
        }
    }
}
