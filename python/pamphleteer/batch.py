"""Many books on many machines: ``pamphleteer-batch catalogue.toml --scheduler tcp://…``.

A thin adapter to ``dask.distributed``. The command's own plan says which books there are and gives each
a key, the hash of everything that its bytes follow from. A task takes one book as an archive (or the
address of one on shared storage) and gives back what ``catalogue.json`` says of it and its outputs. The
key is the name of the task, and of the record of what came of it: what is done is not done again.

Workers may die: the engine gives what they had in hand to others. A book with errors is a result.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._command import MachineError, UsageError, find, run

if TYPE_CHECKING:
    from distributed import Client, Future

Entry = dict[str, Any]
"""What catalogue.json says of a book."""

CATALOGUE = "catalogue.toml"
RECORD = "catalogue.json"


@dataclass(frozen=True)
class Job:
    """A book that is to be made."""

    name: str
    key: str
    out: Path
    files: tuple[tuple[Path, str], ...]
    """Each file with its path in the archive."""
    catalogue: str
    """A catalogue that lists this book alone."""

    def archive(self) -> bytes:
        """The book and what it shares, packed: the same bytes for the same files."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, name in self.files:
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
            archive.writestr(zipfile.ZipInfo(CATALOGUE), self.catalogue)
        return packed.getvalue()


@dataclass(frozen=True)
class Made:
    """What came of a book."""

    entry: Entry
    outputs: dict[str, bytes]
    """The files; none where they went to the storage."""


# What runs where books are made


def make(archive: bytes | str, key: str, options: Sequence[str], storage: str | None) -> Made:
    """Makes a book: runs on a worker, in a folder of its own."""
    if isinstance(archive, str):
        archive = _Storage(archive.rpartition("/inputs/")[0]).read(f"inputs/{archive.rpartition('/')[2]}")
    with tempfile.TemporaryDirectory(prefix="pamphleteer-batch-") as place:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(place)
        command = [os.fspath(find()), "build", CATALOGUE, "--no-cache", "--quiet", "--out", "out", *options]
        done = subprocess.run(command, cwd=place, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        record = Path(place, "out", RECORD)
        if done.returncode not in (0, 1) or not record.is_file():
            raise MachineError(done.stderr.decode("utf-8", "replace").strip() or f"exit {done.returncode}")
        entry: Entry = json.loads(record.read_text(encoding="utf-8"))["books"][0]
        folder = Path(place, "out", entry["book"])
        outputs = {output["file"]: (folder / output["file"]).read_bytes() for output in entry["outputs"]}
    if storage is None:
        return Made(entry, outputs)
    kept = _Storage(storage)
    for output in entry["outputs"]:
        kept.write(f"outputs/{output['sha256']}", outputs[output["file"]])
    # last: where there is a record, all of its outputs are there
    kept.write(f"builds/{key}.json", json.dumps(entry).encode())
    return Made(entry, {})


class _Storage:
    """A folder anywhere that fsspec knows: a path, ``s3://…``, ``gs://…``."""

    def __init__(self, address: str) -> None:
        import fsspec

        # other machines write here too: what was seen of a folder a while ago may not be so now
        self.files, self.root = fsspec.core.url_to_fs(address, use_listings_cache=False)

    def read(self, name: str) -> bytes:
        content: bytes = self.files.cat_file(f"{self.root}/{name}")
        return content

    def write(self, name: str, content: bytes) -> None:
        """Writes a file whole; its name says what is in it, so that one that is there will do."""
        path = f"{self.root}/{name}"
        if self.files.exists(path):
            return
        protocol = self.files.protocol
        if "file" in ((protocol,) if isinstance(protocol, str) else protocol):
            _write(Path(path), content)
        else:
            # stores of objects show one when it is whole
            self.files.pipe_file(path, content)


# What runs where the command was given


class Batch:
    """The books of a catalogue, and what has come of them."""

    def __init__(self, catalogue: Path, options: Sequence[str], only: Sequence[str], storage: str | None) -> None:
        chosen = [f"--only={names}" for names in only]
        code, said = run(["build", os.fspath(catalogue), "--plan", "--quiet", *chosen, *options])
        plan = json.loads(said)
        self.tool: str = plan["tool"]
        self.faulty = code != 0
        self.options = tuple(options)
        self.storage = storage
        self.folder = catalogue.parent
        self.jobs = [self._job(book) for book in plan["books"]]
        self.done: dict[str, Entry] = {}

    def _job(self, book: dict[str, Any]) -> Job:
        root = Path(book["folder"])
        own = [root / name for name in book["files"] if not name.endswith("@")]
        shared = [path for place in map(Path, book["shared"]) for path in _files(place)]
        files = []
        for path in [*own, *shared]:
            name = os.path.relpath(path, self.folder).replace(os.sep, "/")
            if name.startswith(".."):
                raise UsageError(f"{path} lies outside of the catalogue's folder, and cannot be sent along")
            files.append((path, name))
        return Job(book["book"], book["key"], Path(book["out"]), tuple(files), book["catalogue"])

    def known(self, job: Job) -> Entry | None:
        """What came of a book before, where its outputs are there still."""
        entry: Entry
        try:
            if self.storage is not None:
                entry = json.loads(_Storage(self.storage).read(f"builds/{job.key}.json"))
                return entry
            entry = json.loads(self._memo(job).read_text(encoding="utf-8"))
            outputs = entry["outputs"]
            same = all(_hash(job.out / output["file"]) == output["sha256"] for output in outputs)
        except (OSError, ValueError, KeyError):
            return None
        return entry if same else None

    def settle(self, job: Job, made: Made) -> None:
        """Keeps what came of a book. Each file is written whole, and the record last."""
        for name, content in made.outputs.items():
            _write(job.out / name, content)
        if self.storage is None:
            _write(self._memo(job), json.dumps(made.entry).encode())
        self.done[job.name] = made.entry

    def fail(self, job: Job, reason: str) -> None:
        """Keeps that the machines failed with a book."""
        self.done[job.name] = {"book": job.name, "exit": 3, "error": reason}

    def _memo(self, job: Job) -> Path:
        return self.folder / ".pamphleteer-cache" / "batch" / f"{job.key}.json"

    def record(self) -> bytes:
        """``catalogue.json``: that of the command, to the byte."""
        books = [self.done[job.name] for job in self.jobs if job.name in self.done]
        text = json.dumps({"tool": self.tool, "books": books}, indent=2, sort_keys=True, ensure_ascii=False)
        return (text + "\n").encode()

    def send(self, job: Job) -> bytes | str:
        """The book as a task takes it."""
        archive = job.archive()
        if self.storage is None:
            return archive
        name = f"inputs/{hashlib.sha256(archive).hexdigest()}"
        _Storage(self.storage).write(name, archive)
        return f"{self.storage.rstrip('/')}/{name}"


def spread(batch: Batch, client: Client) -> Iterator[tuple[Job, str]]:
    """Has every book made that is not there yet; yields each as it is done, with a word on how.

    No more books are on their way at a time than keep all workers busy, so that neither this
    process nor the scheduler ever holds the whole list.
    """
    from distributed import as_completed

    waiting = iter(batch.jobs)
    under_way: dict[Future[Any], Job] = {}
    finished = as_completed()
    while True:
        threads = sum(client.nthreads().values())
        while len(under_way) < max(8, 3 * threads):
            job = next(waiting, None)
            if job is None:
                break
            entry = batch.known(job)
            if entry is not None:
                batch.done[job.name] = entry
                yield job, "unchanged"
                continue
            future = client.submit(
                make, batch.send(job), job.key, batch.options, batch.storage, key=f"pamphleteer-{job.key}"
            )
            under_way[future] = job
            finished.add(future)
        if not under_way:
            return
        future = next(finished)
        job = under_way.pop(future)
        try:
            batch.settle(job, future.result())
            yield job, "built"
        except (Exception, CancelledError) as error:
            batch.fail(job, f"{type(error).__name__}: {error}")
            yield job, "failed"


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.is_file() and not path.name.startswith("."))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    draft.write_bytes(content)
    os.replace(draft, path)


# The command


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="pamphleteer-batch", description="Build the books of a catalogue on many machines, or on this one."
    )
    parser.add_argument("catalogue", type=Path, help="the list of books: catalogue.toml")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786 [default: workers on this machine]")
    parser.add_argument("--workers", type=int, metavar="N", help="how many workers on this machine [default: one per processor]")
    parser.add_argument("--storage", metavar="ADDRESS", help="where books and outputs go by their hashes: a folder that all machines see, s3://… or what else fsspec knows [default: outputs come back here]")
    parser.add_argument("--only", action="append", default=[], metavar="BOOKS", help="only these books, by name or pattern")
    for name in ("to", "style", "printer", "store"):
        parser.add_argument(f"--{name}", help=f"as with `pamphleteer build --{name}`")
    parser.add_argument("--quiet", action="store_true", help="print findings and the last line only")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """The command ``pamphleteer-batch``; ends as ``pamphleteer build`` does."""
    asked = _arguments(given)
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        sys.exit('error: this wants Dask: pip install "pamphleteer[batch]"')
    options = [f"--{name}={getattr(asked, name)}" for name in ("to", "style", "printer", "store") if getattr(asked, name)]
    try:
        batch = Batch(asked.catalogue, options, asked.only, asked.storage)
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    if asked.scheduler:
        with Client(asked.scheduler) as client:
            sys.exit(_run(batch, client, asked.quiet))
    workers = asked.workers or os.cpu_count() or 1
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as here:
        with Client(here) as client:
            sys.exit(_run(batch, client, asked.quiet))


def _run(batch: Batch, client: Client, quiet: bool) -> int:
    counts: dict[str, int] = {}
    for number, (job, way) in enumerate(spread(batch, client), 1):
        entry = batch.done[job.name]
        counts[way] = counts.get(way, 0) + 1
        for finding in entry.get("findings", ()):
            if finding["severity"] != "note":
                print(_told(job.name, finding), file=sys.stderr)
        if way == "failed":
            print(f"{job.name}: {entry['error']}", file=sys.stderr)
        if not quiet:
            print(f"[{number}/{len(batch.jobs)}] {job.name}: {way}", file=sys.stderr)
    place = _keep_record(batch)
    faulty = sum(entry["exit"] == 1 for entry in batch.done.values())
    counts |= {"with errors": faulty} if faulty else {}
    said = ", ".join(f"{count} {what}" for what, count in counts.items()) or "nothing to do"
    print(f"{len(batch.jobs)} books: {said}; {place}", file=sys.stderr)
    if counts.get("failed"):
        return 3
    return 1 if faulty or batch.faulty else 0


def _told(name: str, finding: dict[str, Any]) -> str:
    place = f"{finding['file']}:{finding['line']}:{finding['column']}: " if finding.get("file") else ""
    return f"{name}/{place}{finding['severity']}[{finding['code']}]: {finding['message']}"


def _keep_record(batch: Batch) -> str:
    if batch.storage is not None:
        record = batch.record()
        name = f"catalogues/{hashlib.sha256(record).hexdigest()}.json"
        _Storage(batch.storage).write(name, record)
        return f"{batch.storage.rstrip('/')}/{name}"
    path = batch.folder / ".pamphleteer-cache" / "batch" / RECORD
    _write(path, batch.record())
    return os.fspath(path)


if __name__ == "__main__":
    main()
