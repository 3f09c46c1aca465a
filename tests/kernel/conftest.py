"""The compiled development, once for all tests of a process."""

from pathlib import Path

import pytest

from proofs.kernel import build as kernel_build
from proofs.kernel.build import Build, coq_version
from tests.kernel.coq import build


@pytest.fixture(scope="session")
def development(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled development."""
    return build(tmp_path_factory.mktemp("development"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """What the generated files load, compiled."""
    build = Build(tmp_path_factory.mktemp("compiled"))
    known = kernel_build.development(str(coq_version()))
    build.compile_all([known["Layers"]], 1, lambda _what, _done, _count: None)
    assert not build.refused
    return build
