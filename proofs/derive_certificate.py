"""Certificates of a derived closed form: the claim about its activation, discharged and written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certificates.checker import Checker, Statement
from certificates.store import write
from proofs.audit import cache_key, claim_document
from proofs.cache import Cache, default_folder
from proofs.claim import Claim
from proofs.coefficients import coefficients_claim
from proofs.discharge import Outcome, discharge, kept
from proofs.duals import claim_about, foundations
from proofs.exits import BadInput
from proofs.tactics import Stuck
from symbolic import Activation, SeriesActivation


@dataclass(frozen=True)
class Certified:
    """One part of a claim and what became of it."""

    item: str
    label: str
    words: str
    outcome: Outcome

    @property
    def line(self) -> str:
        """The part, its verdict, and what was tried where nothing was found."""
        found = self.outcome
        shown = f"  {found.verdict:5} {self.label}: {self.words}   [{found.assurance}]"
        return f"{shown}\n        tried: {found.tried[:300]}" if found.tried else shown


class Certifier:
    """Discharges claims about activations one after the other; what they share is proved once.

    What was proved before, with the same sources, comes from the user's cache folder, and the
    checker accepts it anew.
    """

    def __init__(self) -> None:
        self.cache = Cache(default_folder())
        self.checker = Checker({})
        self.lemmas: dict[str, tuple[str, Statement]] = {}
        self.written: dict[str, list[Certified]] = {}

    def certify(
        self, sigma: Activation | SeriesActivation, out: Path, last: int | None = None
    ) -> Iterator[Certified]:
        """Write the certificates of "Dual of sigma" under a folder, part by part; then those of
        its coefficients up to a_last, if asked for.

        What no engine proves is written as an open record.  Raises BadInput for an activation
        without a closed form, for one that the statements cannot express, and for a folder that
        cannot be written.
        """
        if isinstance(sigma, SeriesActivation):
            raise BadInput(f"{sigma.name} has no closed form, only a series: no certificate")
        try:
            claim = claim_about(sigma)
        except (ValueError, Stuck) as error:
            raise BadInput(f"no certificate of {sigma.name}: {error}") from None
        for needed in foundations(sigma):
            yield from self._claim(needed, out)
        yield from self._claim(claim, out)
        coefficients = None if last is None else coefficients_claim(sigma, last)
        if coefficients is not None:
            yield from self._claim(coefficients, out)

    def _claim(self, claim: Claim, out: Path) -> Iterator[Certified]:
        if claim.item in self.written:
            yield from self.written[claim.item]
            return
        found: list[Certified] = []
        for part in claim.parts:
            key, says = cache_key(claim, part), part.statement.document()
            outcome = kept(self.cache, key, claim.item, part.label, says, self.checker)
            if outcome is None or outcome.verdict == "open":
                outcome = discharge(claim.item, part, self.lemmas, self.checker)
                self.cache.put(key, outcome.document)
            if outcome.verdict == "holds":
                said = self.checker.check(outcome.identity).statement
                self.lemmas[f"{claim.item}: {part.label}"] = (outcome.identity, said)
            _write(outcome.document, out)
            found.append(Certified(claim.item, part.label, part.words, outcome))
            yield found[-1]
        _write(claim_document(claim, {p.label: p.outcome.identity for p in found}), out)
        self.written[claim.item] = found


def certify(sigma: Activation | SeriesActivation, out: Path, last: int) -> Iterator[str]:
    """Write the certificates of one activation and of its coefficients up to a_last; a line for
    each part, then how to re-check them.

    Raises BadInput as `Certifier.certify` does.
    """
    item = ""
    for part in Certifier().certify(sigma, out, last):
        if part.item != item:
            item = part.item
            yield item
        yield part.line
    yield f"  re-check: python -m certificates.checker {out}"


def _write(document: dict[str, object], out: Path) -> None:
    try:
        write(document, out)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}") from None
