//! Texts in the shape of the grammar are answered, mapped and prepared for an estimate alike.
#![no_main]

use filterc::Compiler;
use filterc_fuzz::{holds, text::Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: Text| {
    let text = text.0.as_str();
    let compiler = Compiler::new();
    let filter = holds::answer(&compiler, text).map(|filter| filter.to_string());
    let mapped = compiler.compile_mapped(text).ok();
    let mapped = mapped.map(|(compilation, _)| compilation.filter().to_string());
    assert_eq!(filter, mapped);
    let estimate = compiler.compile_for_estimate(text).ok();
    assert_eq!(
        filter,
        estimate.map(|compilation| compilation.filter().to_string())
    );
});
