//! The peers in Rust, each doing as much of the job as it can: `others NAME` answers requests.

use std::error::Error;
use std::fmt::Display;

use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;
use worker::{Answer, serve};
use zen_expression::Isolate;

#[path = "../../../instructions/inputs.rs"]
#[allow(dead_code, reason = "the fields are used, not the texts")]
mod inputs;

/// Some peers recurse once an operator; what they take must not be bounded by the machine's
/// default.
const STACK: usize = 1 << 30;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let run: fn() -> Result<(), Box<dyn Error + Send + Sync>> = match &*name {
        "cql2" => cql2,
        "wirefilter-0.6.1" => wirefilter,
        "zen" => zen,
        "cel" => cel,
        "sqlparser" => sqlparser,
        "cedar" => cedar,
        _ => return Err(format!("there is no contestant `{name}`").into()),
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run)?;
    thread.join().map_err(|_| "the contestant panicked")?
}

fn boxed<'t>(error: impl Display + 't) -> Box<dyn Display + 't> {
    Box::new(error)
}

/// Text to JSON.
fn cql2() -> Result<(), Box<dyn Error + Send + Sync>> {
    serve(|text| {
        let expr = cql2::parse_text(text).map_err(boxed)?;
        Ok(expr.to_json().map_err(boxed)?.len())
    });
    Ok(())
}

/// Text to a type-checked tree; no JSON.
fn wirefilter() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut scheme = ::wirefilter::Scheme::new();
    for field in inputs::FIELDS {
        scheme
            .add_field(field.to_owned(), ::wirefilter::Type::Bytes)
            .map_err(|error| error.to_string())?;
    }
    serve(|text| -> Answer<'_> {
        let tree = scheme
            .parse(text)
            .map_err(|error| boxed(error.to_string()))?;
        Ok(size_of_val(&std::hint::black_box(tree)))
    });
    Ok(())
}

/// Text to bytecode, reusing its buffers; no types, no JSON.
fn zen() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut isolate = Isolate::new();
    serve(|text| {
        let compiled = isolate.compile_standard(text).map_err(boxed)?;
        Ok(compiled.bytecode().len())
    });
    Ok(())
}

/// Text to a tree; no types, no JSON.
fn cel() -> Result<(), Box<dyn Error + Send + Sync>> {
    serve(|text| {
        let program = cel::Program::compile(text).map_err(boxed)?;
        Ok(size_of_val(&std::hint::black_box(program)))
    });
    Ok(())
}

/// Text to JSON; no types.
fn sqlparser() -> Result<(), Box<dyn Error + Send + Sync>> {
    serve(|text| {
        let parser = Parser::new(&PostgreSqlDialect {}).with_recursion_limit(100_000);
        let mut parser = parser.try_with_sql(text).map_err(boxed)?;
        let expr = parser.parse_expr().map_err(boxed)?;
        parser.expect_token(&Token::EOF).map_err(boxed)?;
        Ok(serde_json::to_string(&expr).map_err(boxed)?.len())
    });
    Ok(())
}

/// Text to a validated policy to JSON.
fn cedar() -> Result<(), Box<dyn Error + Send + Sync>> {
    let fields: Vec<String> = inputs::FIELDS.map(|name| format!("{name}: String")).into();
    let schema = format!(
        "entity P; action a appliesTo {{ principal: P, resource: P, context: {{ {} }} }};",
        fields.join(", ")
    );
    let (schema, _) = Schema::from_cedarschema_str(&schema)?;
    let validator = Validator::new(schema);
    serve(|text| {
        let policies: PolicySet = text.parse().map_err(boxed)?;
        let result = validator.validate(&policies, ValidationMode::Strict);
        if !result.validation_passed() {
            return Err(boxed(result));
        }
        let json = policies.to_json().map_err(boxed)?;
        Ok(serde_json::to_string(&json).map_err(boxed)?.len())
    });
    Ok(())
}
