"""The answers that ``adopt`` wrote for an integration we did not make, in the place of a manifest.

Nothing was written yet: all that they describe is hand-written, but for what is as we would write it, to the byte: that is
ours, and its manifest is lost. The first run that writes something leaves a manifest, which holds the answers too, and the file
goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import __version__, manifest
from ..answers import load_answers, parse_text
from ..derive import derive
from ..errors import AnswersError, ProjectError
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import ROOT
from .hand_written import told_apart
from .optional_files import files_there
from .schema_file import file_of_spec
from .undo_baseline import origin_before_us

if TYPE_CHECKING:
    from ..answers import Answers
    from ..derive.models.registry import ModelData
    from ..manifest import Manifest
    from ..nango_yaml import Document
    from ..providers import ProviderFacts
    from .project import Project

ADOPTED = ".nango-scaffold-answers.yml"


def adopted_path(integration: str) -> str:
    """Where the answers of an adopted integration lie."""
    return f"{ROOT}/{integration}/{ADOPTED}"


def adopted_answers(integration: str, project: Project) -> Answers | None:
    """The answers of an adopted integration; None where there are none.

    Raises:
        AnswersError: the file holds no answers, or those of another integration.
        ProjectError: the file is not UTF-8.
    """
    path = adopted_path(integration)
    data = project.get(path)
    if data is None:
        return None
    try:
        answers = load_answers(parse_text(data.decode("utf-8-sig"), path))
    except UnicodeDecodeError:
        raise ProjectError("the answers are not UTF-8", where=path, fix="restore the file from git") from None
    except AnswersError as error:
        raise AnswersError(
            error.what, where=f"{path}: {error.where}", fix=error.fix, accepted=error.accepted
        ) from None
    if answers.integration != integration:
        raise AnswersError(
            f"these are the answers of {answers.integration}",
            where=path,
            fix=f"say `integration: {integration}`",
        )
    return answers


def adopted_manifest(
    answers: Answers, facts: ProviderFacts, document: Document, project: Project
) -> Manifest:
    """What takes the place of a manifest for an adopted integration.

    Raises:
        ScaffoldError: the answers cannot be derived from.
    """
    foreign = others_models(answers, document)
    spec = derive(answers, facts, foreign)
    # Rendered as if all of it were ours; `told_apart` leaves of that what stands in the project so, to the byte.
    files = files_there(answers, project, lambda each: render_files(derive(each, facts, foreign))[0])
    origin = origin_before_us(project, document, file_of_spec(spec).path)
    whole = manifest.Manifest(
        answers.raw,
        facts.to_data(),
        files,
        block(spec),
        __version__,
        origin=origin,
        mixes_hand_written=True,
    )
    return told_apart(whole, project)


def others_models(answers: Answers, document: Document) -> dict[str, ModelData]:
    """The models of nango.yaml that the answers do not describe: those of others, and those used as they are."""
    return {
        name: fields
        for name, fields in document.models.items()
        if name not in answers.models and isinstance(fields, Mapping)
    }
