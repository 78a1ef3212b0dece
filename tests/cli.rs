//! The `filterc` program as a process: what goes in, what comes out of which stream, exit codes.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "cli/colour.rs"]
mod colour;
#[path = "cli/compile.rs"]
mod compile;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/fields.rs"]
mod fields;
#[path = "cli/generated.rs"]
mod generated;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/process.rs"]
mod process;
#[path = "cli/streams.rs"]
mod streams;
#[path = "cli/usage.rs"]
mod usage;
