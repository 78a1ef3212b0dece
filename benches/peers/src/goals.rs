//! What is promised, and whether the figures of this run keep it.

use crate::inputs::INPUTS;
use crate::measure::{Results, digits};

pub fn print(results: &Results) {
    println!("\nGoals:\n");
    let time = |entry: &str, input: &str| results.figure(entry, input).map(|figure| figure.median);
    let ratio = |entry: &str, input: &str| Some(time(entry, input)? / time("filterc", input)?);

    for (peer, wanted) in [
        ("react-querybuilder", 80.0),
        ("cql2", 8.0),
        ("cedar", 12.0),
        ("sqlparser", 4.0),
    ] {
        let worst = INPUTS
            .iter()
            .filter_map(|input| Some((ratio(peer, input)?, *input)))
            .min_by(|one, other| one.0.total_cmp(&other.0));
        let goal = format!("at least {wanted} × as fast as {peer}");
        say(
            &goal,
            worst.map(|(least, input)| {
                (
                    least >= wanted,
                    format!("{} × at least, on {input}", digits(least)),
                )
            }),
        );
    }
    for peer in ["zen", "wirefilter"] {
        for input in INPUTS.iter().filter(|input| **input != "small") {
            let ratio = ratio(peer, input);
            say(
                &format!("at least as fast as {peer} on {input}"),
                ratio.map(|ratio| (ratio >= 1.0, format!("{} ×", digits(ratio)))),
            );
        }
        let later = time("filterc", "small").zip(time(peer, "small"));
        say(
            &format!("within 1 µs of {peer} on small"),
            later.map(|(own, peer)| {
                let behind = own - peer;
                (behind <= 1e3, format!("{behind:.0} ns behind"))
            }),
        );
    }
    // What the current wirefilter was once measured at: for runs without it, since other machines
    // have other speeds.
    let known = [("medium", 76.0), ("large", 58.0), ("list", 110.0)];
    let is_there = time("wirefilter", "medium").is_some();
    for (input, wanted) in known.into_iter().filter(|_| !is_there) {
        let speed = results.figure("filterc", input);
        let speed = speed.map(|figure| figure.bytes as f64 * 1e3 / figure.median);
        say(
            &format!("at least {wanted} MB/s on {input}"),
            speed.map(|speed| (speed >= wanted, format!("{} MB/s", digits(speed)))),
        );
    }
    for (input, wanted) in [
        ("small", 8.0),
        ("medium", 6.0),
        ("large", 4.0),
        ("list", 8.0),
    ] {
        let times = ratio("by hand", input).map(|ratio| 1.0 / ratio);
        say(
            &format!("within {wanted} × the floor on {input}"),
            times.map(|times| (times <= wanted, format!("{} ×", digits(times)))),
        );
    }
    let per_byte = |input: &str| {
        let figure = results.figure("filterc", input)?;
        Some(figure.median / figure.bytes as f64)
    };
    for input in ["large", "10 MB"] {
        let growth = per_byte(input).zip(per_byte("medium"));
        let goal = format!("time per byte of {input} within 1.3 × that of medium");
        say(
            &goal,
            growth.map(|(large, medium)| {
                (
                    large / medium <= 1.3,
                    format!("{} ×", digits(large / medium)),
                )
            }),
        );
    }
    for (input, wanted) in [("large", 12.0), ("list", 4.0)] {
        let goal = format!("peak memory within {wanted} × the text on {input}");
        say(
            &goal,
            results
                .memory("filterc", input)
                .map(|times| (times <= wanted, format!("{} ×", digits(times)))),
        );
    }
    for (wrong, right) in [
        ("erroneous", "medium"),
        ("misnamed", "medium"),
        ("large, erroneous", "large"),
    ] {
        let times = per_byte(wrong).zip(per_byte(right));
        say(
            &format!("`{wrong}` within 2 × {right}"),
            times.map(|(wrong, right)| {
                (wrong / right <= 2.0, format!("{} ×", digits(wrong / right)))
            }),
        );
    }
}

/// `None`: not measured.
fn say(goal: &str, outcome: Option<(bool, String)>) {
    match outcome {
        Some((true, figure)) => println!("  met     {goal}: {figure}"),
        Some((false, figure)) => println!("  MISSED  {goal}: {figure}"),
        None => println!("  -       {goal}: not measured"),
    }
}
