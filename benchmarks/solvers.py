"""Solvers alone, for the benchmark of the corpus: z3, and cvc5 and dReal where they are installed.

Each is asked for a point at which the hypotheses hold and the conclusion does not.  None of them
knows that a term may have no value, and none of their answers is a proof here.
"""

from fractions import Fraction
from importlib import import_module
from itertools import chain
from multiprocessing import get_context
from typing import Any

import z3

from certificates.checker import Statement
from certificates.evaluation import Evaluator
from certificates.rules.polynomial import facts
from certificates.terms import Formula, Term, negation, number, rational_exponent
from proofs.engines.search import PRECISION, refutes
from proofs.engines.smt import query

DELTA = 1e-6  # of dReal: how much a constraint may be missed

SAME = {"exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin",
        "acos": "arccos", "atan": "arctan", "sqrt": "sqrt", "abs": "abs", "+": "+", "*": "*",
        "-": "-", "/": "/"}  # fmt: skip


def installed() -> list[str]:
    """The names of the solvers that can be loaded."""
    found = ["z3"]
    for name in ("cvc5", "dreal"):
        try:
            import_module(name)
        except ImportError:  # also where a library that it needs is missing
            continue
        found.append(name)
    return found


def limited(name: str, statement: Statement, timeout: float) -> str:
    """A solver's answer; one that does not keep to its time is ended, which leaves it open."""
    ask = {"z3": ask_z3, "cvc5": ask_cvc5, "dreal": ask_dreal}[name]
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=lambda: there.send(ask(statement, timeout)))
    worker.start()
    there.close()
    try:
        return str(here.recv()) if here.poll(timeout + 1) else "open"
    except EOFError:
        return "open"
    finally:
        worker.kill()
        worker.join()


def ask_z3(statement: Statement, timeout: float) -> str:
    """z3 on the negated claim; a model counts only if there are no free symbols in it."""
    goal = statement.goal
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


# cvc5 ---------------------------------------------------------------------------------------------


class Script:
    """The negated claim as SMT-LIB text with transcendental functions.  Raises KeyError."""

    def __init__(self, statement: Statement) -> None:
        goal = statement.goal
        self.lines: list[str] = []
        self.logarithms: dict[Term, str] = {}
        sorts = {"real": "Real", "int": "Int"}
        declared = [f"(declare-const {n} {sorts[s]})" for n, s in goal.variables.items()]
        asserted = [
            f"(assert {self.formula(f)})" for f in (*goal.hypotheses, negation(goal.conclusion))
        ]
        self.text = "\n".join(chain(["(set-logic ALL)"], declared, self.lines, asserted))

    def formula(self, formula: Formula) -> str:
        """A formula without quantifiers."""
        op, args = formula[0], formula[1:]
        if op in ("and", "or", "not", "implies"):
            return f"({'=>' if op == 'implies' else op} {' '.join(map(self.formula, args))})"
        left, right = map(self.term, args)
        return f"(not (= {left} {right}))" if op == "!=" else f"({op} {left} {right})"

    def term(self, term: Term) -> str:
        """A term as a real number."""
        value = number(term)
        if value is not None:
            text = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
            return f"(- {text})" if value < 0 else text
        if isinstance(term, str):
            return f"(to_real {term})"
        op, args = term[0], term[1:]
        if op == "pi":
            return "real.pi"
        if op == "log":
            return self.logarithm(term)
        if op in ("min", "max"):
            a, b = map(self.term, args)
            return f"(ite (<= {a} {b}) {a} {b})" if op == "min" else f"(ite (<= {a} {b}) {b} {a})"
        if op == "ite":
            return f"(ite {self.formula(args[0])} {self.term(args[1])} {self.term(args[2])})"
        if op == "floor":
            return f"(to_real (to_int {self.term(args[0])}))"
        if op == "^":
            exponent = number(args[1])
            if exponent is None or exponent.denominator != 1 or not 0 < abs(exponent) <= 64:
                raise KeyError("^")
            power = " ".join(["1.0", *[self.term(args[0])] * abs(int(exponent))])
            return f"(* {power})" if exponent > 0 else f"(/ 1.0 (* {power}))"
        return f"({SAME[op]} {' '.join(map(self.term, args))})"

    def logarithm(self, term: Term) -> str:
        """A new number l with exp(l) = x."""
        if term not in self.logarithms:
            inner, name = self.term(term[1]), f"log.{len(self.logarithms)}"
            self.logarithms[term] = name
            self.lines += [f"(declare-const {name} Real)", f"(assert (= (exp {name}) {inner}))"]
        return self.logarithms[term]


def ask_cvc5(statement: Statement, timeout: float) -> str:
    """cvc5 on the negated claim."""
    cvc5 = import_module("cvc5")
    try:
        text = Script(statement).text
    except (KeyError, ValueError):
        return "open"
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("tlimit-per", str(int(timeout * 1000)))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "claim")
    symbols = parser.getSymbolManager()
    try:
        while not (command := parser.nextCommand()).isNull():
            command.invoke(solver, symbols)
        answer = solver.checkSat()
    except RuntimeError:
        return "open"
    return "proved" if answer.isUnsat() else "refuted" if answer.isSat() else "open"


# dReal --------------------------------------------------------------------------------------------


def ask_dreal(statement: Statement, _timeout: float) -> str:
    """dReal on the negated claim; the middle of a box that it finds must refute the claim."""
    dreal = import_module("dreal")
    goal = statement.goal
    kinds = {"real": dreal.Variable.Real, "int": dreal.Variable.Int}
    if not set(goal.variables.values()) <= kinds.keys():
        return "open"
    variables = {n: dreal.Variable(n, kinds[s]) for n, s in goal.variables.items()}
    try:
        parts = [
            _dreal_formula(dreal, f, variables)
            for f in (*goal.hypotheses, negation(goal.conclusion))
        ]
        box = dreal.CheckSatisfiability(dreal.logical_and(*parts), DELTA)
    except (KeyError, RuntimeError):
        return "open"
    if box is None:
        return "proved"
    at: dict[str, Any] = {}
    for name, variable in variables.items():
        middle = Fraction(box[variable].mid()).limit_denominator(10**9)
        at[name] = Fraction(round(middle)) if goal.variables[name] == "int" else middle
    evaluator = Evaluator(PRECISION, statement.definitions)
    return "refuted" if refutes(statement, evaluator, at) else "open"


def _dreal_formula(dreal: Any, formula: Formula, variables: dict[str, Any]) -> Any:
    op, args = formula[0], formula[1:]
    if op in ("and", "or", "not", "implies"):
        parts = [_dreal_formula(dreal, f, variables) for f in args]
        if op == "not":
            return dreal.logical_not(parts[0])
        if op == "implies":
            return dreal.logical_imply(*parts)
        return (dreal.logical_and if op == "and" else dreal.logical_or)(*parts)
    a, b = (_dreal_term(dreal, t, variables) for t in args)
    if op == "<=":
        return a <= b
    if op == "<":
        return a < b
    return a == b if op == "=" else a != b


def _dreal_term(dreal: Any, term: Term, variables: dict[str, Any]) -> Any:
    value = number(term)
    if value is not None:
        return dreal.Expression(float(value.numerator)) / float(value.denominator)
    if isinstance(term, str):
        return dreal.Expression(variables[term])
    op, args = term[0], term[1:]
    if op == "pi":
        return 4 * dreal.atan(dreal.Expression(1.0))
    if op == "rpow":
        return _dreal_term(dreal, args[0], variables) ** float(rational_exponent(args[1]))
    parts = [_dreal_term(dreal, t, variables) for t in args]
    if op == "+":
        return sum(parts[1:], parts[0])
    if op == "*":
        product = parts[0]
        for part in parts[1:]:
            product = product * part
        return product
    if op == "-":
        return parts[0] - parts[1] if len(parts) == 2 else -parts[0]
    if op in ("/", "^"):
        return parts[0] / parts[1] if op == "/" else parts[0] ** parts[1]
    names = {"min": "Min", "max": "Max", **{n: n for n in ("exp", "log", "sqrt", "sin", "cos",
             "tan", "asin", "acos", "atan", "abs")}}  # fmt: skip
    return getattr(dreal, names[op])(*parts)
