"""The secret key and the host come from one place, and nothing shows the key."""

from __future__ import annotations

import traceback

import pytest

from nango_scaffold.connection.credentials import CLOUD, Credentials, credentials
from nango_scaffold.errors import ProjectError

FILE = "nango-integrations/.env"


def credentials_of(environment: dict[str, str], *texts: str, of: str = "") -> Credentials:
    return credentials(environment, zip((FILE, ".env"), texts, strict=False), of)


@pytest.mark.parametrize(
    ("environment", "texts", "key", "host", "described"),
    [
        ({"NANGO_SECRET_KEY": "general"}, (), "general", CLOUD, "NANGO_SECRET_KEY of the environment"),
        (
            {"NANGO_SECRET_KEY": "general", "NANGO_SECRET_KEY_DEV": "dev"},
            (),
            "dev",
            CLOUD,
            "NANGO_SECRET_KEY_DEV of",
        ),
        (
            {"NANGO_SECRET_KEY_DEV": ""},
            ("NANGO_SECRET_KEY=file",),
            "file",
            CLOUD,
            f"NANGO_SECRET_KEY of {FILE}",
        ),
        ({}, ("", "NANGO_SECRET_KEY=second"), "second", CLOUD, "NANGO_SECRET_KEY of .env"),
        (
            {"NANGO_SECRET_KEY": "own", "NANGO_HOSTPORT": "http://localhost:3003/"},
            ("NANGO_SECRET_KEY=file\nNANGO_HOSTPORT=https://evil.example",),
            "own",
            "http://localhost:3003",
            "of the environment",
        ),
        (
            {"NANGO_HOSTPORT": "https://own.example"},
            ("NANGO_SECRET_KEY=file\nNANGO_HOSTPORT=https://self.example",),
            "file",
            "https://self.example",
            FILE,
        ),
    ],
)
def test_a_key_and_its_host(
    environment: dict[str, str], texts: tuple[str, ...], key: str, host: str, described: str
) -> None:
    connection = credentials_of(environment, *texts)
    assert (connection.key, connection.host) == (key, host)
    assert described in connection.described


@pytest.mark.parametrize(
    "text",
    [
        "NANGO_SECRET_KEY_DEV=abc",
        "export NANGO_SECRET_KEY_DEV = abc",
        "NANGO_SECRET_KEY_DEV='abc' # of the team",
        'NANGO_SECRET_KEY_DEV="abc"\r\nOTHER=x',
        "# NANGO_SECRET_KEY=old\nNANGO_SECRET_KEY_DEV=abc # of the team",
        "\ufeffNANGO_SECRET_KEY_DEV=abc",
    ],
)
def test_env_files_as_they_are_written(text: str) -> None:
    assert credentials_of({}, text).key == "abc"


def test_the_key_of_a_nango_environment() -> None:
    keys = {"NANGO_SECRET_KEY": "general", "NANGO_SECRET_KEY_DEV": "dev", "NANGO_SECRET_KEY_PROD": "prod"}
    assert credentials_of(keys, of="prod").key == "prod"
    assert credentials_of(keys, of="staging").key == "general"
    with pytest.raises(ProjectError, match="no NANGO_SECRET_KEY_STAGING is set"):
        credentials_of({"NANGO_SECRET_KEY_DEV": "dev"}, of="staging")


@pytest.mark.parametrize(
    ("environment", "texts"),
    [
        ({"NANGO_SECRET_KEY": "own-key"}, ("NANGO_HOSTPORT=https://evil.example",)),
        ({"NANGO_SECRET_KEY": "own-key"}, ("NANGO_SECRET_KEY=x\nNANGO_HOSTPORT=https://evil.example",)),
        ({"NANGO_HOSTPORT": "https://own.example"}, ("NANGO_SECRET_KEY=own-key",)),
        ({}, ("NANGO_SECRET_KEY=own-key", "NANGO_HOSTPORT=https://evil.example")),
    ],
)
def test_no_key_goes_to_a_host_that_another_place_names(
    environment: dict[str, str], texts: tuple[str, ...]
) -> None:
    with pytest.raises(ProjectError, match="not sent to the host of another") as refusal:
        credentials_of(environment, *texts)
    assert "own-key" not in str(refusal.value)


@pytest.mark.parametrize(
    "host",
    [
        "nango.example",
        "ftp://nango.example",
        "https://me:pass@nango.example",
        "https://x\\@y",
        "https://[",
        "http://x/?q",
    ],
)
def test_a_host_that_is_none(host: str) -> None:
    with pytest.raises(ProjectError, match="is not the address of a host"):
        credentials_of({"NANGO_SECRET_KEY": "own-key", "NANGO_HOSTPORT": host})


@pytest.mark.parametrize("key", ["own-key\nX-Other: 1", "own key", "schlüssel"])
def test_a_key_that_cannot_be_sent(key: str) -> None:
    with pytest.raises(ProjectError, match="characters that no key has") as refusal:
        credentials_of({"NANGO_SECRET_KEY": key})
    assert key not in "".join(traceback.format_exception(refusal.value))


def test_no_key_at_all() -> None:
    with pytest.raises(ProjectError, match="no NANGO_SECRET_KEY is set"):
        credentials_of({}, "NANGO_HOSTPORT=https://nango.example")


def test_nothing_shows_the_key() -> None:
    connection = credentials_of({"NANGO_SECRET_KEY": "own-key"})
    assert "own-key" not in f"{connection} {connection!r} {[connection]} {connection.described}"
