"""The corpus of claims: how many are proved and refuted, and how fast, beside solvers alone.

    python -m benchmarks.corpus [--timeout 10] [--solver-timeout 10] [--every N] [--group NAME]
                                [--without-solvers]

Prints one table for the entries that the engines were tuned on and one for those held out.  Each
verdict that contradicts the truth of its entry is an error, and makes the exit code 1.  Seconds are
those of the process on its processor: what else runs on the machine does not count.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from benchmarks.solvers import installed, limited
from certificates.checker import Checker
from proofs.parser import parse_claim
from proofs.reviewer import TIMEOUT, decide
from tests.corpus.reference import Entry, corpus

PATIENCE = 10  # times the seconds, on the clock, after which a claim is given up


@dataclass(frozen=True)
class Result:
    """A verdict, the seconds of processor time and on the clock, and the solvers' answers."""

    verdict: str
    seconds: float
    clock: float
    alone: Mapping[str, str]


def run(entry: Entry, timeout: float, solvers: Sequence[str], patience: float) -> Result:
    """What the engines make of an entry, in so much processor time, and the solvers alone, each in
    so many seconds on the clock."""
    sys.setrecursionlimit(20_000)
    claim = parse_claim(entry.text, entry.name)
    clock, start = time.perf_counter(), time.process_time()
    found = decide(claim, {}, Checker({}), timeout * PATIENCE, 128)
    seconds, clock = time.process_time() - start, time.perf_counter() - clock
    verdict = found.verdict if seconds <= timeout else "open"
    alone = {name: limited(name, claim.statement, patience) for name in solvers}
    return Result(verdict, seconds, clock, alone)


def table(entries: Sequence[Entry], results: Sequence[Result]) -> bool:
    """Print the counts; return whether no verdict is wrong."""
    sound = True
    for true, wanted in ((True, "proved"), (False, "refuted")):
        own = [(e, r) for e, r in zip(entries, results, strict=True) if e.true == true]
        if not own:
            continue
        counts = Counter(r.verdict for _, r in own)
        times = sorted(r.seconds for _, r in own)
        clock = sorted(r.clock for _, r in own)
        print(
            f"  {'true' if true else 'false'}: {counts[wanted]} of {len(own)} {wanted} "
            f"({100 * counts[wanted] / len(own):.1f} %), {counts['open']} open; "
            f"median {times[len(times) // 2]:.2f} s, 95th percentile "
            f"{times[int(0.95 * (len(times) - 1))]:.2f} s (on the clock "
            f"{clock[len(clock) // 2]:.2f} s and {clock[int(0.95 * (len(clock) - 1))]:.2f} s)"
        )
        for name in own[0][1].alone:
            answers = [r.alone[name] for _, r in own]
            right, unknown = answers.count(wanted), answers.count("open")
            share = 100 * right / len(own)
            wrong = len(own) - right - unknown
            print(f"    {name} alone: {right} ({share:.1f} %) {wanted}, {wrong} wrong")
        for entry, result in own:
            if result.verdict not in (wanted, "open"):
                print(f"  WRONG: {entry.name} is {true}, and was {result.verdict}")
                sound = False
    return sound


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="The corpus of claims.")
    parser.add_argument("--timeout", type=float, default=TIMEOUT)
    parser.add_argument("--solver-timeout", type=float, default=TIMEOUT)
    parser.add_argument("--every", type=int, default=1, help="take every N-th entry only")
    parser.add_argument("--group", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tuning", action="store_true", help="leave out what is held out")
    parser.add_argument("--open", action="store_true", help="list what stays open")
    parser.add_argument("--without-solvers", action="store_true")
    options = parser.parse_args()
    entries = [e for e in corpus() if options.group in e.group][:: options.every]
    if options.tuning:
        entries = [e for e in entries if not e.held_out]
    solvers = [] if options.without_solvers else installed()
    for name in sorted({"cvc5", "dreal"} - set(solvers)) if solvers else ():
        print(f"{name} is not installed")
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        waiting = [
            pool.submit(run, e, options.timeout, solvers, options.solver_timeout) for e in entries
        ]
        results = [w.result() for w in waiting]
    sound = True
    for held in (False, True):
        own = [(e, r) for e, r in zip(entries, results, strict=True) if e.held_out == held]
        if own:
            print("held out:" if held else "tuning:")
            sound &= table([e for e, _ in own], [r for _, r in own])
    if options.open:
        for entry, result in zip(entries, results, strict=True):
            if result.verdict == "open" and not entry.held_out:
                print(f"  open: {entry.name} ({result.seconds:.1f} s)")
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
