//! The whole pipeline: the only file that knows all passes.
//!
//! Every pass runs on what the one before could understand, so that one run reports every
//! independent mistake; a filter comes out only if no pass found an error.

mod error;
mod rewrite;

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{AudienceType, Catalog};
use crate::check::{Rules, check};
use crate::diagnostic::{Finding, Problem, problems};
use crate::estimate::estimate;
use crate::eval::Matcher;
use crate::filter;
use crate::levels::WarningLevels;
use crate::lower::{lower, lower_findings};
use crate::optimize::{Form, optimize};
use crate::origin::trace;
use crate::parse::parse;
use crate::row::MatchOptions;
use crate::source_map::SourceMap;
use crate::syntax::Source;
use crate::topics::Topics;
use crate::wire::FilterGroup;
pub use error::CompileError;
use error::Source as NamedText;
pub use rewrite::format;

/// Compiles an expression with the built-in catalog and for no audience type in particular.
///
/// Warnings are not returned; [`Compiler::compile`] does that.
///
/// # Errors
///
/// If the expression has any mistake: the error holds all of them.
///
/// ```
/// let filter = filterc::compile("topic = 4eyes_115481 and score in (high, medium)")?;
/// assert!(filter.to_string().starts_with(r#"{"condition":"and","rules":[{"fieldName":"INTENT","#));
///
/// let error = filterc::compile("senority = vp").unwrap_err();
/// assert_eq!(error.problems()[0].help(), "did you mean `seniority`?");
/// # Ok::<(), filterc::CompileError>(())
/// ```
pub fn compile(expr: &str) -> Result<FilterGroup, CompileError> {
    Compiler::new().compile(expr).map(Compilation::into_filter)
}

/// A compiler with settings: a catalog, topics, an audience type, a name for the source.
///
/// ```
/// use filterc::{AudienceType, Compiler};
///
/// let compiler = Compiler::new().audience(AudienceType::Pixel).source_name("eu/vps.filter");
/// let error = compiler.compile("topic = 4eyes_115481").unwrap_err();
/// assert_eq!(error.problems()[0].code(), "filterc::check::field_not_in_audience");
/// ```
#[derive(Clone, Debug)]
pub struct Compiler {
    catalog: Cow<'static, Catalog>,
    topics: Option<Topics>,
    audience: Option<AudienceType>,
    default_audience: Option<AudienceType>,
    source_name: Cow<'static, str>,
    levels: WarningLevels,
    /// `None` where the filter is to be as it was written.
    form: Option<Form>,
}

impl Default for Compiler {
    fn default() -> Self {
        Self::new()
    }
}

impl Compiler {
    /// The built-in catalog, no audience type, the source name `<expression>`.
    pub fn new() -> Self {
        Self {
            catalog: Cow::Borrowed(Catalog::builtin()),
            topics: None,
            audience: None,
            default_audience: None,
            source_name: Cow::Borrowed("<expression>"),
            levels: WarningLevels::default(),
            form: None,
        }
    }

    /// Takes the fields from this catalog.
    #[must_use]
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = Cow::Owned(catalog);
        self
    }

    /// Resolves the names and paths of topics to ids, and knows which ids there are.
    ///
    /// Without topics an id is passed on as it is, and a name too, with a warning.
    #[must_use]
    pub fn topics(mut self, topics: Topics) -> Self {
        self.topics = Some(topics);
        self
    }

    /// Compiles for this type. A text that names another one in its header is refused.
    #[must_use]
    pub fn audience(mut self, audience: AudienceType) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Compiles for this type where neither the text nor [`audience`](Self::audience) says
    /// another.
    #[must_use]
    pub fn default_audience(mut self, audience: AudienceType) -> Self {
        self.default_audience = Some(audience);
        self
    }

    /// Names the text in what is reported about it: usually its path.
    #[must_use]
    pub fn source_name(mut self, name: impl Into<String>) -> Self {
        self.source_name = Cow::Owned(name.into());
        self
    }

    /// Leaves out the warnings that are allowed, and takes those that are denied for errors.
    #[must_use]
    pub fn warning_levels(mut self, levels: WarningLevels) -> Self {
        self.levels = levels;
        self
    }

    /// The levels that were set.
    #[cfg(feature = "manifest")]
    pub(crate) fn levels(&self) -> &WarningLevels {
        &self.levels
    }

    /// Rewrites every filter into a smaller equal one: true, false and unknown on the same rows,
    /// as far as these hold one value where the catalog's type of a field says so.
    ///
    /// It never has more rules, and what stays is in the order of the text. All problems are those
    /// of the text as it was written.
    ///
    /// ```
    /// let text = "(email is not blank and seniority = vp) or (seniority = cxo and email is not blank)";
    /// let filter = filterc::Compiler::new().optimize().compile(text)?.into_filter();
    /// assert_eq!(filter, filterc::compile("email is not blank and seniority in (vp, cxo)")?);
    /// # Ok::<(), filterc::CompileError>(())
    /// ```
    #[must_use]
    pub fn optimize(mut self) -> Self {
        self.form = self.form.or(Some(Form::Optimized));
        self
    }

    /// Rewrites as [`optimize`](Self::optimize) does, and sorts rules and values.
    ///
    /// Texts that differ in layout, comments, order and spelling alone get the same filter. In a
    /// group, rules come before groups; rules are ordered by field, then by operator in the order
    /// of [`Operator::ALL`](crate::Operator::ALL), then by values; groups AND before OR, then by
    /// their members. Texts are ordered by their bytes.
    ///
    /// ```
    /// let compiler = filterc::Compiler::new().canonical();
    /// let one = compiler.compile("seniority in (vp, cxo) and email is not blank")?;
    /// let other = compiler.compile("not email is blank && (seniority = cxo || seniority == VP)")?;
    /// assert_eq!(one.filter(), other.filter());
    /// # Ok::<(), filterc::CompileError>(())
    /// ```
    #[must_use]
    pub fn canonical(mut self) -> Self {
        self.form = Some(Form::Canonical);
        self
    }

    /// What a text is judged by, which may name its own type.
    fn rules(&self, source: &Source) -> Rules<'_> {
        let default = self.default_audience.filter(|_| source.audience.is_none());
        Rules {
            catalog: &self.catalog,
            topics: self.topics.as_ref(),
            audience: self.audience.or(default),
        }
    }

    /// Compiles a text.
    ///
    /// Takes time and memory linear in the length of the text, and at most 128 open parentheses.
    ///
    /// # Errors
    ///
    /// If the text has any mistake: the error holds all of them, and the warnings.
    pub fn compile(&self, text: &str) -> Result<Compilation, CompileError> {
        let Passed {
            group, findings, ..
        } = self.run(text, |_| ())?;
        self.finish(group, findings, text)
    }

    /// Compiles a text, and says where in it each part of the filter came from.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn compile_mapped(&self, text: &str) -> Result<(Compilation, SourceMap), CompileError> {
        let passed = self.run(text, filter::Expr::clone)?;
        let origin = trace(&passed.kept, &passed.group);
        // Read again: it is used up.
        let source = parse(text).source;
        let written = source.as_ref().map(|source| &source.expr);
        let map = SourceMap::new(&self.source_name, text, &origin, written);
        Ok((self.finish(passed.group, passed.findings, text)?, map))
    }

    /// Compiles a text, and warns of all in the filter that the vendor's estimate call refuses.
    ///
    /// The filter is that of [`compile`](Self::compile). The codes of the additional warnings begin
    /// with `filterc::estimate::`; where there are none, nothing documented stands against an
    /// estimate.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    ///
    /// ```
    /// let text = "score = high and (job_title = cto or job_title = cio)";
    /// let compilation = filterc::Compiler::new().compile_for_estimate(text)?;
    /// let warning = &compilation.warnings()[0];
    /// assert_eq!(warning.code(), "filterc::estimate::nested_group");
    /// assert_eq!(warning.fixes()[0].replacement, "job_title in (cto, cio)");
    /// # Ok::<(), filterc::CompileError>(())
    /// ```
    pub fn compile_for_estimate(&self, text: &str) -> Result<Compilation, CompileError> {
        let Passed {
            kept: checked,
            group,
            mut findings,
        } = self.run(text, filter::Expr::clone)?;
        // Read again: it is used up.
        if let Some(source) = parse(text).source {
            findings.extend(estimate(&source, text, &trace(&checked, &group)));
        }
        self.finish(group, findings, text)
    }

    /// Compiles a text to try it on rows.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile): what has no filter matches nothing.
    pub fn matcher(&self, text: &str, options: MatchOptions) -> Result<Matcher, CompileError> {
        let Passed {
            kept: checked,
            group,
            findings,
        } = self.run(text, filter::Expr::clone)?;
        let Compilation { filter, warnings } = self.finish(group, findings, text)?;
        let compiled = (filter, warnings);
        Ok(Matcher::new(&checked, text, options, compiled))
    }

    /// Runs the passes. Each uses up what the one before made: `keep` says what of the checked
    /// filter is wanted besides.
    fn run<'c, K>(
        &'c self,
        text: &str,
        keep: impl Fn(&filter::Expr<'c>) -> K,
    ) -> Result<Passed<K>, CompileError> {
        let parsed = parse(text);
        let mut findings = parsed.findings;
        let mut passed = None;
        if let Some(source) = parsed.source {
            let rules = self.rules(&source);
            let checked = check(source, text, rules);
            findings.extend(checked.findings);
            let kept = keep(&checked.filter);
            let rewriting = self.form.map(|form| (form, checked.filter.clone()));
            if findings.iter().any(Finding::is_error) {
                findings.extend(lower_findings(checked.filter, text));
            } else {
                let lowered = lower(checked.filter, text);
                findings.extend(lowered.findings);
                passed = lowered.group.map(|group| (kept, group, rewriting));
            }
        }
        // INVARIANT: an error anywhere means no filter, whatever the passes returned.
        let (mut kept, mut group, rewriting) = match passed {
            Some(passed) if !findings.iter().any(Finding::is_error) => passed,
            _ => return Err(self.failed(problems(text, findings), text)),
        };
        if let Some((form, checked)) = rewriting {
            let optimized = optimize(&checked, &self.catalog, form);
            // Every rule of it was a rule before, or a list of such: there is always a group.
            if let Some(smaller) = lower(optimized.clone(), text).group {
                debug_assert_eq!(
                    lower(optimize(&optimized, &self.catalog, form), text).group,
                    Some(smaller.clone()),
                    "rewritten again it is another"
                );
                kept = keep(&optimized);
                group = smaller;
            }
        }
        Ok(Passed {
            kept,
            group,
            findings,
        })
    }

    /// A filter, unless a warning of it is denied.
    fn finish(
        &self,
        filter: FilterGroup,
        findings: Vec<Finding>,
        text: &str,
    ) -> Result<Compilation, CompileError> {
        let mut warnings = problems(text, findings);
        self.levels.apply(&mut warnings);
        if warnings.iter().any(Problem::is_error) {
            return Err(self.failed(warnings, text));
        }
        Ok(Compilation { filter, warnings })
    }

    fn failed(&self, mut problems: Vec<Problem>, text: &str) -> CompileError {
        self.levels.apply(&mut problems);
        let source = NamedText {
            name: self.source_name.clone(),
            text: Arc::from(text),
        };
        CompileError::new(source, problems)
    }
}

/// What the passes made of a text without mistakes.
struct Passed<K> {
    kept: K,
    group: FilterGroup,
    /// Warnings, in no particular order.
    findings: Vec<Finding>,
}

/// What compiling a text without mistakes gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compilation {
    filter: FilterGroup,
    warnings: Vec<Problem>,
}

impl Compilation {
    /// The filter.
    pub fn filter(&self) -> &FilterGroup {
        &self.filter
    }

    /// The filter, without a copy.
    pub fn into_filter(self) -> FilterGroup {
        self.filter
    }

    /// What deserves a look, in the order of the text.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
mod tests;
