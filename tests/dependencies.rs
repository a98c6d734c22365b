//! What the crates below us may be: licences that we may pass on, one registry, and no
//! sockets. deny.toml says the same to cargo-deny, where that is installed.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(clippy::disallowed_methods, reason = "cargo says where it is")]

#[path = "common/source.rs"]
mod source;

use serde_json::Value;
use source::{SourceFile, source};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that name addresses and open nothing: they print, compare or (de)serialise
/// them, or have sockets behind a feature that nobody asks for.
const NAME_ADDRESSES: [&str; 7] = ["log", "mio", "nix", "rustix", "serde", "serde_core", "serde_json"];

/// Features of those crates that would open sockets.
const OPEN_SOCKETS: [&str; 3] = ["net", "socket", "all-apis"];

/// A crate that can open sockets, and the functions that would: we speak over standard input and output, and call none.
const CAN_OPEN: (&str, [&str; 3]) =
    ("lsp-server", ["Connection::connect", "Connection::listen", "socket_transport"]);

/// The crates that a build is made of, on the machines that we build for.
fn crates() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let args = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--offline",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ];
    let output = Command::new(cargo).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let package = |id: &Value| {
        let packages = metadata["packages"].as_array().unwrap();
        packages.iter().find(|package| package["id"] == *id).unwrap().clone()
    };
    let with_features = |node: &Value| {
        let mut package = package(&node["id"]);
        package["features"] = node["features"].clone();
        package
    };
    nodes.iter().map(with_features).filter(|package| !package["source"].is_null()).collect()
}

fn words(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn every_licence_is_allowed_and_every_crate_from_the_registry() {
    let deny: toml::Table = fs::read_to_string("deny.toml").unwrap().parse().unwrap();
    let allowed: BTreeSet<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(|l| l.as_str()).collect();
    let excepted: BTreeSet<(&str, &str)> = deny["licenses"]["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| {
            let may = one["allow"].as_array().unwrap().iter();
            may.map(|licence| (one["crate"].as_str().unwrap(), licence.as_str().unwrap()))
        })
        .collect();
    let banned: BTreeSet<&str> =
        deny["bans"]["deny"].as_array().unwrap().iter().filter_map(|l| l.as_str()).collect();
    let crates = crates();
    assert!(crates.len() > 50, "the crates were not found");
    for package in &crates {
        let (name, licence) =
            (package["name"].as_str().unwrap(), package["license"].as_str().unwrap_or("none"));
        let licence = licence.replace('/', " OR ").replace(['(', ')'], "");
        let may = |one: &str| allowed.contains(one) || excepted.contains(&(name, one));
        let may = licence.split(" AND ").all(|part| part.split(" OR ").any(|one| may(one.trim())));
        assert!(may, "{name} is under {licence}");
        assert!(!banned.contains(name), "{name} is banned");
        assert_eq!(package["source"], "registry+https://github.com/rust-lang/crates.io-index", "{name}");
    }
}

/// Only the preview listens, on this machine; nothing else of ours or of others opens a
/// socket.
#[test]
fn no_crate_opens_a_socket() {
    for package in crates() {
        let name = package["name"].as_str().unwrap();
        if NAME_ADDRESSES.contains(&name) {
            let opens = words(&package["features"]).find(|feature| OPEN_SOCKETS.contains(feature));
            assert_eq!(opens, None, "a feature of {name}");
            continue;
        }
        if name == CAN_OPEN.0 {
            continue;
        }
        let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
        each_source(&manifest.parent().unwrap().join("src"), &mut |path, text| {
            assert_eq!(socket(text), None, "{name}: {}", path.display());
        });
    }
    for SourceFile { place, path, text } in source() {
        let is_preview = place.starts_with("cli/preview");
        assert!(is_preview || socket(&text).is_none(), "{} speaks to a network", path.display());
        let opens = CAN_OPEN.1.into_iter().find(|call| text.contains(call));
        assert_eq!(opens, None, "{} speaks to a network", path.display());
    }
}

/// The socket that the code of a source file names, outside of comments.
fn socket(text: &str) -> Option<&'static str> {
    const SOCKETS: [&str; 6] =
        ["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "libc::socket"];
    let named = SOCKETS.into_iter().filter(|word| text.contains(word));
    let in_code =
        |word: &&str| text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
    named.into_iter().find(in_code)
}

/// Every source file below a folder.
fn each_source(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            each_source(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read(&path).unwrap();
            see(&path, &String::from_utf8_lossy(&text));
        }
    }
}
