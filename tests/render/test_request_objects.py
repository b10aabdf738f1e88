"""Keys called ``endpoint`` in a request: none is mistaken for the request's own, which has its documentation above it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

NAMED = {"id": "string", "endpoint?": "string", "cursor?": "string"}
PAGE = {"things": "Thing[]", "next_cursor?": "string"}
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "endpoint"}
PLACES: dict[str, dict[str, Any]] = {
    "a field in the query": {"actions": [{"name": "get-thing", "input": "Named", "output": "Thing"}]},
    "a field in the body": {"actions": [{"name": "create-thing", "input": "Named", "output": "Thing"}]},
    "a field in a form": {
        "actions": [
            {"name": "create-thing", "input": "Named", "output": "Thing", "request": {"encoding": "form"}}
        ]
    },
    "a header": {
        "actions": [
            {"name": "get-thing", "input": "Named", "request": {"headers": {"endpoint": "${input.endpoint}"}}}
        ]
    },
    "the cursor of a list": {
        "actions": [
            {"name": "list-things", "input": "Asked", "output": "Things", "request": {"paginate": CURSOR}}
        ]
    },
    "a parameter of a sync": {"syncs": [{"name": "things", "request": {"params": {"endpoint": "a"}}}]},
    "the body of a sync": {
        "syncs": [{"name": "things", "request": {"data": {"deep": [{"endpoint": {"endpoint": "a"}}]}}}]
    },
    "the date of the last run": {
        "syncs": [
            {
                "name": "things",
                "sync_type": "incremental",
                "request": {"incremental": {"param": "endpoint"}},
            }
        ]
    },
    "the start of a window": {
        "syncs": [{"name": "things", "pattern": "window", "window": {"from_param": "endpoint"}}]
    },
    "the cursor of a long run": {
        "syncs": [{"name": "things", "pattern": "extended", "extended": {"cursor_param": "endpoint"}}]
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_a_key_endpoint_is_the_requests_own_or_stands_in_brackets(place: str) -> None:
    models = {
        "Named": NAMED,
        "Asked": {"cursor?": "string"},
        "Thing": {"id": "string", "endpoint?": "string"},
        "Things": PAGE,
    }
    tree = tree_of([job({"provider": "github", "integration": "x", "models": models, **PLACES[place]})])
    scripts = [text for path, text in tree.items() if re.search(r"/x/(syncs|actions)/", path)]
    [request] = re.findall(r"ProxyConfiguration = (\{.*?\n    \};)", "\n".join(scripts), flags=re.DOTALL)
    assert re.findall(r"^.*\n.*\bendpoint: .*", request, flags=re.MULTILINE)[0].lstrip().startswith("// http")
    assert len(re.findall(r"(?<!\.)\bendpoint\b(?!'\])(?=: |,$)", request, flags=re.MULTILINE)) == 1
    assert "['endpoint']: " in request
