"""An integration written by hand, described by answers as far as the format can express it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers.answers import BESIDE
from ..errors import ProjectError
from ..frozen import frozen
from ..nango_yaml.emit import Unwritable, check_writable, mapping
from ..operations.adopted import adopted_path
from ..operations.hand_written import models_named
from ..operations.schema_file import beside_path
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import YAML
from .entries import differences
from .fit import begin
from .reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..nango_yaml import Document
    from ..operations import Project
    from ..providers import ProviderFacts
    from .entries import Unexpressed

_PLAIN = ("string", "number", "boolean")
_HEAD = """\
# What nango-scaffold adopt found in {integration}. Correct and complete it; no file that it describes is ever overwritten
# unasked. The syncs and actions listed here count as existing: add new ones with nango-scaffold add.
"""


@frozen
class Adoption:
    """What was found.

    Attributes:
        integration: its key in nango.yaml.
        provider: the provider's key.
        answers: the description, as plain data.
        unexpressed: what it does not say.
    """

    integration: str
    provider: str
    answers: Mapping[str, Any]
    unexpressed: tuple[Unexpressed, ...]

    @property
    def path(self) -> str:
        """Where the answers of an adopted integration lie, below the project."""
        return adopted_path(self.integration)

    @property
    def text(self) -> str:
        """The answers file."""
        lines = mapping(self.answers, 0)
        return _HEAD.format(integration=self.integration) + "".join(f"{line}\n" for line in lines)


def adopt(
    integration: str, facts: ProviderFacts, document: Document, project: Project, overrides: Mapping[str, Any]
) -> Adoption:
    """Describe an integration.

    Args:
        integration: its key in nango.yaml.
        facts: what is known of its provider.
        document: nango.yaml.
        project: where its files are read from; nothing is put there.
        overrides: what the answers have to state of the provider, empty for nothing.

    Raises:
        ScaffoldError: nothing of it can be described.
    """
    entry = _entry(integration, document)
    reading = Reading(integration, project)
    data: dict[str, Any] = {"provider": facts.key, "integration": integration}
    if overrides:
        data["provider_facts"] = overrides
    if project.get(beside_path(integration)) is not None:
        data["schema_file"] = BESIDE
    fitted = begin({**data, **_described(entry, reading, document)}, document, facts)
    fitted.shorten(fitted.drop_refused())
    # Derived anew: leaving out what follows may reorder raw types and mappers, and it is the short answers that are written.
    spec = fitted.derived()
    rendered, _ = render_files(spec)
    notes = [*differences(block(spec), document, fitted.left_out), *fitted.notes, *reading.unlike(rendered)]
    answers = {key: value for key, value in fitted.data.items() if value not in ([], {})}
    if integration == facts.key:
        del answers["integration"]
    _refuse_unwritable(answers, integration)
    # Scripts that share a fault, such as an undescribed model, would each report it.
    return Adoption(integration, facts.key, answers, tuple(dict.fromkeys(notes)))


def _described(entry: Mapping[str, Any], reading: Reading, document: Document) -> dict[str, Any]:
    """Everything the entries and the files tell, not yet checked against the format."""
    described: dict[str, Any] = {"models": {}}
    for section, read in (("syncs", reading.sync), ("actions", reading.action)):
        scripts = entry.get(section) or {}
        named = [(str(name), each) for name, each in scripts.items() if isinstance(each, dict)]
        described[section] = [read(name, each) for name, each in named]
    # After the scripts: nango.yaml has no metadata for actions, so only their files name its model.
    models = described["models"] = _models(entry, described["actions"], document)
    _describe_outputs(described["actions"], entry, models)
    if isinstance(entry.get("on-events"), dict):
        described["on_events"] = dict(entry["on-events"])
    return {key: value for key, value in described.items() if value}


def _describe_outputs(
    actions: Iterable[dict[str, Any]], entry: Mapping[str, Any], models: dict[str, Any]
) -> None:
    """Say which list actions give everything at once; leave out the object that is derived from a plain output."""
    for action in actions:
        if action["output"] in _PLAIN:
            models.pop(str(entry["actions"][action["name"]].get("output")), None)
        fields = models.get(str(action["output"]))
        # A model need not be a mapping: the file is somebody's.
        if not isinstance(fields, dict) or not {"next_cursor", "next_cursor?"} & fields.keys():
            action["paginated"] = False


def _entry(integration: str, document: Document) -> dict[str, Any]:
    entry = document.integrations[integration]
    where = f"{YAML}:{document.line_of('integrations', integration)}"
    scripts = entry if isinstance(entry, dict) else {}
    if not any(scripts.get(key) for key in ("syncs", "actions", "on-events")):
        # The v1 form has the scripts directly below the integration, without a level syncs or actions.
        state = "is written in the old (v1) form" if scripts else "holds nothing"
        what = f"{integration} {state}"
        fix = "put its scripts below syncs: or actions:, as the nango CLI's newer form has it, then adopt it"
        raise ProjectError(what, where=where, fix=fix)
    for section in ("syncs", "actions"):
        if not isinstance(scripts.get(section) or {}, dict):
            what = f"the {section} of {integration} are not a mapping"
            raise ProjectError(what, where=where, fix="fix it by hand")
    return scripts


def _models(
    entry: Mapping[str, Any], actions: Iterable[Mapping[str, Any]], document: Document
) -> dict[str, Any]:
    """The models that the scripts name, those that these name, and so on, in the order of the file.

    Args:
        entry: the integration in nango.yaml.
        actions: what was read of its actions, which alone say which model their metadata has.
        document: nango.yaml.
    """
    sections = (entry.get("syncs") or {}, entry.get("actions") or {})
    scripts = [script for section in sections for script in section.values() if isinstance(script, dict)]
    metadata = [{"input": action["metadata"]} for action in actions if action.get("metadata")]
    named = models_named([*scripts, *metadata], document.models)
    return {name: fields for name, fields in document.models.items() if name in named}


def _refuse_unwritable(answers: Mapping[str, Any], integration: str) -> None:
    try:
        check_writable(answers)
    except Unwritable as problem:
        what = f"{'.'.join(problem.path)}: {problem.reason}"
        raise ProjectError(what, where=integration, fix="fix it in nango.yaml first") from None
