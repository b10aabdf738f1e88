"""A raw object type under construction, one path at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...models.types import ArrayOf, Field, ObjectOf, Primitive, Type
from .field_source import shown
from .raw_types import is_nullable, met, or_null, without_null

if TYPE_CHECKING:
    from .field_source import Reach


class CrossedPathsError(Exception):
    """A property is read whole as something that is no object, and as an object on the way to another."""

    def __init__(self, path: Reach) -> None:
        super().__init__(shown(path))
        self.path = path


@dataclass
class RawTree:
    """A raw object type under construction.

    A property may be null only while nothing that is required is read through it.
    """

    children: dict[str | None, RawTree] = field(default_factory=dict)
    """By name; what lists hold stands under ``None``."""
    leaf: Type | None = None
    nullable: bool = True

    def put(self, path: Reach, leaf: Type, *, nullable: bool) -> None:
        """Add the type found at a path; an object's fields are added one by one, so that paths may cross it.

        Raises:
            CrossedPathsError: the path leads through a text, a list or another record.
        """
        node = self
        for index, step in enumerate(path):
            name = None if isinstance(step, int) else step
            if (node.leaf is not None and node.leaf != Primitive("any")) or node._is_other_than(name):
                raise CrossedPathsError(path[:index])
            node = node.children.setdefault(name, RawTree())
            node.nullable = node.nullable and nullable
        shape = without_null(leaf)
        if isinstance(shape, ObjectOf) and shape.fields and shape.index is None and node.leaf is None:
            for item in shape.fields:
                node._put_field(path, item)
        elif node.children and leaf != Primitive("any"):
            raise CrossedPathsError(path)
        elif not node.children:
            node.leaf = leaf if node.leaf in (None, leaf) else met(node.leaf, leaf)

    def shape(self) -> ObjectOf:
        """The object type that the paths make."""
        named = ((name, child) for name, child in self.children.items() if name is not None)
        return ObjectOf(tuple(Field(name, child._type()) for name, child in named))

    def _is_other_than(self, name: str | None) -> bool:
        """Whether this has been an object while a list is wanted, or the other way round."""
        return bool(self.children) and (None in self.children) != (name is None)

    def _put_field(self, path: Reach, item: Field) -> None:
        own = RawTree()
        own.put((item.name,), item.type, nullable=item.optional or is_nullable(item.type))
        there = self.children.get(item.name)
        if there is None:
            self.children[item.name] = own.children[item.name]
            return
        there._merge(own.children[item.name], (*path, item.name))

    def _merge(self, other: RawTree, path: Reach) -> None:
        if bool(self.children) != bool(other.children) or (None in self.children) != (None in other.children):
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
