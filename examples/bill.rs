//! Writes what a release says of the crates that it is made of:
//!
//!     cargo metadata --locked --format-version 1 | cargo run --release --example bill -- FOLDER
//!
//! `pamphleteer.cdx.json` is the bill of materials (CycloneDX 1.5), `THIRD-PARTY.md` the licences with
//! their texts. Both follow from Cargo.lock alone: no clock, no order of a machine.

#![allow(clippy::print_stderr, reason = "it talks to whoever runs it")]
#![allow(clippy::unwrap_used, reason = "it says so by failing")]

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let metadata: Value = serde_json::from_reader(std::io::stdin().lock()).unwrap();
    let crates = crates(&metadata);
    fs::create_dir_all(&folder).unwrap();
    let bill = serde_json::to_string_pretty(&bill(&metadata, &crates)).unwrap() + "\n";
    fs::write(Path::new(&folder).join("pamphleteer.cdx.json"), bill).unwrap();
    fs::write(Path::new(&folder).join("THIRD-PARTY.md"), notices(&crates)).unwrap();
    eprintln!("{} crates", crates.len());
}

/// The crates that the program is made of, by name and version: what is reached from
/// ours by the edges that are not of tests alone.
fn crates(metadata: &Value) -> BTreeMap<(String, String), &Value> {
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let mut reached = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(id) = open.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id.as_str()).unwrap();
        for edge in list(&node["deps"]) {
            if list(&edge["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev") {
                open.push(edge["pkg"].as_str().unwrap().to_owned());
            }
        }
    }
    let packages = metadata["packages"].as_array().unwrap().iter();
    let wanted = packages.filter(|one| one["id"] != root && reached.contains(one["id"].as_str().unwrap()));
    wanted.map(|one| ((text(one, "name"), text(one, "version")), one)).collect()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The licence as SPDX has it: some crates write `MIT/Apache-2.0`.
fn licence(one: &Value) -> String {
    text(one, "license").replace('/', " OR ")
}

/// The hashes of Cargo.lock, by name and version.
fn checksums() -> BTreeMap<(String, String), String> {
    let lock: toml::Table = fs::read_to_string("Cargo.lock").unwrap().parse().unwrap();
    let of = |one: &toml::Value, key: &str| one.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let packages = lock["package"].as_array().unwrap().iter();
    packages.filter_map(|one| Some(((of(one, "name")?, of(one, "version")?), of(one, "checksum")?))).collect()
}

fn bill(metadata: &Value, crates: &BTreeMap<(String, String), &Value>) -> Value {
    let sums = checksums();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let own = metadata["packages"].as_array().unwrap().iter().find(|one| one["id"] == root).unwrap();
    let purl = |name: &str, version: &str| format!("pkg:cargo/{name}@{version}");
    let component = |((name, version), one): (&(String, String), &&Value)| {
        let mut component = json!({
            "type": "library",
            "bom-ref": purl(name, version),
            "name": name,
            "version": version,
            "purl": purl(name, version),
            "licenses": [{ "expression": licence(one) }],
        });
        if let Some(sum) = sums.get(&(name.clone(), version.clone())) {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
        }
        component
    };
    let (name, version) = (text(own, "name"), text(own, "version"));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": purl(&name, &version),
            "name": name,
            "version": version,
            "purl": purl(&name, &version),
            "licenses": [{ "expression": licence(own) }],
        } },
        "components": crates.iter().map(component).collect::<Vec<_>>(),
    })
}

/// Every crate with its licence, and every text of a licence once, with the crates
/// that have it.
fn notices(crates: &BTreeMap<(String, String), &Value>) -> String {
    let mut out = "# Third-party notices\n\nThe program is made with these crates:\n\n".to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((name, version), one) in crates {
        out += &format!("- {name} {version}: {}\n", licence(one));
        let folder = Path::new(one["manifest_path"].as_str().unwrap()).parent().unwrap();
        for file in licence_files(folder) {
            let bytes = fs::read(file).unwrap();
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned();
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    for (text, crates) in texts {
        out += &format!("\n## {}\n\n```\n{text}\n```\n", crates.join(", "));
    }
    out
}

/// The files of a crate that hold its licence.
fn licence_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let begins = ["license", "licence", "copying", "notice", "unlicense", "copyright"];
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_one = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        path.is_file() && begins.iter().any(|begin| name.starts_with(begin))
    };
    let mut files: Vec<_> = entries.filter(is_one).collect();
    files.sort();
    files
}
