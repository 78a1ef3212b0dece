//! One text: what the compiler makes of it, and what the reference reader says that it means.

use std::collections::BTreeMap;

use filterc::{Compilation, CompileError, Compiler, MatchOptions, Problem, Selector, Severity};
use serde_json::Value;

use crate::dice::Dice;
use crate::emit::{emit, evaluate, one_equality, three_equalities};
use crate::fields;
use crate::json;
use crate::kept;
use crate::reader::{Refusal, read};
use crate::resolve::{Filter, Setting, resolve};
use crate::rows::{Row, Values};
use crate::truth::Truth;

/// How many rows each filter is asked about.
const ROWS: usize = 6;

/// What a text means, and the filter object that says it.
pub(crate) fn meaning<'s>(
    text: &str,
    setting: &'s Setting,
) -> Result<(Filter<'s>, Value), Refusal> {
    let filter = resolve(read(text)?, setting)?;
    let emitted = emit(&filter)?;
    Ok((filter, emitted))
}

/// What came of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    Compiled,
    Refused,
}

type Compiled = Result<Compilation, CompileError>;

/// Why a text is not taken for what it means.
pub(crate) type Complaint = String;

/// Judges texts that are compiled with the same settings.
pub(crate) struct Judge<'s> {
    pub(crate) setting: &'s Setting,
    pub(crate) compiler: Compiler,
    /// What rewrites the filter into an equal one.
    rewriters: [Compiler; 2],
    /// Of the text before the edit: rows are drawn around these values too.
    around: Values,
    pub(crate) dice: Dice,
}

impl<'s> Judge<'s> {
    pub(crate) fn new(setting: &'s Setting, seed: u64) -> Self {
        let mut compiler = Compiler::new().catalog(setting.catalog.clone());
        if let Some(topics) = &setting.topics {
            compiler = compiler.topics(topics.clone());
        }
        if let Some(audience) = setting.audience {
            compiler = compiler.audience(audience);
        }
        Self {
            setting,
            rewriters: [compiler.clone().optimize(), compiler.clone().canonical()],
            compiler,
            around: Values::default(),
            dice: Dice::new(seed),
        }
    }

    /// Draws rows around the values of that text too, if it has a meaning.
    pub(crate) fn around(&mut self, text: &str) {
        self.around = meaning(text, self.setting)
            .map_or_else(|_| Values::default(), |(filter, _)| self.values(&filter));
    }

    fn values(&self, filter: &Filter<'_>) -> Values {
        let mut values = self.around.clone();
        for leaf in filter.leaves() {
            values.add(&self.setting.catalog, leaf.field.name(), leaf.test.values());
        }
        values
    }

    /// All that is asked of a text. Says what came of it, and whether it was fixed.
    pub(crate) fn judge(&mut self, text: &str) -> Result<(Answer, bool), Complaint> {
        let compiled = self.compiler.compile(text);
        let answer = self.judge_compiled(text, &compiled)?;
        self.judge_format(text, &compiled)?;
        Ok((answer, self.judge_fix(text, &compiled)?))
    }

    /// Fails if the compiler takes the text for anything but its meaning, by any of its ways.
    fn judge_compiled(&mut self, text: &str, compiled: &Compiled) -> Result<Answer, Complaint> {
        let of = |what: String| format!("{text}\n────\n{what}");
        let (filter, wanted, compilation) = match (meaning(text, self.setting), compiled) {
            (Err(_), Err(_)) => {
                self.refuses_always(text).map_err(of)?;
                return Ok(Answer::Refused);
            }
            (Err(why), Ok(compilation)) => {
                let filter = compilation.filter();
                return Err(of(format!(
                    "is no expression, {why:?}, and compiles to {filter}"
                )));
            }
            (Ok((_, wanted)), Err(error)) => {
                return Err(of(format!("means {wanted}\nand is refused: {error}")));
            }
            (Ok((filter, wanted)), Ok(compilation)) => (filter, wanted, compilation),
        };
        let emitted = value(compilation.filter());
        if emitted != wanted {
            return Err(of(format!("means {wanted}\nand compiles to {emitted}")));
        }
        let is_error = |problem: &Problem| problem.severity() == Severity::Error;
        if compilation.warnings().iter().any(is_error) {
            return Err(of("compiles with an error".to_owned()));
        }
        let settled = self.compiles_always(text, &filter, compilation.filter());
        settled.map_err(of)?;
        Ok(Answer::Compiled)
    }

    /// What is refused once is refused in every way; asked of some texts.
    fn refuses_always(&mut self, text: &str) -> Result<(), Complaint> {
        if !self.dice.one_in(8) {
            return Ok(());
        }
        let [optimizer, canonical] = &self.rewriters;
        let ways = [
            ("mapped", self.compiler.compile_mapped(text).is_ok()),
            (
                "for an estimate",
                self.compiler.compile_for_estimate(text).is_ok(),
            ),
            (
                "for rows",
                self.compiler.matcher(text, MatchOptions::new()).is_ok(),
            ),
            ("optimized", optimizer.compile(text).is_ok()),
            ("canonical", canonical.compile(text).is_ok()),
        ];
        match ways.iter().find(|(_, compiles)| *compiles) {
            Some((way, _)) => Err(format!("is refused, and compiles {way}")),
            None => Ok(()),
        }
    }

    /// Every way of compiling gives this filter, or an equal one.
    fn compiles_always(
        &mut self,
        text: &str,
        meant: &Filter<'_>,
        filter: &filterc::Filter,
    ) -> Result<(), Complaint> {
        let told = |error: CompileError| format!("is refused in another way: {error}");
        let options = MatchOptions::new().spaces_are_blank(true);
        let matcher = self.compiler.matcher(text, options).map_err(told)?;
        let (mapped, _) = self.compiler.compile_mapped(text).map_err(told)?;
        let estimated = self.compiler.compile_for_estimate(text).map_err(told)?;
        for other in [matcher.filter(), mapped.filter(), estimated.filter()] {
            if other != filter || other.to_string() != filter.to_string() {
                return Err(format!(
                    "compiles to {filter}\nand in another way to {other}"
                ));
            }
        }
        let mut forms = vec![filter.clone()];
        for rewriter in &self.rewriters {
            let form = rewriter.compile(text).map_err(told)?.into_filter();
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let selectors = forms.into_iter().map(|form| {
            let json = value(&form);
            json::assert_well_formed(&json, &self.setting.catalog);
            (
                json,
                Selector::new(form, options).typed_by(&self.setting.catalog),
            )
        });
        let selectors: Vec<_> = selectors.collect();
        let values = self.values(meant);
        for number in 0..ROWS {
            // A rewriter takes a field for what it is; the other ways make no difference.
            let anywhere = number % 2 == 1;
            let row = values.draw(anywhere, &mut self.dice);
            let look = |name: &str| row.held(name);
            let cells = row.cells();
            let apart = evaluate(meant, false, three_equalities, &look);
            let told = self.told(&value(filter), three_equalities, &row);
            if told != apart {
                return Err(format!(
                    "is {apart:?}, and {filter} is {told:?}\nof {row:?}"
                ));
            }
            let expected = evaluate(meant, false, one_equality, &look);
            if named(matcher.eval(&cells)) != expected {
                return Err(format!(
                    "is {expected:?}, and not to its matcher\nof {row:?}"
                ));
            }
            let seen = if anywhere { 1 } else { selectors.len() };
            for (json, selector) in selectors.iter().take(seen) {
                let told = [
                    self.told(json, one_equality, &row),
                    named(selector.eval(&cells)),
                ];
                if told != [expected; 2] {
                    return Err(format!(
                        "is {expected:?}, and {json} is {told:?}\nof {row:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    fn told(
        &self,
        json: &Value,
        seen: fn(crate::row::Relation) -> crate::row::Relation,
        row: &Row,
    ) -> Truth {
        let catalog = &self.setting.catalog;
        let kind = |name: &str| catalog.find(name).map_or(fields::Kind::Text, fields::kind);
        json::evaluate_by(json, seen, &|name| (kind(name), row.held(name)))
    }

    /// Fails if the fixes of the text's problems bring up new ones, or change what it means; says
    /// whether anything was fixed.
    fn judge_fix(&mut self, text: &str, before: &Compiled) -> Result<bool, Complaint> {
        let problems = match before {
            Ok(compilation) => compilation.warnings(),
            Err(error) => error.problems(),
        };
        let has_fix = problems.iter().any(|problem| problem.fixes().len() == 1);
        if !has_fix && !self.dice.one_in(16) {
            return Ok(false);
        }
        let fixed = self.compiler.fix(text);
        if fixed.text() == text {
            return Ok(false);
        }
        let of = |what: String| format!("{text}\n──── fixed\n{}\n────\n{what}", fixed.text());
        let (was, is) = (codes(problems), codes(fixed.problems()));
        // How a text is meant was open before; a mistake hid it.
        let readings = [
            "filterc::check::mixed_operators",
            "filterc::check::ambiguous_not",
        ];
        let is_new = |(code, count): (&&str, &usize)| {
            !readings.contains(code) && was.get(code).is_none_or(|was| was < count)
        };
        if !has_fix || is.iter().any(is_new) {
            return Err(of(format!("had {was:?}, has {is:?}")));
        }
        let mut applied = fixed.applied().iter();
        // A value that is there twice may be spelled in two ways.
        if !applied.any(|fix| fix.title == "remove the repetition")
            && let Some(lost) = kept::lost(text, fixed.text(), &kept::fixed(&was, &is))
        {
            return Err(of(lost));
        }
        let after = self.compiler.compile(fixed.text());
        match (before, &after) {
            (Ok(_), Err(error)) => Err(of(format!("is refused after the fix: {error}"))),
            (Ok(before), Ok(after)) if before.filter() != after.filter() => {
                let (was, is) = (before.filter(), after.filter());
                Err(of(format!("was {was}\nis {is}")))
            }
            _ => self.judge_compiled(fixed.text(), &after).map(|_| true),
        }
    }

    /// Fails if the text means another thing in the canonical layout.
    fn judge_format(&mut self, text: &str, before: &Compiled) -> Result<(), Complaint> {
        let written = match (filterc::format(text), before) {
            (Ok(written), _) => written,
            (Err(_), Err(_)) => return Ok(()),
            (Err(error), Ok(_)) => {
                return Err(format!(
                    "{text}\n────\ncompiles, and has no layout: {error}"
                ));
            }
        };
        let after = self.compiler.compile(&written);
        let told = [before, &after].map(|compiled| match compiled {
            Ok(compilation) => compilation.filter().to_string(),
            Err(_) => "refused".to_owned(),
        });
        let meant = meaning(&written, self.setting)
            .ok()
            .map(|(_, wanted)| wanted);
        let is_kept = told[0] == told[1];
        if is_kept && meant == after.ok().map(|after| value(after.filter())) {
            return Ok(());
        }
        Err(format!(
            "{text}\n──── written\n{written}\n────\nwas and is {told:?}, means {meant:?}"
        ))
    }
}

fn codes(problems: &[Problem]) -> BTreeMap<&str, usize> {
    let mut codes = BTreeMap::new();
    for problem in problems {
        *codes.entry(problem.code()).or_default() += 1;
    }
    codes
}

pub(crate) fn value(filter: &filterc::Filter) -> Value {
    serde_json::to_value(filter).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn named(truth: filterc::Truth) -> Truth {
    match truth {
        filterc::Truth::True => Truth::True,
        filterc::Truth::False => Truth::False,
        filterc::Truth::Unknown => Truth::Unknown,
    }
}
