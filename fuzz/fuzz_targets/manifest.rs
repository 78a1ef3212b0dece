//! Any manifest gives a body or problems in it, and its filter can be formatted.
#![no_main]

use filterc::{Compiler, Config, Manifest};
use filterc_fuzz::holds;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(toml) = std::str::from_utf8(bytes) else {
        return;
    };
    let manifest = Manifest::from_toml(toml);
    let compiler = Compiler::new();
    for made in [
        manifest.request(&compiler, None),
        manifest.request_for_estimate(&compiler, None),
    ] {
        holds::shown(toml, made.problems());
    }
    if let Ok(Some(written)) = manifest.format_filter() {
        let again = Manifest::from_toml(&written).format_filter();
        assert_eq!(again.ok().flatten().unwrap_or(written.clone()), written);
    }
    if let Err(error) = Config::from_toml(toml) {
        holds::shown(toml, error.problems());
    }
});
