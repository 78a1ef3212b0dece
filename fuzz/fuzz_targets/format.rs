//! What is formatted compiles to the same, and is written the same when it is formatted again.
#![no_main]

use filterc::Compiler;
use filterc_fuzz::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| text::both(bytes, check));

fn check(text: &str) {
    let Ok(written) = filterc::format(text) else {
        return;
    };
    assert_eq!(
        filterc::format(&written).ok().as_deref(),
        Some(written.as_str())
    );
    let filter = |text| {
        Compiler::new()
            .compile(text)
            .ok()
            .map(|done| done.filter().to_string())
    };
    assert_eq!(filter(text), filter(&written), "{text}\n{written}");
}
