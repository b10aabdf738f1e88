"""The secret key and the host it is sent to, out of one place: the environment, or one ``.env`` file of the project.

A project's file never names the host that a key of the environment is sent to, nor the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import ProjectError
from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CLOUD = "https://api.nango.dev"
_KEY = "NANGO_SECRET_KEY"
_HOST = "NANGO_HOSTPORT"
_LINE = re.compile(
    r"""^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=[^\S\n]*(?:'([^'\n]*)'|"([^"\n]*)"|([^#\n]*))""", re.MULTILINE
)
_SENDABLE = re.compile(r"[\x21-\x7e]{1,500}")


@frozen
class Credentials:
    """What a request to Nango needs. Nothing that shows it shows the key.

    Attributes:
        key: the secret key.
        host: such as ``https://api.nango.dev``; without a slash at the end.
        name: of the variable that holds the key.
        place: where that variable is set, in words.
    """

    key: str
    host: str
    name: str
    place: str

    def __repr__(self) -> str:
        """Without the key."""
        return f"Credentials({self.name} of {self.place}, {self.host})"

    @property
    def described(self) -> str:
        """The key in words: ``NANGO_SECRET_KEY_DEV of the environment``."""
        return f"{self.name} of {self.place}"


@frozen
class _Place:
    """One place that variables are set in."""

    name: str
    variables: Mapping[str, str]

    @property
    def host(self) -> str:
        return self.variables.get(_HOST, "")

    def keys(self, environment: str) -> list[str]:
        """The names of its secret keys, that of a Nango environment before the general one."""
        both = (_KEY, f"{_KEY}_{environment.upper()}")
        names = [name for name, value in self.variables.items() if name.startswith(_KEY) and value]
        usable = [name for name in names if not environment or name in both]
        return sorted(usable, key=lambda name: (name == _KEY, name))  # the general one last


def credentials(
    environment: Mapping[str, str], files: Iterable[tuple[str, str]], nango_environment: str = ""
) -> Credentials:
    """The key to use, and the host that the same place names.

    Args:
        environment: the variables of this process.
        files: the name and the text of each ``.env`` file of the project, the first one first.
        nango_environment: such as ``prod``; empty for any.

    Raises:
        ProjectError: there is no key, it cannot be sent, or the host is named in another place.
    """
    own = (_Place(name, _variables(text)) for name, text in files)
    places = [_Place("the environment", environment), *own]
    place = next((place for place in places if place.keys(nango_environment)), None)
    if place is None:
        raise _failed(
            f"no {_KEY}{_suffix(nango_environment)} is set",
            "set it in the environment or in the project's .env; it is on Nango's page of environment settings",
        )
    name = place.keys(nango_environment)[0]
    # A file in the repository could otherwise have the key of the environment sent to any host.
    other = next((other for other in places if other.host), place)
    if other is not place and not place.host:
        raise _failed(
            f"{name} is set in {place.name}, and {_HOST} in {other.name}: the key of one place is not sent to the host of "
            "another",
            f"set both in {place.name}",
        )
    return Credentials(_sendable(place.variables[name], name), _host(place), name, place.name)


def _suffix(nango_environment: str) -> str:
    return f"_{nango_environment.upper()}" if nango_environment else ""


def _variables(text: str) -> dict[str, str]:
    """The variables of a ``.env`` file."""
    lines = _LINE.findall(text.removeprefix("\ufeff").replace("\r", "\n"))
    return {name: "".join(values).strip() for name, *values in lines}


def _sendable(key: str, name: str) -> str:
    if not _SENDABLE.fullmatch(key):
        fix = "copy the key again from Nango's environment settings"
        raise _failed(f"{name} holds characters that no key has", fix)
    return key


def _host(place: _Place) -> str:
    host = place.host.rstrip("/") or CLOUD
    try:
        parts = urlsplit(host)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    # What stands before an @ is no host, and behind ? or # the path of a request would be lost.
    if not is_address or not _SENDABLE.fullmatch(host) or re.search(r"[@?#\\]", host):
        what = f"{_HOST} of {place.name} is not the address of a host"
        raise _failed(what, "write https://nango.example.com")
    return host


def _failed(what: str, fix: str) -> ProjectError:
    return ProjectError(what, where="--sample-from", fix=fix)
