"""Frozen dataclasses that cost nothing until one is made.

``dataclass(frozen=True)`` compiles six methods for each class when the class is defined. This package has 170 such
classes, of which one run makes a part, and their 0.3 ms each were a fifth of a run of ``new``. Here a class becomes a
dataclass when it is first made or looked at, and all but its ``__init__`` are the same few methods for all.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_):
        """What type checkers ask for; at run time it does nothing."""
        return lambda decorator: decorator


T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class a dataclass that compares, hashes and shows itself by its fields.

    That nothing is assigned to an instance is checked by mypy, not at run time. A method the class has of its own stays.
    """
    for name in ("__eq__", "__hash__", "__repr__"):
        if name not in cls.__dict__:
            setattr(cls, name, _Shared.__dict__[name])
    later = [_Later(name, cls) for name in _LATER if name not in cls.__dict__]
    for one in later:
        setattr(cls, one.name, one)
    return cls


_LATER = ("__dataclass_fields__", "__init__", "__match_args__", "_values")


class _Later:
    """An attribute that its class gets when it becomes a dataclass: the first of them that is asked for makes it one."""

    def __init__(self, name: str, owner: type[Any]) -> None:
        self.name = name
        self.owner = owner

    def __get__(self, instance: object, asked: type[Any]) -> Any:
        _complete(self.owner)
        return getattr(asked if instance is None else instance, self.name)


def _complete(cls: Any) -> None:
    for name in _LATER:
        if isinstance(cls.__dict__.get(name), _Later):
            delattr(cls, name)
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else dataclass writes one, which takes it longer than all the rest
    made: Any = dataclass(repr=False, eq=False)(cls)
    made._values = attrgetter("__class__", *(field.name for field in fields(made)))


class _Shared:
    """The methods that all frozen classes have alike."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _values: Any

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(self._values(self) == self._values(other))

    def __hash__(self) -> int:
        return hash(self._values(self))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr
        )
        return f"{type(self).__qualname__}({shown})"
