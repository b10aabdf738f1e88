"""The variable of a look-up is none that a template uses for something else."""

from __future__ import annotations

import re
from pathlib import Path

from nango_scaffold.naming.reserved import is_script_local
from nango_scaffold.render.paths import lookup_variable

TEMPLATES = Path(__file__).parents[2] / "template"
DECLARED = re.compile(r"\b(?:const|let)(?: \{([^}%{]*)\}| (\w+)\b)")
PARAMETER = re.compile(r"(?:function \w*|=>|async )?\(([a-z]\w*): |, ([a-z]\w*): [\w<>\[\]|' ]+[,)]")
WORD = re.compile(r"[A-Za-z_]\w*")


def declared_names() -> set[str]:
    names: set[str] = set()
    for path in [*TEMPLATES.glob("parts/*.ts.jinja"), *TEMPLATES.glob("macros/*.ts.jinja")]:
        if path.name == "zod.ts.jinja":  # of schema.zod.ts, which holds no script
            continue
        text = path.read_text("utf-8")
        for several, single in DECLARED.findall(text):
            names.update([single] if single else WORD.findall(several))
        names.update(name for pair in PARAMETER.findall(text) for name in pair)
    return {name for name in names if name and not name.isupper() and not re.fullmatch(r"[A-Z_]+", name)}


def test_every_name_that_a_template_declares_is_known() -> None:
    names = declared_names()
    assert {"proxyConfig", "page", "detailed", "windowEnd"} <= names
    assert {name for name in names if not is_script_local(name)} == set()


def test_a_name_of_its_own_stays() -> None:
    assert [lookup_variable(name) for name in ("cloud", "tenant_id", "accountKey")] == [
        "cloud",
        "tenantId",
        "accountKey",
    ]
