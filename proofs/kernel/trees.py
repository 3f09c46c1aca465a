"""Proof trees of certificates as Coq proofs: a lemma for each step, a theorem for the statement.

The checker's own walk through a certificate is recorded, with the goal at each step.  Every step
becomes a lemma: its goal with the hypotheses that it needs, proved from the lemmas of the steps
below by the Coq form of its rule (`proofs/coq/Rules.v`).  The last lemma is the certificate's goal,
with partial operations completed as the rules complete them; from it and from the lemmas of the
obligations follows the statement, definedness included, as `translate.py` states it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from certificates.checker import Goal, Proof, Statement, digest, frozen, obligations
from certificates.normal import Normaliser
from certificates.rules.axioms import AXIOMS
from certificates.rules.equality import exchanged
from certificates.store import in_order
from certificates.terms import Formula, Term, conjuncts, free_names, negation, sort_of, substitute
from proofs.kernel.bridge import BridgeFile, Theorem
from proofs.kernel.bridge import files as bridge_files
from proofs.kernel.goals import Step, Writer, lean
from proofs.kernel.instances import STATEMENTS, statement_module
from proofs.kernel.translate import Translator, Untranslatable, coq_sort, defined_name

LEMMAS_A_FILE = 400
LOADS = """\
From Coq Require Import Lra Lia Classical.
From Coquelicot Require Import Hierarchy.
From Conditioning Require Import Polynomials Rules.
"""
LEAVES = ("polynomial", "assumption", "boxes")
IN_COQ = frozenset(
    """quotient square root log_one log_increasing log_monotone log_product log_power log_bounds
    log_exp exp_bounds erf_bounds exp_sum power_successor power_zero power_negative ceiling
    floor_part semidefinite_pair pi_bounds iterate_zero iterate_successor fold_empty fold_last
    coefficient""".split()  # noqa: SIM905
)
OWN = re.compile(r"\bH'(\d+)\b")


class NoScript(Exception):
    """A step uses a rule that has no form in Coq yet: says which."""


@dataclass
class Node:
    """A step of a proof: its goal, its evidence, and the steps that it rests on."""

    goal: Goal
    evidence: Mapping[str, Any]
    children: list[Node] = field(default_factory=list)


class Recorder(Proof):
    """The checker's walk through a proof, as a tree of steps."""

    def __init__(self, lemmas: Mapping[str, Statement]) -> None:
        super().__init__(lemmas)
        self.path = [Node(Goal({}, (), ("=", 0, 0)), {})]

    def discharge(self, goal: Goal, evidence: Any) -> None:
        """Record a step, and walk through what it rests on."""
        rule = evidence["by"]
        if rule not in RULES and rule not in LEAVES:
            raise NoScript(f"the rule {rule}")
        if rule == "boxes" and evidence["variables"]:
            raise NoScript("an enclosure on a box")
        if rule == "axiom" and evidence["name"] not in IN_COQ:
            raise NoScript(f"the axiom {evidence['name']}")
        node = Node(goal, evidence)
        self.path[-1].children.append(node)
        if rule not in LEAVES:
            self.path.append(node)
            super().discharge(goal, evidence)
            self.path.pop()


class Lemma(NamedTuple):
    """A lemma in Coq: its name, its variables, and which hypotheses of the step's goal it has."""

    name: str
    goal: Goal
    variables: tuple[str, ...]
    used: tuple[int, ...]


class Tree:
    """The lemmas of one certificate."""

    def __init__(self, prefix: str, lemmas: Mapping[str, Lemma]) -> None:
        self.prefix = prefix
        self.known = lemmas  # of the certificates that this one rests on, by id
        self.texts: list[str] = []
        self.translator = Translator({})

    def lemma(self, node: Node) -> Lemma:
        """The lemma of a step, written after those that it rests on."""
        if node.evidence["by"] == "polynomial":
            return self._polynomial(node)
        script = Script(self, node)
        below = [self.lemma(child) for child in node.children]
        if node.evidence["by"] == "assumption":
            script.assumption()
        elif node.evidence["by"] == "boxes":
            script.lines.append("enclosed.")
        else:
            RULES[node.evidence["by"]](script, *below)
        text = " ".join(script.lines)
        used = sorted({int(k) for k in OWN.findall(text)})
        if script.all:
            used = list(range(len(node.goal.hypotheses)))
        said = [*(node.goal.hypotheses[k] for k in used), node.goal.conclusion]
        names = script.variables.union(*map(free_names, said))
        variables = tuple(n for n in node.goal.variables if n in names)
        return self.written(node.goal, variables, used, script.lines)

    def _polynomial(self, node: Node) -> Lemma:
        step = Step(node.goal, node.evidence["sum"])
        less = lean(step)
        last = len(node.goal.hypotheses)
        used: Iterable[int] = range(last)
        if less is not step:
            used = sorted({k for _, factors, *_ in step.products for k, _ in factors if k < last})
        writer = Writer(less)
        name = self._name()
        self.texts.append(f"Lemma {name} : {writer.lemma()}")
        return Lemma(name, node.goal, tuple(writer.variables), tuple(used))

    def _name(self) -> str:
        return f"{self.prefix}_{len(self.texts)}"

    def written(
        self, goal: Goal, variables: tuple[str, ...], used: Sequence[int], lines: Sequence[str]
    ) -> Lemma:
        """A lemma about a goal with the given proof."""
        name = self._name()
        text, names = self.translator.formula(goal.conclusion, goal.variables), []
        for k in reversed(used):
            text = f"{self.translator.formula(goal.hypotheses[k], goal.variables)} ->\n  {text}"
        for variable in reversed(variables):
            sort = goal.variables[variable]
            promise = self.translator.promise(variable, sort)
            text = f"{promise} -> {text}" if promise else text
            text = f"forall {self.translator.variable(variable)} : {coq_sort(sort)}, {text}"
        for variable in variables:
            promised = self.translator.promise(variable, goal.variables[variable])
            names += [self.translator.variable(variable), *([f"P'{variable}"] if promised else [])]
        names += [f"H'{k}" for k in used]
        intros = f"intros {' '.join(names)}.\n  " if names else ""
        body = "\n  ".join(lines)
        self.texts.append(f"Lemma {name} : {text}.\nProof.\n  {intros}{body}\nQed.")
        return Lemma(name, goal, variables, tuple(used))


class Script:
    """The proof of one step in Coq."""

    def __init__(self, tree: Tree, node: Node) -> None:
        self.tree, self.goal, self.evidence = tree, node.goal, node.evidence
        self.children = node.children
        self.translator = tree.translator
        self.lines: list[str] = []
        self.variables: set[str] = set()
        self.count = 0
        self.all = False  # whether the step needs all hypotheses

    # Pieces ---------------------------------------------------------------------------------------

    def formula(self, formula: Formula, goal: Goal | None = None) -> str:
        """A formula in Coq."""
        return self.translator.formula(formula, (goal or self.goal).variables)

    def term(self, term: Term, sort: str) -> str:
        """A term in Coq, as an integer or as a real number."""
        of = self.translator.integer if sort == "int" else self.translator.real
        return of(term, self.goal.variables)

    def fresh(self) -> str:
        """A new name of a fact."""
        self.count += 1
        return f"N'{self.count}"

    def facts(self, formulas: Iterable[Formula], name: str, goal: Goal | None = None) -> list[str]:
        """Names of the facts that `having` adds for formulas that one fact implies."""
        found = []
        for part in (c for f in formulas for c in conjuncts(f)):
            new = self.fresh()
            text = self.formula(part, goal)
            self.lines.append(f"assert ({new} : {text}) by (implied {name}).")
            found.append(new)
        return found

    def added(self, formula: Formula, name: str, goal: Goal | None = None) -> list[str]:
        """Names of the facts that `having` adds for the formula that a name stands for."""
        if conjuncts(formula) == [formula]:
            return [name]
        return self.facts([formula], name, goal)

    def call(
        self,
        lemma: Lemma,
        hypotheses: Sequence[str] | None = None,
        values: Mapping[str, str] | None = None,
    ) -> str:
        """A lemma applied: to this step's variables (or values), and to proofs of hypotheses."""
        own = [f"H'{k}" for k in range(len(self.goal.hypotheses))]
        proofs = [*own, *(hypotheses or [])] if values is None else hypotheses or []
        values = values or {}
        parts = [lemma.name]
        for name in lemma.variables:
            if name in values:
                parts.append(values[name])
            else:
                self.variables |= {name} & self.goal.variables.keys()
                parts.append(self.translator.variable(name))
            if self.translator.promise(name, lemma.goal.variables[name]):
                source = values.get(name, self.translator.variable(name))
                parts.append(f"P'{source}")
        return "(" + " ".join([*parts, *(proofs[k] for k in lemma.used)]) + ")"

    def pose(self, lemma: Lemma, hypotheses: Sequence[str] | None = None) -> str:
        """The conclusion of a lemma, under a new name."""
        name = self.fresh()
        self.lines.append(f"pose proof {self.call(lemma, hypotheses)} as {name}.")
        return name

    def exact(self, proof: str) -> None:
        """The goal is what the proof proves."""
        self.lines.append(f"exact {proof}.")

    def values(self, sorts: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, str]:
        """The values of a lemma's or quantifier's variables in Coq."""
        found = {}
        for name, sort in sorts.items():
            value = frozen(given[name])
            if sort in ("real", "int"):
                found[name] = f"({self.term(value, sort)})"
            elif isinstance(value, str):
                found[name] = self.translator.variable(value)
            else:
                raise NoScript("a matrix given by its entries")
            self.variables |= free_names(value)
        return found

    # Rules ----------------------------------------------------------------------------------------

    def assumption(self) -> None:
        """A hypothesis says it, or it is true on sight."""
        goal, said = self.goal, self.formula(self.goal.conclusion)
        for k, hypothesis in enumerate(goal.hypotheses):
            if self.formula(hypothesis) == said:
                return self.exact(f"H'{k}")
        for normal in (Normaliser({}), goal.normal):
            key = normal.formula(goal.conclusion)
            if normal is goal.normal:  # hypotheses decide case distinctions
                self.all = True
            if key == "true":
                return self.lines.append("evident.")
            for k, hypothesis in enumerate(goal.hypotheses):
                if normal.formula(hypothesis) == key:
                    return self.lines.append(f"implied H'{k}.")
        raise AssertionError("the checker accepted an assumption that is none")

    def have(self, claim: Lemma, then: Lemma) -> None:
        """A cut."""
        name = self.pose(claim)
        self.exact(self.call(then, self.added(frozen(self.evidence["claim"]), name)))

    def cases(self, yes: Lemma, no: Lemma) -> None:
        """A formula or its negation."""
        condition = frozen(self.evidence["on"])
        self.variables |= free_names(condition)
        name = self.fresh()
        self.lines.append(f"destruct (classic {self.formula(condition)}) as [{name}|{name}].")
        self._bullet("-", lambda: self.exact(self.call(yes, self.added(condition, name))))
        self._bullet("-", lambda: self.exact(
            self.call(no, self.facts([negation(condition)], name))))  # fmt: skip

    def _bullet(self, mark: str, write: Callable[[], None]) -> None:
        start = len(self.lines)
        write()
        self.lines[start:] = [f"{mark} {' '.join(self.lines[start:])}"]

    def use(self, *below: Lemma) -> None:
        """An instance of a lemma."""
        *premises, then = below
        lemma = self.tree.known[self.evidence["lemma"]]
        values = self.values(lemma.goal.variables, self.evidence["with"])
        terms = {n: frozen(t) for n, t in self.evidence["with"].items()}
        proofs = []
        for k, premise in enumerate(premises):
            proofs.append(f"ltac:(implied {self.pose(premise)})" if k in lemma.used else "_")
        name, said = self.fresh(), substitute(lemma.goal.conclusion, terms)
        self.lines.append(f"assert ({name} : {self.formula(said)}).")
        self.lines.append(f"{{ pose proof {self.call(lemma, proofs, values)} as L'; implied L'. }}")
        self.exact(self.call(then, self.added(said, name)))

    def split(self, *below: Lemma) -> None:
        """Part by part, each from those before."""
        op, parts = self.goal.conclusion[0], list(self.goal.conclusion[1:])
        if op == "=":
            parts = [("<=", *parts), ("<=", *parts[::-1])]
        elif op == "not":
            parts = conjuncts(self.goal.conclusion)
        names: list[str] = []
        known: list[str] = []
        for part, lemma in zip(parts, below, strict=True):
            names.append(self.pose(lemma, known))
            known = [*known, *self.added(part, names[-1])]
        if op == "and":
            proof = names[-1]
            for name in reversed(names[:-1]):
                proof = f"(conj {name} {proof})"
            self.exact(proof)
        elif op == "=":
            whole = "Z.le_antisymm" if self._integers(self.goal.conclusion) else "Rle_antisym"
            self.exact(f"({whole} _ _ {' '.join(names)})")
        else:
            self.lines.append("given.")

    def _integers(self, formula: Formula) -> bool:
        return all(sort_of(t, self.goal.variables, {}) == "int" for t in formula[1:])

    def intro(self, then: Lemma) -> None:
        """An implication, or a universal statement."""
        op, args = self.goal.conclusion[0], self.goal.conclusion[1:]
        if op == "implies":
            name = self.fresh()
            self.lines.append(f"intros {name}.")
            self.exact(self.call(then, self.added(args[0], name)))
            return
        names = []
        for (_, sort), name in zip(args[0], self.evidence["names"], strict=True):
            promised = self.translator.promise(name, sort)
            names += [self.translator.variable(name), *([f"P'{name}"] if promised else [])]
        self.lines.append(f"intros {' '.join(names)}.")
        self.exact(self.call(then))

    def disjunct(self, then: Lemma) -> None:
        """One of several, from the negations of the others."""
        parts, index = self.goal.conclusion[1:], self.evidence["index"]
        name = self.fresh()
        self.lines.append(
            f"destruct (classic {self.formula(self.goal.conclusion)}) as [{name}|{name}]."
        )
        self._bullet("-", lambda: self.exact(name))

        def chosen() -> None:
            others = [negation(p) for k, p in enumerate(parts) if k != index]
            proof = self.call(then, self.facts(others, name))
            self.lines.append(
                f"{'right; ' * index}{'left; ' * (index < len(parts) - 1)}exact {proof}."
            )

        self._bullet("-", chosen)

    def instantiate(self, *below: Lemma) -> None:
        """An instance of a hypothesis."""
        *premises, then = below
        index = self.evidence["hypothesis"]
        found, text = self.goal.hypotheses[index], f"H'{index}"
        if found[0] == "forall":
            values = self.values(dict(found[1]), self.evidence["with"])
            for name, sort in found[1]:
                text += f" {values[name]}"
                if self.translator.promise(name, sort):
                    text += f" P'{values[name]}"
            found = substitute(found[2], {n: frozen(t) for n, t in self.evidence["with"].items()})
        if found[0] == "implies":
            for lemma in premises:
                self.pose(lemma)
            premise, found = self.fresh(), found[2]
            wanted = self.goal.hypotheses[index]
            wanted = wanted[2] if wanted[0] == "forall" else wanted
            self.lines.append(f"assert ({premise} := {text}).")
            self.lines.append(
                f"assert (W' : {self.formula(found)}) by "
                f"(first [apply {premise}; repeat split; given | tauto])."
            )
            text = "W'"
        name = self.fresh()
        self.lines.append(f"assert ({name} : {self.formula(found)}).")
        self.lines.append(f"{{ pose proof ({text}) as L'; cbv beta in L'; implied L'. }}")
        self.exact(self.call(then, self.added(found, name)))

    def witness(self, then: Lemma) -> None:
        """A value that exists."""
        _, pairs, _ = self.goal.conclusion
        values = self.values(dict(pairs), self.evidence["with"])
        for name, sort in pairs:
            self.lines.append(f"exists {values[name]}.")
            if self.translator.promise(name, sort):
                self.lines.append(f"split; [exact P'{values[name]}|].")
        name = self.pose(then)
        self.lines.append(f"implied {name}.")

    def obtain(self, then: Lemma) -> None:
        """A value with the property of a hypothesis."""
        index, names = self.evidence["hypothesis"], self.evidence["names"]
        _, pairs, body = self.goal.hypotheses[index]
        renamed = dict(zip([n for n, _ in pairs], names, strict=True))
        fact = self.fresh()
        pattern = fact
        for name, sort in reversed(pairs):
            new = renamed[name]
            if self.translator.promise(new, sort):
                pattern = f"[P'{new} {pattern}]"
            pattern = f"[{self.translator.variable(new)} {pattern}]"
        self.lines.append(f"destruct H'{index} as {pattern}.")
        inner = self.goal.extended({renamed[n]: s for n, s in pairs})
        own = self.added(substitute(body, renamed), fact, inner)
        self.exact(self.call(then, own))

    def alternatives(self, *below: Lemma) -> None:
        """Either of the parts of a hypothesis."""
        index = self.evidence["hypothesis"]
        parts, name = self.goal.hypotheses[index][1:], self.fresh()
        pattern = name
        for _ in parts[1:]:
            pattern = f"[{name}|{pattern}]"
        self.lines.append(f"pose proof H'{index} as D'; destruct D' as {pattern}.")
        for part, lemma in zip(parts, below, strict=True):
            self._bullet("-", lambda part=part, lemma=lemma: self.exact(  # type: ignore[misc]
                self.call(lemma, self.added(part, name))))  # fmt: skip

    def generalise(self, then: Lemma) -> None:
        """A term in the place of a variable."""
        term, name = frozen(self.evidence["term"]), self.evidence["name"]
        self.variables |= free_names(term)
        value = f"({self.term(term, self.goal.sort(term))})"
        own = [f"H'{k}" for k in range(len(self.goal.hypotheses))]
        self.exact(self.call(then, own, {name: value}))

    def rewrite(self, equal: Lemma, then: Lemma) -> None:
        """Equals for equals."""
        old, new = frozen(self.evidence["old"]), frozen(self.evidence["new"])
        self.variables |= free_names(old) | free_names(new)
        sort = self.goal.sort(old)
        name = self.pose(equal)
        hole = "hole"
        while hole in self.goal.variables:
            hole += "_"
        opened = exchanged(self.goal.extended({hole: sort}), old, hole)
        other = exchanged(self.goal, old, new)
        typed = f"fun {self.translator.variable(hole)} : {coq_sort(sort)} => "
        own = []
        for k, (before, after) in enumerate(
            zip(self.goal.hypotheses, other.hypotheses, strict=True)
        ):
            if before == after or k not in then.used:
                own.append(f"H'{k}")
                continue
            new_name = self.fresh()
            self.lines.append(
                f"assert ({new_name} : {self.formula(after)}) by (pose proof (eq_ind _ ({typed}"
                f"{self.formula(opened.hypotheses[k], opened)}) H'{k} _ {name}) as L'; "
                f"cbv beta in L'; implied L')."
            )
            own.append(new_name)
        result = self.fresh()
        self.lines.append(f"pose proof {self.call(then, own, {})} as {result}.")
        if self.goal.conclusion == other.conclusion:
            self.exact(result)
            return
        self.lines.append(
            f"refine (eq_ind_r ({typed}{self.formula(opened.conclusion, opened)}) _ {name}); "
            f"cbv beta; implied {result}."
        )

    def induction(self, base: Lemma, step: Lemma) -> None:
        """From L = 0, and from L to L + 1."""
        name = self.evidence["on"]
        goal = self.goal
        others = [k for k, h in enumerate(goal.hypotheses) if name not in free_names(h)]
        (own,) = (k for k, h in enumerate(goal.hypotheses) if name in free_names(h))
        variable = self.translator.variable(name)
        self.variables.add(name)
        kept = [f"H'{k}" for k in others]
        self.lines.append(
            f"assert (P' : (0 <= {variable})%Z) by (implied H'{own}); revert P'; clear H'{own}."
        )
        self.lines.append(
            f"revert {variable}; "
            f"apply (Z_induction (fun {variable} : Z => {self.formula(goal.conclusion)}))."
        )
        start = self.fresh()

        def first() -> None:
            self.lines.append(
                f"pose proof {self.call(base, kept, {})} as {start}; cbv beta; implied {start}."
            )

        def further() -> None:
            low, known, end = self.fresh(), self.fresh(), self.fresh()
            self.lines.append(f"intros {variable} {low} {known}; cbv beta in {known}.")
            facts = self.added(goal.conclusion, known)
            self.lines.append(
                f"pose proof {self.call(step, [*kept, low, *facts], {})} as {end}; "
                f"cbv beta; implied {end}."
            )

        self._bullet("-", first)
        self._bullet("-", further)

    def axiom(self, *below: Lemma) -> None:
        """The fact of an axiom."""
        *premises, then = below
        terms = [frozen(t) for t in self.evidence["with"]]
        self.variables |= frozenset().union(*map(free_names, terms))
        _, fact = AXIOMS[self.evidence["name"]](self.goal, *terms)
        for lemma in premises:
            self.pose(lemma)
        name = self.fresh()
        tactic = f"by_{self.evidence['name']}"
        if self.evidence["name"] == "semidefinite_pair":
            (_, size, i, j, body), a, b, t = terms
            entry = self.translator.real(body, {**self.goal.variables, i: "int", j: "int"})
            indices = f"{self.translator.variable(i)} {self.translator.variable(j)}"
            tactic += f" ({self.term(size, 'int')}) (fun {indices} => {entry})"
            tactic += f" ({self.term(a, 'int')}) ({self.term(b, 'int')}) ({self.term(t, 'real')})"
        self.lines.append(
            f"assert ({name} : {self.formula(fact)}) by first [{tactic} | casts; {tactic}]."
        )
        self.exact(self.call(then, self.added(fact, name)))


RULES: dict[str, Callable[..., None]] = {
    "have": Script.have, "cases": Script.cases, "use": Script.use, "split": Script.split,
    "intro": Script.intro, "or": Script.disjunct, "instantiate": Script.instantiate,
    "witness": Script.witness, "obtain": Script.obtain, "alternatives": Script.alternatives,
    "generalise": Script.generalise, "rewrite": Script.rewrite, "induction": Script.induction,
    "axiom": Script.axiom,
}  # fmt: skip


class Block(NamedTuple):
    """What a certificate adds to a generated file."""

    identity: str
    document: dict[str, Any]
    statement: Statement
    root: Lemma
    lemmas: list[str]
    theorem: str  # its name, or nothing where the statement is proved by the development
    closing: str  # the theorem with its proof
    needs: frozenset[str]  # generated files


class Trees:
    """The certificates whose proof trees have a form in Coq, in files.

    A statement that the development proves is not proved again; where another certificate rests on
    it, its goal is drawn from that theorem.
    """

    def __init__(self, documents: Mapping[str, dict[str, Any]]) -> None:
        self.documents = documents
        self.reasons: dict[str, str] = {}  # why a certificate is left out, by its id
        self.files: list[BridgeFile] = []
        self._blocks: dict[str, Block | None] = {}
        self._pending: list[Block] = []
        self._by_hand = {
            t.statement: f"{file.name}.{t.name}" for file in bridge_files()
            for t in file.theorems if t.verdict == "holds"
        }  # fmt: skip
        self._used = self._needed()
        for identity, _ in in_order(self.documents):
            self._block(identity)
        self._close()

    def _needed(self) -> set[str]:
        """The certificates that another one rests on."""
        return {i for d in self.documents.values() for i in d["rests_on"]}

    def _block(self, identity: str) -> Block | None:
        if identity in self._blocks:
            return self._blocks[identity]
        self._blocks[identity] = None
        document = self.documents.get(identity)
        if document is None or document["evidence"]["by"] in WHOLE:
            return None
        by_hand = self._by_hand.get(digest(document["statement"]))
        if by_hand and identity not in self._used:
            return None
        try:
            block = self._drawn(identity, by_hand) if by_hand else self._proved(identity)
        except (NoScript, Untranslatable) as error:
            if not by_hand:
                self.reasons[identity] = str(error)
            return None
        self._blocks[identity] = block
        self._pending.append(block)
        if sum(len(b.lemmas) for b in self._pending) >= LEMMAS_A_FILE:
            self._close()
        return self._blocks[identity]

    def _drawn(self, identity: str, theorem: str) -> Block:
        """The goal of a certificate, from the theorem about its statement."""
        document = self.documents[identity]
        statement = Statement.parse(document["statement"])
        goal = statement.goal
        translator = Translator({})
        names, values = [], []
        for variable, sort in goal.variables.items():
            own = translator.variable(variable)
            promised = [f"P'{variable}"] if translator.promise(variable, sort) else []
            names += [own, *promised]
            values += [own, *promised]
        hypotheses = [f"H'{k}" for k in range(len(goal.hypotheses))]
        tree = Tree(prefix(identity), {})
        lines = [f"pose proof {theorem} as S'; red in S'."]
        if values:
            lines.append(f"specialize (S' {' '.join(values)}).")
        lines.append("drawn S'.")
        root = tree.written(goal, tuple(goal.variables), range(len(hypotheses)), lines)
        needs = frozenset((theorem.split(".")[0],))
        return Block(identity, document, statement, root, tree.texts, "", "", needs)

    def _proved(self, identity: str) -> Block:
        """The goal of a certificate from its evidence, and its statement."""
        document = self.documents[identity]
        statement = Statement.parse(document["statement"])
        goals = obligations(statement)
        recorder = Recorder({
            i: Statement.parse(self.documents[i]["statement"])
            for i in document["rests_on"] if i in self.documents
        })  # fmt: skip
        recorder.discharge_all(goals, document["definedness"])
        recorder.discharge(statement.goal, document["evidence"])
        if not all([self._block(i) for i in document["rests_on"]]):
            raise NoScript("a lemma that has no proof tree in Coq")
        below = [self._blocks[i] for i in document["rests_on"]]  # some are in a file by now
        known = {b.identity: b.root for b in below if b is not None}
        tree = Tree(prefix(identity), known)
        lemmas = [tree.lemma(node) for node in recorder.path[0].children]
        theorem = f"c_{identity[:16]}"
        needs = {r.name.rpartition(".")[0] for r in known.values()} - {""}
        closing = closed(identity, statement, lemmas)
        return Block(
            identity, document, statement, lemmas[-1], tree.texts, theorem, closing,
            frozenset(needs),
        )  # fmt: skip

    def _close(self) -> None:
        """Put the blocks that are waiting into a file."""
        blocks, self._pending = self._pending, []
        proved = [b for b in blocks if b.theorem]
        if not proved:
            self._pending = blocks
            return
        name = f"Proofs_{len(self.files) + 1}"
        needs = sorted(frozenset().union(*(b.needs for b in blocks)))
        loads = LOADS + (f"From Conditioning Require {' '.join(needs)}.\n" if needs else "")
        parts = [
            STATEMENTS.replace("instances.py", "trees.py"),
            *(statement_module((b.identity, b.document, b.statement)) for b in proved),
            loads,
        ]
        theorems = []
        for block in blocks:
            parts += [*block.lemmas, block.closing] if block.theorem else block.lemmas
            root = block.root._replace(name=f"{name}.{block.root.name}")
            self._blocks[block.identity] = block._replace(root=root)
            if block.theorem:
                document = block.document
                stated = digest(document["statement"])
                theorems.append(Theorem(document["item"], document["part"], stated, block.theorem))
        self.files.append(BridgeFile(name, "\n\n".join(parts) + "\n", tuple(theorems)))


WHOLE = ("open", "counterexample", "instances")


def prefix(identity: str) -> str:
    """What the names of a certificate's lemmas begin with."""
    return f"t_{identity[:16]}"


def closed(identity: str, statement: Statement, lemmas: Sequence[Lemma]) -> str:
    """The theorem that a certificate's statement is true, from the lemmas of its goals."""
    module = f"C_{identity[:16]}"
    unfolded = ["statement"]
    for name in reversed(list(statement.definitions)):
        unfolded += [defined_name(name), f"{defined_name(name)}_has_value"]
    translator, names = Translator({}), []
    for variable, sort in statement.goal.variables.items():
        promised = translator.promise(variable, sort)
        names += [translator.variable(variable), *([f"P'{variable}"] if promised else [])]
    intros = f"intros {' '.join(names)}." if names else "idtac."
    tried = []
    for lemma in reversed(lemmas):
        values = []
        for variable in lemma.variables:
            if variable not in statement.goal.variables:
                values.append("_")
                continue
            values.append(translator.variable(variable))
            if translator.promise(variable, lemma.goal.variables[variable]):
                values.append(f"P'{variable}")
        tried.append(f"simple eapply ({' '.join([lemma.name, *values])}); given")
    return (
        f"Section c_{identity[:16]}.\nImport {module}.\n"
        f"Theorem c_{identity[:16]} : {module}.statement.\n"
        f"Proof.\n  unfold {', '.join(unfolded)}; cbv beta; {intros}\n"
        f"  settled ltac:(first [{' | '.join(tried)}]).\nQed.\nEnd c_{identity[:16]}."
    )
