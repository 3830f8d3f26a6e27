"""Kills a run at many moments, lets it go on, and compares with one that nobody disturbed.

    python benchmarks/kills.py --kills 20

Runs the tests of tests/batch/test_batch_kills.py, which do the same at two moments, and prints how
each ended. Needs the `dev` extra.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests" / "batch" / "test_batch_kills.py"


def main() -> int:
    """Return 0 where every run ended as it should."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20, help="moments, each another (default: 20)")
    parser.add_argument(
        "--all", action="store_true", help="also workers killed, signals, full disks"
    )
    asked = parser.parse_args()
    only = [] if asked.all else ["-k", "killed_at_any_moment"]
    command = [sys.executable, "-m", "pytest", str(TESTS), "-v", *only]
    environment = {**os.environ, "DIGITIZE_KILLS": str(asked.kills)}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
