"""What came of a book."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """Something that was found of a book, with its place."""

    code: str
    """The stable name of its kind: ``pamphleteer explain CODE`` says more."""
    severity: Severity
    """How grave it is; an error refuses the book, or an edition of it."""
    message: str
    """What is wrong, in the author's words."""
    hint: str | None
    """What to do."""
    file: str | None
    """The file, as seen from the book's folder."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The column in characters, from 1."""

    @classmethod
    def read(cls, record: dict[str, Any]) -> Finding:
        """The finding of a JSON object."""
        return cls(
            code=record["code"],
            severity=record["severity"],
            message=record["message"],
            hint=record.get("hint"),
            file=record.get("file"),
            line=record.get("line"),
            column=record.get("column"),
        )


@dataclass(frozen=True)
class Output:
    """A file that was made."""

    path: Path
    """Where it is."""
    bytes: int
    """Its length."""
    sha256: str
    """Its hash, in hexadecimal: the same input gives the same."""
    pages: int | None
    """How many pages it has, when it has pages."""


@dataclass(frozen=True)
class Report:
    """What came of a book."""

    exit_code: Literal[0, 1]
    """That of the command: 1 when there are errors."""
    findings: tuple[Finding, ...]
    """Everything that was found, in the order of the manuscript."""
    outputs: tuple[Output, ...]
    """The files that were made now; none when the book itself has errors."""

    @property
    def ok(self) -> bool:
        """Whether there are no errors."""
        return self.exit_code == 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are warnings."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def findings(lines: str) -> tuple[Finding, ...]:
    """The findings of a command with ``--message-format json``."""
    return tuple(Finding.read(json.loads(line)) for line in lines.splitlines() if line.strip())


def outputs(record: Path) -> tuple[Output, ...]:
    """The files that the build with that record made."""
    entries = json.loads(record.read_text(encoding="utf-8"))["outputs"]
    return tuple(
        Output(record.parent / entry["file"], entry["bytes"], entry["sha256"], entry.get("pages"))
        for entry in entries
        if not entry.get("earlier")
    )
