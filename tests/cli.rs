//! The `filterc` program as a process: what goes in, what comes out of which stream, exit codes.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "cli/account.rs"]
mod account;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/broken_files.rs"]
mod broken_files;
#[path = "cli/catalog.rs"]
mod catalog;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/colour.rs"]
mod colour;
#[path = "cli/compile.rs"]
mod compile;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/decompile.rs"]
mod decompile;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/fields.rs"]
mod fields;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/generated.rs"]
mod generated;
#[cfg(target_os = "linux")]
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/locate.rs"]
mod locate;
#[path = "cli/match_filter.rs"]
mod match_filter;
#[path = "cli/match_rows.rs"]
mod match_rows;
#[path = "cli/match_stream.rs"]
mod match_stream;
#[path = "cli/match.rs"]
mod matching;
#[path = "cli/optimize.rs"]
mod optimize;
#[path = "cli/pages.rs"]
mod pages;
#[path = "cli/process.rs"]
mod process;
#[path = "cli/request.rs"]
mod request;
#[path = "cli/server.rs"]
mod server;
#[path = "cli/streams.rs"]
mod streams;
#[path = "cli/usage.rs"]
mod usage;
