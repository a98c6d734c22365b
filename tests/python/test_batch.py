"""Many books on a cluster of processes of their own, of which some are killed.

``PAMPHLETEER_PRESS`` is the generator of books (``cargo build --release --example press``), and
``PAMPHLETEER_BATCH_BOOKS`` how many of them. With ``moto`` and ``s3fs`` installed the same goes
through a store that speaks S3.
"""

from __future__ import annotations

import collections
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import pamphleteer

ROOT = Path(__file__).resolve().parents[2]
PRESS = Path(os.environ.get("PAMPHLETEER_PRESS", ROOT / "target/release/examples/press"))
BOOKS = int(os.environ.get("PAMPHLETEER_BATCH_BOOKS", "24"))
# seconds: so long that only what hangs takes it
PATIENCE = 60 + 6 * BOOKS
COUNTER = """#!/bin/sh
case "$*" in *--plan*) ;; *) head -n 1 catalogue.toml >> {log}; sleep 0.1;; esac
exec {command} "$@"
"""


class Cluster:
    """A scheduler, and workers that can be killed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.file = folder / "scheduler.json"
        self.count = 0
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", self.file)
        while not self.file.exists():
            time.sleep(0.05)
        time.sleep(0.2)
        self.address = json.loads(self.file.read_text())["address"]
        self.workers = [self.worker() for _ in range(3)]

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def worker(self) -> subprocess.Popen[bytes]:
        self.count += 1
        own = self.folder / f"worker-{self.count}"
        own.mkdir()
        return self.start(
            "worker", "--scheduler-file", self.file, "--nworkers", 1, "--nthreads", 1, "--no-nanny",
            "--no-dashboard", "--local-directory", own, "--death-timeout", 20, "--host", "127.0.0.1",
        )  # fmt: skip

    def close(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@unittest.skipUnless(PRESS.is_file(), f"needs {PRESS}")
@unittest.skipUnless(importlib.util.find_spec("distributed"), "needs the extra `batch`")
@unittest.skipIf(os.name == "nt", "counts builds with a shell script")
class Batches(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pamphleteer-batch-test-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.press = self.folder / "press"
        subprocess.run([PRESS, self.press, "--books", str(BOOKS), "--words", "300", "--broken", "3"], check=True, stdout=subprocess.DEVNULL)
        self.log = self.folder / "log"
        counter = self.folder / "counter"
        counter.write_text(COUNTER.format(log=self.log, command=pamphleteer.find()))
        counter.chmod(0o755)
        self.environment = {**os.environ, "PAMPHLETEER_COMMAND": str(counter)}

    def cluster(self) -> Cluster:
        cluster = Cluster(self.folder, self.environment)
        self.addCleanup(cluster.close)
        return cluster

    def batch(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "pamphleteer.batch", str(self.press / "catalogue.toml"), *arguments]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def built(self) -> collections.Counter[str]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return collections.Counter(lines)

    def serial(self) -> dict[str, str]:
        """What the command makes without a cluster."""
        out = self.folder / "serial"
        subprocess.run([pamphleteer.find(), "build", self.press / "catalogue.toml", "--out", out, "--no-cache", "-q"], check=False, capture_output=True)
        return files(out)

    def kill_midway(self, cluster: Cluster) -> None:
        while sum(self.built().values()) < BOOKS // 4:
            time.sleep(0.02)
        for worker in cluster.workers[:2]:
            worker.send_signal(signal.SIGKILL)
        cluster.workers.append(cluster.worker())

    def check_counts(self) -> None:
        built = self.built()
        self.assertEqual(len(built), BOOKS)
        again = sum(built.values()) - BOOKS
        # of a dead worker's books the one in hand, and what had not been fetched from it yet
        self.assertLessEqual(again, 6, built)

    def test_workers_that_die_lose_nothing(self) -> None:
        cluster = self.cluster()
        batch = self.batch("--scheduler", cluster.address)
        self.kill_midway(cluster)
        said = batch.communicate(timeout=PATIENCE)[1]
        self.assertEqual(batch.returncode, 1, said)
        self.assertRegex(said, rf"{BOOKS} books: {BOOKS} built, 3 with errors")
        self.assertEqual(said.count("error[note-unknown]"), 3, said)
        self.check_counts()
        expected = self.serial()
        record = expected.pop("catalogue.json")
        self.assertEqual(files(self.press / "dist"), expected)
        own = self.press / ".pamphleteer-cache/batch/catalogue.json"
        self.assertEqual(hashlib.sha256(own.read_bytes()).hexdigest(), record)
        # what is there is not made again, and one that has changed is
        before = self.built()
        text = self.press / "books/0001/00.md"
        text.write_text(text.read_text() + "\nMore.\n")
        again = self.batch("--scheduler", cluster.address)
        said = again.communicate(timeout=PATIENCE)[1]
        self.assertRegex(said, rf"{BOOKS} books: ({BOOKS - 1} unchanged, 1 built|1 built, {BOOKS - 1} unchanged), 3 with errors")
        self.assertEqual(list(self.built() - before), ['books = ["books/0001"]'])

    @unittest.skipUnless(importlib.util.find_spec("moto") and importlib.util.find_spec("s3fs"), "needs moto and s3fs")
    def test_a_store_of_objects_takes_all(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        endpoint = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.environment |= {
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
            "FSSPEC_S3": json.dumps({"endpoint_url": endpoint}),
        }  # fmt: skip
        import s3fs

        store = s3fs.S3FileSystem(key="a", secret="b", endpoint_url=endpoint, use_listings_cache=False)
        for _ in range(100):
            try:
                store.mkdir("press")
                break
            except Exception:
                time.sleep(0.2)
        cluster = self.cluster()
        batch = self.batch("--scheduler", cluster.address, "--storage", "s3://press/books")
        self.kill_midway(cluster)
        said = batch.communicate(timeout=PATIENCE)[1]
        self.assertEqual(batch.returncode, 1, said)
        self.assertRegex(said, rf"{BOOKS} books: {BOOKS} built, 3 with errors")
        self.check_counts()
        expected = set(self.serial().values())
        kept = {path.rpartition("/")[2] for path in store.ls("press/books/outputs")}
        record = re.search(r"(press/books/catalogues/\S+)", said)
        kept.add(hashlib.sha256(store.cat_file(record[1])).hexdigest())
        self.assertEqual(kept, expected)
        before = self.built()
        said = self.batch("--scheduler", cluster.address, "--storage", "s3://press/books").communicate(timeout=PATIENCE)[1]
        self.assertRegex(said, rf"{BOOKS} books: {BOOKS} unchanged, 3 with errors")
        self.assertEqual(self.built(), before)

    def test_without_a_scheduler_this_machine_works(self) -> None:
        batch = self.batch("--workers", "2", "--only", "books/0000,books/0001", "--quiet")
        said = batch.communicate(timeout=PATIENCE)[1]
        self.assertEqual((batch.returncode, said.split(";")[0]), (0, "2 books: 2 built"))


if __name__ == "__main__":
    unittest.main()
