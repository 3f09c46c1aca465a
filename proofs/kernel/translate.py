"""From the statement language to Coq: a statement with every term's having a value made explicit.

Coq's operations are total (`x / 0 = 0`), the statement language's are not.  So each term and each
formula is translated twice: to its value, and to the proposition that it has one, read off the
table "has a value when" of FORMAT.md, not off the obligations that the checker derives from it.
A statement with hypotheses h, k and conclusion r becomes

    forall variables, V(h) /\\ (h -> V(k) /\\ (k -> V(r) /\\ r)),

V being "has a value".  `proofs/coq/Language.v` defines the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from certificates.terms import Definitions, Formula, Term, free_names, number, sort_of, substitute

TRUE = "True"
COQ_SORTS = {"real": "R", "int": "Z", "sequence": "nat -> R", "matrix": "Z -> Z -> R"}
PROMISES = {"sequence": "sequence {}", "matrix": "symmetric {}"}
SPECTRA = {"lambda_min": "least_eigenvalue", "lambda_max": "greatest_eigenvalue",
           "kappa": "condition_number"}  # fmt: skip
FUNCTIONS = {"log": "ln"} | {
    name: name
    for name in ("sqrt", "exp", "sin", "cos", "tan", "atan", "asin", "acos", "erf", "Phi")
}  # fmt: skip
EVERYWHERE = (("=", 0, 0), ("and", ("=", 0, 0)))  # the domain of a definition that has no other
GAUSSIAN = ("apply", "slope", "expect", "expect2")
# words that a translated name must not hide: Coq's own, and the vocabulary used below
RESERVED = frozenset(
    """as at cofix do else end exists exists2 fix for forall from fun if in let match mod return
    then using where with Type Prop Set SProp by IF R Z nat PI IZR Rabs Rmin Rmax Zceil Zfloor True
    False Rle_dec Rlt_dec Req_EM_T Z_le_dec Z_lt_dec and_dec or_dec not_dec implies_dec Z O S sqrt
    exp ln sin cos tan atan asin acos erf Phi powerRZ root_power coefficient dual iterate
    iterates_within fold folds_within series_from converges_from
    sequence symmetric semidefinite least_eigenvalue greatest_eigenvalue condition_number
    square_with statement""".split()  # noqa: SIM905
)


class Untranslatable(Exception):
    """The statement uses what the exported vocabulary lacks; says which operator."""


def escaped(name: str, mark: str) -> str:
    """A name with a mark behind it where it would hide a word of ours, or end like one."""
    hides = name in RESERVED or name.endswith(("_", "_has_value"))
    return name + mark if hides else name


def defined_name(name: str) -> str:
    """The Coq identifier of a definition."""
    return escaped(name, "'")


def all_of(*parts: str) -> str:
    """The conjunction of propositions, the trivial ones left out."""
    kept = [p for p in dict.fromkeys(parts) if p != TRUE]
    return " /\\ ".join(kept) if len(kept) < 2 else "(" + " /\\ ".join(kept) + ")"


def conjunction(*parts: str) -> str:
    """`all_of`, and True when nothing is left."""
    return all_of(*parts) or TRUE


def when(condition: str, then: str) -> str:
    """condition -> then, left out when it says nothing."""
    return TRUE if then == TRUE else f"({condition} -> {then})"


def for_all(binders: str, body: str) -> str:
    """forall binders, body, left out when it says nothing."""
    return TRUE if body == TRUE else f"(forall {binders}, {body})"


class Translator:
    """Terms and formulas over one list of definitions."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    def variable(self, name: str) -> str:
        """The Coq identifier of a variable: it hides no definition, and no two names meet."""
        return name + "_" if name in self.definitions else escaped(name, "_")

    def promise(self, name: str, sort: str) -> str:
        """What the sort of a variable promises, or nothing."""
        return PROMISES.get(sort, "").format(self.variable(name))

    # Values ---------------------------------------------------------------------------------------

    def real(self, term: Term, env: Mapping[str, str]) -> str:
        """The value of a term as a real number."""
        value = number(term)
        if value is not None:
            text = str(value.numerator) if value.numerator >= 0 else f"(- {-value.numerator})"
            return text if value.denominator == 1 else f"({text} / {value.denominator})"
        if sort_of(term, env, self.definitions) == "int":
            return f"(IZR {self.integer(term, env)})"
        if isinstance(term, str):
            return self.variable(term)
        op, args = term[0], term[1:]
        real: Callable[[Term], str] = lambda t: self.real(t, env)  # noqa: E731
        if op == "-" and len(args) == 1:
            return f"(- {real(args[0])})"
        if op in ("+", "-", "*", "/"):
            return "(" + f" {op} ".join(map(real, args)) + ")"
        if op == "^":
            return f"(powerRZ {real(args[0])} {self.integer(args[1], env)})"
        if op in ("min", "max", "abs"):
            return f"(R{op} {' '.join(map(real, args))})"
        if op == "pi":
            return "PI"
        if op in FUNCTIONS:
            return f"({FUNCTIONS[op]} {real(args[0])})"
        if op == "rpow":
            return f"(root_power {real(args[0])} {real(args[1])})"
        if op == "coef":
            return f"(coefficient {self.variable(args[0])} {self.integer(args[1], env)})"
        if op == "dual":
            return f"(dual {self.variable(args[0])} {real(args[1])})"
        if op == "entry":
            indices = " ".join(self.integer(a, env) for a in args[1:])
            return f"({self.variable(args[0])} {indices})"
        if op == "iter":
            name, body, depth, start = args
            return (
                f"(iterate {self._function(name, body, env)} {self.integer(depth, env)} "
                f"{real(start)})"
            )
        if op == "fold":
            return f"(fold {self._folded(args, env)})"
        if op == "series":
            return f"(series_from {self._terms(args, env)})"
        if op in SPECTRA:
            return f"({SPECTRA[op]} {self._matrix(args, env)})"
        return self._either(term, env, self.real)

    def integer(self, term: Term, env: Mapping[str, str]) -> str:
        """The value of a term of sort int, as an integer."""
        value = number(term)
        if value is not None:
            return f"{value.numerator}%Z" if value >= 0 else f"(- {-value.numerator})%Z"
        if isinstance(term, str):
            return self.variable(term)
        op, args = term[0], term[1:]
        if op in ("ceil", "floor"):
            return f"(Z{op} {self.real(args[0], env)})"
        if op in ("ite", "call"):
            return self._either(term, env, self.integer)
        values = [self.integer(a, env) for a in args]
        if op == "-" and len(args) == 1:
            return f"(- {values[0]})%Z"
        if op in ("+", "-", "*", "^"):
            return "(" + f" {op} ".join(values) + ")%Z"
        if op in ("min", "max", "abs"):
            return f"(Z.{op} {' '.join(values)})"
        raise Untranslatable(f"{op} has no translation to an integer")

    def _either(
        self,
        term: tuple[Any, ...],
        env: Mapping[str, str],
        value: Callable[[Term, Mapping[str, str]], str],
    ) -> str:
        op, args = term[0], term[1:]
        if op == "ite":
            chosen, other = (value(a, env) for a in args[1:])
            return f"(if {self.decision(args[0], env)} then {chosen} else {other})"
        if op == "call":
            values = self._arguments(args, env)
            head = defined_name(args[0])
            return f"({' '.join([head, *values])})" if values else head
        raise Untranslatable(f"{op} has no translation")

    def _arguments(self, args: tuple[Any, ...], env: Mapping[str, str]) -> list[str]:
        sorts = [sort for _, sort in self.definitions[args[0]]["parameters"]]
        return [
            self.integer(a, env) if sort == "int" else self.real(a, env)
            for a, sort in zip(args[1:], sorts, strict=True)
        ]

    def _function(self, name: str, body: Term, env: Mapping[str, str]) -> str:
        return f"(fun {self.variable(name)} => {self.real(body, {**env, name: 'real'})})"

    def _terms(self, args: tuple[Any, ...], env: Mapping[str, str]) -> str:
        name, lower, body = args
        inner = self.real(body, {**env, name: "int"})
        return f"{self.integer(lower, env)} (fun {self.variable(name)} => {inner})"

    def _folded(self, args: tuple[Any, ...], env: Mapping[str, str]) -> str:
        index, value, body, lower, upper, start = args
        inner = self.real(body, {**env, index: "int", value: "real"})
        step = f"(fun {self.variable(index)} {self.variable(value)} => {inner})"
        return (
            f"{step} {self.integer(lower, env)} {self.integer(upper, env)} {self.real(start, env)}"
        )

    def _matrix(self, args: tuple[Any, ...], env: Mapping[str, str]) -> str:
        size, i, j, body = args
        return f"{self.integer(size, env)} {self._entries(i, j, body, env, self.real)}"

    def _entries(
        self,
        i: str,
        j: str,
        body: Term,
        env: Mapping[str, str],
        of: Callable[[Term, Mapping[str, str]], str],
    ) -> str:
        inner = of(body, {**env, i: "int", j: "int"})
        return f"(fun {self.variable(i)} {self.variable(j)} => {inner})"

    # Formulas -------------------------------------------------------------------------------------

    def formula(self, formula: Formula, env: Mapping[str, str]) -> str:
        """A formula as a proposition."""
        op, args = formula[0], formula[1:]
        if op in ("<=", "<", "=", "!="):
            sorts = {sort_of(a, env, self.definitions) for a in args}
            left, right = (
                self.integer(a, env) if sorts == {"int"} else self.real(a, env) for a in args
            )
            scope = "%Z" if sorts == {"int"} else ""
            return f"({left} {'<>' if op == '!=' else op} {right}){scope}"
        if op in ("and", "or"):
            joint = " /\\ " if op == "and" else " \\/ "
            return "(" + joint.join(self.formula(a, env) for a in args) + ")"
        if op == "not":
            return f"(~ {self.formula(args[0], env)})"
        if op == "implies":
            return f"({self.formula(args[0], env)} -> {self.formula(args[1], env)})"
        if op in ("forall", "exists"):
            inner = {**env, **dict(args[0])}
            body = self.formula(args[1], inner)
            for name, sort in reversed(args[0]):
                promise = self.promise(name, sort)
                if promise:
                    body = f"{promise} {'->' if op == 'forall' else '/' + chr(92)} {body}"
                body = f"{op} {self.variable(name)} : {coq_sort(sort)}, {body}"
            return f"({body})"
        if op == "psd":
            return f"(semidefinite {self._matrix(args, env)})"
        if op == "converges":
            return f"(converges_from {self._terms(args, env)})"
        raise Untranslatable(f"{op} has no translation")

    def decision(self, formula: Formula, env: Mapping[str, str]) -> str:
        """A formula as a decision, for the condition of a case distinction."""
        op, args = formula[0], formula[1:]
        if op in ("<=", "<", "="):
            sorts = {sort_of(a, env, self.definitions) for a in args}
            if sorts == {"int"}:
                name = {"<=": "Z_le_dec", "<": "Z_lt_dec", "=": "Z.eq_dec"}[op]
                values = [self.integer(a, env) for a in args]
            else:
                name = {"<=": "Rle_dec", "<": "Rlt_dec", "=": "Req_EM_T"}[op]
                values = [self.real(a, env) for a in args]
            return f"({name} {' '.join(values)})"
        if op == "!=":
            return f"(not_dec {self.decision(('=', *args), env)})"
        if op == "not":
            return f"(not_dec {self.decision(args[0], env)})"
        if op in ("and", "or"):
            parts = [self.decision(a, env) for a in args]
            joined = parts[-1]
            for part in reversed(parts[:-1]):
                joined = f"({op}_dec {part} {joined})"
            return joined
        if op == "implies":
            left, right = (self.decision(a, env) for a in args)
            return f"(implies_dec {left} {right})"
        raise Untranslatable(f"a case distinction on {op} has no translation")

    # Having a value -------------------------------------------------------------------------------

    def term_has_value(self, term: Term, env: Mapping[str, str]) -> str:
        """The proposition that a term has a value."""
        if not isinstance(term, tuple):
            return TRUE
        op, args = term[0], term[1:]
        if op in ("iter", "fold", "series", *SPECTRA):
            return self._binder_has_value(term, env)
        if op == "ite":
            condition = self.formula(args[0], env)
            return conjunction(
                self.formula_has_value(args[0], env),
                when(condition, self.term_has_value(args[1], env)),
                when(f"~ {condition}", self.term_has_value(args[2], env)),
            )
        if op in GAUSSIAN:
            raise Untranslatable(f"{op} has no translation")
        first = 1 if op in ("call", "coef", "dual", "entry") else 0
        inside = [self.term_has_value(a, env) for a in args[first:]]
        return conjunction(*inside, self._own_condition(op, args, env))

    def _own_condition(self, op: str, args: tuple[Any, ...], env: Mapping[str, str]) -> str:
        if op == "/":
            return TRUE if number(args[1]) else f"({self.real(args[1], env)} <> 0)"
        if op == "^":
            whole = self._nonnegative(args[1], env)
            return TRUE if whole == TRUE else f"({whole} \\/ {self.real(args[0], env)} <> 0)"
        if op == "sqrt":
            return f"(0 <= {self.real(args[0], env)})"
        if op == "log":
            return f"(0 < {self.real(args[0], env)})"
        if op == "rpow":
            sign = "<=" if Fraction(args[1]) > 0 else "<"
            return f"(0 {sign} {self.real(args[0], env)})"
        if op == "tan":
            return f"((cos {self.real(args[0], env)}) <> 0)"
        if op in ("asin", "acos"):
            return f"(Rabs {self.real(args[0], env)} <= 1)"
        if op == "dual":
            return f"(Rabs {self.real(args[1], env)} <= 1)"
        if op == "coef":
            return self._nonnegative(args[1], env)
        if op == "entry":
            return conjunction(*(f"(1 <= {self.integer(a, env)})%Z" for a in args[1:]))
        if op == "call":
            values = self._arguments(args, env)
            head = f"{defined_name(args[0])}_has_value"
            return f"({' '.join([head, *values])})" if values else head
        return TRUE

    def _nonnegative(self, term: Term, env: Mapping[str, str]) -> str:
        """0 <= term, left out where it is a numeral that says so."""
        value = number(term)
        if value is not None and value >= 0:
            return TRUE
        return f"(0 <= {self.integer(term, env)})%Z"

    def _binder_has_value(self, term: tuple[Any, ...], env: Mapping[str, str]) -> str:
        op, args = term[0], term[1:]
        if op == "iter":
            name, body, depth, start = args
            inner = self.term_has_value(body, {**env, name: "real"})
            return conjunction(
                self.term_has_value(depth, env),
                self.term_has_value(start, env),
                f"(iterates_within (fun {self.variable(name)} => {inner}) "
                f"{self._function(name, body, env)} {self.integer(depth, env)} "
                f"{self.real(start, env)})",
            )
        if op == "fold":
            index, value, body, lower, upper, start = args
            inner = self.term_has_value(body, {**env, index: "int", value: "real"})
            valued = f"(fun {self.variable(index)} {self.variable(value)} => {inner})"
            return conjunction(
                *(self.term_has_value(a, env) for a in (lower, upper, start)),
                TRUE if inner == TRUE else f"(folds_within {valued} {self._folded(args, env)})",
            )
        if op in ("series", "converges"):
            name, lower, body = args
            index = name
            while index in free_names(lower) | (free_names(body) - {name}):
                index += "_"  # the lower end is outside the scope of the index
            low, i = self.integer(lower, env), self.variable(index)
            terms = self.term_has_value(substitute(body, {name: index}), {**env, index: "int"})
            return conjunction(
                self.term_has_value(lower, env),
                self._nonnegative(lower, env),
                for_all(f"{i} : Z", when(f"({low} <= {i})%Z", terms)),
                f"(converges_from {self._terms(args, env)})" if op == "series" else TRUE,
            )
        size, i, j, body = args
        valued = self._entries(i, j, body, env, self.term_has_value)
        matrix = self._matrix(args, env)
        return conjunction(
            self.term_has_value(size, env),
            f"(square_with {valued} {matrix})",
            f"(0 < least_eigenvalue {matrix})" if op == "kappa" else TRUE,
        )

    def formula_has_value(self, formula: Formula, env: Mapping[str, str]) -> str:
        """The proposition that a formula has a value, read from left to right."""
        op, args = formula[0], formula[1:]
        if op in ("<=", "<", "=", "!="):
            return conjunction(*(self.term_has_value(a, env) for a in args))
        if op in ("and", "or", "implies"):
            rest = TRUE
            for part in reversed(args):
                known = self.formula(part, env)
                rest = conjunction(
                    self.formula_has_value(part, env),
                    when(f"~ {known}" if op == "or" else known, rest),
                )
            return rest
        if op == "not":
            return self.formula_has_value(args[0], env)
        if op in ("forall", "exists"):
            body = self.formula_has_value(args[1], {**env, **dict(args[0])})
            for name, sort in reversed(args[0]):
                promise = self.promise(name, sort)
                body = when(promise, body) if promise else body
                body = for_all(f"{self.variable(name)} : {coq_sort(sort)}", body)
            return body
        if op in ("psd", "converges"):
            return self._binder_has_value(formula, env)
        raise Untranslatable(f"{op} has no translation")


def coq_sort(sort: str) -> str:
    """The Coq type of a sort.  Raises Untranslatable for activations."""
    if sort not in COQ_SORTS:
        raise Untranslatable(f"variables of sort {sort} have no translation")
    return COQ_SORTS[sort]


def definitions_in_coq(definitions: Definitions) -> str:
    """Each definition and its predicate of having a value: `where` has one, holds, the body too."""
    translator = Translator(definitions)
    lines = []
    for name, entry in definitions.items():
        env = dict(entry["parameters"])
        binders = "".join(
            f" ({translator.variable(n)} : {coq_sort(s)})" for n, s in entry["parameters"]
        )
        whole = entry["sort"] == "int"
        body = (translator.integer if whole else translator.real)(entry["body"], env)
        valued = translator.term_has_value(entry["body"], env)
        if entry["where"] not in EVERYWHERE:
            where = translator.formula(entry["where"], env)
            valued = conjunction(
                translator.formula_has_value(entry["where"], env), where, when(where, valued)
            )
        coq_name = defined_name(name)
        lines.append(f"Definition {coq_name}{binders} : {'Z' if whole else 'R'} :=\n  {body}.")
        lines.append(f"Definition {coq_name}_has_value{binders} : Prop :=\n  {valued}.")
    return "\n".join(lines)


def statement_in_coq(document: Mapping[str, Any], definitions: Definitions) -> str:
    """The proposition of a statement; its definitions must stand before it."""
    translator = Translator(definitions)
    env = dict(document["variables"])
    text = conjunction_lines(translator, document, env)
    for name, sort in reversed(document["variables"]):
        promise = translator.promise(name, sort)
        text = f"{promise} ->\n  {text}" if promise else text
        text = f"forall {translator.variable(name)} : {coq_sort(sort)}, {text}"
    return text


def conjunction_lines(
    translator: Translator, document: Mapping[str, Any], env: Mapping[str, str]
) -> str:
    """V(h) /\\ (h -> ... V(r) /\\ r), a line for each hypothesis."""
    conclusion = document["conclusion"]
    valued = translator.formula_has_value(conclusion, env)
    text = translator.formula(conclusion, env)
    text = text if valued == TRUE else f"{valued} /\\\n  {text}"
    for hypothesis in reversed(document["hypotheses"]):
        valued = translator.formula_has_value(hypothesis, env)
        text = f"({translator.formula(hypothesis, env)} ->\n  {text})"
        text = text if valued == TRUE else f"({valued} /\\\n  {text})"
    return text
