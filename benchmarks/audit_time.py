"""How long the audit takes, how long the checker takes, and how many certificates there are.

The checker's time is given as a ratio to the time of finding the evidence in the same run.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Run the audit without its cache and the bare checker on what it wrote; print the times."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "paper"
        start = time.perf_counter()
        audit = [sys.executable, "-m", "proofs", "audit", "--no-cache", "--out", str(out)]
        subprocess.run(audit, check=True, stdout=subprocess.DEVNULL)
        found = time.perf_counter() - start
        start = time.perf_counter()
        checker = [sys.executable, "-E", "-s", "-S", "-m", "certificates.checker"]
        subprocess.run([*checker, str(out), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        checked = time.perf_counter() - start
        files = list(out.rglob("*.json"))
        size = sum(f.stat().st_size for f in files)
        print(f"audit    {found:8.1f} s   (two processes, each certificate checked once)")
        print(f"checker  {checked:8.1f} s   (one process)   {checked / found:.2f} of the audit")
        print(f"files    {len(files):8}     {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
