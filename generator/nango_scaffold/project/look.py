"""Look at a project: the one module of this room that reads files. A few small ones; nothing is started."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan.paths import check_path
from ..regular_file import read_json, read_regular
from ..render.paths import ROOT
from .layout import Layout
from .package_manager import LOCK_FILES, PackageManager, package_manager
from .project import Cli, Folders, NangoProject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from .project import Flavour

    Manifest: TypeAlias = Mapping[str, Any]
    """What a package.json holds."""

_LARGEST = 1 << 20  # bytes of a file that is looked into
_YAML = "nango.yaml"
_VITEST = "vitest"
_KINDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
_CREATORS = ("createSync", "createAction", "createOnEvent")
_MOST_IMPORTS = 3
_MOST_NEIGHBOURS = 3


@frozen
class _Site:
    """Where the integrations lie, or are to lie.

    Attributes:
        folder: the folder, an absolute path.
        flavour: that of the project in it.
        rivals: more than one folder, where none was named.
    """

    folder: str
    flavour: Flavour
    rivals: tuple[str, ...] = ()


def look(named: Path | str) -> NangoProject:
    """Find the project that a folder belongs to, as git finds a repository, and see what kind it is.

    ``.`` is the project that the user stands in: it is looked for in this folder and in those above it, up to the top of
    the git work tree. Another folder is one that holds, or will hold, ``nango-integrations/``, or lies inside a folder
    with a nango.yaml.

    Args:
        named: the folder, as the user named it. It need not exist.

    Raises:
        ProjectError: the folder of nango.yaml has a name that cannot be written to on every system.
    """
    typed = str(named)
    start = os.path.abspath(typed)
    git = _git_top(start)
    site = _existing_site(start, git, is_here=typed == ".") or _to_be_founded(start, git)
    # A project below where the user stands may be a repository of its own.
    git = _git_top(site.folder)
    root = _root_of(site.folder, start, git)
    # The nearest first: it is the one that a package manager started there would use.
    manifests = {
        place: read_json(f"{place}/package.json", limit=_LARGEST)
        for place in _up_to(site.folder, git or root)
        if os.path.exists(f"{place}/package.json")
    }
    packages = next(iter(manifests), root)
    layout = _layout(site.folder, root, git)
    named_packages = frozenset(_named_packages(manifests))
    return NangoProject(
        named=typed,
        root=root,
        layout=layout,
        folders=_folders(site.folder, root, packages, _FolderNames(typed, start)),
        flavour=site.flavour,
        cli=Cli(_version_range(manifests), _version(_resolve(site.folder, "nango"))),
        packages=named_packages if manifests else None,
        package_manager=_package_manager(_levels(site.folder, git), manifests, packages),
        git=git,
        ignores_env=_ignores_env(site.folder, git, root),
        neighbours=_neighbours(start, git) if site.flavour == "none" else (),
        rivals=site.rivals,
        has_vitest=_VITEST in named_packages or _resolve(site.folder, _VITEST) is not None,
    )


# Finding it.


def _git_top(start: str) -> str | None:
    """The top of the git work tree that a folder lies in."""
    return next((place for place in _upwards(start) if os.path.lexists(f"{place}/.git")), None)


def _upwards(start: str) -> Iterator[str]:
    """A folder, and each one above it."""
    place = start
    while True:
        yield place.rstrip("/") if len(place) > 1 else ""
        above = os.path.dirname(place)
        if above == place:
            return
        place = above


def _up_to(start: str, top: str) -> Iterator[str]:
    """A folder, and those above it up to the top, which is one of them or lies below."""
    for place in _upwards(start):
        yield place
        if place == top or not place.startswith(top):
            return


def _levels(start: str, git: str | None) -> Iterator[str]:
    """The folders in which the project may be that a user in one of them means."""
    for place in _upwards(start):
        # Anybody may have put a nango.yaml into /tmp: outside a work tree, the search ends there.
        if git is None and place != start and _is_shared(place):
            return
        yield place
        if place == git:
            return


def _is_shared(place: str) -> bool:
    """Whether a folder is nobody's project: the root of the file system, or one for everybody's files, such as ``/tmp``."""
    try:
        mode = os.stat(place or "/").st_mode
    except OSError:
        return True
    return not place or bool(mode & stat.S_IWOTH and mode & stat.S_ISVTX)


def _existing_site(start: str, git: str | None, *, is_here: bool) -> _Site | None:
    """The project, where there is one."""
    if not os.path.exists(start):
        return None
    for place in _levels(start, git):
        site = _site_at(place, looks_below=place == start or is_here)
        if site is not None:
            return site
        # Projects beside each other count only where the user stands: above, they are those of others.
        children = _children(place) if place == start else []
        if children:
            return _one_of(children)
    return None


def _site_at(place: str, *, looks_below: bool) -> _Site | None:
    """The project in a folder or in its ``nango-integrations/``; of two, the one with a nango.yaml, else the folder's."""
    own = _flavour(place)
    below = _flavour(f"{place}/{ROOT}") if looks_below else "none"
    if below == "nango-yaml" or (below != "none" and own == "none"):
        return _Site(f"{place}/{ROOT}", below)
    return None if own == "none" else _Site(place, own)


def _one_of(children: list[_Site]) -> _Site:
    first, *others = children
    if not others:
        return first
    return _Site(first.folder, first.flavour, tuple(os.path.basename(each.folder) for each in children))


def _children(place: str) -> list[_Site]:
    """The projects in the folders right below one."""
    try:
        names = sorted(entry.name for entry in os.scandir(place) if _may_hold_one(entry))
    except OSError:
        return []
    flavours = {f"{place}/{name}": _flavour(f"{place}/{name}") for name in names}
    return [_Site(folder, flavour) for folder, flavour in flavours.items() if flavour != "none"]


def _may_hold_one(entry: os.DirEntry[str]) -> bool:
    # Packages come with example projects of their own.
    if entry.name.startswith(".") or entry.name == "node_modules":
        return False
    return entry.is_dir()


def _flavour(folder: str) -> Flavour:
    """What kind of project a folder holds itself."""
    if os.path.lexists(f"{folder}/{_YAML}"):
        return "nango-yaml"
    index = _text(f"{folder}/index.ts")
    if index is None:
        return "none"
    # Any package may have an index.ts: the CLI's own folder, or a function of the flavour, tells that this one is Nango's.
    is_zero = os.path.isdir(f"{folder}/.nango") or _names_functions(folder, index)
    return "zero-yaml" if is_zero else "none"


def _names_functions(folder: str, index: str) -> bool:
    """Whether an index.ts imports, for its effect alone, a file that holds a function of the zero-yaml flavour."""
    # Most folders have no index.ts to read.
    from ..typescript.module_paths import resolved
    from ..typescript.source_file import SourceFile

    sources = [imported.source for imported in SourceFile(index).imports if not imported.names]
    stems = filter(None, (resolved("index.ts", source) for source in sources[:_MOST_IMPORTS]))
    files = (SourceFile(_text(f"{folder}/{stem}.ts") or "") for stem in stems)
    return any(file.calls_of(creator) for file in files for creator in _CREATORS)


def _to_be_founded(start: str, git: str | None) -> _Site:
    """Where the integrations of a new project are to lie; who stands in an empty ``nango-integrations/`` means that."""
    is_inside = os.path.basename(start) == ROOT and start != git
    return _Site(start if is_inside else f"{start}/{ROOT}", "none")


def _neighbours(start: str, git: str | None) -> tuple[str, ...]:
    """The projects of the same work tree in the folders above, or right below the top of it."""
    if git is None:
        return ()
    above = list(_up_to(os.path.dirname(start), git)) if start != git else []
    candidates = [*(f"{place}/{ROOT}" for place in above), *above]
    projects = [place for place in candidates if _flavour(place) != "none"]
    projects += [each.folder for each in _children(git)]
    return tuple(os.path.relpath(place) for place in dict.fromkeys(projects))[:_MOST_NEIGHBOURS]


def _root_of(folder: str, start: str, git: str | None) -> str:
    """The root of a project: the folder above its integrations, unless these are a project of their own."""
    above = os.path.dirname(folder)
    if folder == git or os.path.exists(f"{folder}/package.json"):
        return folder
    # By another name, a folder is a part of the one above it only where something shows that this is a project.
    if os.path.basename(folder) == ROOT or above in (start, git):
        return above
    return above if os.path.exists(f"{above}/package.json") else folder


# What it has.


def _layout(folder: str, root: str, git: str | None) -> Layout:
    inside = os.path.relpath(folder, root).replace(os.sep, "/") if folder != root else ""
    try:
        check_path(f"{inside}/{_YAML}" if inside else _YAML)
    except AnswersError as error:
        raise ProjectError(error.what, where=error.where, fix="rename the folder") from None
    return Layout(inside, frozenset(_elsewhere(folder, root, git)))


def _elsewhere(folder: str, root: str, git: str | None) -> Iterator[str]:
    """The project files that the project has in another place than its root."""
    above = [place for place in _up_to(root, git or root) if place != root]
    if any(os.path.exists(f"{place}/package.json") for place in above):
        yield "package.json"
    # Beside the integrations it serves as well: the compiler takes the nearest.
    if folder != root:
        above.append(folder)
    if any(os.path.exists(f"{place}/tsconfig.json") for place in above):
        yield "tsconfig.json"


@frozen
class _FolderNames:
    """How folders are named: from where the user is, but for the one that the user has named."""

    typed: str
    start: str

    def name(self, place: str) -> str:
        """The name of a folder."""
        if place == self.start:
            return self.typed
        if os.path.isabs(self.typed):
            return place
        return os.path.relpath(place)


def _folders(folder: str, root: str, packages: str, names: _FolderNames) -> Folders:
    return Folders(
        root=names.name(root),
        folder=names.name(folder),
        packages=names.name(packages),
        folder_from_packages=os.path.relpath(folder, packages),
        root_from_folder=os.path.relpath(root, folder),
    )


def _version_range(manifests: Mapping[str, Manifest]) -> str | None:
    """The range of nango CLIs in the nearest package.json that names one."""
    for data in manifests.values():
        for kind in _KINDS:
            packages = data.get(kind)
            if isinstance(packages, dict) and "nango" in packages:
                return str(packages["nango"])
    return None


def _named_packages(manifests: Mapping[str, Manifest]) -> Iterator[str]:
    for data in manifests.values():
        for kind in _KINDS:
            packages = data.get(kind)
            yield from packages if isinstance(packages, dict) else ()


def _package_manager(
    above: Iterable[str], manifests: Mapping[str, Manifest], packages: str
) -> PackageManager:
    for place in above:
        data = manifests.get(place, {})
        manager = package_manager(
            [name for name in LOCK_FILES if os.path.exists(f"{place}/{name}")],
            data.get("packageManager"),
            is_workspace_root=place == packages and _is_workspace_root(place, data),
            has_yarnrc=os.path.exists(f"{place}/.yarnrc.yml"),
        )
        if manager:
            return manager
    return PackageManager()


def _is_workspace_root(place: str, data: Manifest) -> bool:
    return "workspaces" in data or os.path.exists(f"{place}/pnpm-workspace.yaml")


def _resolve(start: str, package: str) -> str | None:
    """The folder of a package as Node finds it from another folder."""
    places = (f"{place}/node_modules/{package}" for place in _upwards(start))
    return next((place for place in places if os.path.isdir(place)), None)


def _version(package: str | None) -> str | None:
    if package is None:
        return None
    version = read_json(f"{package}/package.json", limit=_LARGEST).get("version")
    return version if isinstance(version, str) else None


def _ignores_env(folder: str, git: str | None, root: str) -> bool | None:
    top = git or root
    texts: dict[str, str] = {}
    for place in _up_to(folder, top):
        text = _text(f"{place}/.gitignore")
        if text is not None:
            texts["" if place == top else os.path.relpath(place, top)] = text
    exclude = _text(f"{git}/.git/info/exclude") if git is not None else None
    if exclude is not None:
        # Git reads it before the .gitignore files, whose patterns may take back what it has.
        texts[""] = f"{exclude}\n{texts.get('', '')}"
    if not texts:
        return None if git is None else False
    # Few folders to begin in have a .gitignore.
    from .ignoring import is_ignored

    inside = "" if folder == top else f"{os.path.relpath(folder, top)}/"
    return is_ignored(f"{inside}.env", texts)


def _text(path: str) -> str | None:
    """The text of a small regular file; None when there is none."""
    try:
        return read_regular(path, limit=_LARGEST).decode("utf-8-sig", "replace")
    except OSError:
        return None
