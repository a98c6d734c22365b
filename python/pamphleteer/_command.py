"""Where the command is, and running it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

NAME = "pamphleteer" + (sysconfig.get_config_var("EXE") or "")


class UsageError(ValueError):
    """The request cannot be understood: an unknown format, a folder without a book.toml."""


class MachineError(OSError):
    """The machine failed: a full disk, a missing permission, no command."""


def find() -> Path:
    """The command that came with this package.

    ``PAMPHLETEER_COMMAND`` names another one; without either, the one of ``PATH`` will do.
    """
    chosen = os.environ.get("PAMPHLETEER_COMMAND")
    if chosen:
        return Path(chosen)
    for folder in _folders():
        if (folder / NAME).is_file():
            return folder / NAME
    anywhere = shutil.which("pamphleteer")
    if anywhere:
        return Path(anywhere)
    raise MachineError(f"{NAME} is not there: install the package again")


def _folders() -> Iterable[Path]:
    """Where installers put commands: of this environment, of the user, of ``pip install --target``."""
    yield Path(sysconfig.get_path("scripts"))
    yield Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin")
    yield Path(sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")))
    yield Path(__file__).parent.parent / "bin"


def run(arguments: Sequence[str], timeout: float | None = None) -> tuple[int, str]:
    """Runs the command, and returns its exit code (0 or 1) and standard output."""
    command = [os.fspath(find()), *arguments]
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=timeout,
        )
    except OSError as error:
        raise MachineError(f"{command[0]} cannot be run: {error}") from error
    if done.returncode in (0, 1):
        return done.returncode, done.stdout
    said = done.stderr.strip().removeprefix("error: ")
    if done.returncode == 2:
        raise UsageError(said)
    raise MachineError(said or f"the command ended with {done.returncode}")
