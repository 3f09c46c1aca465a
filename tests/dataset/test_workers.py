"""Pieces of work on a Dask cluster: the same as in one process, one worker being killed midway."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from click.testing import CliRunner, Result
from threadpoolctl import threadpool_limits

from proofs import certify_dataset, workers
from proofs.cli import cli
from proofs.dataset.activation import dual_of
from proofs.dataset.certificate import data_set_certificates
from proofs.dataset.correlations import unit_vectors
from proofs.dataset.eigenvalues import Ends
from proofs.dataset.kernel_matrix import depth_kernels
from proofs.dataset.pairs import ROWS, kernel_matrices
from proofs.dataset.reading import Floats
from proofs.workers import HERE, Cluster, Unavailable, Workers, workers_at
from symbolic import Activation, named_activation
from tests.dataset.test_certificate import checked
from tests.dataset.test_dataset import random_points

distributed = pytest.importorskip("distributed")
S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")


class Killing:
    """The workers of a cluster; one is killed when the first piece is done."""

    def __init__(self, client: Any) -> None:
        self.cluster = Cluster(client)
        self.killed: list[int] = []

    def each(
        self, piece: Callable[[S, T], R], shared: S, items: Sequence[T]
    ) -> Iterator[tuple[int, R]]:
        """(number of an item, its result)."""
        for found in self.cluster.each(piece, shared, items):
            if not self.killed:
                self.killed = [*self.cluster.client.run(os.getpid).values()][:1]
                os.kill(self.killed[0], signal.SIGKILL)
            yield found


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two workers of one thread each."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as found,
    ):
        yield found


def test_strips_are_those_of_one_process(client: Any) -> None:
    """To the last bit, with the nearest pairs, although a worker is lost; the BLAS has one thread
    here as it has on Dask's workers, for a product that is shared out may be added up otherwise."""
    rows = np.concatenate([random_points(1, 10 * ROWS, 24), random_points(1, 3, 24) + 1e-9])
    points = unit_vectors(rows)
    kernels = [*depth_kernels(dual_of(named_activation("relu")), 3, True).values()]
    with threadpool_limits(1):
        mine, seen = kernel_matrices(kernels, points)
    killing = Killing(client)
    others, other = kernel_matrices(kernels, points, killing)
    assert killing.killed
    assert killing.killed[0] not in client.run(os.getpid).values()
    assert all(np.array_equal(a, b) for a, b in zip(mine, others, strict=True))
    assert seen.nearest.pairs() == other.nearest.pairs()
    assert (seen.nearest.least, seen.nearest.complete) == (other.nearest.least, True)
    assert np.array_equal(seen.counts, other.counts)


def test_points_arrive_where_the_blas_takes_them() -> None:
    """Also if a message holds them at an address that is no multiple of 8."""
    points = unit_vectors(random_points(1, ROWS, 24))
    sent: list[pickle.PickleBuffer] = []
    message = pickle.dumps(points, protocol=5, buffer_callback=sent.append)
    (units,) = (bytes(4) + b.raw().tobytes() for b in sent)
    odd = memoryview(bytearray(units))[4:]
    assert not np.frombuffer(odd).flags.aligned
    received = pickle.loads(message, buffers=[odd]).units
    assert received.flags.aligned
    assert np.array_equal(received @ received.T, points.units @ points.units.T)


@pytest.mark.parametrize("name", ["relu", pytest.param("tanh", marks=pytest.mark.slow)])
def test_a_sweep_of_depths(client: Any, name: str) -> None:
    """Its enclosures overlap those of one process, and the checker accepts them."""
    rows = random_points(3, 24, 30)
    activation = named_activation(name)
    mine = certify_dataset(rows, activation, range(1, 7), "both")
    found = certify_dataset(rows, activation, range(1, 7), "both", workers=Killing(client))
    for own, other in zip(mine.kernels, found.kernels, strict=True):
        assert (own.kind, own.depth) == (other.kind, other.depth)
        assert overlap(own.spectrum.least, other.spectrum.least)
        assert overlap(own.spectrum.greatest, other.spectrum.greatest)
    assert overlap(mine.separation.delta_2, found.separation.delta_2)
    assert mine.separation.delta_1 == found.separation.delta_1
    if isinstance(activation, Activation):
        *lemmas, document = data_set_certificates(found, rows, activation)
        assert checked(document, lemmas, rows).complete


def overlap(one: Ends, other: Ends) -> bool:
    """Whether two enclosures have a point in common."""
    return one.low <= other.high and other.low <= one.high


def asked(rows: Floats, folder: Path, *more: str) -> Result:
    """The command on a data set."""
    np.save(folder / "a.npy", rows)
    arguments = ["dataset", str(folder / "a.npy"), "--activation", "relu", "--json"]
    return CliRunner().invoke(cli, [*arguments, *more])


def test_the_command_on_a_scheduler(client: Any, tmp_path: Path) -> None:
    """What it prints for few points is the same as without --dask."""
    rows = random_points(5, 12, 4)
    address = client.scheduler_info()["address"]
    mine = asked(rows, tmp_path, "--depths", "1..3")
    found = asked(rows, tmp_path, "--depths", "1..3", "--dask", address)
    assert found.exit_code == 0
    assert json.loads(found.stdout) == json.loads(mine.stdout)


def test_a_sweep_of_instances(client: Any) -> None:
    """Activations, deltas and depths: accepted by the checker, the same as without --dask."""
    arguments = ["instance", "t2", "--activation", "relu", "--activation", "erf", "--delta", "1/10",
                 "--delta", "1/2", "--depth", "6", "--json"]  # fmt: skip
    found = CliRunner().invoke(cli, [*arguments, "--dask", client.scheduler_info()["address"]])
    assert found.exit_code == 0
    assert found.stdout == CliRunner().invoke(cli, arguments).stdout
    verdicts = [entry["verdict"] for entry in json.loads(found.stdout)]
    assert len(verdicts) == 8
    assert verdicts.count("holds") >= 6


def test_a_cluster_of_this_machine() -> None:
    """--dask local."""
    with workers_at("local") as found:
        assert isinstance(found, Cluster)
        assert dict(found.each(divmod, 17, [2, 3, 5])) == {0: (8, 1), 1: (5, 2), 2: (3, 2)}


def test_a_failing_piece(client: Any) -> None:
    """One sentence."""
    with pytest.raises(Unavailable, match="did not finish a piece of work: ZeroDivisionError"):
        dict(Cluster(client).each(divmod, 1, [1, 0]))


def test_other_sources_are_refused(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that would compute something else computes nothing."""
    monkeypatch.setattr(workers, "sources", lambda: "another version")
    with pytest.raises(Unavailable, match="other sources"):
        dict(Cluster(client).each(divmod, 1, [1]))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "ftp://a", ""])
def test_no_scheduler(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, exit code 3."""
    monkeypatch.setattr(workers, "PATIENCE", 1)
    result = asked(np.eye(2), tmp_path, "--dask", address)
    assert (result.exit_code, result.output.count("\n")) == (3, 1)
    assert "no Dask scheduler answers" in result.output


def test_without_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that says what to install, exit code 3."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = asked(np.eye(2), tmp_path, "--dask", "local")
    assert (result.exit_code, result.output.count("\n")) == (3, 1)
    assert "conditioning[dask]" in result.output


def test_this_process_does_the_pieces_in_order() -> None:
    """Without a cluster."""
    here: Workers = HERE
    assert list(here.each(divmod, 7, [2, 3])) == [(0, (3, 1)), (1, (2, 1))]
