//! Which warnings a project does not want to see, and which it takes for errors.
//!
//! Fed with codes from settings and arguments. Must not know what a code means.

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::{Problem, Severity};
use crate::explain::{self, Page};
use crate::suggest::nearest;

/// Warnings that are allowed, and those that are denied.
///
/// ```
/// use filterc::{Compiler, WarningLevels};
///
/// let mut levels = WarningLevels::default();
/// levels.deny("mixed_operators")?;
/// let compiler = Compiler::new().warning_levels(levels);
/// assert!(compiler.compile("score = high or score = low and seniority = vp").is_err());
/// # Ok::<(), filterc::WrongLevel>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarningLevels {
    allowed: BTreeSet<&'static str>,
    denied: BTreeSet<&'static str>,
}

impl WarningLevels {
    /// Leaves out the warnings and notes of that code, whole or its last part. Takes back a
    /// [`deny`](Self::deny).
    ///
    /// # Errors
    ///
    /// If there is no such code, or if it is that of an error.
    pub fn allow(&mut self, code: &str) -> Result<(), WrongLevel> {
        let code = warning(code)?;
        self.denied.remove(code);
        self.allowed.insert(code);
        Ok(())
    }

    /// Takes the warnings and notes of that code, whole or its last part, for errors. Takes back
    /// an [`allow`](Self::allow).
    ///
    /// # Errors
    ///
    /// If there is no such code, or if it is that of an error.
    pub fn deny(&mut self, code: &str) -> Result<(), WrongLevel> {
        let code = warning(code)?;
        self.allowed.remove(code);
        self.denied.insert(code);
        Ok(())
    }

    /// The whole codes that are allowed, in order.
    pub fn allowed(&self) -> impl Iterator<Item = &'static str> {
        self.allowed.iter().copied()
    }

    /// The whole codes that are denied, in order.
    pub fn denied(&self) -> impl Iterator<Item = &'static str> {
        self.denied.iter().copied()
    }

    /// Leaves out what is allowed, and makes errors of what is denied.
    ///
    /// A [`Compiler`](crate::Compiler) does it with its own problems; this is for those of catalogs
    /// and topic files.
    pub fn apply(&self, problems: &mut Vec<Problem>) {
        if self.allowed.is_empty() && self.denied.is_empty() {
            return;
        }
        problems.retain(|problem| {
            problem.severity() == Severity::Error || !self.allowed.contains(problem.code())
        });
        for problem in problems {
            if self.denied.contains(problem.code()) {
                problem.deny();
            }
        }
    }
}

fn warning(code: &str) -> Result<&'static str, WrongLevel> {
    match explain::page(code) {
        Some(page) if page.severity() != Severity::Error => Ok(page.code()),
        Some(_) => Err(WrongLevel {
            code: code.into(),
            is_error: true,
            near: None,
        }),
        None => {
            let warnings = explain::pages().filter(|page| page.severity() != Severity::Error);
            let codes: Vec<&str> = warnings.map(last_part).collect();
            let wanted = code.rsplit("::").next().unwrap_or_default();
            Err(WrongLevel {
                code: code.into(),
                is_error: false,
                near: nearest(wanted, codes.iter().copied()).map(Box::from),
            })
        }
    }
}

fn last_part(page: Page) -> &'static str {
    page.code().rsplit("::").next().unwrap_or_default()
}

/// A text is no code of a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongLevel {
    code: Box<str>,
    is_error: bool,
    near: Option<Box<str>>,
}

impl WrongLevel {
    /// The code that is most likely meant.
    #[cfg(feature = "manifest")]
    pub(crate) fn near(&self) -> Option<&str> {
        self.near.as_deref()
    }

    pub(crate) fn message(&self) -> String {
        let code = &self.code;
        if self.is_error {
            format!("`{code}` is an error, whatever its level")
        } else {
            format!("there is no warning `{code}`")
        }
    }

    pub(crate) fn help(&self) -> String {
        match (&self.near, self.is_error) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, true) => {
                "take it out of the list: only warnings can be allowed or denied".to_owned()
            }
            (None, false) => "`filterc explain` lists the codes there are".to_owned(),
        }
    }
}

impl fmt::Display for WrongLevel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.message(), self.help())
    }
}

impl std::error::Error for WrongLevel {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::Compiler;

    use super::*;

    const TEXT: &str = "score = high or score = low and seniority = vp";

    #[test]
    fn what_is_allowed_is_not_said_and_what_is_denied_is_an_error() {
        let mut levels = WarningLevels::default();
        assert_eq!(Compiler::new().compile(TEXT).unwrap().warnings().len(), 1);
        levels.allow("filterc::check::mixed_operators").unwrap();
        let compiler = Compiler::new().warning_levels(levels.clone());
        assert_eq!(compiler.compile(TEXT).unwrap().warnings(), []);
        levels.deny("mixed_operators").unwrap();
        assert_eq!(levels.allowed().count(), 0);
        let compiler = Compiler::new().warning_levels(levels);
        let error = compiler.compile(TEXT).unwrap_err();
        assert_eq!(
            error.problems().first().unwrap().severity(),
            Severity::Error
        );
    }

    #[test]
    fn codes_that_are_no_warning_are_told() {
        let said = |code| WarningLevels::default().deny(code).unwrap_err().to_string();
        assert_eq!(
            said("mixed_operator"),
            "there is no warning `mixed_operator`; did you mean `mixed_operators`?"
        );
        assert!(said("unknown_field").starts_with("`unknown_field` is an error"));
        assert!(said("x").contains("`filterc explain`"));
    }
}
