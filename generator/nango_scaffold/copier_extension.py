"""The door by which Copier comes in: ``copier.yml`` names this file, in the clone it renders.

An update renders the old copy with the old version's code and the new copy with the new one's, in one process. So the
package is loaded from beside this file, under a name of its own: two versions live side by side, and an installed
``nango_scaffold`` is neither needed nor touched. All imports within the package are relative for that reason.

Run as a script it is Copier's task and migration: it merges what many integrations share.
"""

from __future__ import annotations

import gc
import importlib
import sys
from hashlib import sha256
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent
_TEMPLATES = _ROOT.parents[1] / "template"
_BESIDE_COPIER = ("inflection",)
"""What the package imports on this way and Copier does not bring."""


def _name() -> str:
    """A name for the package as it reads here: an update's clones of one version share it, another version has another.

    Its templates count as well, for the package reads those beside it.
    """
    digest = sha256()
    for path in (*sorted(_ROOT.rglob("*.py")), *sorted(_TEMPLATES.rglob("*.jinja"))):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(_TEMPLATES.parent)}\0{len(data)}\0".encode() + data)
    return f"_nango_scaffold_{digest.hexdigest()[:16]}"


def _room(module: str) -> Any:
    """Import a module of the package that lies beside this file, or of its like in another clone."""
    name = _name()
    if not _is_whole(name):
        _forget(name)
        spec = spec_from_file_location(name, _ROOT / "__init__.py", submodule_search_locations=[str(_ROOT)])
        assert spec is not None
        assert spec.loader is not None
        package = module_from_spec(spec)
        # Before it is executed: its relative imports look for it there.
        sys.modules[name] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"{name}.{module}")


def _is_whole(name: str) -> bool:
    """Whether the package is loaded, and from a clone that is still there: Copier deletes each after its use."""
    package = sys.modules.get(name)
    # Modules that are not yet imported would be read from a clone that is gone.
    return package is not None and Path(package.__file__ or "").exists()


def _forget(name: str) -> None:
    for module in [module for module in sys.modules if module == name or module.startswith(f"{name}.")]:
        del sys.modules[module]


def _refuse_lacking() -> None:
    """Say how to install what the package needs, before anything is written: it is imported only when needed."""
    for name in _BESIDE_COPIER:
        if find_spec(name) is None:
            from copier.errors import UserMessageError

            raise UserMessageError(
                f"This template needs the Python package {name} beside Copier: "
                f"pipx inject copier {name}, or uv tool install copier --with {name}."
            )


if __name__ == "__main__":
    # The template may be a folder of the user's, in which nothing is to appear.
    sys.dont_write_bytecode = True
    # A run this short makes few cycles, and searching for them takes an eighth of it.
    gc.disable()
    code = _room("copier_integration.tasks").main(sys.argv[1:])
    # What is frozen is not searched at the end either.
    gc.freeze()
    sys.exit(code)

_refuse_lacking()
NangoScaffold = _room("copier_integration.jinja_extension").NangoScaffold
