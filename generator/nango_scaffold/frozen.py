"""Frozen dataclasses that cost nothing until one is made.

``dataclass(frozen=True)`` compiles six methods for each class when the class is defined. This package has 170 such
classes, of which one run makes a part, and their 0.3 ms each were a fifth of a run of ``new``. Here a class becomes a
dataclass when it is first made or looked at, and all but its ``__init__`` are the same few methods for all.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    from dataclasses import dataclass, fields  # which imports inspect: nothing that --help should wait for

    writes_init = isinstance(cls.__dict__.get("__init__"), _Later)
    for name in _LATER:
        if isinstance(cls.__dict__.get(name), _Later):
            delattr(cls, name)
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else dataclass writes one, which takes it longer than all the rest
    is_plain = writes_init and all(map(_is_plain, _declared(cls))) and not hasattr(cls, "__post_init__")
    dataclass(init=not is_plain, repr=False, eq=False)(cls)
    own = fields(cls)
    cls._values = attrgetter("__class__", *(field.name for field in own))
    if is_plain:
        cls.__init__ = _init(own)


def _declared(cls: Any) -> Iterator[Field[Any]]:
    """What classes above say of their fields, and what this one says by ``field(...)``."""
    from dataclasses import Field

    for base in cls.__mro__[1:-1]:
        yield from getattr(base, "__dataclass_fields__", {}).values()
    yield from (value for value in cls.__dict__.values() if isinstance(value, Field))


def _is_plain(field: Field[Any]) -> bool:
    """Whether the shortest ``__init__`` can set a field."""
    from dataclasses import MISSING

    is_keyword = field.kw_only is True
    return field.init and not is_keyword and field.default_factory is MISSING


def _init(own: tuple[Field[Any], ...]) -> FunctionType:
    """The ``__init__`` that ``dataclass`` would compile: the one for as many fields, with their names put in."""
    from dataclasses import MISSING

    names = tuple(field.name for field in own)
    code = _init_code(len(own)).replace(co_varnames=("self", *names), co_names=names)
    defaults = tuple(field.default for field in own if field.default is not MISSING)
    init = FunctionType(code, {}, "__init__", defaults)
    init.__annotations__ = {**{field.name: field.type for field in own}, "return": None}
    return init


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

        shown = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr
        )
        return f"{type(self).__qualname__}({shown})"
