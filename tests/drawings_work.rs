//! How what a drawing takes is reckoned agrees with what it takes: the reckoning may
//! be a few times too high, and must not be much too low. What is measured is processor
//! time; a busy machine and a slow one lengthen it a little, so only a tenth is asked for.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/spent.rs"]
mod spent;

use pamphleteer::svg;
use resvg::tiny_skia::{Pixmap, Transform};
use spent::spent;

const SIDE: u32 = 600;

/// Drawings that each spend their time in one way, with `{n}` for how much of it.
fn drawings() -> Vec<(&'static str, String)> {
    let rect = r#"<rect width="100" height="100" "#;
    let filter = |primitives: &str| {
        format!(
            r#"<filter id="f" x="0" y="0" width="1" height="1">{primitives}</filter>{rect} filter="url(#f)"/>"#
        )
    };
    let lines = |n: usize| (0..n).map(|i| format!("L{} {}", i % 100, (i % 2) * 100)).collect::<String>();
    let curves =
        |n: usize| (0..n).map(|i| format!("C{} {} 100 0 0 100", i % 100, (i % 2) * 100)).collect::<String>();
    let stops = |n: usize| {
        (0..n)
            .map(|i| format!(r##"<stop offset="{}" stop-color="#{:06x}"/>"##, i as f64 / n as f64, i))
            .collect::<String>()
    };
    vec![
        ("rects", format!("{rect}/>").repeat(100)),
        ("small rects", r#"<rect x="5" y="5" width="1" height="1"/>"#.repeat(20_000)),
        ("layers", format!(r#"<g opacity=".9">{rect}/>{rect}/></g>"#).repeat(10)),
        ("masks", format!(r#"<mask id="m">{rect} fill="white"/></mask>{}"#, format!(r#"{rect} mask="url(#m)"/>"#).repeat(10))),
        ("clips", format!(r#"<clipPath id="m"><circle cx="50" cy="50" r="40"/></clipPath>{}"#, format!(r#"{rect} clip-path="url(#m)"/>"#).repeat(10))),
        ("zigzag", format!(r#"<path d="M0 0{}"/>"#, lines(5_000))),
        ("long zigzag", format!(r#"<path d="M0 0{}"/>"#, lines(20_000))),
        ("curves", format!(r#"<path d="M0 0{}"/>"#, curves(3_000))),
        ("many curves", format!(r#"<path d="M0 0{}"/>"#, curves(12_000))),
        ("strokes", format!(r#"<path fill="none" stroke="red" d="M0 0{}"/>"#, lines(5_000))),
        ("round strokes", format!(r#"<path stroke="red" stroke-linecap="round" stroke-width="3" d="{}"/>"#, "M1 1L2 2".repeat(20_000))),
        ("round joins", format!(r#"<path fill="none" stroke="red" stroke-linejoin="round" stroke-width="3" d="M0 0{}"/>"#, lines(5_000))),
        ("dashes", r#"<path stroke="red" stroke-dasharray="0.01" d="M0 0L100 100M0 0L100 90"/>"#.to_owned()),
        ("gradient", format!(r#"<linearGradient id="g">{}</linearGradient>{}"#, stops(3), format!(r#"{rect} fill="url(#g)"/>"#).repeat(20))),
        ("stops", format!(r#"<linearGradient id="g">{}</linearGradient>{rect} fill="url(#g)"/>"#, stops(500))),
        ("radial", format!(r#"<radialGradient id="g">{}</radialGradient>{}"#, stops(3), format!(r#"{rect} fill="url(#g)"/>"#).repeat(20))),
        ("pattern", format!(r#"<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="5" height="5"/></pattern>{}"#, format!(r#"{rect} fill="url(#p)"/>"#).repeat(10))),
        ("tiles", format!(r#"<pattern id="p" width="300" height="300" patternUnits="userSpaceOnUse"><rect width="300" height="300"/></pattern>{}"#, format!(r#"{rect} fill="url(#p)"/>"#).repeat(3))),
        ("morphology", filter(r#"<feMorphology radius="1"/>"#)),
        ("convolve", filter(&format!(r#"<feConvolveMatrix order="7" kernelMatrix="{}"/>"#, " 1".repeat(49)))),
        ("turbulence", filter(r#"<feTurbulence baseFrequency="0.5" numOctaves="1"/>"#)),
        ("octaves", filter(r#"<feTurbulence baseFrequency="0.5" numOctaves="5"/>"#)),
        ("blur", filter(&r#"<feGaussianBlur stdDeviation="3"/>"#.repeat(5))),
        ("small blur", filter(&r#"<feGaussianBlur stdDeviation="0.1"/>"#.repeat(5))),
        ("wide blur", filter(r#"<feGaussianBlur stdDeviation="500"/>"#)),
        ("shadow", filter(&r#"<feDropShadow dx="1" dy="1" stdDeviation="3"/>"#.repeat(5))),
        ("flood", filter(&r#"<feFlood flood-color="red"/>"#.repeat(10))),
        ("merge", filter(&format!("<feMerge>{}</feMerge>", "<feMergeNode/>".repeat(20)))),
        ("blend", filter(&r#"<feBlend mode="color-dodge" in2="SourceGraphic"/>"#.repeat(10))),
        ("composite", filter(&r#"<feComposite operator="arithmetic" k1="1" k2="1" k3="1" in2="SourceGraphic"/>"#.repeat(10))),
        ("matrix", filter(&r#"<feColorMatrix type="saturate" values="0.5"/>"#.repeat(10))),
        ("transfer", filter(&r#"<feComponentTransfer><feFuncR type="gamma" exponent="2"/></feComponentTransfer>"#.repeat(10))),
        ("tile", filter(r#"<feFlood width="9" height="9" flood-color="red"/><feTile/>"#)),
        ("displace", filter(&r#"<feDisplacementMap in="SourceGraphic" in2="SourceGraphic" scale="9"/>"#.repeat(10))),
        ("light", filter(&r#"<feDiffuseLighting><feSpotLight x="1" y="1" z="9"/></feDiffuseLighting>"#.repeat(5))),
        ("shine", filter(&r#"<feSpecularLighting specularExponent="9"><fePointLight x="1" y="1" z="9"/></feSpecularLighting>"#.repeat(5))),
        ("blend mode", format!(r#"<g style="mix-blend-mode:color-dodge">{rect}/></g>"#).repeat(10)),
        ("soft light", format!(r#"<g style="mix-blend-mode:luminosity">{rect}/></g>"#).repeat(10)),
    ]
}

#[test]
fn drawings_take_what_is_reckoned() {
    let mut faults = Vec::new();
    for (name, inner) in drawings() {
        let text = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{inner}</svg>"#);
        let tree = svg::read(text.as_bytes()).unwrap();
        let place = Transform::from_scale(SIDE as f32 / 100.0, SIDE as f32 / 100.0);
        let work = svg::measure(&tree, (SIDE, SIDE), place);
        let mut pixels = Pixmap::new(SIDE, SIDE).unwrap();
        let start = spent();
        resvg::render(&tree, place, &mut pixels.as_mut());
        let took = (spent() - start).as_secs_f64() * 1e9;
        let ratio = work.steps / took;
        println!("{name:15} reckoned {:8.1} ms, took {:8.1} ms: {ratio:5.2}", work.steps / 1e6, took / 1e6);
        if ratio < 0.1 {
            faults.push(format!("{name}: {ratio:.2}"));
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}
