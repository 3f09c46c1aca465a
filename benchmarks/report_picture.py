"""The picture of the report in the README: the top of its overview, taken by headless Chromium.

    conditioning report --out site && python benchmarks/report_picture.py site docs/report.png

Needs Debian's `chromium`.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 1120, 860


def picture(site: Path, target: Path) -> None:
    """Take the picture of the site's first page.  Raises CalledProcessError."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        command = [
            chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
            f"--user-data-dir={profile}", f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={target.resolve()}", (site / "index.html").resolve().as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: report_picture.py SITE PICTURE")
    picture(Path(sys.argv[1]), Path(sys.argv[2]))
