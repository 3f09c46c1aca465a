"""The independent checker: reads certificates, trusts nothing in them, and re-checks each one.

    python -m certificates.checker PATH... [--data X.npy ...]

needs a bare Python 3.11 and this folder.  For every certificate it recomputes the id, rebuilds
each intermediate goal from the statement and the named rule (no intermediate statement is ever
stored), and prints the statement that it accepted.  FORMAT.md is the specification; each rule is
a short function in `certificates/rules/`, with its proof in its docstring or in FORMAT.md.
"""

import hashlib
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certificates.convergence import series_factor, small
from certificates.dyadic import Indeterminate, Undefined
from certificates.normal import Normaliser
from certificates.terms import (
    ATOMIC,
    BINDERS,
    NAME,
    NAMED,
    Definitions,
    Formula,
    Malformed,
    Term,
    binder_parts,
    bound_sorts,
    check_formula,
    check_hidden,
    conjuncts,
    declared,
    expand_calls,
    free_names,
    members,
    names_in,
    names_once,
    negation,
    number,
    rational_exponent,
    sequences_in,
    show_statement,
    size,
    sort_of,
    substitute,
)
from certificates.work import budget, spend

FORMAT = 1
MOST_BYTES = 4_000_000
DEEPEST = 120
MOST_DIGITS = 4_000
MOST_STEPS = 200_000
MOST_FILES = 20_000
LONGEST_CHAIN = 500
LABELS = ("cited", "smt", "instances", "untried")

TRUE: Formula = ("=", 0, 0)


class Rejected(Exception):
    """The certificate does not prove its statement: says where and why."""


# Goals --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """A sequent: for all `variables`, the `hypotheses` imply the `conclusion`."""

    variables: Mapping[str, str]
    hypotheses: tuple[Formula, ...]
    conclusion: Formula
    _cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def normal(self) -> Normaliser:
        """Normal forms under what the hypotheses say of the conditions of case distinctions."""
        if "normal" not in self._cache:
            self._cache["normal"] = Normaliser.under(self.hypotheses)
        found: Normaliser = self._cache["normal"]
        return found

    def having(self, *facts: Formula) -> "Goal":
        """The goal with further hypotheses, conjunctions taken apart."""
        extra = tuple(c for f in facts for c in conjuncts(f))
        return Goal(self.variables, self.hypotheses + extra, self.conclusion)

    def proving(self, conclusion: Formula) -> "Goal":
        """The goal with another conclusion."""
        return Goal(self.variables, self.hypotheses, conclusion, self._cache)

    def extended(self, variables: Mapping[str, str]) -> "Goal":
        """The goal with new variables, whose names must be new."""
        for name in variables:
            if name in self.variables or not NAME.match(name):
                raise Rejected(f"{name!r} is not a fresh name")
        return Goal({**self.variables, **variables}, self.hypotheses, self.conclusion, self._cache)

    def sort(self, term: Term) -> str:
        """The sort of a term that a rule introduces; Rejected when it is not well formed."""
        return sort_of(term, self.variables, {})

    def integer(self, term: Term) -> Term:
        """`term`, checked to be an integer."""
        if self.sort(term) != "int":
            raise Rejected("an integer is needed")
        return term

    def check(self, formula: Formula) -> Formula:
        """`formula`, checked to be well formed here."""
        check_formula(formula, self.variables, {})
        return formula

    def knows(self, formula: Formula) -> bool:
        """Whether a hypothesis is this formula, up to normal form."""
        key = self.normal.formula(formula)
        return key == "true" or any(self.normal.formula(h) == key for h in self.hypotheses)


# Limits and reading -------------------------------------------------------------------------------


def canonical(document: Any) -> bytes:
    """The canonical bytes of a document: sorted keys, no spaces, ASCII, one line end."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode("ascii") + b"\n"


def digest(document: Any) -> str:
    """The id of a document: the SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical(document)).hexdigest()


def read(data: bytes) -> dict[str, Any]:
    """Parse bytes into a document within the limits.  Raises Malformed."""
    if len(data) > MOST_BYTES:
        raise Malformed(f"longer than {MOST_BYTES} bytes")
    depth = deepest = digits = 0
    for byte in data:
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
        digits = digits + 1 if 48 <= byte <= 57 else 0
        if digits > MOST_DIGITS or deepest > DEEPEST:
            raise Malformed("nested too deeply" if deepest > DEEPEST else "a number is too long")
    try:
        document = json.loads(
            data.decode("ascii"),
            parse_float=_no_floats,
            parse_constant=_no_floats,
            object_pairs_hook=_no_duplicates,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Malformed(f"not ASCII JSON: {error}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Malformed(f"not a document of format {FORMAT}")
    plain(document)
    return document


def plain(document: dict[str, Any]) -> None:
    """Raise Malformed where a document nests too deeply, or holds a truth value or null."""
    level: list[Any] = [document]
    for _ in range(DEEPEST):
        level = [v for d in level if isinstance(d, (dict, list)) for v in members(d)]
        if any(isinstance(v, bool) or v is None for v in level):
            raise Malformed("true, false and null are not used")
    if level:
        raise Malformed("nested too deeply")


def _no_floats(text: str) -> Any:
    raise Malformed(f"{text[:20]} is not an exact number")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({k for k, _ in pairs}) != len(pairs):
        raise Malformed("a key stands twice")
    return dict(pairs)


def frozen(value: Any) -> Any:
    """Lists as tuples, so that terms can be compared and hashed."""
    return tuple(frozen(v) for v in value) if isinstance(value, list) else value


def keys(document: Any, needed: str, optional: str = "") -> None:
    """Raise Malformed unless the document has just these keys."""
    if not isinstance(document, dict):
        raise Malformed("an object is needed")
    missing = set(needed.split()) - document.keys()
    extra = document.keys() - set(needed.split()) - set(optional.split())
    if missing or extra:
        raise Malformed(f"missing {sorted(missing)}, not known {sorted(extra)}")


def printable(document: Any, name: Any, longest: int) -> str:
    """A text of a document, which must be one line without control characters."""
    text = document[name]
    if not isinstance(text, str) or len(text) > longest or not text.isprintable():
        raise Malformed(f"{name} must be one line of text")
    return text


def one_line(text: str) -> str:
    """A text that quotes untrusted ones, of which none ends the line or moves the cursor."""
    return "".join(c if c.isprintable() else " " for c in text)


@dataclass(frozen=True)
class Statement:
    """A parsed statement, its goal with every call replaced by its definition."""

    document: Mapping[str, Any]
    definitions: Definitions
    goal: Goal

    @staticmethod
    def parse(document: Any) -> "Statement":
        """Check the form of a statement.  Raises Malformed."""
        keys(document, "variables hypotheses conclusion definitions")
        document = {k: frozen(v) for k, v in document.items()}
        if not all(isinstance(value, tuple) for value in document.values()):
            raise Malformed("each part of a statement is a list")
        definitions: dict[str, dict[str, Any]] = {}
        for entry in document["definitions"]:
            keys(entry, "name parameters sort where body")
            parsed = {k: frozen(v) for k, v in entry.items()}
            env = declared(parsed["parameters"])
            check_formula(parsed["where"], env, definitions)
            sort = sort_of(parsed["body"], env, definitions)
            check_hidden(env, ("and", parsed["where"], parsed["body"]), definitions)
            taken = {*definitions, *declared(document["variables"]), *BINDERS, *NAMED}
            if not NAME.match(str(parsed["name"])) or parsed["name"] in taken:
                raise Malformed(f"not a fresh name: {parsed['name']!r}")
            wide = sort == "int" and parsed["sort"] == "real"
            if set(env.values()) - {"real", "int"} or not (sort == parsed["sort"] or wide):
                raise Malformed(f"the definition of {parsed['name']} is not well sorted")
            parsed["expanded"] = expand_calls(parsed["body"], definitions)
            definitions[parsed["name"]] = parsed
        document["definitions"] = tuple(definitions.values())
        env = declared(document["variables"])
        for formula in (*document["hypotheses"], document["conclusion"]):
            check_formula(formula, env, definitions)
        names = names_in(tuple(document.values()))
        for own in sequences_in(tuple(document.values())):
            if any(n.startswith(f"{own}_") for n in names):
                raise Malformed(f"a name begins with {own}_ like a coefficient of {own}")
        hypotheses = [
            c for h in document["hypotheses"] for c in conjuncts(expand_calls(h, definitions))
        ]
        conclusion = expand_calls(document["conclusion"], definitions)
        return Statement(document, definitions, Goal(env, tuple(hypotheses), conclusion))


# Definedness --------------------------------------------------------------------------------------


def obligations(statement: Statement) -> list[Goal]:
    """The goals that together say that every term of the statement has a value.

    Connectives are read from left to right: a later part need only be defined where the earlier
    ones let it matter.
    """
    env = dict(statement.goal.variables)
    found: list[Goal] = []
    start = Goal(env, (), TRUE)
    for hypothesis in statement.document["hypotheses"]:
        found += _formula_defined(hypothesis, start, statement.definitions)
        start = start.having(expand_calls(hypothesis, statement.definitions))
    found += _formula_defined(statement.document["conclusion"], start, statement.definitions)
    unique: dict[tuple[Any, ...], Goal] = {}
    for goal in found:
        sorts = tuple(goal.variables.items())
        spend(len(sorts) + sum(map(size, (*goal.hypotheses, goal.conclusion))) >> 5)
        unique.setdefault((sorts, goal.hypotheses, goal.conclusion), goal)
    return [g for g in unique.values() if g.normal.formula(g.conclusion) != "true"]


def _formula_defined(formula: Formula, goal: Goal, definitions: Definitions) -> Iterator[Goal]:
    op, args = formula[0], formula[1:]
    spend(50)
    if op in ("and", "or", "implies"):
        for a in args:
            yield from _formula_defined(a, goal, definitions)
            known = expand_calls(a, definitions)
            goal = goal.having(negation(known) if op == "or" else known)
    elif op in ("forall", "exists"):
        inner, body = _opened(goal, [n for n, _ in args[0]], dict(args[0]), args[1])
        yield from _formula_defined(body, inner, definitions)
    elif op == "not":
        yield from _formula_defined(args[0], goal, definitions)
    elif op in ATOMIC:
        yield from _binder_defined(formula, goal, definitions)
    else:
        for a in args:
            yield from _term_defined(a, goal, definitions)


def _opened(goal: Goal, names: list[str], sorts: Mapping[str, str], body: Any) -> tuple[Goal, Any]:
    """The goal with fresh variables for bound names, and the body with them."""
    fresh: dict[str, str] = {}
    for name in names:
        new = name
        while new in goal.variables or new in fresh.values():
            new += "_"
        fresh[name] = new
    return goal.extended({fresh[n]: sorts[n] for n in names}), substitute(body, fresh)


def _term_defined(term: Term, goal: Goal, definitions: Definitions) -> Iterator[Goal]:
    if not isinstance(term, tuple):
        return
    spend(50)
    op, args = term[0], term[1:]
    plain = [expand_calls(a, definitions) if isinstance(a, tuple) else a for a in args]
    if op in BINDERS:
        yield from _binder_defined(term, goal, definitions)
        return
    if op == "ite":
        yield from _formula_defined(args[0], goal, definitions)
        yield from _term_defined(args[1], goal.having(plain[0]), definitions)
        yield from _term_defined(args[2], goal.having(negation(plain[0])), definitions)
        return
    start = 1 if op in ("call", "coef", "dual", "apply", "slope", "entry") else 0
    for a in args[start:]:
        yield from _term_defined(a, goal, definitions)
    if op == "/" and (number(plain[1]) or 0) == 0:
        yield goal.proving(("!=", plain[1], 0))
    elif op == "^" and (number(plain[1]) is None or (number(plain[1]) or 0) < 0):
        yield goal.proving(("or", ("<=", 0, plain[1]), ("!=", plain[0], 0)))
    elif op == "sqrt":
        yield goal.proving(("<=", 0, plain[0]))
    elif op == "log":
        yield goal.proving(("<", 0, plain[0]))
    elif op in ("asin", "acos"):
        yield goal.proving(("<=", ("abs", plain[0]), 1))
    elif op == "tan":
        yield goal.proving(("!=", ("cos", plain[0]), 0))
    elif op == "rpow":
        yield goal.proving(("<=" if rational_exponent(plain[1]) > 0 else "<", 0, plain[0]))
    elif op == "dual":
        yield goal.proving(("<=", ("abs", plain[1]), 1))
    elif op in ("coef", "hermite"):
        yield goal.proving(("<=", 0, plain[1 if op == "coef" else 0]))
    elif op == "entry":
        for a in plain[1:]:
            yield goal.proving(("<=", 1, a))
    elif op == "call":
        entry = definitions[args[0]]
        names = [n for n, _ in entry["parameters"]]
        values = dict(zip(names, plain[1:], strict=True))
        yield from _formula_defined(substitute(entry["where"], values), goal, definitions)
        where = substitute(expand_calls(entry["where"], definitions), values)
        yield goal.proving(where)
        inner, renamed = goal.having(where), substitute(entry["body"], values)
        yield from _term_defined(renamed, inner, definitions)


def _binder_defined(term: tuple[Any, ...], goal: Goal, definitions: Definitions) -> Iterator[Goal]:
    op = term[0]
    parts = {r: a for r, a, _ in binder_parts(term) if r != "bound"}
    names = [a for r, a, _ in binder_parts(term) if r == "bound"]
    for role, sub in parts.items():
        if role != "body":
            yield from _term_defined(sub, goal, definitions)
    plain = {r: expand_calls(a, definitions) for r, a in parts.items()}
    inner, body = _opened(goal, names, bound_sorts(op, names), parts["body"])
    fresh = list(inner.variables)[len(goal.variables) :]
    if op in ("psd", "lambda_min", "lambda_max", "kappa"):
        yield goal.proving(("<=", 1, plain["size"]))
        for name in fresh:
            inner = inner.having(("<=", 1, name), ("<=", name, plain["size"]))
        swapped = substitute(
            expand_calls(body, definitions), dict(zip(fresh, fresh[::-1], strict=True))
        )
        yield inner.proving(("=", expand_calls(body, definitions), swapped))
        if op == "kappa":
            yield goal.proving(("<", 0, expand_calls(("lambda_min", *term[1:]), definitions)))
    elif op == "iter":
        yield goal.proving(("<=", 0, plain["depth"]))
        yield goal.proving(("<=", ("abs", plain["start"]), 1))
        inner = inner.having(("<=", ("abs", fresh[0]), 1))
        yield inner.proving(("<=", ("abs", expand_calls(body, definitions)), 1))
    elif op in ("series", "converges"):
        yield goal.proving(("<=", 0, plain["lower"]))
        inner = inner.having(("<=", plain["lower"], fresh[0]))
        if op == "series":
            yield from _series_defined(expand_calls(body, definitions), fresh[0], inner)
    elif op == "fold":
        inner = inner.having(("<=", plain["lower"], fresh[0]), ("<=", fresh[0], plain["upper"]))
    elif op in ("expect", "expect2"):
        from certificates.rules.tame import tame

        if op == "expect2":
            yield goal.proving(("<=", ("abs", plain["rho"]), 1))
        if not tame(expand_calls(body, definitions), fresh):
            yield goal.proving(("expectation", "integrable", term))
    yield from _term_defined(body, inner, definitions)


def _series_defined(body: Term, name: str, goal: Goal) -> Iterator[Goal]:
    """A series of c_i * g(i) converges absolutely when g is small, or does not involve i."""
    sequence, factor = series_factor(body, name, goal.variables)
    if name in free_names(factor):
        yield goal.proving(small(factor, sequence, name, goal.hypotheses, goal.variables))


# Proof trees --------------------------------------------------------------------------------------

Evidence = Mapping[str, Any]


@dataclass
class Proof:
    """One run over a proof tree: counts steps, collects the rules and lemmas it rests on."""

    lemmas: Mapping[str, Statement]
    used: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    steps: int = 0

    def discharge(self, goal: Goal, evidence: Any) -> None:
        """Check that the evidence proves the goal.  Raises Rejected or Malformed."""
        from certificates.rules import RULES

        spend(20 + len(goal.hypotheses))
        formulas = (*goal.hypotheses, goal.conclusion)
        if not all(names_once(f) <= goal.variables.keys() for f in formulas):
            raise Rejected("a goal speaks of a name that is not in scope")
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Rejected("the proof is too long")
        if not isinstance(evidence, dict) or not isinstance(evidence.get("by"), str):
            raise Malformed("evidence must name its rule")
        if evidence["by"] not in RULES:
            raise Malformed(f"no rule is called {evidence['by'][:40]!r}")
        rule, fields = RULES[evidence["by"]]
        keys(evidence, "by " + fields)
        self.rules.add(evidence["by"])
        rule(self, goal, evidence)

    def discharge_all(self, goals: list[Goal], evidence: Any) -> None:
        """Check one piece of evidence for each goal."""
        if not isinstance(evidence, list) or len(evidence) != len(goals):
            raise Rejected(f"{len(goals)} pieces of evidence are needed")
        for goal, piece in zip(goals, evidence, strict=True):
            self.discharge(goal, piece)


# Documents ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Accepted:
    """What the checker found a certificate to establish."""

    identity: str
    item: str
    part: str
    verdict: str
    assurance: str
    statement: Statement
    rules: tuple[str, ...]
    rests_on: tuple[str, ...]
    note: str
    refuted: str  # where a failing statement fails, in words


# what wrong shapes in untrusted evidence raise before a rule can name them
DEFECTS = (RecursionError, TypeError, ValueError, KeyError, IndexError, AttributeError,
           ArithmeticError, MemoryError)  # fmt: skip


class Checker:
    """Checks a set of documents; a lemma must be in the set and be accepted itself."""

    def __init__(self, documents: Mapping[str, dict[str, Any]]) -> None:
        self.documents = dict(documents)
        self.accepted: dict[str, Accepted] = {}
        self.failed: dict[str, str] = {}
        self._open: set[str] = set()

    def check(self, identity: str) -> Accepted:
        """Check one certificate and what it rests on.  Raises Rejected or Malformed."""
        if identity in self.accepted:
            return self.accepted[identity]
        if identity in self.failed:
            raise Rejected(self.failed[identity])
        if identity not in self.documents:
            raise Rejected(f"rests on {str(identity)[:12]}, which is not here")
        if identity in self._open:
            raise Rejected("rests on itself")
        if len(self._open) > LONGEST_CHAIN:
            raise Rejected("a chain of lemmas is too long")
        self._open.add(identity)
        try:
            document = self.documents[identity]
            data = canonical(document)
            if hashlib.sha256(data).hexdigest() != identity:
                raise Rejected("its content does not match its id")
            with budget(len(data)):
                self.accepted[identity] = self._certificate(identity, document)
        except (Malformed, Rejected) as error:
            self.failed[identity] = str(error)
            raise
        except (Undefined, Indeterminate) as error:
            self.failed[identity] = f"the evidence does not decide it: {error}"
            raise Rejected(self.failed[identity]) from None
        except DEFECTS as error:
            self.failed[identity] = f"malformed: {type(error).__name__}: {str(error)[:80]}"
            raise Malformed(self.failed[identity]) from None
        finally:
            self._open.discard(identity)
        return self.accepted[identity]

    def _certificate(self, identity: str, document: dict[str, Any]) -> Accepted:
        plain(document)
        keys(document, "format item part statement evidence definedness rests_on", "note")
        item, part = printable(document, "item", 200), printable(document, "part", 200)
        note = printable({"note": "", **document}, "note", 2000)
        if not item or not part:
            raise Malformed("item and part must not be empty")
        statement = Statement.parse(document["statement"])
        rests_on = document["rests_on"]
        if not isinstance(rests_on, list) or len(set(rests_on)) != len(rests_on):
            raise Malformed("rests_on must be a list of different ids")
        lemmas, assurances = {}, set()
        for other in rests_on:
            lemma = self.check(other)
            if lemma.verdict != "holds":
                raise Rejected(f"rests on {other[:12]}, which does not hold")
            lemmas[other] = lemma.statement
            assurances.add(lemma.assurance)
        proof = Proof(lemmas)
        verdict, assurance, refuted = self._evidence(document, statement, proof)
        if verdict == "holds" and "enclosure" in assurances:
            assurance = "enclosure"
        if proof.used != set(lemmas):
            raise Rejected("rests_on names a lemma that the evidence does not use")
        return Accepted(
            identity, item, part, verdict, assurance, statement,
            tuple(sorted(proof.rules)), tuple(rests_on), note, refuted,
        )  # fmt: skip

    def _evidence(
        self, document: dict[str, Any], statement: Statement, proof: Proof
    ) -> tuple[str, str, str]:
        """(verdict, assurance, where a failing statement fails)."""
        from certificates.rules import REFUTATIONS, WHOLE

        evidence = document["evidence"]
        if not isinstance(evidence, dict) or not isinstance(evidence.get("by"), str):
            raise Malformed("evidence must name its kind")
        kind = evidence["by"]
        if kind == "open":
            keys(evidence, "by label source")
            if evidence["label"] not in LABELS:
                raise Malformed(f"an open record has one of the labels {', '.join(LABELS)}")
            printable(evidence, "source", 200_000)
            if document["definedness"] != [] or document["rests_on"] != []:
                raise Rejected("an open record carries no proof")
            return "open", str(evidence["label"]), ""
        if kind in REFUTATIONS or kind in WHOLE:
            if document["definedness"] != []:
                raise Malformed(f"{kind} decides definedness itself")
            proof.rules.add(kind)
            rule, fields = (REFUTATIONS | WHOLE)[kind]
            keys(evidence, "by " + fields)
            words = rule(statement, evidence)
            return ("fails" if kind in REFUTATIONS else "holds"), "enclosure", words
        proof.discharge_all(obligations(statement), document["definedness"])
        proof.discharge(statement.goal, evidence)
        return "holds", "enclosure" if "boxes" in proof.rules else "exact", ""


# Command line -------------------------------------------------------------------------------------


def load(paths: list[Path]) -> tuple[dict[str, dict[str, Any]], dict[Path, str], dict[Path, str]]:
    """(documents by id, id of each file, what is wrong with the others)."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*.json") if p.is_file()) if path.is_dir() else []
        files += inside or ([path] if path.is_file() else [])
        if len(files) > MOST_FILES:
            raise Malformed(f"more than {MOST_FILES} files")
    documents: dict[str, dict[str, Any]] = {}
    names: dict[Path, str] = {}
    wrong: dict[Path, str] = {}
    for path in files:
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            document = read(data)
            identity = digest(document)
            if data != canonical(document):
                raise Malformed("not in canonical form")
            tail = path.stem.rsplit("-", 1)[-1]
            if len(tail) < 16 or not identity.startswith(tail):
                raise Malformed(f"its content has the id {identity[:16]}, which is not its name")
            documents[identity] = document
            names[path] = identity
        except (Malformed, OSError, ValueError, RecursionError) as error:
            wrong[path] = str(error)
    return documents, names, wrong


def describe(found: Accepted, documents: Checker) -> str:
    """What was accepted, in words: statement, verdict, rules and citations."""
    mark = {"holds": "HOLDS", "fails": "FAILS", "open": "OPEN "}[found.verdict]
    lines = [f"{mark} {found.item}, {found.part}   [{found.assurance}]  {found.identity[:16]}"]
    lines += ["      " + line for line in show_statement(found.statement.document).split("\n")]
    if found.verdict == "open":
        lines.append(f"      no proof is recorded; {found.assurance}: "
                     + documents.documents[found.identity]["evidence"]["source"])  # fmt: skip
    else:
        lines.append("      by " + ", ".join(found.rules))
        lines += [f"      refuted: {found.refuted}"] if found.refuted else []
    for other in found.rests_on:
        lemma = documents.accepted[other]
        lines.append(f"      rests on {lemma.item}, {lemma.part} ({other[:16]})")
    if found.note:
        lines.append(f"      note: {found.note}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Check every certificate under the paths: 0 all accepted, 3 bad input, 4 one rejected."""
    from certificates import dataset, dataset_words
    from certificates.claims import verdicts

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.setrecursionlimit(20_000)
    try:
        paths, arrays = dataset.paths_and_arrays([a for a in arguments if a != "--quiet"])
        missing = [p for p in paths if not (p.is_file() or p.is_dir())]
        if not paths or missing:
            raise Malformed(f"no such file or folder: {str(missing[0])[:200]}" if missing
                            else "name a certificate or a folder of them")  # fmt: skip
        documents, names, wrong = load(paths)
        if not names and not wrong:
            raise Malformed("no certificates there")
    except (Malformed, OSError, ValueError) as error:
        print(f"checker: {error}", file=sys.stderr)
        return 3
    claims = {i: d for i, d in documents.items() if "claim" in d}
    checker = Checker({i: d for i, d in documents.items() if i not in claims})
    count = 0
    for path, identity in names.items():
        if identity in claims:
            continue
        try:
            if "dataset" in documents[identity]:
                checked = dataset.check_dataset(documents[identity], arrays, checker)
                words = dataset_words.describe(checked)
            else:
                words = describe(checker.check(identity), checker)
            count += 1
            if "--quiet" not in arguments:
                print(words)
        except (Rejected, Malformed) as error:
            wrong[path] = str(error)
    try:
        for verdict in verdicts(list(claims.values()), checker).values():
            print(f"CLAIM {verdict.item}: {verdict.text}   [{verdict.assurance}]")
    except (Rejected, Malformed, *DEFECTS) as error:
        wrong[Path("claims")] = str(error)
    for path, reason in wrong.items():
        print(one_line(f"REJECTED {path}: {reason}"), file=sys.stderr)
    print(f"{count} accepted, {len(wrong)} rejected")
    return 4 if wrong else 0


if __name__ == "__main__":
    from certificates.checker import main as run  # one copy of the classes, not two

    sys.exit(run(sys.argv[1:]))
