//! Wirefilter as it is today: text to a type-checked tree to JSON.

use std::error::Error;

use wirefilter::{SchemeBuilder, Type};
use worker::{Answer, serve};

#[path = "../../../instructions/inputs.rs"]
#[allow(dead_code, reason = "the fields are used, not the texts")]
mod inputs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = SchemeBuilder::new();
    for field in inputs::FIELDS {
        builder.add_field(field, Type::Bytes)?;
    }
    let scheme = builder.build();
    serve(|text| -> Answer<'_> {
        let tree = scheme.parse(text);
        let tree = tree.map_err(|error| Box::new(error) as Box<dyn std::fmt::Display>)?;
        let json = serde_json::to_string(&tree);
        let json = json.map_err(|error| Box::new(error) as Box<dyn std::fmt::Display>)?;
        Ok(json.len())
    });
    Ok(())
}
