#!/bin/sh
# Installs the newest pamphleteer into ~/.local/bin:
#
#     curl -fsSL https://github.com/@REPOSITORY@/releases/latest/download/install.sh | sh
#
# PAMPHLETEER_VERSION names another version, PAMPHLETEER_BIN another folder. The archive is compared with the
# sums of the release before anything of it is unpacked.
set -eu

repository=${PAMPHLETEER_REPOSITORY:-@REPOSITORY@}
version=${PAMPHLETEER_VERSION:-@VERSION@}
folder=${PAMPHLETEER_BIN:-$HOME/.local/bin}
base=${PAMPHLETEER_RELEASES:-https://github.com/$repository/releases/download}/v$version

fail() { echo "install: $1" >&2; exit 1; }

case $(uname -s) in
Linux) system=unknown-linux-musl ;;
Darwin) system=apple-darwin ;;
*) fail "there is no archive for $(uname -s); on Windows use install.ps1, elsewhere cargo install pamphleteer" ;;
esac
case $(uname -m) in
x86_64 | amd64) machine=x86_64 ;;
aarch64 | arm64) machine=aarch64 ;;
*) fail "there is no archive for $(uname -m): use cargo install pamphleteer" ;;
esac

get() {
    if command -v curl >/dev/null; then curl -fsSL -o "$2" "$1"; else wget -qO "$2" "$1"; fi || fail "cannot fetch $1"
}
sum() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

name=pamphleteer-$version-$machine-$system
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
get "$base/$name.tar.gz" "$place/$name.tar.gz"
get "$base/SHA256SUMS" "$place/SHA256SUMS"
wanted=$(grep " [*]\{0,1\}$name.tar.gz\$" "$place/SHA256SUMS" | cut -d ' ' -f 1) || fail "SHA256SUMS does not name $name.tar.gz"
[ "$(sum "$place/$name.tar.gz")" = "$wanted" ] || fail "$name.tar.gz is not the file that was released: its sum differs"
tar -xzf "$place/$name.tar.gz" -C "$place"
mkdir -p "$folder"
# moved into place, so that a pamphleteer that runs is not overwritten
cp "$place/$name/pamphleteer" "$folder/.pamphleteer.new"
chmod 755 "$folder/.pamphleteer.new"
mv "$folder/.pamphleteer.new" "$folder/pamphleteer"
echo "installed $("$folder/pamphleteer" --version) in $folder"
case ":$PATH:" in
*":$folder:"*) ;;
*) echo "add $folder to PATH to run it by its name" ;;
esac
