"""The compiled development, once for all tests of a process."""

from pathlib import Path

import pytest

from tests.kernel.coq import build


@pytest.fixture(scope="session")
def development(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled development."""
    return build(tmp_path_factory.mktemp("development"))
