"""Compiled templates: always the text of the template itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nango_scaffold.render.compiled import MODULE, CompiledLoader, compiled_source
from nango_scaffold.render.engine import ENVIRONMENT, compiled_templates, template_root

NAMES = ("template/list.jinja", "template/part.jinja", "template/plain.jinja")
ITEMS = ["one", "two", "'\"\\\n${x}"]


def environment(root: Path, *, compiled: bool) -> Environment:
    loader = CompiledLoader(str(root)) if compiled else FileSystemLoader(root)
    return Environment(loader=loader, undefined=StrictUndefined, auto_reload=False, **ENVIRONMENT)


def texts(made_by: Environment) -> list[str]:
    return [made_by.get_template(name).render(items=ITEMS, item="I", word="W") for name in NAMES]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "template"
    folder.mkdir()
    (folder / "list.jinja").write_text(
        "{% for item in items %}\n  {{ item }}{{ ',' if not loop.last }}\n"
        "{% include 'template/part.jinja' %}\n{% endfor %}\n"
    )
    (folder / "part.jinja").write_text("({{ word | lower }}: {{ item }})\n")
    (folder / "plain.jinja").write_text("nothing to fill in \\ \"\"\" ''' é\n")
    (tmp_path / MODULE).write_text(compiled_source(environment(tmp_path, compiled=False), NAMES))
    return tmp_path


def names_compiled_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    names: list[str | None] = []
    original = Environment.compile

    def counting(self: Environment, source: str, name: str | None = None, *rest: object) -> object:
        names.append(name)
        return original(self, source, name, *rest)  # type: ignore[call-overload]

    expected = texts(environment(root, compiled=False))
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", counting)
        assert texts(environment(root, compiled=True)) == expected
    return names


def test_the_compiled_form_gives_the_text_of_the_template(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names_compiled_anew(root, monkeypatch) == []


def test_a_template_that_was_edited_is_compiled_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "template/part.jinja").write_text("[{{ item }}]\n")
    assert names_compiled_anew(root, monkeypatch) == ["template/part.jinja"]


def test_an_installed_template_is_what_it_was_compiled_from(root: Path) -> None:
    before = texts(environment(root, compiled=True))
    (root / "template/part.jinja").write_text("[{{ item }}]\n")
    made_by = environment(root, compiled=True)
    made_by.loader = CompiledLoader(str(root), is_installed=True)
    assert texts(made_by) == before


def test_what_another_jinja_compiled_is_not_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinja2.__version__", "99.0")
    assert names_compiled_anew(root, monkeypatch) == list(NAMES)


@pytest.mark.parametrize("left", ["", "JINJA = '3", "x = 1\n", "\x00", None], ids=repr)
def test_a_module_that_is_broken_or_missing_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch, left: str | None
) -> None:
    if left is None:
        (root / MODULE).unlink()
    else:
        (root / MODULE).write_text(left)
    assert len(names_compiled_anew(root, monkeypatch)) == len(NAMES)


def test_setting_up_has_compiled_every_template_as_it_is_now() -> None:
    module = template_root() / MODULE
    assert module.read_text("utf-8") == compiled_templates(), "run: python3 dev.py setup"


def test_a_name_that_is_missing_is_an_error_here_too(root: Path) -> None:
    with pytest.raises(Exception, match="'word' is undefined"):
        environment(root, compiled=True).get_template("template/part.jinja").render(item="x")
