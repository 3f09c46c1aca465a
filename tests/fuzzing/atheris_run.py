"""Coverage-guided fuzzing: `python -m tests.fuzzing.atheris_run certificate` or `claim`.

After that come options of libFuzzer, such as `-max_total_time=600 -len_control=0 FOLDER`.
Instrumented code is slower: an input has five seconds here, and one in `test_fuzzing.py`.
"""

import sys

import atheris

with atheris.instrument_imports(include=["certificates", "proofs.parser", "symbolic.formula"]):
    from tests.fuzzing import harness

SLOWED = 5.0
TARGETS = {"certificate": harness.one_certificate, "claim": harness.one_claim}


def main() -> None:
    """Run libFuzzer on the target that the first argument names."""
    target = TARGETS[sys.argv.pop(1)]
    sys.setrecursionlimit(20_000)
    atheris.Setup(sys.argv, lambda data: target(data, SLOWED))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
