"""The corpus of claims: how many are proved and refuted, and how fast, beside z3 alone.

    python -m benchmarks.corpus [--timeout 10] [--every N] [--group NAME] [--without-z3]

Prints one table for the entries that the engines were tuned on and one for those held out.  Each
verdict that contradicts the truth of its entry is an error, and makes the exit code 1.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import z3

from certificates.checker import Checker
from certificates.rules.polynomial import facts
from proofs.engines.smt import query
from proofs.parser import parse_claim
from proofs.reviewer import TIMEOUT, decide
from tests.corpus.reference import Entry, corpus


def run(entry: Entry, timeout: float, with_z3: bool) -> tuple[str, float, str, float]:
    """(verdict, seconds, z3's verdict, seconds)."""
    sys.setrecursionlimit(20_000)
    start = time.perf_counter()
    claim = parse_claim(entry.text, entry.name)
    found = decide(claim, {}, Checker({}), timeout, 128)
    middle = time.perf_counter()
    alone = alone_z3(entry, timeout) if with_z3 else "open"
    return found.verdict, middle - start, alone, time.perf_counter() - middle


def alone_z3(entry: Entry, timeout: float) -> str:
    """What z3 says of the negated claim; a model counts only if there are no free symbols in it."""
    goal = parse_claim(entry.text).statement.goal
    text = query(goal)
    if text is None:
        return "open"
    solver = z3.Solver()
    solver.set("timeout", int(timeout * 1000))
    solver.from_string(text)
    answer = solver.check()
    if answer == z3.unsat:
        return "proved"
    known = facts(goal)
    atoms = {a for fact in known if fact for monomial in fact[1] for a, _ in monomial}
    polynomial = None not in known and all(goal.variables.get(a) == "real" for a in atoms)
    return "refuted" if answer == z3.sat and polynomial else "open"


def table(entries: Sequence[Entry], results: Sequence[tuple[str, float, str, float]]) -> bool:
    """Print the counts; return whether no verdict is wrong."""
    sound = True
    for true, wanted in ((True, "proved"), (False, "refuted")):
        own = [(e, r) for e, r in zip(entries, results, strict=True) if e.true == true]
        if not own:
            continue
        counts = Counter(r[0] for _, r in own)
        others = Counter(r[2] for _, r in own)
        times = sorted(r[1] for _, r in own)
        print(
            f"  {'true' if true else 'false'}: {counts[wanted]} of {len(own)} {wanted} "
            f"({100 * counts[wanted] / len(own):.1f} %), {counts['open']} open; "
            f"median {times[len(times) // 2]:.2f} s, 95th percentile "
            f"{times[int(0.95 * (len(times) - 1))]:.2f} s; z3 alone: {others[wanted]}"
        )
        for entry, result in own:
            if result[0] not in (wanted, "open"):
                print(f"  WRONG: {entry.name} is {true}, and was {result[0]}")
                sound = False
    return sound


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="The corpus of claims.")
    parser.add_argument("--timeout", type=float, default=TIMEOUT)
    parser.add_argument("--every", type=int, default=1, help="take every N-th entry only")
    parser.add_argument("--group", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tuning", action="store_true", help="leave out what is held out")
    parser.add_argument("--open", action="store_true", help="list what stays open")
    parser.add_argument("--without-z3", action="store_true")
    options = parser.parse_args()
    entries = [e for e in corpus() if options.group in e.group][:: options.every]
    if options.tuning:
        entries = [e for e in entries if not e.held_out]
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        waiting = [pool.submit(run, e, options.timeout, not options.without_z3) for e in entries]
        results = [w.result() for w in waiting]
    sound = True
    for held in (False, True):
        own = [(e, r) for e, r in zip(entries, results, strict=True) if e.held_out == held]
        if own:
            print("held out:" if held else "tuning:")
            sound &= table([e for e, _ in own], [r for _, r in own])
    if options.open:
        for entry, result in zip(entries, results, strict=True):
            if result[0] == "open" and not entry.held_out:
                print(f"  open: {entry.name} ({result[1]:.1f} s)")
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
