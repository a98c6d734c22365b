"""The package of the wheel, in an environment where it is installed: python -m unittest."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import pamphleteer


class Builds(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pamphleteer-python-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.book = self.folder / "book"
        subprocess.run([pamphleteer.find(), "new", self.book, "-q"], check=True)

    def test_a_book_is_built(self) -> None:
        report = pamphleteer.build(self.book, to=["epub", "pdf"], style="novel")
        self.assertTrue(report.ok, report.findings)
        names = [output.path.name for output in report.outputs]
        self.assertEqual(names, ["book.epub", "book.onix.xml", "book.pdf"])
        self.assertTrue(all(output.path.stat().st_size == output.bytes for output in report.outputs))
        self.assertGreater(report.outputs[2].pages or 0, 3)
        again = pamphleteer.build(self.book, to=["epub", "pdf"], style="novel", out=self.folder / "again")
        self.assertEqual([o.sha256 for o in again.outputs], [o.sha256 for o in report.outputs])
        other = pamphleteer.build(self.book, to=["pdf"], style="report", out=self.folder / "other")
        self.assertNotEqual(other.outputs[0].sha256, report.outputs[2].sha256)

    def test_errors_of_the_book_are_findings(self) -> None:
        text = self.book / "01-first.md"
        text.write_text(text.read_text(encoding="utf-8") + "\nA note.[^none]\n", encoding="utf-8")
        for report in (pamphleteer.build(self.book), pamphleteer.check(self.book)):
            self.assertEqual((report.ok, report.exit_code, report.outputs), (False, 1, ()))
            self.assertEqual(report.errors[0].code, "note-unknown")
            self.assertEqual(report.errors[0].file, "01-first.md")
            self.assertGreater(report.errors[0].line or 0, 1)

    def test_what_cannot_be_understood_is_raised(self) -> None:
        with self.assertRaisesRegex(pamphleteer.UsageError, "did you mean `epub`"):
            pamphleteer.build(self.book, to=["epbu"])
        with self.assertRaisesRegex(pamphleteer.UsageError, "has no book.toml"):
            pamphleteer.build(self.folder)
        with self.assertRaisesRegex(pamphleteer.UsageError, "wants a list"):
            pamphleteer.build(self.book, to="epub")
        report = pamphleteer.build(self.book, style="novle")
        self.assertIn("novel", report.errors[0].hint or "")

    def test_threads_build_side_by_side(self) -> None:
        results: list[pamphleteer.Report] = []

        def one(number: int) -> None:
            results.append(pamphleteer.build(self.book, to=["epub"], out=self.folder / str(number)))

        threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len({report.outputs[0].sha256 for report in results}), 1)

    def test_the_module_is_the_command(self) -> None:
        ran = subprocess.run([sys.executable, "-m", "pamphleteer", "--version"], capture_output=True, text=True, check=True)
        self.assertEqual(ran.stdout.strip(), f"pamphleteer {pamphleteer.__version__}")


if __name__ == "__main__":
    unittest.main()
