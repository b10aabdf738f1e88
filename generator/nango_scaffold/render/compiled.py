"""Templates compiled before they are needed: to compile them takes Jinja a tenth of a run of ``new``.

`compiled_source` makes one module of all of them; ``compile_templates.py`` puts it beside the templates when a checkout is
set up or a wheel is built. A template of a checkout whose text is another by now, and every template under another Jinja, is
compiled when it is used.
"""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import Environment, FileSystemLoader, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping
    from typing import TypeAlias

    Compiled: TypeAlias = "tuple[str, Callable[[Environment], dict[str, Any]]]"
    """A template's text, and what makes the names of its module."""

MODULE = "template/compiled.py"
"""Where the module lies, below the folder that holds ``template/``."""


class CompiledLoader(FileSystemLoader):
    """Loads templates from a folder, from their compiled form when that is theirs.

    Args:
        root: the folder that holds ``template/``.
        is_installed: whether that is a package, of which nobody edits a template: its text is not looked at again.
    """

    def __init__(self, root: str, *, is_installed: bool = False) -> None:
        super().__init__(root)
        self._compiled = _compiled(f"{root}/{MODULE}")
        self._is_installed = is_installed

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Give a template; see `jinja2.BaseLoader.load`."""
        text, make = self._compiled.get(name, ("", None))
        # Jinja's own cache of templates stands before this: it asks for each of them once.
        if make is None or not self._is_current(environment, name, text):
            return super().load(environment, name, globals)
        return environment.template_class.from_module_dict(
            environment, make(environment), {} if globals is None else globals
        )

    def _is_current(self, environment: Environment, name: str, text: str) -> bool:
        return self._is_installed or self.get_source(environment, name)[0] == text


def compiled_source(environment: Environment, names: Iterable[str]) -> str:
    """The module that `CompiledLoader` looks for.

    Args:
        environment: loads the templates.
        names: of the templates.

    Returns:
        Python: ``TEMPLATES`` holds each template's text and a function, by its name.
    """
    from textwrap import indent  # a run that only loads does without

    functions, rows = [], []
    for number, name in enumerate(sorted(names)):
        text, path = _source(environment, name)
        body = environment.compile(text, name, path, raw=True)
        # Jinja runs the source of a template as a module and takes its names; here that module is a function's body, so that
        # only the templates that a run uses are set up. A template takes its file name from `__file__`.
        names_of_module = indent(f"{body}\n__file__ = {name!r}\nreturn locals()", "    ")
        functions.append(f"def _{number}(environment):\n{names_of_module}\n")
        rows.append(f"    {name!r}: ({text!r}, _{number}),\n")
    head = f'"""Made of the templates beside it; see nango_scaffold.render.compiled."""\n\nJINJA = {jinja2.__version__!r}\n'
    return "\n\n".join((head, *functions, f"TEMPLATES = {{\n{''.join(rows)}}}\n"))


def _source(environment: Environment, name: str) -> tuple[str, str | None]:
    assert environment.loader is not None
    text, path, _ = environment.loader.get_source(environment, name)
    return text, path


def _compiled(path: str) -> dict[str, Compiled]:
    """The templates of the module at `path`; none when there is no module, or another Jinja made it."""
    spec = spec_from_file_location("nango_scaffold_templates", path)
    if spec is None or spec.loader is None:
        return {}
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        jinja, templates = module.JINJA, module.TEMPLATES
    except (OSError, SyntaxError, ValueError, AttributeError):  # not there, or cut short
        return {}
    return templates if jinja == jinja2.__version__ else {}
