//! What is formatted compiles to the same, and is written the same when it is formatted again.
#![no_main]

use filterc::Compiler;
use filterc_fuzz::text::Text;
use libfuzzer_sys::arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        check(text);
    }
    if let Ok(text) = Text::arbitrary(&mut Unstructured::new(bytes)) {
        check(&text.0);
    }
});

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
