//! Saved filters as JSON: read a second time, and compared with the text made from them.
//!
//! A key that is there twice or that nobody knows is refused here, so that a decompiler that passes
//! over one is caught.

use std::collections::BTreeSet;

use filterc::{Decompiler, Filter, MatchOptions, Selector};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::emit::group;
use crate::json;
use crate::judge::{Complaint, Judge, named, value};
use crate::members::Json;
use crate::resolve::{self, Setting};
use crate::rows::Values;

/// The filter as the vendor answers it: in an audience, and that now and then in a list.
pub(crate) fn in_audience(filter: Json, dice: &mut Dice) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let named = |key: &str, one| (key.to_owned(), one);
    let audience = *dice.pick(&["elixir", "intents", "events", "list", "pixel"]);
    let audience = Json::Object(vec![
        named("audience_name", text("Leaders")),
        named("id", Json::Other),
        named("type", text(audience)),
        named("filter", filter),
    ]);
    match dice.below(3) {
        0 => Json::Object(vec![named("data", Json::List(vec![audience]))]),
        1 => Json::List(vec![audience.clone(), audience]),
        _ => audience,
    }
}

/// Why JSON is no filter, for whoever looks into a failure.
type Wrong = &'static str;

/// The filters of a file; nothing where an audience is not narrowed.
fn filters(file: &str) -> Result<Vec<Option<Value>>, Wrong> {
    let mut found = Vec::new();
    for json in serde_json::Deserializer::from_str(file).into_iter::<Json>() {
        let json = json.map_err(|_| "no JSON")?;
        let is_answer = json.has("data") && !json.has("condition") && !json.has("rules");
        if is_answer && json.has("filter") {
            return Err("an audience and a list of them");
        }
        let of = if is_answer {
            json.member("data")
        } else {
            Some(&json)
        };
        match of.ok_or("two lists")? {
            Json::List(items) => {
                for item in items {
                    found.push(audience(item)?);
                }
            }
            one if !is_answer => found.push(audience(one)?),
            _ => return Err("no list of audiences"),
        }
    }
    if found.is_empty() {
        Err("nothing")
    } else {
        Ok(found)
    }
}

fn audience(json: &Json) -> Result<Option<Value>, Wrong> {
    let is_audience = ["filter", "audience_name", "segmentation_type"]
        .iter()
        .any(|key| json.has(key));
    if !is_audience || json.has("condition") || json.has("rules") {
        return filter(json).map(Some);
    }
    for key in ["filter", "type", "audience_name", "id"] {
        if json.has(key) && json.member(key).is_none() {
            return Err("a key twice");
        }
    }
    // The library reads the names of types ignoring case, wherever they stand.
    let audience = json
        .member("type")
        .map(|named| named.text().unwrap_or_default());
    let may_be_open = match audience.map(str::to_lowercase).as_deref() {
        None => false,
        Some("list" | "pixel") => true,
        Some("intents" | "elixir" | "events") => false,
        _ => return Err("no audience type"),
    };
    match json.member("filter") {
        None | Some(Json::Null) if may_be_open => Ok(None),
        Some(one) if may_be_open && one.is_of(&[]) => Ok(None),
        Some(one) => filter(one).map(Some),
        None => Err("no filter"),
    }
}

fn filter(json: &Json) -> Result<Value, Wrong> {
    if !json.is_of(&["condition", "rules"]) {
        return Err("no group");
    }
    let condition = json.member("condition").and_then(Json::text);
    let (Some(condition @ ("and" | "or")), Some(Json::List(rules))) =
        (condition, json.member("rules"))
    else {
        return Err("no group");
    };
    let rules = rules.iter().map(|one| {
        if one.has("fieldName") {
            rule(one)
        } else {
            filter(one)
        }
    });
    let rules = rules.collect::<Result<Vec<_>, _>>()?;
    if rules.is_empty() {
        return Err("no rules");
    }
    Ok(json!({"condition": condition, "rules": rules}))
}

fn rule(json: &Json) -> Result<Value, Wrong> {
    let test = json.member("conditionRules").ok_or("no operator")?;
    let field = json.member("fieldName").and_then(Json::text);
    let operator = test.member("operator").and_then(Json::text);
    let (true, Some(field), Some(operator)) = (
        json.is_of(&["fieldName", "conditionRules"]),
        field,
        operator,
    ) else {
        return Err("no rule");
    };
    if field.is_empty() || field.contains(['`', '\n', '\r']) {
        return Err("no name that can be written");
    }
    let one = |name| json!({"fieldName": field, "conditionRules": name});
    let takes_none = matches!(
        operator,
        "is null" | "is not null" | "is blank" | "is not blank"
    );
    if takes_none && test.is_of(&["operator"]) {
        return Ok(one(json!({"operator": operator})));
    }
    if takes_none || !test.is_of(&["operator", "value"]) {
        return Err("no operator and value");
    }
    let value = match (operator, test.member("value")) {
        ("in" | "not in", Some(Json::List(items))) if !items.is_empty() => {
            let texts: Option<Vec<&str>> = items.iter().map(Json::text).collect();
            json!(texts.ok_or("no texts")?)
        }
        (
            "is" | "is not" | "equals" | "not equals" | "contains" | "not contains" | "startswith"
            | "endswith" | "<" | "<=" | ">" | ">=",
            Some(Json::Text(text)),
        ) => json!(text),
        _ => return Err("no value for the operator"),
    };
    Ok(one(json!({"operator": operator, "value": value})))
}

/// Without what says nothing: a group of one rule, one in a group of the same condition, a value
/// that is in its list already.
fn normal(filter: &Value) -> Value {
    let rule = normal_rule(filter);
    match rule.get("rules") {
        Some(_) => rule,
        None => json!({"condition": "and", "rules": [rule]}),
    }
}

fn normal_rule(rule: &Value) -> Value {
    if let Some(rules) = rule.get("rules").and_then(Value::as_array) {
        let is_and = rule
            .get("condition")
            .is_some_and(|condition| condition == "and");
        return group(is_and, rules.iter().map(normal_rule).collect());
    }
    let mut rule = rule.clone();
    if let Some(Value::Array(values)) = rule.pointer_mut("/conditionRules/value") {
        let mut seen = BTreeSet::new();
        values.retain(|value| seen.insert(value.to_string()));
    }
    rule
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// There is no text.
    Refused,
    /// There is a text, and it does not compile.
    DoesNotCompile,
    /// There is a text, and a comment says that it compiles to something else.
    SaysSo,
    Compiles,
}

/// Fails if there is text that compiles to another filter than the saved one without a word.
pub(crate) fn judge(judge: &mut Judge<'_>, file: &str) -> Result<Vec<Outcome>, Complaint> {
    let of = |what: String| format!("{file}\n────\n{what}");
    if let Ok(read) = serde_json::from_str::<Filter>(file) {
        // The library's type reads one filter, and nothing that it would leave out.
        let json = serde_json::from_str::<Json>(file).map_err(|error| of(error.to_string()))?;
        if filter(&json) != Ok(value(&read)) {
            return Err(of(format!("is {:?}, and is read as {read}", filter(&json))));
        }
    }
    let decompiler = Decompiler::new().catalog(judge.setting.catalog.clone());
    let (saved, texts) = match (filters(file), decompiler.decompile(file)) {
        (Err(_), Err(_)) => return Ok(vec![Outcome::Refused]),
        (Ok(saved), Ok(texts)) if saved.len() == texts.len() => (saved, texts),
        (Ok(saved), Ok(texts)) => {
            return Err(of(format!(
                "holds {} filters, not {}",
                saved.len(),
                texts.len()
            )));
        }
        (Err(why), Ok(texts)) => {
            return Err(of(format!("is no filter, {why}, and is read: {texts:?}")));
        }
        (Ok(_), Err(error)) => return Err(of(format!("is a filter, and is refused: {error}"))),
    };
    let texts = texts.iter().map(filterc::Decompiled::text);
    let pairs = saved.into_iter().zip(texts);
    pairs
        .map(|(saved, text)| judge_text(judge, saved, text).map_err(of))
        .collect()
}

fn judge_text(
    judge: &mut Judge<'_>,
    saved: Option<Value>,
    text: &str,
) -> Result<Outcome, Complaint> {
    let of = |what: String| format!("{text}\n────\n{what}");
    let says_so = text.contains("# compiled, this is not the saved filter: ");
    let (saved, compiled) = match (saved, judge.compiler.compile(text)) {
        (_, Err(_)) if says_so => return Err(of("does not compile to anything".to_owned())),
        (_, Err(_)) => return Ok(Outcome::DoesNotCompile),
        (None, Ok(_)) => return Err(of("compiles, and there is no filter".to_owned())),
        (Some(saved), Ok(compiled)) => (saved, compiled),
    };
    let is_same = value(compiled.filter()) == normal(&saved);
    if is_same == says_so {
        return Err(of(format!(
            "is {saved}\nand compiles to {}",
            compiled.filter()
        )));
    }
    judge.judge(text)?;
    if says_so {
        let mut are_taken = true;
        json::visit_rules(&saved, &mut |field, operator, values| {
            are_taken &= is_taken(field, operator, values, judge.setting);
        });
        // Only what the language reads more kindly than the vendor may come out as another thing.
        return if are_taken {
            Err(of(format!("says so, and all of {saved} can be said")))
        } else {
            Ok(Outcome::SaysSo)
        };
    }
    let options = MatchOptions::new().spaces_are_blank(true);
    let filter = serde_json::from_value::<Filter>(saved.clone());
    let filter = filter.map_err(|error| of(format!("is no filter: {error}")))?;
    let selector = Selector::new(filter, options).typed_by(&judge.setting.catalog);
    let matcher = judge
        .compiler
        .matcher(text, options)
        .map_err(|error| of(error.to_string()))?;
    let mut values = Values::default();
    json::visit_rules(&saved, &mut |field, _, known| {
        values.add(&judge.setting.catalog, field, json::strings(known));
    });
    for _ in 0..4 {
        let row = values.draw(true, &mut judge.dice).cells();
        let (was, is) = (named(selector.eval(&row)), named(matcher.eval(&row)));
        if was != is {
            return Err(of(format!(
                "{saved} is {was:?}, the text is {is:?}\nof {row:?}"
            )));
        }
    }
    Ok(Outcome::Compiles)
}

/// Whether the catalog has the field, of that very name, and lets it take the operator and values.
fn is_taken(field: &str, operator: &str, values: Option<&Value>, setting: &Setting) -> bool {
    let known = setting.catalog.find(field);
    let Some(known) = known.filter(|known| known.name() == field) else {
        return false;
    };
    let mut operators = known.operators().chain(known.tolerated_operators());
    let is_part = matches!(
        operator,
        "contains" | "not contains" | "startswith" | "endswith"
    );
    let is_kept = |text: &&str| {
        resolve::value(text, known, setting, !is_part).is_ok_and(|value| value == **text)
    };
    operators.any(|taken| taken.name() == operator) && json::strings(values).iter().all(is_kept)
}
