//! The `filterc` program: arguments and files in, JSON and diagnostics out.
fn main() {}
