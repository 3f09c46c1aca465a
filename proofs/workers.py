"""Where independent pieces of work run: in this process, or on the workers of a Dask cluster.

A piece is a function of what all pieces share and of an item, and its result depends on these
alone: pieces that a lost worker leaves behind are done again by another.  Workers must run the
same sources and libraries; one that does not is found out before it computes anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import Any, Protocol, TypeVar

from proofs.cache import fingerprint

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

LOCAL = "local"
PATIENCE = 20  # seconds until a scheduler and its first worker have answered
AHEAD = 2  # pieces that each thread of the cluster has before it: few, for results take memory


class Unavailable(ValueError):
    """Work cannot run where it was asked to: says why."""


class Workers(Protocol):
    """Something that does pieces of work."""

    def each(
        self, piece: Callable[[S, T], R], shared: S, items: Sequence[T]
    ) -> Iterator[tuple[int, R]]:
        """(number of an item, its result), as they are finished."""


class Here:
    """This process, one piece after the other."""

    def each(
        self, piece: Callable[[S, T], R], shared: S, items: Sequence[T]
    ) -> Iterator[tuple[int, R]]:
        """(number of an item, its result), in order."""
        for number, item in enumerate(items):
            yield number, piece(shared, item)


HERE = Here()


class Cluster:
    """The workers of a Dask cluster, by its client."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def each(
        self, piece: Callable[[S, T], R], shared: S, items: Sequence[T]
    ) -> Iterator[tuple[int, R]]:
        """(number of an item, its result), as they are finished; Unavailable where one is not.

        What is shared is a result of its own, which the scheduler makes again from the arguments
        that it keeps, should every worker that holds it be lost.
        """
        from distributed import as_completed

        held = self.client.submit(_same, shared, pure=False)
        rest = enumerate(items)
        numbers = {}
        ahead = AHEAD * max(1, sum(self.client.nthreads().values()))

        def submitted(number: int, item: T) -> Any:
            future = self.client.submit(_done, piece, sources(), held, item, pure=False)
            numbers[future.key] = number
            return future

        running = as_completed([submitted(*following) for following in islice(rest, ahead)])
        for future in running:
            try:
                result = future.result()
            except Exception as error:  # whatever the piece or the cluster raised
                if isinstance(error, ValueError):
                    raise
                reason = str(error).splitlines()[0][:200] if str(error) else ""
                raise Unavailable(
                    f"the Dask cluster did not finish a piece of work: "
                    f"{type(error).__name__}: {reason}"
                ) from None
            for following in islice(rest, 1):
                running.add(submitted(*following))
            yield numbers.pop(future.key), result


@cache
def sources() -> str:
    """What decides the result of a piece, besides its arguments."""
    return f"{fingerprint()} numpy {version('numpy')} scipy {version('scipy')}"


def _same(value: T) -> T:
    return value


def _done(piece: Callable[[S, T], R], expected: str, shared: S, item: T) -> R:
    """Do a piece on a worker."""
    if sources() != expected:
        raise Unavailable(
            "a Dask worker runs other sources or libraries than this process: install the same"
        )
    return piece(shared, item)


@contextmanager
def workers_at(address: str | None) -> Iterator[Workers]:
    """This process for None, a cluster of this machine's processors for "local", else the cluster
    whose scheduler has this address.  Raises Unavailable."""
    if address is None:
        yield HERE
        return
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise Unavailable(
            "--dask needs the package distributed: install conditioning[dask]"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address == LOCAL:
        with (
            LocalCluster(
                threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
            ) as cluster,
            Client(cluster) as client,
        ):
            yield Cluster(client)
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TypeError):
        raise Unavailable(
            f"no Dask scheduler answers at {address[:100]!r}; an address is tcp://HOST:PORT or "
            f"{LOCAL}"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except OSError:
            raise Unavailable(f"the Dask cluster at {address[:100]} has no worker") from None
        yield Cluster(client)
