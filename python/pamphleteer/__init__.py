"""A compiler for books: from a Markdown manuscript to every edition that a small press needs.

>>> import pamphleteer
>>> report = pamphleteer.build("my-book", to=["epub", "pdf"], style="novel")  # doctest: +SKIP
>>> [output.path.name for output in report.outputs]  # doctest: +SKIP
['my-book.epub', 'my-book.onix.xml', 'my-book.pdf']

Each call runs the command in a process of its own: other threads go on meanwhile, and whatever
stands in a book, the interpreter is safe from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Union

from ._command import MachineError, UsageError, find, run
from ._report import Finding, Output, Report, Severity, findings, outputs

__all__ = [
    "Finding",
    "MachineError",
    "Output",
    "Report",
    "Severity",
    "UsageError",
    "build",
    "check",
    "find",
]

try:
    __version__ = metadata.version("pamphleteer")
except metadata.PackageNotFoundError:  # run from the source
    __version__ = "0"

StrPath = Union[str, "os.PathLike[str]"]


def build(
    book: StrPath,
    *,
    to: Iterable[str] = (),
    style: str | None = None,
    printer: str | None = None,
    store: str | None = None,
    out: StrPath | None = None,
    jobs: int | None = None,
    warn: Iterable[str] = (),
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    timeout: float | None = None,
) -> Report:
    """Builds the editions of a book.

    :param book: the book's folder
    :param to: formats (``epub``, ``pdf``, ``print``, ``cover``, ``booklet``, ``home``, ``png``);
        those of book.toml when there are none
    :param style: a style in place of the book's
    :param printer: whose rules the print edition must keep
    :param store: whose rules the EPUB must keep
    :param out: the folder of the outputs; ``out`` in the book's when nothing is said
    :param jobs: how many threads work at a time
    :param warn: codes of findings that are warnings
    :param allow: codes of findings that are left out
    :param deny: codes of findings that are errors; ``warnings`` stands for all
    :param timeout: after so many seconds :class:`subprocess.TimeoutExpired` is raised
    :raises UsageError: when the request cannot be understood
    :raises MachineError: when the machine fails
    """
    folder = Path(out) if out is not None else _folder(book) / "out"
    before = _records(folder)
    asked = _arguments(to, style, printer, store, out, jobs, warn, allow, deny)
    code, said = run(["build", os.fspath(book), *asked], timeout)
    new = [record for record, stamp in _records(folder).items() if before.get(record) != stamp]
    made = tuple(output for record in sorted(new) for output in outputs(record))
    return Report(1 if code else 0, findings(said), made)


def check(
    book: StrPath,
    *,
    to: Iterable[str] = (),
    style: str | None = None,
    printer: str | None = None,
    store: str | None = None,
    jobs: int | None = None,
    warn: Iterable[str] = (),
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    timeout: float | None = None,
) -> Report:
    """Says what :func:`build` with the same arguments would find, and writes nothing."""
    asked = _arguments(to, style, printer, store, None, jobs, warn, allow, deny)
    code, said = run(["check", os.fspath(book), *asked], timeout)
    return Report(1 if code else 0, findings(said), ())


def _arguments(
    to: Iterable[str],
    style: str | None,
    printer: str | None,
    store: str | None,
    out: StrPath | None,
    jobs: int | None,
    warn: Iterable[str],
    allow: Iterable[str],
    deny: Iterable[str],
) -> Sequence[str]:
    arguments = ["--message-format", "json", "--quiet"]
    single = {"style": style, "printer": printer, "store": store, "out": out, "jobs": jobs}
    for name, value in single.items():
        if value is not None:
            arguments.append(f"--{name}={os.fspath(value) if not isinstance(value, int) else value}")
    for name, values in {"to": to, "warn": warn, "allow": allow, "deny": deny}.items():
        if isinstance(values, str):
            raise UsageError(f"`{name}` wants a list, such as [{values!r}]")
        arguments.extend(f"--{name}={value}" for value in values)
    return arguments


def _folder(book: StrPath) -> Path:
    path = Path(book)
    return path.parent if path.name == "book.toml" else path


def _records(folder: Path) -> dict[Path, tuple[int, int]]:
    """The records of builds in a folder: every build puts a new one in place of the old."""
    found = {}
    for record in folder.glob("*.build.json") if folder.is_dir() else ():
        about = record.stat()
        found[record] = (about.st_mtime_ns, about.st_ino)
    return found
