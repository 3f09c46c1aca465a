"""The syntax of statements: terms, formulas, their sorts and printing, and substitution.

A term is an integer, a string holding a fraction such as "3/2", a variable's name, or a tuple
(operator, arguments ...); a formula is a tuple.  Nothing is ever simplified.  FORMAT.md lists
every operator with its meaning.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from certificates.work import Malformed as Malformed
from certificates.work import forms, spend

Term = Any  # int | str | tuple of Terms: checked by `sort_of` and `check_formula`, not by the types
Formula = Any
Axiom = tuple[list[Formula], Formula]  # premises, fact
Environment = Mapping[str, str]  # variable -> sort

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}\Z")
FRACTION = re.compile(r"-?[0-9]{1,4000}/[1-9][0-9]{0,3999}\Z")
SORTS = ("real", "int", "sequence", "matrix", "activation")

MOST_NODES = 20_000
DEEPEST_TERM = 250
FUNCTIONS = {
    "sqrt": 1, "exp": 1, "log": 1, "sin": 1, "cos": 1, "tan": 1, "atan": 1, "asin": 1, "acos": 1,
    "erf": 1, "Phi": 1, "pi": 0,
}  # fmt: skip
NAMED = (*FUNCTIONS, "min", "max", "ceil", "floor", "hermite")  # printed like a call
LARGEST_ROOT = 64  # of numerator and denominator of a rational exponent
COMPARISONS = ("<=", "<", "=", "!=")
# operator -> (number of bound names, which follow `before` terms and precede the scoped ones)
BINDERS = {
    "series": "bound lower body",
    "converges": "bound lower body",  # a formula
    "fold": "bound bound body lower upper start",
    "iter": "bound body depth start",
    "expect": "bound body",
    "expect2": "rho bound bound body",
    "lambda_min": "size bound bound body",
    "lambda_max": "size bound bound body",
    "kappa": "size bound bound body",
    "psd": "size bound bound body",
    "matrix": "bound bound body",  # only as the value of a matrix variable in an instance
}


INTEGER_ROLES = ("lower", "upper", "depth", "size")
ATOMIC = ("psd", "converges")  # formulas that a negation does not go into


def number(term: Term) -> Fraction | None:
    """The value of a numeral, or None for any other term."""
    if isinstance(term, int) and not isinstance(term, bool):
        return Fraction(term)
    if isinstance(term, str) and "/" in term and FRACTION.match(term):
        spend(len(term) >> 4)
        return Fraction(term)
    return None


def numeral(value: Fraction | int) -> Term:
    """The term that denotes `value`: an integer, or a fraction in lowest terms."""
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def rational_exponent(term: Term) -> Fraction:
    """The exponent of a rational power: a fraction n/q in lowest terms, q >= 2, of limited size."""
    value = number(term)
    if value is None or value.denominator == 1:
        raise Malformed("the exponent of rpow must be a fraction, not an integer or a term")
    if max(abs(value.numerator), value.denominator) > LARGEST_ROOT:
        raise Malformed(f"the exponent of rpow exceeds {LARGEST_ROOT}")
    return value


def binder_parts(term: tuple[Any, ...]) -> list[tuple[str, Any, tuple[str, ...]]]:
    """(role, subterm, names bound in it) for each argument of a binder."""
    roles = BINDERS[term[0]].split()
    if len(term) != len(roles) + 1:
        raise Malformed(f"{term[0]} takes {len(roles)} arguments")
    bound = tuple(a for r, a in zip(roles, term[1:], strict=True) if r == "bound")
    for name in bound:
        if not (isinstance(name, str) and NAME.match(name)):
            raise Malformed(f"{term[0]} binds {name!r}, which is not a name")
    if len(set(bound)) != len(bound):
        raise Malformed(f"{term[0]} binds one name twice")
    return [(r, a, bound if r == "body" else ()) for r, a in zip(roles, term[1:], strict=True)]


def bound_sorts(operator: str, names: Sequence[str]) -> dict[str, str]:
    """The names that a binder binds, with their sorts."""
    if operator == "fold":  # an index and the value so far
        return dict(zip(names, ("int", "real"), strict=False))
    return dict.fromkeys(names, "real" if operator in ("iter", "expect", "expect2") else "int")


def _named(term: tuple[Any, ...], sort: str, env: Environment) -> None:
    if not isinstance(term[1], str) or env.get(term[1]) != sort:
        raise Malformed(f"{term[0]} needs a {sort}, not {term[1]!r}")


def sort_of(term: Term, env: Environment, definitions: "Definitions") -> str:
    """ "int" or "real": the sort of a well-formed term.  Raises Malformed otherwise."""
    spend(1)
    value = number(term)
    if value is not None:
        return "int" if value.denominator == 1 else "real"
    if isinstance(term, str):
        if env.get(term) in ("int", "real"):
            return env[term]
        raise Malformed(f"{term!r} is not a number or a numeric variable in scope")
    if not isinstance(term, tuple) or not term or not isinstance(term[0], str):
        raise Malformed(f"not a term: {str(term)[:60]!r}")
    op, args = term[0], term[1:]
    recur: Callable[[Term], str] = lambda t: sort_of(t, env, definitions)  # noqa: E731
    if (op in ("+", "*") and len(args) >= 2) or (op == "-" and len(args) in (1, 2)):
        return "int" if all([recur(a) == "int" for a in args]) else "real"
    if op in ("min", "max") and len(args) == 2:
        return "int" if all([recur(a) == "int" for a in args]) else "real"
    if op == "/" and len(args) == 2:
        for a in args:
            recur(a)
        return "real"
    if op == "abs" and len(args) == 1:
        return recur(args[0])
    if op == "^" and len(args) == 2:
        base, exponent = recur(args[0]), recur(args[1])
        if exponent != "int":
            raise Malformed("an exponent must be an integer")
        return "int" if base == "int" and (number(args[1]) or -1) >= 0 else "real"
    if op == "rpow" and len(args) == 2:
        rational_exponent(args[1])
        return recur(args[0]) and "real"
    if op in ("ceil", "floor") and len(args) == 1:
        return recur(args[0]) and "int"
    if op == "hermite" and len(args) == 2:
        if recur(args[0]) == "real":
            raise Malformed("the index of a Hermite polynomial must be an integer")
        return recur(args[1]) and "real"
    if op in FUNCTIONS and len(args) == FUNCTIONS[op]:
        for a in args:
            recur(a)
        return "real"
    if op == "ite" and len(args) == 3:
        check_formula(args[0], env, definitions)
        return "int" if {recur(args[1]), recur(args[2])} == {"int"} else "real"
    if op == "call" and args and args[0] in definitions:
        parameters = definitions[args[0]]["parameters"]
        if len(parameters) != len(args) - 1:
            raise Malformed(f"{args[0]} takes {len(parameters)} arguments")
        for (_, sort), arg in zip(parameters, args[1:], strict=True):
            if recur(arg) == "real" and sort == "int":
                raise Malformed(f"{args[0]} needs an integer")
        return str(definitions[args[0]]["sort"])
    if op in ("coef", "dual") and len(args) == 2:
        _named(term, "sequence", env)
        if recur(args[1]) == "real" and op == "coef":
            raise Malformed("a coefficient's index must be an integer")
        return "real"
    if op in ("apply", "slope") and len(args) == 2:
        _named(term, "activation", env)
        return recur(args[1]) and "real"
    if op == "entry" and len(args) == 3:
        _named(term, "matrix", env)
        if recur(args[1]) == "real" or recur(args[2]) == "real":
            raise Malformed("an entry's indices must be integers")
        return "real"
    if op in BINDERS and op not in ("psd", "converges", "matrix"):
        check_binder(term, env, definitions)
        return "real"
    raise Malformed(f"unknown operator or wrong number of arguments: {op!r}")


def check_binder(term: tuple[Any, ...], env: Environment, definitions: "Definitions") -> None:
    """Check the sorts of a binder's arguments."""
    spend(len(env) >> 4)
    for role, sub, bound in binder_parts(term):
        if role == "bound":
            continue
        inner = {**env, **bound_sorts(term[0], bound)}
        if sort_of(sub, inner, definitions) == "real" and role in INTEGER_ROLES:
            raise Malformed(f"the {role} of {term[0]} must be an integer")
        check_hidden(bound, sub, definitions)


def check_hidden(names: Collection[str], scope: Term, definitions: "Definitions") -> None:
    """Raise Malformed where a definition is called in the scope of a name that is its own."""
    hidden = set(names) & definitions.keys()
    if hidden & called(scope):
        raise Malformed(f"{min(hidden)!r} is both a name in scope and a definition called there")


def called(term: Term) -> set[str]:
    """The names of the definitions that a term calls itself."""
    spend(1)
    if not isinstance(term, tuple):
        return set()
    own = {term[1]} if term[0] == "call" else set()
    return own.union(*(called(a) for a in term[1:]))


def check_formula(formula: Formula, env: Environment, definitions: "Definitions") -> None:
    """Raise Malformed unless `formula` is well formed and well sorted in `env`."""
    if not isinstance(formula, tuple) or not formula or not isinstance(formula[0], str):
        raise Malformed(f"not a formula: {str(formula)[:60]!r}")
    op, args = formula[0], formula[1:]
    if op in COMPARISONS and len(args) == 2:
        for a in args:
            sort_of(a, env, definitions)
    elif (
        (op in ("and", "or") and args)
        or (op == "not" and len(args) == 1)
        or (op == "implies" and len(args) == 2)
    ):
        for a in args:
            check_formula(a, env, definitions)
    elif op in ("forall", "exists") and len(args) == 2:
        inner = declared(args[0])
        check_formula(args[1], {**env, **inner}, definitions)
        check_hidden(inner, args[1], definitions)
    elif op in ATOMIC:
        check_binder(formula, env, definitions)
    else:
        raise Malformed(f"unknown connective or wrong number of arguments: {op!r}")


def declared(pairs: Any) -> dict[str, str]:
    """The environment that a list of [name, sort] declares."""
    if not isinstance(pairs, tuple):
        raise Malformed("variables must be a list of [name, sort]")
    env: dict[str, str] = {}
    for pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and pair[1] in SORTS):
            raise Malformed(f"not a [name, sort]: {str(pair)[:60]!r}")
        if not (isinstance(pair[0], str) and NAME.match(pair[0])) or pair[0] in env:
            raise Malformed(f"not a fresh name: {pair[0]!r}")
        env[pair[0]] = pair[1]
    return env


def members(value: Any) -> Any:
    """What a list or an object of a document holds."""
    return value.values() if isinstance(value, dict) else value


def names_in(value: Any) -> set[str]:
    """Every text in a statement."""
    if isinstance(value, (tuple, dict)):
        return set().union(*map(names_in, members(value)))
    return {value} if isinstance(value, str) else set()


def sequences_in(value: Any) -> set[str]:
    """Every name that a statement declares as a sequence."""
    if not isinstance(value, (tuple, dict)):
        return set()
    own = {value[0]} if isinstance(value, tuple) and value[1:] == ("sequence",) else set()
    return own.union(*map(sequences_in, members(value)))


Definitions = Mapping[str, Mapping[str, Any]]  # name -> parameters, sort, where, body


def children(term: Term) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The immediate subterms and subformulas, each with the names bound in it."""
    if not isinstance(term, tuple):
        return
    op = term[0]
    if op in BINDERS:
        for role, sub, bound in binder_parts(term):
            if role != "bound":
                yield sub, bound
    elif op in ("forall", "exists"):
        yield term[2], tuple(name for name, _ in term[1])
    elif op == "call":
        yield from ((a, ()) for a in term[2:])
    elif op in ("coef", "dual", "entry", "apply", "slope"):
        yield term[1], ()
        yield from ((a, ()) for a in term[2:])
    else:
        yield from ((a, ()) for a in term[1:])


def free_names(term: Term) -> frozenset[str]:
    """The variables that occur free."""
    if isinstance(term, str):
        return frozenset() if number(term) is not None else frozenset((term,))
    if not isinstance(term, tuple):
        return frozenset()
    found: set[str] = set()
    for sub, bound in children(term):
        found |= free_names(sub) - set(bound)
    spend(len(term) + (len(found) >> 4))
    return frozenset(found)


def names_once(term: Term) -> frozenset[str]:
    """The free variables, found once for each object: it is kept, so that no other has its id."""
    known, place = forms(), ("free", id(term))
    if place not in known:
        known[place] = term, free_names(term)
    found: frozenset[str] = known[place][1]
    return found


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """`term` with each free variable replaced; bound names are renamed to avoid capture."""
    spend(1)
    if isinstance(term, str):
        return values.get(term, term) if number(term) is None else term
    if not isinstance(term, tuple):
        return term
    op = term[0]
    if op in BINDERS or op in ("forall", "exists"):
        names = (
            [n for n, _ in term[1]]
            if op in ("forall", "exists")
            else [a for r, a, _ in binder_parts(term) if r == "bound"]
        )
        incoming = frozenset().union(*(free_names(v) for v in values.values()), values)
        fresh: dict[str, str] = {}
        for n in names:
            taken = incoming | free_names(term) | set(names) | set(fresh.values())
            fresh[n] = _fresh(n, taken) if n in incoming else n
        inner = {**{k: v for k, v in values.items() if k not in names}, **fresh}
        if op in ("forall", "exists"):
            pairs = tuple((fresh[n], s) for n, s in term[1])
            return (op, pairs, substitute(term[2], inner))
        return (op,) + tuple(
            fresh[a] if r == "bound" else substitute(a, inner if bound else values)
            for r, a, bound in binder_parts(term)
        )
    if op == "call":
        return (op, term[1]) + tuple(substitute(a, values) for a in term[2:])
    if op == "entry" and isinstance(values.get(term[1]), tuple):
        _, i, j, body = values[term[1]]
        return substitute(body, {i: substitute(term[2], values), j: substitute(term[3], values)})
    return (op,) + tuple(substitute(a, values) for a in term[1:])


def _fresh(name: str, taken: frozenset[str]) -> str:
    index = 1
    while f"{name}_{index}" in taken:
        index += 1
    return f"{name}_{index}"


def size(term: Term) -> int:
    """The number of nodes of a term, counted once for each object."""
    if not isinstance(term, tuple):
        return 1
    known, place = forms(), ("size", id(term))
    if place not in known:
        spend(1)
        known[place] = term, 1 + sum(map(size, term[1:]))
    found: int = known[place][1]
    return found


def depth(term: Term) -> int:
    """How deeply a term is nested."""
    spend(1)
    return 1 + max(map(depth, term[1:]), default=0) if isinstance(term, tuple) else 0


def occurrences(term: Term, name: str) -> int:
    """How often a name stands in a term."""
    spend(1)
    if isinstance(term, tuple):
        return sum(occurrences(a, name) for a in term[1:])
    return int(term == name)


def expand_calls(term: Term, definitions: Definitions) -> Term:
    """`term` with every call replaced by the body of its definition.

    Raises Malformed when the result would be too long.
    """
    spend(1)
    if not isinstance(term, tuple):
        return term
    if term[0] in ("forall", "exists"):
        return (term[0], term[1], expand_calls(term[2], definitions))
    if term[0] != "call":
        return (term[0],) + tuple(expand_calls(a, definitions) for a in term[1:])
    entry = definitions[term[1]]
    body = entry["expanded"]
    args = [expand_calls(a, definitions) for a in term[2:]]
    names = [n for n, _ in entry["parameters"]]
    total = size(body)
    for name, arg in zip(names, args, strict=True):
        total += occurrences(body, name) * size(arg)
    deepest = depth(body) + max(map(depth, args), default=0)
    if total > MOST_NODES or deepest > DEEPEST_TERM:
        raise Malformed("the definitions expand to a term that is too long")
    return substitute(body, dict(zip(names, args, strict=True)))


def negation(formula: Formula) -> Formula:
    """The negation, pushed inwards."""
    spend(1)
    op, args = formula[0], formula[1:]
    flipped = {"<=": "<", "<": "<="}
    if op in flipped:
        return (flipped[op], args[1], args[0])
    if op in ("=", "!="):
        return ("!=" if op == "=" else "=", *args)
    if op == "not":
        return args[0]
    if op in ("and", "or"):
        return ("or" if op == "and" else "and", *(negation(a) for a in args))
    if op == "implies":
        return ("and", args[0], negation(args[1]))
    return ("not", formula)


def conjuncts(formula: Formula) -> list[Formula]:
    """The conjuncts of a formula, negations pushed inwards."""
    spend(1)
    if formula[0] == "and":
        return [c for a in formula[1:] for c in conjuncts(a)]
    if formula[0] == "not" and formula[1][0] not in (*ATOMIC, "forall", "exists"):
        return conjuncts(negation(formula[1]))
    return [formula]


# Printing -----------------------------------------------------------------------------------------

# no two names are printed alike, and none like the number pi
GREEK = {
    "mu": "μ", "delta": "δ", "rho": "ρ", "sigma": "σ", "epsilon": "ε", "alpha": "α", "beta": "β",
    "lambda_min": "λ_min", "lambda_max": "λ_max", "kappa": "κ", "sigma_hat": "σ̂",
    "Phi": "Φ", "eta": "η", "gamma": "γ", "theta": "θ", "tau": "τ", "chi": "χ", "lam": "λ",
    "eps": "ϵ",
}  # fmt: skip
LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4, "rpow": 4}
SPELLING = {"<=": "≤", "!=": "≠", "and": " and ", "or": " or ", "*": "·"}


def show(term: Term, level: int = 0) -> str:
    """A term or a formula as a person writes it."""
    if not isinstance(term, tuple):
        value = number(term)
        if value is None:
            return GREEK.get(term, str(term))
        text = str(value)
        return f"({text})" if (value < 0 and level > 0) or ("/" in text and level > 1) else text
    op, args = term[0], term[1:]
    name = GREEK.get(op, op)
    if op == "-" and len(args) == 1:
        return _wrap(f"-{show(args[0], 2)}", level > 0)
    if op in LEVEL:
        own = LEVEL[op]
        power = own == LEVEL["^"]
        parts = [show(args[0], own + power if own > 1 else 0)]
        parts += [show(a, 4) if power else show(a, own + (op in "-/")) for a in args[1:]]
        joint = {"*": "·", "^": "^", "rpow": "^", "/": "/"}.get(op, f" {op} ")
        return _wrap(joint.join(parts), level > own)
    if op in COMPARISONS:
        return f"{show(args[0])} {SPELLING.get(op, op)} {show(args[1])}"
    if op in ("and", "or"):
        return "(" + SPELLING[op].join(show(a) for a in args) + ")"
    if op == "not":
        return f"not ({show(args[0])})"
    if op == "implies":
        return f"({show(args[0])} ⟹ {show(args[1])})"
    if op in ("forall", "exists"):
        names = ", ".join(f"{GREEK.get(n, n)} ({s})" for n, s in args[0])
        return f"({'for all' if op == 'forall' else 'there is'} {names}: {show(args[1])})"
    if op == "abs":
        return f"|{show(args[0])}|"
    if op == "pi":
        return "π"
    if op == "ite":
        return f"[{show(args[1])} if {show(args[0])}, else {show(args[2])}]"
    if op == "call":
        inner = ", ".join(show(a) for a in args[1:])
        return str(GREEK.get(args[0], args[0])) + (f"({inner})" if inner else "")
    if op == "coef":
        return f"{args[0]}_{show(args[1], 9)}"
    if op == "dual":
        return f"σ̂_{args[0]}({show(args[1])})"
    if op == "entry":
        return f"{args[0]}[{show(args[1])},{show(args[2])}]"
    if op == "slope":
        return f"{GREEK.get(args[0], args[0])}'({show(args[1])})"
    if op == "apply":
        return f"{GREEK.get(args[0], args[0])}({show(args[1])})"
    if op == "series":
        return _wrap(f"Σ_{{{args[0]}≥{show(args[1])}}} {show(args[2], 2)}", level > 1)
    if op == "converges":
        return f"Σ_{{{args[0]}≥{show(args[1])}}} {show(args[2], 2)} converges"
    if op == "fold":
        return _show_fold(args, level)
    if op == "iter":
        if isinstance(args[1], tuple) and args[1][0] == "dual" and args[1][2] == args[0]:
            return f"σ̂_{args[1][1]}^({show(args[2])})({show(args[3])})"
        return f"({args[0]} ↦ {show(args[1])})^({show(args[2])})({show(args[3])})"
    if op == "expect":
        return f"E_{{{args[0]}~N(0,1)}}[{show(args[1])}]"
    if op == "expect2":
        return f"E_{{({args[1]},{args[2]})~N(0,Σ_{show(args[0])})}}[{show(args[3])}]"
    if op == "psd":
        return f"[{show(args[3])}]_{{{args[1]},{args[2]}≤{show(args[0])}}} ⪰ 0"
    if op in BINDERS:
        return f"{name}([{show(args[3])}]_{{{args[1]},{args[2]}≤{show(args[0])}}})"
    return f"{name}({', '.join(show(a) for a in args)})"


def reduction(args: tuple[Any, ...]) -> tuple[str, Term] | None:
    """("+" or "*", what is added or multiplied) for the arguments of a fold that is such a one."""
    _index, value, body, _lower, _upper, start = args
    for op, unit in (("+", 0), ("*", 1)):
        if start == unit and isinstance(body, tuple) and body[:2] == (op, value):
            if len(body) == 3 and value not in free_names(body[2]):
                return op, body[2]
    return None


def _show_fold(args: tuple[Any, ...], level: int) -> str:
    """A sum or a product where the fold is one, else the recursion itself."""
    index, value, body, lower, upper, start = args
    found = reduction(args)
    if found is not None:
        op, each = found
        range_ = f"{'Σ' if op == '+' else 'Π'}_{{{show(lower)}≤{index}≤{show(upper)}}}"
        return _wrap(f"{range_} {show(each, LEVEL[op] + 1)}", level > 1)
    step = f"{GREEK.get(value, value)} ↦ {show(body)}"
    return f"({step} for {index} = {show(lower)}, ..., {show(upper)})({show(start)})"


def _wrap(text: str, needed: bool) -> str:
    return f"({text})" if needed else text


SORT_WORDS = {
    "real": "real {}",
    "int": "integer {}",
    "sequence": "summable sequence {0}_0, {0}_1, ... ≥ 0 with σ̂_{0}(x) = Σ_{{i≥0}} {0}_i x^i",
    "matrix": "symmetric matrix {}",
    "activation": "activation {}",
}


def show_statement(statement: Mapping[str, Any]) -> str:
    """A whole statement in words and symbols, a line for each part."""
    lines = []
    for name, sort in statement["variables"]:
        lines.append(f"for every {SORT_WORDS[sort].format(GREEK.get(name, name))}")
    for hypothesis in statement["hypotheses"]:
        lines.append(f"with {show(hypothesis)}")
    lines.append(f"it holds that {show(statement['conclusion'])}")
    for entry in statement["definitions"]:
        inner = ", ".join(GREEK.get(n, n) for n, _ in entry["parameters"])
        everywhere = conjuncts(entry["where"]) == [("=", 0, 0)]
        domain = "" if everywhere else f", for {show(entry['where'])}"
        head = GREEK.get(entry["name"], entry["name"]) + (f"({inner})" if inner else "")
        lines.append(f"where {head} = {show(entry['body'])}{domain}")
    return "\n".join(lines)
