"""Where generated files lie, and how they name each other. Rules N02, N03, N06, T04, T06."""

from __future__ import annotations

from ..naming.reserved import is_script_local
from ..naming.words import camel, kebab, pascal

ROOT = "nango-integrations"
YAML = f"{ROOT}/nango.yaml"
SCHEMA = f"{ROOT}/schema.zod.ts"


def mapper_name(model: str) -> str:
    """The function that makes a model's record: ``toPullRequest``. Rule N07."""
    return f"to{pascal(model)}"


def mapper_stem(model: str) -> str:
    """The mapper's file name without ending: ``to-pull-request``."""
    return f"to-{kebab(model)}"


def lookup_variable(name: str) -> str:
    """The variable of a value that is looked up.

    >>> lookup_variable("cloud_id"), lookup_variable("page")
    ('cloudId', 'pageValue')
    """
    variable = camel(name)
    return f"{variable}Value" if is_script_local(variable) else variable
