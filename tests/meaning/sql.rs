//! The third opinion: a filter object as a SQL condition, asked of the same rows in SQLite.
//!
//! A row is spread over two tables: `held` has a line for each field with a value, `cells` one for
//! each of its values. What is unknown, and what NOT makes of it, is left to the engine.

use filterc::{Cell, FieldType};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::cells::Cells;

pub(crate) struct Database(Connection);

impl Database {
    pub(crate) fn new() -> rusqlite::Result<Self> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE TABLE rows (id INTEGER PRIMARY KEY);
             CREATE TABLE held (id INTEGER, field TEXT, is_list INTEGER, PRIMARY KEY (id, field));
             CREATE TABLE cells (id INTEGER, field TEXT, value TEXT);
             CREATE INDEX by_field ON cells (id, field);",
        )?;
        Ok(Self(connection))
    }

    /// Whether each row is selected by the condition, by its opposite, or by neither.
    pub(crate) fn ask(
        &self,
        filter: &Value,
        rows: &[Cells],
    ) -> rusqlite::Result<Vec<Option<bool>>> {
        self.0
            .execute_batch("BEGIN; DELETE FROM rows; DELETE FROM held; DELETE FROM cells;")?;
        for (id, row) in (0_i64..).zip(rows) {
            self.insert(id, row)?;
        }
        self.0.execute_batch("COMMIT")?;
        let mut values = Vec::new();
        let condition = condition(filter, &mut values);
        let select = |condition: &str| -> rusqlite::Result<Vec<i64>> {
            let sql = format!("SELECT id FROM rows WHERE {condition}");
            let mut query = self.0.prepare(&sql)?;
            let found = query.query_map(rusqlite::params_from_iter(&values), |row| row.get(0))?;
            found.collect()
        };
        let selected = select(&condition)?;
        let opposite = select(&format!("NOT ({condition})"))?;
        let answer = |id: i64| match (selected.contains(&id), opposite.contains(&id)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        Ok((0_i64..).zip(rows).map(|(id, _)| answer(id)).collect())
    }

    fn insert(&self, id: i64, row: &Cells) -> rusqlite::Result<()> {
        self.0
            .prepare_cached("INSERT INTO rows VALUES (?)")?
            .execute([id])?;
        for (field, cell) in row {
            let cells = match cell {
                Cell::Null => continue,
                Cell::Many(cells) => cells.as_slice(),
                one => std::slice::from_ref(one),
            };
            let is_list = matches!(cell, Cell::Many(_));
            self.0
                .prepare_cached("INSERT INTO held VALUES (?, ?, ?)")?
                .execute(params![id, field, is_list])?;
            for cell in cells {
                let value = match cell {
                    Cell::Text(text) | Cell::Number(text) => Some(text.as_ref()),
                    Cell::Boolean(true) => Some("true"),
                    Cell::Boolean(false) => Some("false"),
                    _ => None,
                };
                self.0
                    .prepare_cached("INSERT INTO cells VALUES (?, ?, ?)")?
                    .execute(params![id, field, value])?;
            }
        }
        Ok(())
    }
}

fn condition(filter: &Value, values: &mut Vec<String>) -> String {
    match filter.get("rules").and_then(Value::as_array) {
        None => rule(filter, values),
        Some(rules) => {
            let word = if filter.get("condition") == Some(&"or".into()) {
                " OR "
            } else {
                " AND "
            };
            let rules: Vec<String> = rules.iter().map(|rule| condition(rule, values)).collect();
            format!("({})", rules.join(word))
        }
    }
}

fn rule(rule: &Value, values: &mut Vec<String>) -> String {
    let text = |pointer| {
        rule.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut bind = |value: &str| {
        values.push(value.to_owned());
        format!("?{}", values.len())
    };
    let name = text("/fieldName");
    let field = bind(name);
    let held = format!("EXISTS (SELECT 1 FROM held WHERE held.id = rows.id AND field = {field})");
    let operator = text("/conditionRules/operator");
    let (positive, not) = match operator {
        "is blank" | "is null" => (operator, ""),
        "is not blank" => ("is blank", "NOT "),
        "is not null" => ("is null", "NOT "),
        _ => match operator
            .strip_prefix("not ")
            .or(operator.strip_suffix(" not"))
        {
            Some(positive) => (positive, "NOT "),
            None => (operator, ""),
        },
    };
    let of_row = format!("FROM cells WHERE cells.id = rows.id AND field = {field}");
    if positive == "is null" {
        return format!("{not}(NOT {held})");
    }
    if positive == "is blank" {
        let is_text = format!(
            "EXISTS (SELECT 1 FROM held WHERE held.id = rows.id AND field = {field} AND NOT is_list)"
        );
        return format!(
            "{not}(NOT {held} OR NOT EXISTS (SELECT 1 {of_row}) \
             OR ({is_text} AND EXISTS (SELECT 1 {of_row} AND value = '')))"
        );
    }
    let found = rule.pointer("/conditionRules/value");
    let list = found.and_then(Value::as_array);
    let one = found.map(std::slice::from_ref);
    let written = list.map(Vec::as_slice).or(one).unwrap_or_default();
    let written = written.iter().filter_map(Value::as_str);
    let bound: Vec<String> = written.map(bind).collect();
    let field_type = filterc::Catalog::builtin()
        .find(name)
        .map(|field| field.field_type());
    let test = test(positive, &bound, field_type);
    format!(
        "{not}(CASE WHEN NOT {held} THEN NULL ELSE (SELECT CASE WHEN max(t) = 1 THEN 1 \
         WHEN count(*) > count(t) THEN NULL ELSE 0 END FROM (SELECT {test} AS t {of_row})) END)"
    )
}

/// What is asked of one value.
fn test(operator: &str, bound: &[String], field_type: Option<FieldType>) -> String {
    let typed = |value: &str| match field_type {
        Some(FieldType::Integer | FieldType::Number) => format!("CAST({value} AS NUMERIC)"),
        Some(FieldType::Timestamp) => format!("unixepoch(upper({value}))"),
        _ => value.to_owned(),
    };
    let first = bound.first().map(String::as_str).unwrap_or_default();
    match operator {
        "contains" => format!("instr(value, {first}) > 0"),
        "startswith" => format!("instr(value, {first}) = 1"),
        "endswith" => {
            let bytes = |text: &str| format!("CAST({text} AS BLOB)");
            let length = format!("length({})", bytes(first));
            format!(
                "CASE WHEN {length} = 0 THEN value = value \
                 ELSE substr({}, -{length}) = {} AND length({0}) >= {length} END",
                bytes("value"),
                bytes(first)
            )
        }
        "in" | "is" | "equals" => {
            let values: Vec<String> = bound.iter().map(|value| typed(value)).collect();
            format!("{} IN ({})", typed("value"), values.join(", "))
        }
        order => format!("{} {order} {}", typed("value"), typed(first)),
    }
}
