# The formula of Homebrew, for a tap: https://docs.brew.sh/Formula-Cookbook
class Pamphleteer < Formula
  desc "Compiler for books: from a Markdown manuscript to EPUB, PDF, print and cover"
  homepage "https://github.com/@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/pamphleteer-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SUM:aarch64-apple-darwin.tar.gz@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/pamphleteer-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SUM:x86_64-apple-darwin.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/pamphleteer-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SUM:aarch64-unknown-linux-musl.tar.gz@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/pamphleteer-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SUM:x86_64-unknown-linux-musl.tar.gz@"
    end
  end

  def install
    bin.install "pamphleteer"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/pamphleteer.bash" => "pamphleteer"
    zsh_completion.install "completions/pamphleteer.zsh" => "_pamphleteer"
    fish_completion.install "completions/pamphleteer.fish"
  end

  test do
    system bin/"pamphleteer", "new", "book"
    system bin/"pamphleteer", "build", "book", "--to", "epub"
    assert_predicate testpath/"book/out/book.epub", :exist?
  end
end
