"""The command `dataset`: the certified condition number of the depth-L kernels on a data set."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from certificates.dataset_bounds import LOWER
from certificates.dataset_words import WORDS
from certificates.store import write, write_bytes
from proofs.dataset.certify import DEEPEST, KERNELS, Bounds, Certified, Kernel, certify_dataset
from proofs.dataset.eigenvalues import Ends
from proofs.dataset.reading import Floats, read_array
from proofs.derive_command import chosen
from proofs.exits import DASK, EXIT_CODES, BadInput
from proofs.workers import workers_at
from symbolic import Activation, SeriesActivation, x

NAMES = {"top": "top-layer kernel", "ntk": "neural tangent kernel"}
SINGULAR = {"dimension": "there are more points than dimensions",
            "parallel": "these two rows are parallel"}  # fmt: skip
Command = Callable[..., Any]
RANGE = re.compile(r"([0-9]{1,3})(?:\.\.([0-9]{1,3}))?\Z")


def depths_of(text: str) -> list[int]:
    """The depths that "20", "1..60" or "1..10,20,50" names, in order."""
    found: set[int] = set()
    for part in text.split(","):
        match = RANGE.match(part)
        if match is None:
            raise BadInput(
                f"depths are numbers and ranges such as 20 or 1..10,20,50, not {text[:40]!r}"
            )
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= DEEPEST:
            raise BadInput(f"depths must lie in 1 to {DEEPEST}, not {part}")
        found.update(range(first, last + 1))
    return sorted(found)


def numeric(activation: Activation | SeriesActivation) -> Activation | SeriesActivation:
    """An activation, if it has a number for each of its parameters.  Raises BadInput."""
    if isinstance(activation, Activation):
        if letters := sorted(map(str, activation.expression.free_symbols - {x})):
            raise BadInput(f"the kernels of data need a number for {', '.join(letters)}")
    return activation


def kernels_of_points(command: Command) -> Command:
    """What commands about the kernels of data take: the points, an activation, depths, kernels."""
    options = (
        click.argument("path", type=click.Path(path_type=Path)),
        click.option("--activation", "name", help="Such as relu, leaky_relu(1/10), gelu, tanh."),
        click.option(
            "--formula", help='An activation of your own, such as "max(0, x) + sin(x)/3".'
        ),
        click.option("--param", "params", multiple=True, help="A number in the formula: a=1/3."),
        click.option("--depth", "--depths", "depth", default="20", show_default=True,
                     help="A depth, a range such as 1..60, or some such as 1..10,20,50."),
        click.option("--kernel", type=click.Choice(sorted(KERNELS)), default="top",
                     show_default=True),
        click.option("--array", help="The name of the array in an .npz file."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command(name="dataset", epilog=EXIT_CODES)
@kernels_of_points
@click.option("--gram", is_flag=True, help="PATH holds the points' Gram matrix, not the points.")
@click.option(
    "--certificate",
    "folder",
    type=click.Path(path_type=Path),
    help="Write certificates for `check FOLDER --data X.npy` into this folder.",
)
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the curve as SVG.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the result as JSON.")
@click.option("--dask", "address", help=DASK)
@click.option("--json", "as_json", is_flag=True)
def dataset(
    path: Path, name: str | None, formula: str | None, params: tuple[str, ...], depth: str,
    kernel: str, gram: bool, array: str | None, folder: Path | None, plot: Path | None,
    out: Path | None, address: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Enclose delta, the extreme eigenvalues and kappa of the kernels of the points in PATH."""
    if folder is not None and folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is not a folder; name a folder for the certificates")
    depths = depths_of(depth)
    activation = numeric(chosen(name, formula, params))
    try:
        rows = read_array(path, array)
        with workers_at(address) as workers, Console(stderr=True).status("certifying"):
            found = certify_dataset(rows, activation, depths, kernel, gram, workers)
            documents = certificates(found, rows, activation) if folder is not None else []
    except ValueError as error:  # BadData, a formula, an activation
        raise BadInput(str(error)) from None
    text = json.dumps(found.document(), indent=2)
    try:
        for document in documents:
            write(document, folder or Path())
        if out is not None:
            write_bytes(text.encode() + b"\n", out)
        if plot is not None:
            write_bytes(drawing(found).encode(), plot)
    except OSError as error:
        raise BadInput(
            f"{error.filename or out or plot} cannot be written: {error.strerror}"
        ) from None
    if as_json:
        click.echo(text)
    else:
        for line in lines(found):
            click.echo(line)


def certificates(found: Certified, rows: Floats, activation: Any) -> list[dict[str, Any]]:
    """The certificates of a result.  Raises ValueError where the checker cannot follow."""
    from proofs.dataset.certificate import data_set_certificates  # loads the engines of proofs

    return data_set_certificates(found, rows, activation)


def shown(ends: Ends | None) -> str:
    """An enclosure by its ends, outward rounded to 12 digits."""
    if ends is None:
        return "not certified"
    return f"[{rounded(ends.low, down=True)}, {rounded(ends.high, down=False)}]"


def rounded(value: float, down: bool) -> str:
    """A decimal with 12 digits on the far side of a float64."""
    from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

    context = Context(prec=12, rounding=ROUND_FLOOR if down else ROUND_CEILING)
    return format(context.create_decimal(Decimal(value)).normalize(context), "g")


def lines(found: Certified) -> list[str]:
    """The result in words."""
    separation = found.separation
    pair = ", attained by the rows {} and {}".format(*separation.pair) if separation.pair else ""
    second = f"in {shown(separation.delta_2)}"
    if separation.singular:
        second = f"is 0: {SINGULAR[separation.singular]}"
    text = [
        f"{found.points} points in {found.dimension} dimensions, sha256 {found.sha256[:16]}",
        f"{found.activation}: μ in {shown(found.mu)}",
        f"Assumption 1: δ in {shown(separation.delta_1)}{pair}",
        f"Assumption 2: λ_min of the Gram matrix {second}",
    ]
    for kernel in found.kernels:
        text += _kernel_lines(kernel)
    for bounds in found.bounds:
        text += _bound_lines(bounds)
    text += [f"κ ≤ 2 guaranteed by {item} from depth {depth} on"
             for item, depth in found.guaranteed.items()]  # fmt: skip
    return text + [line for kind in NAMES for line in _reached(found, kind)]


def _reached(found: Certified, kind: str) -> list[str]:
    """The depth at which the data reach kappa <= 2, among those that were asked for."""
    own = [k for k in found.kernels if k.kind == kind]
    reached = [k.depth for k in own if k.kappa is not None and k.kappa.high <= 2]
    of_these = f"certified for the {NAMES[kind]} of these points"
    if reached:
        return [f"κ ≤ 2 {of_these} at depth {min(reached)}"]
    deepest = max((k.depth for k in own), default=DEEPEST)
    more = f"; --depths 1..{DEEPEST} looks further" if deepest < DEEPEST else ""
    return [f"κ ≤ 2 not {of_these} up to depth {deepest}{more}"] if own else []


def _kernel_lines(kernel: Kernel) -> list[str]:
    spectrum = kernel.spectrum
    return [
        f"depth {kernel.depth}, {NAMES[kernel.kind]}: λ_min in {shown(spectrum.least)}",
        f"    λ_max in {shown(spectrum.greatest)}, κ in {shown(kernel.kappa)}",
        *([f"    {kernel.remark}"] if kernel.remark else []),
    ]


def _bound_lines(bounds: Bounds) -> list[str]:
    return [
        f"depth {bounds.depth}, {WORDS[name]} {'≥' if name in LOWER else '≤'} "
        f"{rounded(value, down=name in LOWER)}"
        for name, value in bounds.named()
    ]


def drawing(found: Certified) -> str:
    """kappa - 1 against depth, with the corollaries' bounds, as SVG."""
    from certificates.report.plots import DASHED, Curve, plot

    curves = []
    for group, kind in enumerate(("top", "ntk")):
        points = [(k.depth, k.kappa.high - 1) for k in found.kernels if k.kind == kind and k.kappa]
        if points:
            curves.append(Curve(f"κ − 1, {kind}", points, group))
    for group, item in enumerate((3, 9)):
        for part in (1, 2):
            name = f"corollary_{item}_part_{part}"
            points = [(b.depth, getattr(b, name) - 1) for b in found.bounds if getattr(b, name)]
            if points:
                curves.append(Curve(f"Corollary {item}, part {part}", points, group, style=DASHED))
    return plot(curves, "depth L", "κ − 1")
