"""The node processes that the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .node_tools import Node

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def prettier() -> Iterator[Node]:
    """A running prettier."""
    node = Node()
    yield node
    node.close()


@pytest.fixture(scope="session")
def chain() -> Iterator[Node]:
    """A running chain from nango.yaml data to formatted schemas."""
    node = Node(chain=True)
    yield node
    node.close()
