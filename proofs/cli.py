"""The command line: audit, check, show, instance."""

import json
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn

from certificates.checker import (
    Accepted,
    Checker,
    Rejected,
    Statement,
    describe,
    digest,
    load,
    one_line,
)
from certificates.claims import Verdict, validate, verdicts
from certificates.dataset import Checked, check_dataset, read_arrays
from certificates.dataset_words import describe as describe_dataset
from certificates.report.record import Record
from certificates.terms import Malformed, show_statement
from proofs.audit import (
    Audit,
    audit,
    audit_claims,
    certified_instance,
    claim_document,
    in_paper_order,
    needed,
)
from proofs.cache import Cache, default_folder
from proofs.claim import Claim, Part
from proofs.confirm_command import confirm
from proofs.coq_command import coq_command
from proofs.dataset_command import dataset
from proofs.derive_command import derive
from proofs.exits import (
    BAD_INPUT,
    DASK,
    EXIT_CODES,
    FAILS,
    INTERNAL,
    INTERRUPTED,
    OPEN,
    PAPER,
    RATIONAL,
    REJECTED,
    BadInput,
)
from proofs.findings import kinds
from proofs.findings_command import findings_command, graph_command
from proofs.instances import ITEMS, POINTS, dual
from proofs.instances import instance as make_instance
from proofs.kernel.bridge import shown
from proofs.kernel.standing import Standing, summary
from proofs.kernel.translate import Untranslatable
from proofs.prove_command import prove_command
from proofs.registry import PAPER_ORDER, find
from proofs.reviewed import own_claims, reviewed_file
from proofs.sample_command import sample
from proofs.table_command import table
from proofs.workers import workers_at

DEEPEST_INSTANCE, MOST_POINTS = 500, 100_000


@click.group(epilog=EXIT_CODES)
@click.version_option(package_name="conditioning")
def cli() -> None:
    """Formal audit of "A Deep Conditioning Treatment of Neural Networks"."""


cli.add_command(coq_command)
cli.add_command(prove_command)
cli.add_command(derive)
cli.add_command(table)
cli.add_command(dataset)
cli.add_command(confirm)
cli.add_command(findings_command)
cli.add_command(graph_command)
cli.add_command(sample)


def emit(value: Any) -> None:
    """Print a JSON document."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def chosen_claims(names: Sequence[str]) -> list[Claim]:
    """The claims with these names, all of them for no name."""
    try:
        return [find(name) for name in names] if names else list(PAPER_ORDER)
    except KeyError as error:
        raise BadInput(str(error.args[0])) from None


@cli.command(name="audit", epilog=EXIT_CODES)
@click.argument("claims", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path), help="Write the certificates here.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--no-instances", is_flag=True, help="Universal statements only.")
@click.option("--no-cache", is_flag=True, help="Discharge everything anew.")
@click.option("--strict", is_flag=True, help="Exit 1 if something fails, 2 if something is open.")
@click.option("--json", "as_json", is_flag=True)
def audit_command(
    claims: tuple[str, ...], out: Path | None, jobs: int, no_instances: bool, no_cache: bool,
    strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Discharge the claims (all of them, or those named) and print their verdicts."""
    chosen = chosen_claims(claims)
    if out is not None and out.exists() and not out.is_dir():
        raise BadInput(f"{out} is not a folder; name a folder for the certificates")
    console = Console(stderr=True)
    bar = Progress(*Progress.get_default_columns(), TextColumn("{task.fields[what]}"),
                   console=console, transient=True, disable=not console.is_terminal)  # fmt: skip
    with bar:
        task = bar.add_task("audit", total=None, what="")
        result = audit(
            chosen,
            with_instances=not no_instances and not claims,
            cache_folder=None if no_cache else default_folder(),
            jobs=jobs,
            progress=lambda what, done, count: bar.update(
                task, completed=done, total=count, what=what
            ),
        )
    if out is not None:
        try:
            result.save(out)
        except OSError as error:
            raise BadInput(f"{out} cannot be written: {error.strerror}") from None
    items = {c.item for c in chosen} if claims else set(result.verdicts)
    shown = [v for v in in_paper_order(result.verdicts) if v.item in items]
    kernel = Kernel(result.certificates, Cache(None if no_cache else default_folder()))
    if as_json:
        emit({"claims": [verdict_json(v, kernel) for v in shown], "instances": tally(result),
              "certificates": len(result.certificates)})  # fmt: skip
    else:
        print_table(shown, kernel)
        print_instances(result, kernel)
    if strict and any(v.verdict == "fails" for v in shown):
        sys.exit(FAILS)
    if strict and any(v.verdict == "open" for v in shown):
        sys.exit(OPEN)


def tally(result: Audit) -> dict[str, dict[str, int]]:
    """How many instances of each item hold, fail and are open."""
    counts: dict[str, dict[str, int]] = {}
    for document in result.certificates.values():
        if document["part"].startswith("instance "):
            own = counts.setdefault(document["item"], {"holds": 0, "fails": 0, "open": 0})
            own[instance_verdict(document)] += 1
    return counts


def instance_verdict(document: Mapping[str, Any]) -> str:
    """The verdict of an accepted instance certificate."""
    return {"instances": "holds", "counterexample": "fails"}.get(document["evidence"]["by"], "open")


class Kernel:
    """What Coq's kernel says of certificates, with words for it."""

    def __init__(self, certificates: Mapping[str, dict[str, Any]], cache: Cache) -> None:
        self.certificates = certificates
        self.standing = Standing.now(certificates, cache)

    def line(self, accepted: Accepted) -> str:
        """The line for one accepted certificate that is not open."""
        return self.standing.line(self.certificates[accepted.identity], accepted.verdict)

    def of_claim(self, verdict: Verdict) -> str:
        """One line for the parts of a claim, or nothing if all are open."""
        lines = [self.line(a) for _, _, a in verdict.parts if a.verdict != "open"]
        return summary(lines) if lines else ""

    def of_instances(self) -> str:
        """One line for the instances that are not open, or nothing if there are none."""
        lines = [
            self.standing.line(document, instance_verdict(document))
            for document in self.certificates.values()
            if document["part"].startswith("instance ") and instance_verdict(document) != "open"
        ]
        return summary(lines) if lines else ""


def verdict_json(verdict: Verdict, kernel: Kernel | None = None) -> dict[str, Any]:
    """A claim's verdict for --json."""
    return {
        "item": verdict.item, "title": verdict.title, "verdict": verdict.verdict,
        "assurance": verdict.assurance,
        "given": [{"item": item, "label": label} for item, label in verdict.given],
        "rules": list(verdict.rules),
        "parts": [
            {"label": label, "role": role, "verdict": a.verdict, "assurance": a.assurance,
             "certificate": a.identity, "refuted": a.refuted,
             **({"kernel": kernel.line(a)} if kernel and a.verdict != "open" else {})}
            for label, role, a in verdict.parts
        ],
    }  # fmt: skip


def print_table(shown: Sequence[Verdict], kernel: Kernel | None = None) -> None:
    """The verdict table: item, verdict, assurance, parts."""
    width = max(len(v.item) for v in shown)
    for v in shown:
        counts = [sum(a.verdict == k for _, _, a in v.parts) for k in ("holds", "fails", "open")]
        own = ", ".join(
            f"{n} {k}" for n, k in zip(counts, ("hold", "fail", "open"), strict=True) if n
        )
        click.echo(f"{v.item:{width}}  {v.verdict:16}  [{v.assurance}]  {own}")
        for label, role, a in v.parts:
            if a.verdict == "fails":
                click.echo(f"{'':{width}}  the {role} {label!r} fails as printed: {a.refuted}")
        if v.given:
            click.echo(f"{'':{width}}  {v.text.partition(', ')[2]}")
        if kernel and (line := kernel.of_claim(v)):
            click.echo(f"{'':{width}}  {line}")


def print_instances(result: Audit, kernel: Kernel) -> None:
    """The tally of instances."""
    for item, counts in sorted(tally(result).items()):
        own = ", ".join(f"{n} {k}" for k, n in counts.items() if n)
        click.echo(f"instances of {item}: {own}")
    if line := kernel.of_instances():
        click.echo(f"instances, {line}")
    click.echo(f"{len(result.certificates)} certificates, each accepted by the checker")


@cli.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--against", metavar="CLAIM", help="Every certificate must be of this claim.")
@click.option("--data", "data", multiple=True, type=click.Path(path_type=Path), metavar="X.npy",
              help="The array of a data set's certificate.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True)
def check(
    paths: tuple[Path, ...], against: str | None, data: tuple[Path, ...], as_json: bool
) -> None:
    """Re-check certificates with the independent checker."""
    for path in paths:
        if not path.exists():
            raise BadInput(f"no such file or folder: {path}")
    try:
        documents, names, wrong = load(list(paths))
        arrays = read_arrays(list(data))
    except (Malformed, OSError) as error:
        raise BadInput(str(error)) from None
    if not names and not wrong:
        raise BadInput("no certificates there")
    claims = {i: d for i, d in documents.items() if "claim" in d}
    checker = Checker({i: d for i, d in documents.items() if i not in claims})
    expected = expected_statements(against) if against else None
    found: list[Accepted] = []
    data_sets: list[tuple[str, Checked]] = []
    for path, identity in names.items():
        if identity in claims:
            continue
        try:
            if "dataset" in documents[identity]:
                with Console(stderr=True).status("re-checking a data set"):
                    checked = check_dataset(documents[identity], arrays, checker)
                data_sets.append((identity, checked))
                continue
            accepted = checker.check(identity)
            if expected is not None:
                match_claim(documents[identity], expected, str(against))
            found.append(accepted)
        except (Rejected, Malformed) as error:
            wrong[path] = str(error)
    judged: dict[str, Verdict] = {}
    try:
        for document in claims.values() if against else ():
            match_parts(document, str(against))
        judged = verdicts(list(claims.values()), checker)
    except (Rejected, Malformed) as error:
        wrong[Path("claims")] = str(error)
    if as_json:
        emit({
            "accepted": [{"certificate": a.identity, "item": a.item, "part": a.part,
                          "verdict": a.verdict, "assurance": a.assurance} for a in found],
            "data_sets": [{"certificate": i, "dataset": c.document["dataset"],
                           "dual_proved": c.proved, "complete": c.complete}
                          for i, c in data_sets],
            "claims": [verdict_json(v) for v in in_paper_order(judged)],
            "rejected": {str(p): reason for p, reason in wrong.items()},
        })  # fmt: skip
    else:
        for accepted in found:
            click.echo(describe(accepted, checker))
        for _, checked in data_sets:
            click.echo(describe_dataset(checked))
        if judged:
            print_table(list(in_paper_order(judged)))
    for path, reason in wrong.items():
        click.echo(one_line(f"REJECTED {path}: {reason}"), err=True)
    click.echo(f"{len(found) + len(data_sets)} accepted, {len(wrong)} rejected", err=as_json)
    if wrong:
        sys.exit(REJECTED)


def expected_statements(name: str) -> list[tuple[str, dict[str, Any]]]:
    """(label, statement) of each part of a claim."""
    (claim,) = chosen_claims([name])
    return [(part.label, part.statement.document()) for part in claim.parts]


def match_claim(
    document: dict[str, Any], expected: list[tuple[str, dict[str, Any]]], name: str
) -> None:
    """Raise Rejected unless the certificate's statement is that part of the claim."""
    for label, statement in expected:
        if label == document["part"] and digest(statement) == digest(document["statement"]):
            return
    raise Rejected(f"its statement is not {document['part']!r} of {name}")


def match_parts(document: dict[str, Any], name: str) -> None:
    """Raise Rejected unless a claim document lists the parts of the claim, each as what it is."""
    validate(document)
    (claim,) = chosen_claims([name])
    ids = dict.fromkeys(claim.labels, "")
    ids |= {part["label"]: part["certificate"] for part in document["parts"]}
    if document != claim_document(claim, ids):
        raise Rejected(f"the parts of {document['claim']!r} are not those of {name}")


@cli.command(epilog=EXIT_CODES)
@click.argument("claim")
@click.option("--json", "as_json", is_flag=True)
@click.option("--coq", "in_coq", is_flag=True, help="Each statement, and its Coq text beside it.")
def show(claim: str, as_json: bool, in_coq: bool) -> None:
    """Statement, hypotheses, steps, verdicts, assurance, evidence, and what a claim uses."""
    (chosen,) = chosen_claims([claim])
    if in_coq:
        if as_json:
            emit({part.label: coq_text(chosen, part) for part in chosen.parts})
        else:
            print_coq(chosen)
        return
    checker, documents = audit_claims(
        needed([chosen]), Cache(default_folder()), lambda _what, _done, _count: None
    )
    verdict = verdicts(documents, checker)[chosen.item]
    kernel = Kernel(checker.documents, Cache(default_folder()))
    if as_json:
        emit({**verdict_json(verdict, kernel), "uses": list(chosen.uses), "statements": {
            part.label: part.statement.document() for part in chosen.parts}})  # fmt: skip
        return
    click.echo(f"{chosen.item}: {chosen.title}")
    click.echo(f"verdict: {verdict.text}   [{verdict.assurance}]")
    click.echo(f"uses: {', '.join(chosen.uses) or 'nothing'}")
    for label, role, accepted in verdict.parts:
        part = chosen.part(label)
        click.echo(f"\n{role} {label}: {accepted.verdict}   [{accepted.assurance}]")
        if part.words:
            click.echo(f"    {part.words}")
        for line in show_statement(accepted.statement.document).split("\n"):
            click.echo(f"    {line}")
        if accepted.verdict == "fails":
            click.echo(f"    refuted: {accepted.refuted}")
        if accepted.verdict == "holds":
            click.echo(f"    evidence: {', '.join(accepted.rules)}")
        for other in accepted.rests_on:
            click.echo(
                f"    rests on {checker.accepted[other].item}, {checker.accepted[other].part}"
            )
        if part.source:
            click.echo(f"    source: {part.source}")
        if accepted.verdict != "open":
            click.echo(f"    {kernel.line(accepted)}")
        click.echo(f"    certificate {accepted.identity[:16]}")


def coq_text(claim: Claim, part: Part) -> str:
    """The part's statement and theorem in Coq, or why there is none."""
    try:
        return shown(claim.item, part)
    except Untranslatable as error:
        return f"(* no translation: {error} *)"


def print_coq(claim: Claim) -> None:
    """Each part's statement in words and symbols, then in Coq."""
    click.echo(f"{claim.item}: {claim.title}")
    for part in claim.parts:
        click.echo(f"\n{part.role} {part.label}")
        document = Statement.parse(part.statement.document()).document
        for line in show_statement(document).split("\n"):
            click.echo(f"    {line}")
        click.echo()
        for line in coq_text(claim, part).split("\n"):
            click.echo(f"    {line}")


def fractions(
    _context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> list[Fraction]:
    """Rational options such as 1/10 or 0.1."""
    for text in texts:
        if not RATIONAL.match(text):
            raise BadInput(f"{parameter.opts[0]} needs a fraction such as 1/10, not {text[:40]!r}")
    return list(map(Fraction, texts))


@cli.command(name="instance", epilog=EXIT_CODES)
@click.argument("claim")
@click.option(
    "--activation",
    "activations",
    required=True,
    multiple=True,
    help="Such as relu, leaky_relu(1/10), h(3); may be given many times.",
)
@click.option(
    "--delta",
    "deltas",
    required=True,
    multiple=True,
    callback=fractions,
    help="A fraction in (0, 1]; may be given many times.",
)
@click.option("--depth", type=int, default=30, show_default=True)
@click.option("--points", "points", type=int, multiple=True, help="n; may be given many times.")
@click.option("--dask", "address", help=DASK)
@click.option("--json", "as_json", is_flag=True)
def instance_command(
    claim: str, activations: tuple[str, ...], deltas: list[Fraction], depth: int,
    points: tuple[int, ...], address: str | None, as_json: bool,
) -> None:  # fmt: skip
    """A claim at definite activations, deltas, numbers of points, and depths up to one."""
    (chosen,) = chosen_claims([claim])
    items = [item for item in ITEMS if item.split(",")[0] == chosen.item]
    if not items:
        raise BadInput(f"{chosen.item} has no instances; Lemma 6, Theorem 2 and Corollary 3 have")
    if outside := [delta for delta in deltas if not 0 < delta <= 1]:
        raise BadInput(f"--delta must lie in (0, 1], not {outside[0]}")
    if not 1 <= depth <= DEEPEST_INSTANCE:
        raise BadInput(f"--depth must lie in 1 to {DEEPEST_INSTANCE}, not {depth}")
    if any(not 1 <= n <= MOST_POINTS for n in points):
        raise BadInput(f"--points must lie in 1 to {MOST_POINTS}")
    try:
        closed = [dual(name) for name in activations]
        cases = [
            make_instance(item, own, delta, depth, sorted(set(points)) or POINTS)
            for own in closed for delta in deltas for item in items
        ]  # fmt: skip
        with workers_at(address) as workers:
            found = dict(workers.each(certified_instance, None, cases))
    except ValueError as error:
        raise BadInput(str(error)) from None
    results = []
    for number, case in enumerate(cases):
        document = found[number]
        identity = digest(document)
        accepted = Checker({identity: document}).check(identity)
        results.append((case, document, accepted))
    if as_json:
        emit([{"item": case.item, "part": case.label, "verdict": a.verdict,
               "assurance": a.assurance, "certificate": a.identity, "document": document}
              for case, document, a in results])  # fmt: skip
        return
    for case, document, accepted in results:
        click.echo(f"{case.item}, {case.label}: {accepted.verdict}   [{accepted.assurance}]")
        click.echo(f"    {case.words}")
        if accepted.verdict == "holds":
            print_rows(accepted.statement, document["evidence"]["rows"])
        elif accepted.verdict == "fails":
            click.echo(f"    refuted: {accepted.refuted}")
        else:
            click.echo(f"    {document['evidence']['source']}")


def print_rows(statement: Statement, rows: list[list[Any]]) -> None:
    """The enclosures of both sides and the certified margin, a line for each row."""
    names = list(statement.goal.variables)
    click.echo(
        f"    {' '.join(f'{n:>6}' for n in names)}  {'left side':>26}  {'right side':>26}  margin"
    )
    for integers, low, high, low_right, high_right, margin in rows:
        left, right = f"[{low}, {high}]", f"[{low_right}, {high_right}]"
        cells = " ".join(f"{k:>6}" for k in integers)
        click.echo(f"    {cells}  {left:>26}  {right:>26}  ≥ {margin}")


def kernel_of_claims(record: Record) -> dict[str, str]:
    """What Coq's kernel says of each claim of a record, and of each of its certificates."""
    kernel = Kernel(record.checker.documents, Cache(default_folder()))
    lines = {item: kernel.of_claim(verdict) for item, verdict in record.verdicts.items()}
    lines |= {
        a.identity: kernel.line(a)
        for verdict in record.verdicts.values() for _, _, a in verdict.parts if a.verdict != "open"
    }  # fmt: skip
    short = {about: line.removeprefix("kernel: ") for about, line in lines.items() if line}
    return {about: "accepted" if line == "kernel" else line for about, line in short.items()}


@cli.command(epilog=EXIT_CODES)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A folder to write.")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), show_default="the paper's",
    help="The folder of certificates to show.",
)  # fmt: skip
@own_claims
def report(out: Path, source: Path | None, path: Path | None) -> None:
    """Write a static site that shows certificates: every item, its proof, the findings."""
    from certificates.report.pages import build  # matplotlib takes a second to load

    if source is not None and path is not None:
        raise BadInput("give --from FOLDER, or --file FILE, not both")
    own = reviewed_file(path) if path is not None else None
    source = source or PAPER
    if not source.is_dir():
        raise BadInput(f"no such folder: {source}; run `conditioning audit --out DIR` first")
    try:
        with Console(stderr=True).status("checking the certificates"):
            if own is not None:
                with TemporaryDirectory() as folder:
                    own.save(Path(folder))
                    record = build(Path(folder), out, list(own.verdicts()), {}, paper=False)
            else:
                order = [c.item for c in PAPER_ORDER]
                record = build(source, out, order, kinds(PAPER_ORDER), kernel_of_claims)
    except Malformed as error:
        raise BadInput(str(error)) from None
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}") from None
    click.echo(f"{out / 'index.html'}: {len(record.checker.accepted)} certificates accepted, "
               f"{len(record.rejected)} rejected")  # fmt: skip
    for what, why in record.rejected.items():
        click.echo(one_line(f"REJECTED {what}: {why}"), err=True)
    if record.rejected:
        sys.exit(REJECTED)


def main() -> None:
    """Run the command line with the documented exit codes."""
    sys.setrecursionlimit(20_000)
    try:
        cli.main(standalone_mode=False)
    except BadInput as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"conditioning: {error.format_message()}", err=True)
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        click.echo("conditioning: interrupted; what was finished is kept", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except (Rejected, Malformed) as error:
        click.echo(f"conditioning: the checker rejected a certificate: {error}", err=True)
        sys.exit(REJECTED)
    except Exception as error:  # the documented code for a defect of ours, without a traceback
        click.echo(f"conditioning: internal error: {type(error).__name__}: {error}", err=True)
        sys.exit(INTERNAL)
