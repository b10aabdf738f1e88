"""Frozen dataclasses that cost nothing until one is made.

``dataclass(frozen=True)`` compiles six methods for each class when the class is defined. This package has 170 such
classes, of which one run makes a part, and their 0.3 ms each were a fifth of a run of ``new``. Here all but ``__init__``
are the same few methods for all classes, and an ``__init__`` is compiled once for all that have as many fields; the fields
themselves are put where ``dataclasses.fields`` and ``replace`` look for them when they first do. What needs more, such as a
class with a ``ClassVar``, becomes a dataclass when its first instance is made.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
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
_FIELDS = ("__dataclass_fields__", "__match_args__")
_LATER = (*_INIT, *_FIELDS)
_PLAIN: set[type[Any]] = set()
"""Classes whose fields were looked at, and that ``dataclass`` has not touched for it."""


class _Later:
    """An attribute that its class gets when it is first asked for."""

    def __init__(self, name: str, owner: type[Any]) -> None:
        self.name = name
        self.owner = owner

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        plain = _plain_fields(self.owner)
        if plain is None:
            _make_dataclass(self.owner)
        elif self.name in _INIT:
            _set_init(self.owner, plain)
        else:
            _set_fields(self.owner, plain)
        return getattr(owner if instance is None else instance, self.name)


def _make_dataclass(cls: Any) -> None:
    """Make a class a dataclass, but for an ``__init__`` that it has."""
    # It imports inspect: nothing that --help should wait for.
    from dataclasses import dataclass, fields

    lacks_init = isinstance(cls.__dict__.get("__init__"), _Later)
    _forget(cls, _LATER)
    if cls.__doc__ is None:
        # Else dataclass writes one, which takes it longer than all the rest.
        cls.__doc__ = cls.__name__
    dataclass(init=lacks_init, repr=False, eq=False)(cls)
    cls._values = attrgetter("__class__", *(field.name for field in fields(cls)))


def _forget(cls: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if isinstance(cls.__dict__.get(name), _Later):
            delattr(cls, name)


def _plain_fields(cls: Any) -> dict[str, tuple[Any, Any]] | None:
    """The annotation and the default of each field of a class, in the order of its ``__init__``.

    Returns:
        None where only ``dataclass`` knows what to do.
    """
    plain: dict[str, tuple[Any, Any]] = {}
    # From the oldest base on, as dataclass orders fields; the last of the order is `object`.
    for base in reversed(cls.__mro__[:-1]):
        own = base.__dict__
        is_untouched = isinstance(own.get("__dataclass_fields__"), _Later) or base in _PLAIN
        if not is_untouched:
            # dataclass has taken its defaults away.
            return None
        for name, annotation in base.__annotations__.items():
            if "ClassVar" in str(annotation):
                return None
            plain[name] = (annotation, own.get(name, _REQUIRED))
    return plain


_REQUIRED = object()
"""The default of a field that has none."""


class _Factory:
    """The default of a field whose value is made anew for each instance."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def _set_init(cls: Any, plain: dict[str, tuple[Any, Any]]) -> None:
    """Give a class the ``__init__`` that ``dataclass`` would compile: one for as many fields, with their names put in."""
    lacks_init = isinstance(cls.__dict__.get("__init__"), _Later)
    _forget(cls, _INIT)
    cls._values = attrgetter("__class__", *plain)
    if not lacks_init:
        return
    defaults = {name: _default(default) for name, (_, default) in plain.items()}
    optional = tuple(default for default in defaults.values() if default is not _REQUIRED)
    # The code is shared; what a class adds to it, the code finds among its globals.
    scope = {"finish": _finish(cls, defaults)}
    init = FunctionType(_init_code(tuple(plain)), scope, "__init__", optional)
    init.__annotations__ = {**{name: annotation for name, (annotation, _) in plain.items()}, "return": None}
    cls.__init__ = init


def _finish(cls: Any, defaults: dict[str, Any]) -> Callable[[Any], None] | None:
    """What an ``__init__`` has to do once the fields are set; None where that is all."""
    factories = [(name, default) for name, default in defaults.items() if isinstance(default, _Factory)]
    checks = hasattr(cls, "__post_init__")
    if not factories and not checks:
        return None

    def finish(instance: Any) -> None:
        for name, factory in factories:
            if getattr(instance, name) is factory:
                setattr(instance, name, factory.make())
        if checks:
            instance.__post_init__()

    return finish


def _default(default: Any) -> Any:
    """What a field's argument is where it is left out."""
    from dataclasses import MISSING, Field

    if not isinstance(default, Field):
        return default
    if default.default_factory is not MISSING:
        return _Factory(default.default_factory)
    return _REQUIRED if default.default is MISSING else default.default


def _init_code(names: tuple[str, ...]) -> CodeType:
    code = _nameless_init(len(names))
    named = {f"_{index}": name for index, name in enumerate(names)}
    attributes = tuple(named.get(name, name) for name in code.co_names)
    return code.replace(co_varnames=("self", *names), co_names=attributes)


@cache
def _nameless_init(count: int) -> CodeType:
    """The code of a method that sets so many attributes; to compile it takes longer than all that is done with it."""
    arguments = ", ".join(["self", *(f"_{index}" for index in range(count))])
    setters = [f"self._{index} = _{index}" for index in range(count)]
    scope: dict[str, Any] = {}
    exec("\n ".join([f"def __init__({arguments}):", *setters, "if finish: finish(self)"]), scope)
    code: CodeType = scope["__init__"].__code__
    return code


def _set_fields(cls: Any, plain: dict[str, tuple[Any, Any]]) -> None:
    """Give a class the fields that ``dataclass`` would find, which is all that ``fields`` and ``replace`` look at."""
    _forget(cls, _FIELDS)
    setattr(cls, "__match_args__", tuple(plain))  # noqa: B010 - mypy allows no assignment
    cls.__dataclass_params__ = _example().__dataclass_params__
    cls.__dataclass_fields__ = {
        name: _field(name, annotation, default) for name, (annotation, default) in plain.items()
    }
    _PLAIN.add(cls)


def _field(name: str, annotation: Any, default: Any) -> Field[Any]:
    from dataclasses import MISSING, Field, field

    if not isinstance(default, Field):
        default = field(default=MISSING if default is _REQUIRED else default)
    # What dataclass itself sets on a field once it knows its class.
    default.name, default.type, default.kw_only = name, annotation, False
    default._field_type = _example().__dataclass_fields__["value"]._field_type
    return default  # type: ignore[no-any-return]


@cache
def _example() -> Any:
    """A class that ``dataclass`` made: how it marks its classes and fields is nowhere public."""
    from dataclasses import dataclass

    @dataclass(init=False, repr=False, eq=False, match_args=False)
    class Example:
        """With a docstring, else ``dataclass`` writes one, which takes it longer than all the rest."""

        value: Any

    return Example


class _Shared:
    """The methods that all frozen classes have alike."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _values: Any

    def __eq__(self, other: object) -> bool:
        # As dataclass has it: an instance of a subclass is never equal.
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
