"""A first version of a provider's file in the catalogue of known resources, from its API document: for a person to trim.

``python -m tests.providers.derived_resources PROVIDER DOCUMENT [RESOURCE...] [--list]`` prints it, each fact with the place
in the document that it comes from. What the document does not say is named on standard error, and for a person to look up.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nango_scaffold.commands.inferring import document_of, read_data
from nango_scaffold.errors import AnswersError, ScaffoldError
from nango_scaffold.frozen import frozen
from nango_scaffold.infer.actions import action_of
from nango_scaffold.infer.fields import Selection
from nango_scaffold.infer.inference import Context, Inference
from nango_scaffold.infer.operations import entries, read
from nango_scaffold.infer.syncs import is_list, sync_of
from nango_scaffold.infer.whole import InferredAnswers
from nango_scaffold.providers import find
from nango_scaffold.report.inferred import inferred_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nango_scaffold.infer.document import Document
    from nango_scaffold.infer.operations import Operation
    from nango_scaffold.providers import ProviderFacts

TOOLCHAIN = Path(__file__).parents[2] / "toolchain" / "nango-0.69"
TELLING = Selection(depth=1, most=12)
"""The fields of a model; a person keeps some of them."""
_SENT = Selection(depth=2, most=12)
_OF_ONE = {"GET": "get", "PATCH": "update", "PUT": "update", "DELETE": "delete"}
_PLACEHOLDER = re.compile(r"\$\{input\.(\w+)\}")
_OF_REQUEST = ("json", "data", "body", "encoding")


@frozen
class Resource:
    """A resource of a document.

    Attributes:
        name: as a sync of it would be called.
        listing: what was inferred for the operation that lists it.
        operations: the others by what they do, such as ``create``.
    """

    name: str
    listing: Inference
    operations: Mapping[str, Operation]


def resources_in(document: Document, context: Context) -> Iterator[Resource]:
    """The resources that a document has a list of.

    Args:
        document: the document.
        context: names the provider, and takes the names of the resources.
    """
    operations = [read(document, entry) for entry in entries(document)]
    for operation in filter(is_list, operations):
        try:
            listing = sync_of(operation, context, document)
        except AnswersError:
            continue  # nothing that can be its id
        yield Resource(listing.script["name"], listing, _others(operation, operations))


def _others(listing: Operation, operations: Sequence[Operation]) -> dict[str, Operation]:
    """What else can be done with what an operation lists, by the paths: that of the list, and one with an id below it."""
    by_script: dict[str, Operation] = {}
    below = re.compile(re.escape(listing.path.rstrip("/")) + r"/\{[^/{}]+\}/?")
    for operation in operations:
        if operation.method == "POST" and operation.path == listing.path:
            by_script["create"] = operation
        elif operation.method in _OF_ONE and below.fullmatch(operation.path):
            by_script.setdefault(_OF_ONE[operation.method], operation)
    return {name: by_script[name] for name in ("get", "create", "update", "delete") if name in by_script}


def derived_file(
    document: Document, facts: ProviderFacts, source: str, names: Sequence[str] = ()
) -> InferredAnswers:
    """The file for a provider, the sources of its facts, and what a person has to look up.

    Args:
        document: the provider's.
        facts: what is known of the provider; the paths are relative to its base URL.
        source: where the document is, for the catalogue.
        names: those of the resources; empty for all of them.
    """
    context = Context(facts.key, facts, TELLING)
    writer = _Writer(Context(facts.key, facts, _SENT))
    resources = [
        resource for resource in resources_in(document, context) if not names or resource.name in names
    ]
    entries_of_file = {resource.name: writer.resource(resource) for resource in resources}
    today = datetime.now(timezone.utc).date().isoformat()
    about: dict[str, Any] = {
        "base_url": facts.base_url,
        **writer.shared_paging(entries_of_file),
        "checked": {"by": "document", "on": today, "source": source},
    }
    return InferredAnswers({"provider": about, **entries_of_file}, writer.sources, tuple(writer.notes))


class _Writer:
    """Writes resources, and collects where their facts come from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.sources: dict[str, str] = {}
        self.notes: list[str] = []

    def resource(self, resource: Resource) -> dict[str, Any]:
        """The entry for a resource."""
        listing, name = resource.listing, resource.name
        script, request = listing.script, dict(listing.script["request"])
        entry: dict[str, Any] = {"path": request.pop("path")}
        if "metadata" in script:
            entry["metadata"] = listing.models[script["metadata"]]
        entry["model"] = listing.models[script["model"]]
        if "mapping" in script:
            entry["mapping"] = script["mapping"]
        entry["list"] = self.operation(f"{name}.list", request, script)
        for place, known in listing.sources.items():
            self.sources[_place_in_file(name, place, script)] = known
        for operation, described in resource.operations.items():
            entry[operation] = self.single(f"{name}.{operation}", operation, described)
        self.notes.extend(f"{name}: {note}" for note in listing.notes)
        return entry

    def single(self, place: str, name: str, operation: Operation) -> dict[str, Any]:
        """The request for one record."""
        self.sources[place] = f"{operation.method} {operation.path}"
        try:
            inference = action_of(operation, self.context)
        except AnswersError as error:
            self.notes.append(f"{place}: {error}")
            return {}
        request = inference.script["request"]
        # Parts of the path are the resource's own, and query parameters are seldom worth a field.
        elsewhere = {"id", *_PLACEHOLDER.findall(json.dumps([request["path"], request.get("params")]))}
        keys = {key: request[key] for key in _OF_REQUEST if key in request}
        if name == "update" and request["method"] != "PATCH":
            keys["method"] = request["method"]
        if name in ("create", "update"):
            id_field = {"id": "string"} if name == "update" else {}
            fields = inference.models.get(inference.script["input"], {})
            keys["input"] = id_field | {
                key: type_ for key, type_ in fields.items() if key.removesuffix("?") not in elsewhere
            }
        if inference.script["output"] == "none" and name != "delete":
            keys["output"] = "none"
        elif request.get("response_path"):
            keys["response_path"] = request["response_path"]
        return self.operation(place, {**keys, **_docs(request)}, inference.script)

    def operation(self, place: str, request: dict[str, Any], script: Mapping[str, Any]) -> dict[str, Any]:
        """What a request needs, with its documentation and scopes, or a note that nobody states them."""
        if "docs" not in request:
            self.notes.append(f"{place}: the document names no page of the documentation")
        return {**request, **({"scopes": script["scopes"]} if "scopes" in script else {})}

    def shared_paging(self, resources: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """The pagination that most lists have; it is taken out of theirs."""
        lists = [(name, entry["list"]) for name, entry in resources.items() if "paginate" in entry["list"]]
        counted = Counter(json.dumps(request["paginate"]) for _, request in lists).most_common(1)
        if not counted or counted[0][1] < 2:
            return {}
        usual = json.loads(counted[0][0])
        for name, request in lists:
            if request["paginate"] == usual:
                del request["paginate"]
                self.sources["provider.paginate"] = self.sources.pop(f"{name}.list.paginate")
        return {"paginate": usual}


def _docs(request: Mapping[str, Any]) -> dict[str, str]:
    return {"docs": request["docs"]} if "docs" in request else {}


def _place_in_file(name: str, place: str, script: Mapping[str, Any]) -> str:
    """The place of a fact in the file, by its place among the answers of a sync."""
    models = {f"models.{script['model']}": "model", f"models.{script.get('metadata')}": "metadata"}
    key = models.get(place) or place.replace("request.", "list.").replace("list.path", "path")
    return f"{name}.{'list.scopes' if key == 'scopes' else key}"


def source_of(path: Path) -> str:
    """What a document is called in the catalogue: its package with the version and the file in it, else its name."""
    for folder in path.resolve().parents:
        manifest = folder / "package.json"
        if folder.parent.name == "node_modules" or folder.parent.name.startswith("@"):
            package = json.loads(manifest.read_text("utf-8"))
            return f"{package['name']}@{package['version']} {path.resolve().relative_to(folder).as_posix()}"
    return path.name


def _listed(document: Document, facts: ProviderFacts) -> Iterator[str]:
    context = Context(facts.key, facts, TELLING)
    for resource in resources_in(document, context):
        yield f"{resource.name:40} list {' '.join(resource.operations):26} {resource.listing.script['request']['path']}"


def main(words: list[str]) -> int:
    """Print the file, or with ``--list`` the resources that it would have."""
    parser = argparse.ArgumentParser(prog="dev.py resources", description=__doc__.partition("\n")[0])
    parser.add_argument("provider", help="the key in Nango")
    parser.add_argument("document", help="an OpenAPI document, as JSON or YAML")
    parser.add_argument("resources", nargs="*", help="the resources that are wanted (default: all of them)")
    parser.add_argument("--list", action="store_true", help="list the resources of the document")
    options = parser.parse_args(words)
    try:
        facts = find(options.provider, project=TOOLCHAIN)
        document = document_of(read_data(options.document), options.document)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if options.list:
        print("\n".join(_listed(document, facts)))
        return 0
    file = derived_file(document, facts, source_of(Path(options.document)), options.resources)
    print(inferred_text(file), end="")
    print("".join(f"note: {note}\n" for note in file.notes), end="", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
