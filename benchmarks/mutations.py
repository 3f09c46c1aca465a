"""Mutated statements of the paper: how many false ones are refuted, how many weaker ones proved.

    python -m benchmarks.mutations [--every N] [--list]

Each false mutation is shown false at a point by the tests, outside the engines.  Here the engines
look for a refutation of their own, which the checker confirms and, where it can, the plain
evaluator of the tests too.  A false statement that is proved, a weaker one that is not, or less
than 90 % refuted makes the exit code 1.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import track

from tests.proofs import application_mutations, mutations, test_tangent_mutations
from tests.proofs.mutations import Mutation
from tests.proofs.test_application_mutations import OnDemand
from tests.proofs.test_mutations import UndecidedError, refutation_holds

LEAST = 0.9


@dataclass(frozen=True)
class Group:
    """Mutations of some of the claims: false ones, and weaker ones that stay true."""

    name: str
    false: Sequence[Mutation]
    weaker: Sequence[Mutation]


GROUPS = (
    Group("kernel of the top layer", mutations.FALSE, mutations.TRUE),
    Group("a term without a value", mutations.UNDEFINED, ()),
    Group(
        "tangent kernel",
        [case.mutation for case in test_tangent_mutations.FALSE],
        test_tangent_mutations.TRUE,
    ),
    Group("applications", application_mutations.FALSE, application_mutations.TRUE),
)


def outcome(mutation: Mutation, lemmas: OnDemand) -> str:
    """The verdict; "confirmed" for a refutation that the plain evaluator confirms as well."""
    found = lemmas.outcome(mutation)
    if found.verdict != "fails":
        return found.verdict
    try:
        return "confirmed" if refutation_holds(mutation, found) else "contradicted"
    except (UndecidedError, ValueError):  # out of the plain evaluator's reach
        return "fails"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="Mutated statements of the paper.")
    parser.add_argument("--every", type=int, default=1, help="take every N-th mutation only")
    parser.add_argument("--list", action="store_true", help="name those that stay open")
    options = parser.parse_args()
    sys.setrecursionlimit(20_000)
    lemmas, console = OnDemand(), Console(stderr=True)
    work = [
        (group.name, expected, mutation)
        for group in GROUPS
        for expected, chosen in (("false", group.false), ("weaker", group.weaker))
        for mutation in chosen[:: options.every]
    ]
    results = [
        (name, expected, mutation.name, outcome(mutation, lemmas))
        for name, expected, mutation in track(
            work, "mutations", console=console, disable=not console.is_terminal, transient=True
        )
    ]
    counts = Counter((name, expected, verdict) for name, expected, _, verdict in results)
    for name in [*(g.name for g in GROUPS), "all"]:
        print(line(name, counts))
    for _, expected, mutation_name, verdict in results:
        if options.list and expected == "false" and verdict == "open":
            print(f"  open: {mutation_name}")
    sys.exit(0 if sound(results) else 1)


def total(counts: Counter[tuple[str, str, str]], name: str, expected: str, *verdicts: str) -> int:
    """How many of a group came out so; of all groups together for "all"."""
    return sum(
        count
        for (group, kind, verdict), count in counts.items()
        if name in (group, "all") and kind == expected and (not verdicts or verdict in verdicts)
    )


def line(name: str, counts: Counter[tuple[str, str, str]]) -> str:
    """A row of the table."""
    refuted = total(counts, name, "false", "confirmed", "fails")
    return (
        f"{name:24} false: {refuted} of {total(counts, name, 'false')} refuted "
        f"({total(counts, name, 'false', 'confirmed')} by the plain evaluator too), "
        f"{total(counts, name, 'false', 'open')} open, "
        f"{total(counts, name, 'false', 'holds')} proved; weaker: "
        f"{total(counts, name, 'weaker', 'holds')} of {total(counts, name, 'weaker')} proved"
    )


def sound(results: Sequence[tuple[str, str, str, str]]) -> bool:
    """Nothing false proved or wrongly refuted, nine in ten refuted, everything weaker proved."""
    false = [verdict for _, expected, _, verdict in results if expected == "false"]
    weaker = [verdict for _, expected, _, verdict in results if expected == "weaker"]
    refuted = sum(verdict in ("confirmed", "fails") for verdict in false)
    return (
        "holds" not in false
        and "contradicted" not in false
        and refuted >= LEAST * len(false)
        and all(verdict == "holds" for verdict in weaker)
    )


if __name__ == "__main__":
    main()
