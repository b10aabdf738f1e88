"""Frozen dataclasses that cost nothing until one is made.

``dataclass(frozen=True)`` compiles six methods for each class when the class is defined. This package has 170 such
classes, of which one run makes a part, and their 0.3 ms each were a fifth of a run of ``new``. Here a class becomes a
dataclass when its fields are first looked at, and all but its ``__init__`` are the same few methods for all. To be made
it need not be one: its ``__init__`` is a compiled one with the names of its fields put in.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from dataclasses import Field

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
    for attribute in later:
        setattr(cls, attribute.name, attribute)
    return cls


_INIT = ("__init__", "_values")
_LATER = (*_INIT, "__dataclass_fields__", "__match_args__")


class _Later:
    """An attribute that its class gets when it is first asked for."""

    def __init__(self, name: str, owner: type[Any]) -> None:
        self.name = name
        self.owner = owner

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        plain = _plain_fields(self.owner) if self.name in _INIT else None
        if plain is None:
            _make_dataclass(self.owner)
        else:
            _set_init(self.owner, plain)
        return getattr(owner if instance is None else instance, self.name)


def _make_dataclass(cls: Any) -> None:
    """Make a class a dataclass, but for an ``__init__`` that it has."""
    from dataclasses import dataclass, fields  # which imports inspect: nothing that --help should wait for

    lacks_init = isinstance(cls.__dict__.get("__init__"), _Later)
    _forget(cls, _LATER)
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else dataclass writes one, which takes it longer than all the rest
    dataclass(init=lacks_init, repr=False, eq=False)(cls)
    cls._values = attrgetter("__class__", *(field.name for field in fields(cls)))


def _forget(cls: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if isinstance(cls.__dict__.get(name), _Later):
            delattr(cls, name)


def _plain_fields(cls: Any) -> dict[str, tuple[Any, ...]] | None:
    """The fields of a class: the type of each, and its default if it has one.

    Returns:
        None where only ``dataclass`` knows what to do.
    """
    from dataclasses import Field

    plain: dict[str, tuple[Any, ...]] = {}
    for base in reversed(cls.__mro__[:-1]):
        is_untouched = isinstance(base.__dict__.get("__dataclass_fields__"), _Later)
        if not is_untouched or hasattr(base, "__post_init__"):
            return None  # dataclass has taken its defaults away, or it does more than set its fields
        for name, annotation in base.__annotations__.items():
            default = base.__dict__.get(name, cls)
            if isinstance(default, Field) or "ClassVar" in str(annotation):
                return None
            plain[name] = (annotation,) if default is cls else (annotation, default)
    return plain


def _set_init(cls: Any, plain: dict[str, tuple[Any, ...]]) -> None:
    """Give a class the ``__init__`` that ``dataclass`` would compile: the one for as many fields, with their names put in."""
    lacks_init = isinstance(cls.__dict__.get("__init__"), _Later)
    _forget(cls, _INIT)
    names = tuple(plain)
    cls._values = attrgetter("__class__", *names)
    if lacks_init:
        code = _init_code(len(names)).replace(co_varnames=("self", *names), co_names=names)
        defaults = tuple(value for _, *default in plain.values() for value in default)
        cls.__init__ = FunctionType(code, {}, "__init__", defaults)
        cls.__init__.__annotations__ = {**{name: plain[name][0] for name in names}, "return": None}


@cache
def _init_code(count: int) -> CodeType:
    """The code of a method that sets some attributes."""
    names = [f"_{index}" for index in range(count)]
    lines = [f" self.{name} = {name}" for name in names] or [" pass"]
    scope: dict[str, Any] = {}
    exec("\n".join([f"def __init__({', '.join(['self', *names])}):", *lines]), scope)
    code: CodeType = scope["__init__"].__code__
    return code


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
        from dataclasses import fields

        values = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr
        )
        return f"{type(self).__qualname__}({values})"
