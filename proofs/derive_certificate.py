"""Certificates of a derived closed form: the claim about its activation, discharged and written."""

from collections.abc import Iterator
from pathlib import Path

from certificates.checker import Checker, Statement
from certificates.store import write
from proofs.audit import claim_document
from proofs.clipped import needs_truncation
from proofs.discharge import Outcome, discharge
from proofs.duals import claim_about
from proofs.exits import BadInput
from proofs.tactics import Stuck
from proofs.truncated import truncated_claim
from symbolic import Activation, SeriesActivation


def certify(sigma: Activation | SeriesActivation, out: Path) -> Iterator[str]:
    """Write the certificates of "Dual of sigma" under a folder; a line for each part, then how to
    re-check them.

    What no engine proves is written as an open record.  Raises BadInput for an activation without a
    closed form, for one that the statements cannot express, and for a folder that cannot be
    written.
    """
    if isinstance(sigma, SeriesActivation):
        raise BadInput(f"{sigma.name} has no closed form, only a series: no certificate")
    try:
        claim = claim_about(sigma)
    except (ValueError, Stuck) as error:
        raise BadInput(f"no certificate of {sigma.name}: {error}") from None
    checker = Checker({})
    lemmas: dict[str, tuple[str, Statement]] = {}
    for each in (truncated_claim(), claim) if needs_truncation(sigma) else (claim,):
        ids: dict[str, str] = {}
        yield each.item
        for part in each.parts:
            found = discharge(each.item, part, lemmas, checker)
            ids[part.label] = found.identity
            if found.verdict == "holds":
                said = checker.check(found.identity).statement
                lemmas[f"{each.item}: {part.label}"] = (found.identity, said)
            yield _line(part.label, part.words, found)
            _write(found.document, out)
        _write(claim_document(each, ids), out)
    yield f"  re-check: python -m certificates.checker {out}"


def _line(label: str, words: str, found: Outcome) -> str:
    shown = f"  {found.verdict:5} {label}: {words}   [{found.assurance}]"
    return shown if found.verdict == "holds" else f"{shown}\n        tried: {found.tried[:300]}"


def _write(document: dict[str, object], out: Path) -> None:
    try:
        write(document, out)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}") from None
