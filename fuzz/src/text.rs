//! Texts in the shape of the grammar, with mistakes here and there.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::VALUES;

/// An expression that is right for the most part.
#[derive(Debug)]
pub struct Text(pub String);

/// Deeper than what the compiler takes, so that the limit is met too.
const DEEPEST: usize = 140;

const FIELDS: [&str; 27] = [
    "like",
    "but",
    "startswith",
    "seniority",
    "seniority_level",
    "SENIORITY_LEVEL",
    "job_title",
    "topic",
    "INTENT",
    "score",
    "visitors",
    "company_employee_count",
    "company_total_revenue",
    "last_updated",
    "is_married",
    "emails",
    "industry",
    "event_type",
    "timestamp",
    "resolved",
    "`order`",
    "`job_title`",
    "senority",
    "no_such",
    "email",
    "revenue",
    "company.size",
];

const JOINERS: [&str; 18] = [
    " and ",
    " or ",
    " AND ",
    " OR ",
    " && ",
    " || ",
    "\nand ",
    "\r\nor\t",
    " , ",
    "; ",
    " & ",
    "|",
    " adn ",
    " ro ",
    " without ",
    " // and\n",
    " ",
    "\n",
];

const TESTS: [&str; 22] = [
    "= v",
    "!= v",
    "== v",
    "<> v",
    "< v",
    "<= v",
    "> v",
    ">= v",
    "contains v",
    "not contains v",
    "starts with v",
    "endswith v",
    "is v",
    "is not v",
    "equals v",
    "not equals v",
    "is null",
    "is not blank",
    "between v and v",
    "not between v and v",
    "like v",
    "=> v",
];

const LISTS: [&str; 9] = [
    "in l",
    "not in l",
    "contains any l",
    "contains all l",
    "starts with any l",
    "ends with all l",
    "not contains any l",
    "!in l",
    "any l",
];

const JUNK: [&str; 20] = [
    "(", ")", "[", "]", "\"", "'", "`", "#", "\\", "“", "”", "\u{200B}", "\u{FEFF}", "\u{A0}", "%",
    ";", "//", "--", "\0", "é",
];

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(input: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        if input.ratio(1, 6)? {
            text +=
                input.choose(&["intents where ", "pixel\nWHERE ", "elixir where ", "where "])?;
        }
        expression(input, &mut text, 0)?;
        if input.ratio(1, 6)? {
            let at = input.int_in_range(0..=text.len())?;
            let at = (0..=at).rev().find(|at| text.is_char_boundary(*at));
            text.insert_str(at.unwrap_or_default(), input.choose(&JUNK)?);
        }
        Ok(Self(text))
    }
}

fn expression(input: &mut Unstructured<'_>, text: &mut String, depth: usize) -> Result<()> {
    for number in 0..=input.int_in_range(0..=4)? {
        if number > 0 {
            *text += input.choose(&JOINERS)?;
        }
        if input.ratio(1, 5)? {
            *text += input.choose(&["not ", "NOT ", "! ", "not not "])?;
        }
        if depth < DEEPEST && !input.is_empty() && input.ratio(2, 5)? {
            text.push('(');
            expression(input, text, depth + 1)?;
            text.push(')');
        } else {
            comparison(input, text)?;
        }
        if input.ratio(1, 12)? {
            *text += " # why\n";
        }
        if input.is_empty() {
            break;
        }
    }
    Ok(())
}

fn comparison(input: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    *text += input.choose(&FIELDS)?;
    text.push(' ');
    if input.ratio(1, 3)? {
        for part in input.choose(&LISTS)?.split_inclusive(' ') {
            match part {
                "l" => list(input, text)?,
                word => *text += word,
            }
        }
        return Ok(());
    }
    for part in input.choose(&TESTS)?.split_inclusive(' ') {
        match part.trim_end() {
            "v" => value(input, text)?,
            _ => *text += part.trim_end(),
        }
        text.push(' ');
    }
    Ok(())
}

fn list(input: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    text.push('(');
    for _ in 0..=input.int_in_range(0..=4)? {
        value(input, text)?;
        *text += input.choose(&[", ", ",", " ,\n"])?;
    }
    text.push(')');
    Ok(())
}

fn value(input: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    let value = input.choose(&VALUES)?;
    match input.int_in_range(0..=9)? {
        0 => *text += &format!("'{value}'"),
        1 => {
            // Whatever there is, as a string.
            let free: String = input.arbitrary::<&str>()?.chars().take(12).collect();
            let escaped = free.replace('\\', "\\\\").replace('"', "\\\"");
            *text += &format!("\"{}\"", escaped.replace(['\n', '\r'], " "));
        }
        2 => *text += &format!("\"{value}\\u{{1F600}}\""),
        3..=5 => *text += &format!("\"{value}\""),
        _ => *text += value,
    }
    Ok(())
}

/// The bytes as a text, and as what a text is drawn by.
pub fn both(bytes: &[u8], check: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        check(text);
    }
    if let Ok(text) = Text::arbitrary(&mut Unstructured::new(bytes)) {
        check(&text.0);
    }
}

/// A string of the language that stands for this text.
pub fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{{{:X}}}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
