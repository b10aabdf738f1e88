"""``frozen``: the behaviour of a frozen dataclass, in classes that are fast to define."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import asdict, field, fields, is_dataclass, replace

import pytest

from nango_scaffold.frozen import frozen


@frozen
class Point:
    x: int
    y: int = 0
    note: str = field(default="", repr=False)


@frozen
class Pixel(Point):
    color: str = "black"


@frozen
class Nothing:
    pass


@frozen
class Folded:
    word: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folded) and self.word.lower() == other.word.lower()

    def __hash__(self) -> int:
        return hash(self.word.lower())


def test_instances_are_equal_when_their_fields_are() -> None:
    assert Point(1, 2) == Point(1, y=2)
    assert Point(1, 2) != Point(2, 1)
    assert Nothing() == Nothing()


def test_an_instance_of_another_class_is_never_equal() -> None:
    assert Point(1) != Pixel(1)
    assert Point(1) != (1, 0, "")


def test_equal_instances_are_one_key() -> None:
    assert len({Point(1), Point(1), Point(2), Nothing(), Nothing()}) == 3


def test_a_class_shows_its_fields_but_for_the_hidden_ones() -> None:
    assert repr(Point(1, note="hidden")) == "Point(x=1, y=0)"
    assert repr(Pixel(1)) == "Pixel(x=1, y=0, color='black')"


def test_what_works_on_dataclasses_works_here() -> None:
    assert replace(Point(1), y=5) == Point(1, 5)
    assert asdict(Pixel(1)) == {"x": 1, "y": 0, "note": "", "color": "black"}


def test_methods_of_its_own_stay() -> None:
    assert Folded("A") == Folded("a")
    assert len({Folded("A"), Folded("a")}) == 1


def test_a_class_of_which_nothing_was_made_can_be_looked_at() -> None:
    @frozen
    class Unmade:
        x: int
        y: int = 2

    assert is_dataclass(Unmade)
    assert [field.name for field in fields(Unmade)] == ["x", "y"]
    assert str(inspect.signature(Unmade)) == "(x: 'int', y: 'int' = 2) -> None"


def test_a_class_may_be_made_before_the_one_it_extends() -> None:
    @frozen
    class Base:
        x: int
        items: list[int] = field(default_factory=list)

    @frozen
    class Extended(Base):
        z: int = 3

    assert repr(Extended(1)) == f"{Extended.__qualname__}(x=1, items=[], z=3)"
    assert Base(1) == Base(1, [])


def test_a_class_may_be_made_after_the_one_it_extends() -> None:
    @frozen
    class Base:
        x: int
        items: list[int] = field(default_factory=list)

    @frozen
    class Extended(Base):
        z: int = 3

    assert Base(1).items == []
    assert repr(Extended(1)) == f"{Extended.__qualname__}(x=1, items=[], z=3)"
    assert Extended(1, [2], 4) == replace(Extended(1), items=[2], z=4)


def test_what_is_made_first_and_looked_at_then_keeps_its_defaults() -> None:
    @frozen
    class Late:
        x: int
        y: int = 2

    instance = Late(1)
    assert asdict(instance) == {"x": 1, "y": 2}
    assert replace(instance, x=3) == Late(3)
    with pytest.raises(TypeError, match="x"):
        Late()  # type: ignore[call-arg]


def test_a_class_with_an_init_of_its_own_or_more_to_do_keeps_it() -> None:
    @frozen
    class Own:
        x: int

        def __init__(self, x: int) -> None:
            self.x = x + 1

    @frozen
    class Checked:
        x: int

        def __post_init__(self) -> None:
            assert self.x > 0

    assert Own(1) == Own(1)
    assert Own(1).x == 2
    with pytest.raises(AssertionError):
        Checked(0)


def test_a_match_reads_the_fields_in_their_order() -> None:
    match Point(1, 2):
        case Pixel(x, y):
            raise AssertionError((x, y))
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_an_instance_is_copied_whole() -> None:
    pixel = Pixel(1, color="red")
    assert copy.deepcopy(pixel) == pixel
    assert pickle.loads(pickle.dumps(pixel)) == pixel
