//! Writes what fuzzing starts from: the tests' corpus as seeds, and the grammar's tokens and the
//! names of the catalog as dictionaries.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use filterc::{AudienceType, Catalog, Operator};
use pest_meta::parser::{Rule, parse};

fn main() -> Result<(), Box<dyn Error>> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = fuzz.parent().ok_or("the package is in the repository")?;
    let mut texts = Vec::new();
    files(&root.join("tests/corpus"), &["filter"], &mut texts)?;
    files(&root.join("tests/format"), &["filter"], &mut texts)?;
    files(&root.join("examples"), &["filter"], &mut texts)?;
    let mut answers = Vec::new();
    for folder in ["tests/corpus", "tests/files", "examples", "docs"] {
        files(&root.join(folder), &["json", "ndjson"], &mut answers)?;
    }
    let mut manifests = Vec::new();
    for folder in ["tests/files", "examples", "docs"] {
        files(&root.join(folder), &["toml"], &mut manifests)?;
    }
    let filters: Vec<Vec<u8>> = texts
        .iter()
        .filter_map(|text| std::str::from_utf8(text).ok())
        .filter_map(|text| filterc::compile(text).ok())
        .map(|filter| filter.to_string().into_bytes())
        .collect();
    for target in ["compile", "format", "fix"] {
        seeds(fuzz, target, &texts)?;
    }
    seeds(fuzz, "account", &answers)?;
    seeds(fuzz, "manifest", &manifests)?;
    answers.extend(filters);
    seeds(fuzz, "decompile", &answers)?;
    fs::write(fuzz.join("text.dict"), dictionary(text_tokens(root)?))?;
    fs::write(fuzz.join("json.dict"), dictionary(json_tokens()))?;
    Ok(())
}

/// The contents of all files below a folder with one of these extensions.
fn files(
    folder: &Path,
    extensions: &[&str],
    found: &mut Vec<Vec<u8>>,
) -> Result<(), Box<dyn Error>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, extensions, found)?;
        } else if extensions
            .iter()
            .any(|known| path.extension().is_some_and(|own| own == *known))
        {
            found.push(fs::read(&path)?);
        }
    }
    Ok(())
}

fn seeds(fuzz: &Path, target: &str, texts: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    let folder = fuzz.join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), text)?;
    }
    println!("{}: {} seeds", target, texts.len());
    Ok(())
}

/// Every literal of the grammar, and the names and options of the built-in catalog.
fn text_tokens(root: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let grammar = fs::read_to_string(root.join("grammar/filter.pest"))?;
    let pairs = parse(Rule::grammar_rules, &grammar)?;
    let literals = pairs
        .flatten()
        .filter(|pair| pair.as_rule() == Rule::string);
    let mut tokens: BTreeSet<String> = literals
        .map(|pair| pair.as_str().trim_matches('"').to_owned())
        .filter(|literal| !literal.is_empty() && !literal.contains('\\'))
        .collect();
    for field in Catalog::builtin().fields() {
        tokens.insert(field.name().to_owned());
        tokens.extend(field.aliases().map(str::to_owned));
        tokens.extend(
            field
                .options()
                .iter()
                .map(|option| option.value().to_owned()),
        );
    }
    tokens.extend(AudienceType::ALL.map(|audience| audience.name().to_owned()));
    Ok(tokens)
}

fn json_tokens() -> BTreeSet<String> {
    let keys = [
        "condition",
        "rules",
        "fieldName",
        "conditionRules",
        "operator",
        "value",
        "and",
        "or",
        "filter",
        "data",
        "id",
        "audience_name",
        "type",
        "fields",
        "field_key",
        "display_name",
        "data_type",
        "field_type",
        "schema_types",
        "operators",
        "options",
        "label",
        "status",
        "response",
        "topics",
        "topic_id",
        "category_name",
        "subcategory_name",
        "name",
        "not",
        "total_count",
    ];
    let mut tokens: BTreeSet<String> = keys.map(|key| format!("\"{key}\"")).into();
    tokens.extend(Operator::ALL.map(|operator| format!("\"{operator}\"")));
    tokens
}

/// In the format of libFuzzer: one token a line, in quotes, with bytes as `\xNN`.
fn dictionary(tokens: BTreeSet<String>) -> String {
    let line = |token: String| {
        let bytes = token.bytes().map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02X}"),
        });
        format!("\"{}\"\n", bytes.collect::<String>())
    };
    tokens.into_iter().map(line).collect()
}
