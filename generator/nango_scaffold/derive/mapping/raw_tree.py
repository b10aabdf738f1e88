"""A raw object type under construction, one path at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.types import ArrayOf, Field, ObjectOf, Primitive, Type, narrower, or_null, without_null
from .field_source import path_text
from .raw_types import may_be_missing

if TYPE_CHECKING:
    from .field_source import RawPath


class CrossedPathsError(Exception):
    """A property is read as a value that is no object, and as an object on the way to another value."""

    def __init__(self, path: RawPath) -> None:
        super().__init__(path_text(path))
        self.path = path


class RawTree:
    """A raw object type under construction.

    A property may be null only while nothing that is required is read through it.
    """

    def __init__(self) -> None:
        self.children: dict[str | None, RawTree] = {}
        """By name; the items of lists stand under ``None``."""
        self.leaf: Type | None = None
        self.nullable = True

    def put(self, path: RawPath, leaf: Type, *, nullable: bool | tuple[bool, ...]) -> None:
        """Add the type of the value at a path; an object's fields are added one by one, so that paths may cross it.

        Args:
            path: the path.
            leaf: the type of what is there.
            nullable: whether it and what is on the way may be null; a tuple for each of these on its own.

        Raises:
            CrossedPathsError: the path leads through a string, a list or another record.
        """
        node = self._descend(path, (nullable,) * len(path) if isinstance(nullable, bool) else nullable)
        shape = without_null(leaf)
        # An object with an index signature is taken as a whole, or its other keys would get lost.
        if node.leaf is None and isinstance(shape, ObjectOf) and shape.fields and shape.index is None:
            for item in shape.fields:
                node._put_field(path, item)
        elif not node.children:
            node._put_leaf(leaf)
        elif leaf != Primitive("any"):
            # `any` may as well be the object that other paths lead through.
            raise CrossedPathsError(path)

    def suggest(self, path: RawPath, leaf: Type, nullable: tuple[bool, ...]) -> None:
        """Add the type that the value at a path seems to have, as far as nothing else is known of it; see `put`."""
        node = self
        for step, may_be_null in zip(path, nullable, strict=True):
            name = None if isinstance(step, int) else step
            # What is known is of another kind: a hint is not worth an error.
            if not node._can_hold(name):
                return
            node = node.children.setdefault(name, RawTree())
            node.nullable = node.nullable and may_be_null
        if node.leaf is None and not node.children and leaf != Primitive("any"):
            node.leaf = leaf

    def shape(self) -> ObjectOf:
        """The object type that the paths make."""
        named = ((name, child) for name, child in self.children.items() if name is not None)
        return ObjectOf(tuple(Field(name, child._type()) for name, child in named))

    def _descend(self, path: RawPath, nullable: tuple[bool, ...]) -> RawTree:
        """The node at a path; those on the way are added."""
        node = self
        for index, step in enumerate(path):
            # Of a list one type is known, whichever item is read.
            name = None if isinstance(step, int) else step
            if not node._can_hold(name):
                raise CrossedPathsError(path[:index])
            node = node.children.setdefault(name, RawTree())
            node.nullable = node.nullable and nullable[index]
        return node

    def _can_hold(self, name: str | None) -> bool:
        """Whether this is, or may become, an object that has a property, or a list with ``None``."""
        if self.leaf is not None and self.leaf != Primitive("any"):
            return False
        return not self.children or (None in self.children) == (name is None)

    def _put_leaf(self, leaf: Type) -> None:
        if self.leaf is None:
            self.leaf = leaf
        elif self.leaf != leaf:
            # Two fields read one value, which has to fit both.
            self.leaf = narrower(self.leaf, leaf)

    def _put_field(self, path: RawPath, item: Field) -> None:
        tree = RawTree()
        tree.put((item.name,), item.type, nullable=may_be_missing(item))
        child = tree.children[item.name]
        current = self.children.setdefault(item.name, child)
        if current is not child:
            current._merge(child, (*path, item.name))

    def _merge(self, other: RawTree, path: RawPath) -> None:
        only_one_is_a_value = bool(self.children) != bool(other.children)
        only_one_is_a_list = (None in self.children) != (None in other.children)
        if only_one_is_a_value or only_one_is_a_list:
            raise CrossedPathsError(path)
        self.nullable = self.nullable and other.nullable
        for name, child in other.children.items():
            if name in self.children:
                self.children[name]._merge(child, (*path, 0 if name is None else name))
            else:
                self.children[name] = child

    def _type(self) -> Type:
        inner: Type = self.shape() if self.children else self.leaf or Primitive("any")
        if None in self.children:
            inner = ArrayOf(self.children[None]._type())
        return or_null(inner) if self.nullable else inner
