"""Mutated claims of Sections 4 to 7 and Appendices C to F: see `test_mutations.py`."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from certificates.checker import Checker
from certificates.checker import Statement as Parsed
from proofs.discharge import Outcome, discharge
from proofs.registry import PROOF_ORDER
from tests.proofs.application_mutations import FALSE, TRUE
from tests.proofs.mutations import Mutation
from tests.proofs.test_mutations import named, refutation_holds, refuted


class OnDemand(Mapping[str, tuple[str, Parsed]]):
    """The lemmas by name, each discharged when a proof first asks for it."""

    def __init__(self) -> None:
        self.checker = Checker({})
        self.parts = {f"{c.item}: {p.label}": (c, p) for c in PROOF_ORDER for p in c.parts}
        self.found: dict[str, tuple[str, Parsed] | None] = {}

    def __getitem__(self, name: str) -> tuple[str, Parsed]:
        """The lemma.  Raises KeyError if there is none, or it does not hold."""
        if name not in self.found:
            claim, part = self.parts[name]
            outcome = discharge(claim.item, part, self, self.checker)
            holds = outcome.verdict == "holds"
            statement = Parsed.parse(part.statement.document())
            self.found[name] = (outcome.identity, statement) if holds else None
        lemma = self.found[name]
        if lemma is None:
            raise KeyError(name)
        return lemma

    def __iter__(self) -> Iterator[str]:
        """The names of all parts."""
        return iter(self.parts)

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    def outcome(self, mutation: Mutation) -> Outcome:
        """What becomes of a mutated part."""
        return discharge(mutation.claim.item, mutation.part, self, self.checker)


@pytest.fixture(scope="module")
def lemmas() -> OnDemand:
    """The lemmas, shared by the tests of this module."""
    return OnDemand()


@pytest.mark.parametrize("mutation", named(FALSE))
def test_false_mutations_are_false(mutation: Mutation) -> None:
    """At its point the mutated statement has true hypotheses and a conclusion that fails."""
    assert refuted(mutation.part.statement, mutation.at)


@pytest.mark.parametrize("mutation", named(FALSE, quick=True))
def test_false_mutations_are_refuted(mutation: Mutation, lemmas: OnDemand) -> None:
    """The engines refute a false statement, at a point that the plain evaluator confirms."""
    outcome = lemmas.outcome(mutation)
    assert outcome.verdict == "fails"
    assert refutation_holds(mutation, outcome)


@pytest.mark.parametrize("mutation", named(TRUE, quick=True))
def test_weaker_statements_are_proved(mutation: Mutation, lemmas: OnDemand) -> None:
    """The proof of a statement goes through for a weaker one."""
    assert lemmas.outcome(mutation).verdict == "holds"


@pytest.mark.slow
def test_the_whole_table(lemmas: OnDemand) -> None:
    """No false mutation is proved, nine in ten are refuted; every weaker statement is proved."""
    verdicts: dict[str, list[str]] = {"fails": [], "open": [], "holds": []}
    for mutation in FALSE:
        outcome = lemmas.outcome(mutation)
        verdicts[outcome.verdict].append(mutation.name)
        if outcome.verdict == "fails":
            assert refutation_holds(mutation, outcome), mutation.name
    assert not verdicts["holds"], "a false statement was proved"
    assert len(FALSE) >= 70
    assert len(verdicts["fails"]) >= 0.9 * len(FALSE), verdicts["open"]
    lost = [m.name for m in TRUE if lemmas.outcome(m).verdict != "holds"]
    assert not lost
    assert len(TRUE) >= 25


def test_no_two_mutations_share_a_name() -> None:
    """Names are unique, and the false mutations spread over the claims."""
    for mutations in (FALSE, TRUE):
        assert len({m.name for m in mutations}) == len(mutations)
    assert len(Counter(m.claim.item for m in FALSE)) >= 20
