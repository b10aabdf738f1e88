"""Ranges of package.json: whether they allow a CLI that reads no nango.yaml, or allow nothing else."""

from __future__ import annotations

import pytest

from nango_scaffold.project import Cli


@pytest.mark.parametrize(
    ("version_range", "reads_none", "may_read_none"),
    [
        ("0.69.36", False, False),
        ("0.69.43", False, False),
        ("=0.69.43", False, False),
        ("0.69.44", True, True),
        ("^0.71.0", True, True),
        ("~0.70.1", True, True),
        ("^0.69.36", False, True),  # 0.69.44 and newer are of the same minor version
        ("~0.69", False, True),
        ("^0.58.7", False, False),
        ("0.69.x", False, True),
        ("0.58", False, False),
        ("1", True, True),
        ("*", False, True),
        ("", False, True),
        ("latest", True, True),
        (">=0.60.0", False, True),
        (">= 0.60.0 <0.69.44", False, False),
        ("<=0.69.43", False, False),
        (">0.69.43", True, True),
        ("0.60.0 - 0.70.0", False, True),
        ("0.58.7 || ^0.71.0", False, True),
        ("^0.70.0 || ^0.71.0", True, True),
        ("npm:nango@^0.71.0", True, True),
        ("v0.71.2", True, True),
        ("workspace:*", False, False),
        ("file:../nango", False, False),
        ("github:NangoHQ/nango", False, False),
    ],
)
def test_a_range(version_range: str, reads_none: bool, may_read_none: bool) -> None:
    cli = Cli(version_range)
    assert (cli.reads_no_yaml, cli.may_read_no_yaml) == (reads_none, may_read_none)


def test_what_is_installed_is_what_counts() -> None:
    assert not Cli("^0.71.0", "0.69.36").reads_no_yaml
    assert not Cli("^0.69.36", "0.69.36").may_read_no_yaml
    assert Cli("^0.69.36", "0.69.50").reads_no_yaml


def test_no_cli_at_all_is_none_that_reads_no_yaml() -> None:
    assert not Cli().reads_no_yaml
    assert not Cli().may_read_no_yaml
