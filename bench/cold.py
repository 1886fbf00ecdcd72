"""What a newcomer waits for: the Security Council checked in a new process, from its files to the last finding.

python -m bench.cold
"""

from __future__ import annotations

import subprocess
import sys
import time

COMMAND = (sys.executable, "-c", "from foedus.cli import main; main()", "check", "un-security-council")
RUNS = 3


def main() -> float:
    """The fewest seconds by the clock of three, printed."""
    best = min(_seconds() for _ in range(RUNS))
    print(f"foedus check un-security-council, in a new process: {best:.2f} s by the clock")
    return best


def _seconds() -> float:
    start = time.perf_counter()
    subprocess.run(COMMAND, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
