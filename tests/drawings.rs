//! Drawings that would never end, or take all memory, or load something: each is
//! refused with its number, or goes on without what is not on the list.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/spent.rs"]
mod spent;

use pamphleteer::picture::prepare;
use pamphleteer::svg;
use spent::spent_by_all;
use std::time::Duration;

fn drawing(inner: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{inner}</svg>"#
    )
}

const RECT: &str = r#"<rect width="100" height="100" "#;

/// A rectangle in a filter.
fn filtered(primitives: &str) -> String {
    format!(r#"<filter id="f">{primitives}</filter>{RECT} filter="url(#f)"/>"#)
}

/// `count` elements that each refer to the next.
fn chain(count: usize, element: &str, content: impl Fn(usize) -> String) -> String {
    (0..count).map(|n| format!(r#"<{element} id="n{n}">{}</{element}>"#, content(n + 1))).collect()
}

/// Each with a word of what is said of it.
fn costly() -> Vec<(String, &'static str)> {
    let zigzag: String = (0..300_000).map(|n| format!("L{} {}", n * 37 % 100, n % 2 * 100)).collect();
    let tspans = "<tspan>a</tspan>".repeat(9000);
    vec![
        (filtered(r#"<feMorphology radius="40"/>"#), "seconds"),
        (filtered(r#"<feTurbulence baseFrequency="1" numOctaves="2000000000"/>"#), "seconds"),
        (
            filtered(&format!(r#"<feConvolveMatrix order="99" kernelMatrix="{}"/>"#, "1 ".repeat(9801))),
            "seconds",
        ),
        (filtered(r#"<feGaussianBlur stdDeviation="1e6"/>"#), "seconds"),
        (filtered(&"<feFlood/>".repeat(300)), "seconds"),
        (
            format!(
                r#"<filter id="f" x="-1e3" y="-1e3" width="2e3" height="2e3"><feOffset dx="1"/></filter>{RECT} filter="url(#f)"/>"#
            ),
            "to draw",
        ),
        (
            format!(
                r#"<pattern id="p" width="1000000" height="1000000" patternUnits="userSpaceOnUse">{RECT}/></pattern>{RECT} fill="url(#p)"/>"#
            ),
            "to draw",
        ),
        (format!("{}{RECT}/>{}", r#"<g opacity=".9">"#.repeat(30), "</g>".repeat(30)), "of memory"),
        (format!("{RECT}/>").repeat(60_000), "seconds"),
        (format!(r#"<path d="M0 0{zigzag}"/>"#), "seconds"),
        (r#"<path stroke="red" stroke-dasharray="0.00001" d="M0 0L100 100"/>"#.to_owned(), "to draw"),
        (
            chain(30, "g", |n| format!(r##"<use href="#n{n}"/><use href="#n{n}"/>"##)),
            "elements, repeats counted",
        ),
        (
            chain(45, "pattern", |n| format!(r#"{RECT} fill="url(#n{n})"/>{RECT} stroke="url(#n{n})"/>"#))
                + RECT
                + r#"fill="url(#n0)"/>"#,
            "repeats counted",
        ),
        (chain(300, "mask", |n| format!(r#"{RECT} mask="url(#n{n})"/>"#)), "levels"),
        (format!("{}{}", "<g>".repeat(101), "</g>".repeat(101)), "levels"),
        (
            format!(
                r#"<marker id="m">{}</marker><path marker-mid="url(#m)" d="M0 0{}"/>"#,
                "<path d=\"M0 0\"/>".repeat(99),
                "L1 1".repeat(9999)
            ),
            "repeats counted",
        ),
        (format!("<text>{}</text>", "word ".repeat(9000)), "letters, repeats counted"),
        (format!("<text>{tspans}</text>"), "letters times spans"),
        (format!("<style>{}</style>{}", ".a b{fill:red}".repeat(3000), "<g/>".repeat(9000)), "rules"),
        (format!(r#"<path d="M0 0{}"/>"#, "L1 1".repeat(1_100_000)), "numbers of paths"),
        (r#"<path d="M0 0L1e30 5L5 5" stroke="red" stroke-width="1e30"/>"#.to_owned(), "from end to end"),
        (filtered(r#"<feFlood x="1e30" y="-1e30" width="1e38" height="1e38"/><feTile/>"#), "to end"),
        (drawing(""), "cannot be read"),
    ]
}

#[test]
fn what_would_never_end_is_refused_with_its_number() {
    let mut faults = Vec::new();
    for (inner, words) in costly() {
        let start = spent_by_all();
        let said = match prepare("a.svg", drawing(&inner).as_bytes()) {
            Ok(_) => "nothing".to_owned(),
            Err(refusal) => refusal.reason,
        };
        let is_ok = said.contains(words) || (words == "cannot be read" && said == "nothing");
        if !is_ok || spent_by_all() - start > Duration::from_secs(20) {
            faults.push(format!(
                "{words}: {said} ({:?}) of {}",
                spent_by_all() - start,
                &inner[..inner.len().min(90)]
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_draws_itself_is_refused() {
    let circle = |element: &str, property: &str| {
        (0..3).map(|n| format!(r#"<{element} id="n{n}" width="9" height="9">{RECT} {property}="url(#n{})"/></{element}>"#, (n + 1) % 3)).collect::<String>()
    };
    for inner in [
        circle("mask", "mask"),
        circle("clipPath", "clip-path"),
        circle("pattern", "fill"),
        circle("pattern", "stroke"),
        circle("marker", "marker"),
        chain(3, "g", |n| format!(r##"<use href="#n{}"/>"##, n % 3)),
        chain(3, "g", |n| format!(r##"<use xlink:href="#n{}"/>"##, n % 3)),
        r##"<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>"##.to_owned(),
        r##"<filter id="f"><feImage href="#r"/></filter><g id="r"><g><rect filter="url(#f)"/></g></g>"##
            .to_owned(),
        format!(r#"<g fill="url(#p)"><pattern id="p" width="9" height="9">{RECT}/></pattern>{RECT}/></g>"#),
        format!(
            r#"<style>g .a {{ fill: url(#p) }}</style><pattern id="p" width="9" height="9"><g>{RECT} class="a"/></g></pattern>"#
        ),
        format!(
            r##"<style>pattern &gt; rect {{ fill: url("#p") }}</style><pattern id="p" width="9" height="9">{RECT}/></pattern>"##
        ),
        format!(r#"<pattern id="p" width="9" height="9">{RECT} style="fill:url( '#p' )"/></pattern>"#),
    ] {
        let refusal = prepare("a.svg", drawing(&inner).as_bytes()).unwrap_err();
        assert!(refusal.reason.contains("draws itself"), "{inner}: {}", refusal.reason);
    }
    // a reference to a place around, which is drawn once, is none
    let fine = format!(
        r#"<style>.a {{ fill: url(#p) }}</style><pattern id="p" width=".1" height=".1">{RECT}/></pattern>{RECT} class="a"/>"#
    );
    prepare("a.svg", drawing(&fine).as_bytes()).unwrap();
}

/// Ways to hide that something is loaded; each names `evil`, and must not keep it.
const LOADS: [&str; 47] = [
    "<style>@import 'http://evil/x';</style>",
    "<style>&#64;import 'http://evil/x';</style>",
    "<style>@im<!-- -->port 'http://evil/x';</style>",
    "<style>@im<?x?>port 'http://evil/x';</style>",
    "<style>@im<![CDATA[port 'http://evil/x';]]></style>",
    "<style>@im<script/>port 'http://evil/x';</style>",
    "<style>@im/* */port 'http://evil/x';</style>",
    "<style>@\\69mport 'http://evil/x';</style>",
    "<style>@IMPORT url(//evil/x);</style>",
    "<style><![CDATA[@import 'http://evil/x';]]></style>",
    "<style>@font-face { font-family: x; src: url(http://evil/x) }</style>",
    "<style>@font-face { font-family: x; src: local('evil') }</style>",
    "<style>@namespace url(http://evil/x);</style>",
    "<style>rect { fill: u&#114;l(http://evil/x) }</style>",
    "<style>rect { fill: u\\72l(http://evil/x) }</style>",
    "<style>rect { fill: \\75\\72\\6c(http://evil/x) }</style>",
    "<style>rect { fill: url(/**/http://evil/x) }</style>",
    "<style>rect { fill: url(#a) url(http://evil/x) }</style>",
    "<style>rect { cursor: image-set('http://evil/x' 1x) }</style>",
    "<style>rect { fill: image-set('http://evil/x' 1x) }</style>",
    "<style>rect { fill: -webkit-image-set('http://evil/x' 1x) }</style>",
    "<style>rect { fill: src('http://evil/x') }</style>",
    "<style>rect { --x: url(http://evil/x); fill: var(--x) }</style>",
    "<style>rect { fill: element(#evil) }</style>",
    "<style>@media all { @import 'http://evil/x'; rect { mask: url(http://evil/x) } }</style>",
    "<style>@supports (mask: url(http://evil/x)) { rect { fill: red } }</style>",
    "<style>rect[fill='{'] { mask: url(http://evil/x) }</style>",
    "<style>a{} /* */ } @import 'http://evil/x';</style>",
    "<style>rect { fill: 'a\nb: url(http://evil/x)' }</style>",
    "<style><a>@import</a> 'http://evil/x';</style>",
    "<rect fill='url(http://evil/x)'/>",
    "<rect fill='u&#114;l(http://evil/x)'/>",
    "<rect fill='u\\72 l(http://evil/x)'/>",
    "<rect filter='url(data:image/svg+xml,evil#f)'/>",
    "<rect style='fill:url(http://evil/x)'/>",
    "<rect style='fill:\\75rl(http://evil/x)'/>",
    "<rect style='behavior:url(http://evil/x)'/>",
    "<rect onclick='evil()' onload='evil()'/>",
    "<image href='http://evil/x.png'/>",
    "<image xlink:href='file:///evil'/>",
    "<image xmlns:q='http://www.w3.org/1999/xlink' q:href='http://evil/x.png'/>",
    "<use href='http://evil/x.svg#a'/>",
    "<a href='javascript:evil()'><rect/></a>",
    "<rect><set attributeName='href' to='http://evil/x'/><animate attributeName='fill' values='url(http://evil/x)'/></rect>",
    "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='http://evil/x'/></foreignObject>",
    "<script href='http://evil/x'>evil()</script><handler>evil()</handler>",
    "<g xml:base='http://evil/'><image href='a.png'/></g>",
];

#[test]
fn nothing_outside_is_named_in_what_is_written() {
    for inner in LOADS {
        let text = drawing(inner);
        let prepared = prepare("a.svg", text.as_bytes()).unwrap();
        let ebook = svg::for_ebook(&prepared.bytes).unwrap();
        for (name, bytes) in [("pages", &prepared.bytes), ("ebook", &ebook)] {
            let written = String::from_utf8(bytes.clone()).unwrap();
            assert!(!written.contains("evil"), "{name}: {inner} gives {written}");
        }
    }
}

#[test]
fn what_would_be_missed_is_told() {
    let told = |inner: &str| {
        let prepared = prepare("a.svg", drawing(inner).as_bytes()).unwrap();
        prepared.left_out.into_iter().map(|(what, line)| format!("{what} {line}")).collect::<Vec<_>>()
    };
    assert_eq!(told("\n<image href='http://x/a.png'/>"), ["a link out of the drawing 2"]);
    assert_eq!(told("<foreignObject/><foreignObject/>"), ["`<foreignObject>` 1"]);
    assert_eq!(told("<style>@import 'x';</style>"), ["`@import` in a style sheet 1"]);
    assert_eq!(
        told("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>"),
        ["a drawing in a `data:` address 1"]
    );
    // what programs leave for themselves is not missed
    assert!(
        told("<metadata><a/></metadata><g xmlns:i='http://i' i:label='x' style='-i-stroke:none'/><i:x/>")
            .is_empty()
    );
}

#[test]
fn a_damaged_picture_in_a_drawing_is_told_of() {
    let inner = "<image href='data:image/png;base64,iVBORw0KGgo='/>";
    let refusal = prepare("a.svg", drawing(inner).as_bytes()).unwrap_err();
    assert!(refusal.reason.contains("holds a picture (line 1) that is damaged"), "{}", refusal.reason);
}

#[test]
fn drawings_of_real_programs_come_through() {
    // Illustrator names its namespaces by entities, Sketch its ids by what the author typed
    let text = "\u{feff}<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x' 'y' [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\
        <!ENTITY st0 'fill:#FF0000;'>]><svg xmlns='&ns_svg;' width='9' height='9'><linearGradient id='Page 1:x'>\
        <stop stop-color='red'/></linearGradient><rect style='&st0;' width='9' height='9'/>\
        <use href='#7'/><g id='7'/><g id='7'/><rect fill='url(#Page)' class='a'/></svg>";
    let prepared = prepare("a.svg", text.as_bytes()).unwrap();
    let written = String::from_utf8(prepared.bytes).unwrap();
    assert!(
        written.contains("style=\"fill: #FF0000;\"") && written.contains("stop-color=\"red\""),
        "{written}"
    );
    assert!(written.contains("<use href=\"#_7\"/><g id=\"_7\"/><g/>"), "{written}");
    assert_eq!(prepared.size, (9, 9));
    let wide: Vec<u8> = "\u{feff}<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(prepare("a.svg", &wide).unwrap().size, (9, 9));
}

#[test]
fn what_is_not_xml_is_refused() {
    for bad in [
        "<html xmlns='x'><p/></html>",
        "<svg><g></svg>",
        "<svg>&bomb;</svg>",
        "<svg",
        "<svg a='1' a='2'/>",
        "<!DOCTYPE svg [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><svg>&c;</svg>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    ] {
        assert!(prepare("a.svg", bad.as_bytes()).is_err(), "{bad}");
    }
}
