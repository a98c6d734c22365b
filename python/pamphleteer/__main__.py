"""``python -m pamphleteer``: the command."""

import os
import subprocess
import sys

from ._command import find


def main() -> None:
    """Becomes the command where the system can do that, and else runs it."""
    arguments = [os.fspath(find()), *sys.argv[1:]]
    if os.name == "posix":
        os.execv(arguments[0], arguments)
    sys.exit(subprocess.run(arguments, check=False).returncode)


if __name__ == "__main__":
    main()
