"""What the commands share: exit codes, bad input, and where the certificates are."""

import re
from pathlib import Path
from typing import Any

import click

FAILS, OPEN, BAD_INPUT, REJECTED, INTERNAL, INTERRUPTED = 1, 2, 3, 4, 5, 130
EXIT_CODES = """\
Exit codes: 0 done; with --strict 1 something fails, 2 something is open;
3 bad input; 4 a certificate was rejected; 5 an internal error; 130 interrupted."""

DASK = "A Dask scheduler, tcp://HOST:PORT, to work on; local: all processors of this machine."
PAPER = Path(__file__).resolve().parent.parent / "certificates" / "paper"
RATIONAL = re.compile(r"-?[0-9]{1,20}(/[1-9][0-9]{0,19}|\.[0-9]{1,20})?\Z")


class BadInput(click.ClickException):
    """Input that cannot be used: one sentence on standard error, exit code 3."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(f"conditioning: {self.format_message()}", err=True)
