"""How long Coq's kernel takes for the development and a thousand instance certificates.

The certificates are made here, at values of δ that are not the paper's certificates' own: first
everything is compiled, then one more certificate is added, so that the last line says what an
addition costs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from certificates.store import write
from proofs.audit import instance_certificate
from proofs.instances import ACTIVATIONS, instances

DELTAS = tuple(Fraction(k, 23) for k in range(1, 23))


def certificates() -> Iterator[dict[str, Any]]:
    """The certificates of the instances that the enclosures decide."""
    for case in instances(ACTIVATIONS, DELTAS):
        document = instance_certificate(case)
        if document["evidence"]["by"] == "instances":
            yield document


def main() -> None:
    """Run `conditioning coq` on all but one of the certificates, then on all; print the times."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(document, Path(folder) / "instances") for document in certificates()]
        data = paths[-1].read_bytes()
        paths[-1].unlink()
        for what in ("compiled", "one more"):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "proofs", "coq", str(Path(folder) / "instances"), "--json"],
                check=True, capture_output=True, env={**os.environ, "XDG_CACHE_HOME": folder},
            )  # fmt: skip
            found, spent = json.loads(done.stdout), time.perf_counter() - start
            print(
                f"{what:10} {found['certificates']:6} certificates accepted {spent:8.1f} s, "
                f"{found['cost']['seconds']} s of processor time, "
                f"{found['cost']['megabytes']} MB in one coqc at most"
            )
            paths[-1].write_bytes(data)


if __name__ == "__main__":
    main()
