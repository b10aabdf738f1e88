"""An example and the default of every answer, for editors and for the reference.

By the title of the record an answer belongs to, and its name; the parts that several records share are listed once,
under ``SHARED``. Tests check that each example fits its shape, and that each default equals the unset answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED = "shared"


@frozen
class Note:
    """The example and the default of an answer.

    Args:
        example: a value.
        default: the default value; None where there is no fixed one.
        otherwise: the default in words, where it depends on other answers.
    """

    example: Any
    default: Any = None
    otherwise: str = ""


_TOP = {
    "version": Note(1, default=1),
    "provider": Note("hubspot"),
    "integration": Note("hubspot-eu", otherwise="the provider"),
    "models": Note(
        {"User": {"id": "string", "email?": "string"}}, otherwise="an id and a name, named after the script"
    ),
    "prefix_models": Note(True, default=False),
    "schema_file": Note(
        "integration", otherwise="root; integration where the project's others have theirs there"
    ),
    "readme": Note(
        True,
        otherwise="true in a new project, or where the project's others have one; then as it was decided",
    ),
    "tests": Note(
        True,
        otherwise="true in a new project and in one that has vitest; then as it was decided",
    ),
    "sync_names": Note(["users", "teams"]),
    "action_names": Note(["create-user", "list-users"]),
    "syncs": Note([{"name": "users", "runs": "every day"}]),
    "actions": Note([{"name": "create-user"}]),
    "responses": Note({"PullRequest": {"body": "string | null"}}, otherwise="derived from the model"),
    "on_events": Note({"post-connection-creation": ["set-up"]}),
    "provider_facts": Note(
        {"base_url": "https://api.example.com/v1", "auth_mode": "API_KEY"}, otherwise="the provider's entry"
    ),
}

_SYNC = {
    "name": Note("pull-requests"),
    "model": Note("PullRequest", otherwise="the singular of the name"),
    "models": Note(["User", "Team"]),
    "requests": Note({"Team": {"path": "/teams"}}),
    "parents": Note({"path": "/boards"}),
    "children": Note({"model": "Comment", "path": "/tickets/${parent.id}/comments"}),
    "deleted": Note({"field": "status", "value": "deleted"}),
    "version": Note("1.0.0"),
    "webhook_subscriptions": Note(["contact.created"]),
    "webhook": Note({"path": "data.object"}),
    "description": Note("Get all pull requests of a repository.", otherwise="a sentence with the plural"),
    "runs": Note("every day", default="every hour"),
    "sync_type": Note("incremental", default="full"),
    "track_deletes": Note(False, otherwise="true for a full sync"),
    "auto_start": Note(False, otherwise="false where there is metadata that the sync does not save itself"),
    "save_metadata": Note({"cursor": "next_sync_token"}),
    "pattern": Note("window", default="paginated"),
    "metadata": Note("RepositoryMetadata", otherwise="a model, where the path or the pattern needs one"),
    "window": Note({"unit": "week", "lookback_years": 2}),
    "extended": Note({"cursor_param": "after", "cursor_path": "paging.next"}),
    "selection": Note({"item_path": "/files/${item}"}),
    "configuration": Note({"action": "list-fields"}),
}

_ACTION = {
    "name": Note("create-user"),
    "input": Note("CreateUser", otherwise="a model, by the verb and the name"),
    "output": Note("User", otherwise="the model of the name; a receipt where the verb is delete"),
    "metadata": Note("SiteSettings"),
    "description": Note("Create a user.", otherwise="a sentence with the verb and the name"),
    "version": Note("1.0.0"),
    "paginated": Note(True, otherwise="true for list actions"),
    "from_sync": Note("users", default=""),
    "from_sync_key": Note("SYNC_SECRET_KEY", default="NANGO_SECRET_KEY"),
    "from_sync_host": Note("NANGO_SELF_HOSTED", default="NANGO_HOST"),
    "dates": Note({"due_on": "date"}),
    "checks": Note(
        [{"unless": "input.email || input.phone", "message": "An email or a phone number is needed"}]
    ),
    "read_back": Note({"path": "/contacts/${response.id}"}),
}

_SHARED = {
    "infer": Note({"openapi": "./openapi.json", "operation": "users/list"}),
    "scopes": Note(["repo", "read:user"], otherwise="those of the provider"),
    "endpoint": Note({"method": "GET", "path": "/pull-requests", "group": "Pull Requests"}),
    "request": Note({"path": "/v2/users", "docs": "https://docs.example.com/users"}),
    "mapping": Note({"author": "user.login", "email": "emails[0].value"}, otherwise="the same name"),
    "path": Note("/repos/${metadata.owner}/${metadata.repo}/pulls", otherwise="from the name"),
    "base_url": Note("https://files.example.com/v1", otherwise="the provider's"),
    "docs": Note("https://docs.example.com/users", otherwise="the provider's"),
    "method": Note("POST"),
    "data": Note({"filter": {"status": "open"}}),
    "graphql": Note({"query": "query { teams { nodes { id name } } }"}),
    "json": Note({"data": {"title": "${input.title}", "kind": "task"}}),
    "params": Note({"state": "all", "limit": 50}),
    "headers": Note({"X-Api-Version": "2"}),
    "paginate": Note({"limit": 50}, otherwise="the provider's own"),
    "response_path": Note("data.items", otherwise="the provider's, or a guess"),
    "record_path": Note("node", otherwise="node for GraphQL edges, else the item itself"),
    "errors_path": Note(
        "contactCreate.userErrors", otherwise="what a mutation selects by a name like userErrors"
    ),
    "incremental": Note({"param": "updated_since"}),
    "lookups": Note([{"name": "cloud", "path": "/oauth/token/accessible-resources", "pick": "0.id"}]),
    "detail": Note({"path": "/contacts/${record.id}"}),
}

_REQUEST_OF_SYNC = {"method": Note("POST", default="GET"), "retries": Note(5, default=10)}
_SINGLE_REQUEST = {"method": Note("POST", otherwise="GET, or POST with data")}

NOTES: Mapping[str, Mapping[str, Note]] = {
    SHARED: _SHARED,
    "nango-scaffold answers": _TOP,
    "sync": _SYNC,
    "action": _ACTION,
    "request of a sync": _REQUEST_OF_SYNC,
    "request of a model": {**_REQUEST_OF_SYNC, "from": Note("User")},
    "children": {
        **_REQUEST_OF_SYNC,
        "model": Note("Comment"),
        "path": Note("/tickets/${parent.id}/comments", otherwise="from both names"),
        "from_parent": Note({"ticket_id": "id"}),
    },
    "deleted": {
        "retries": _REQUEST_OF_SYNC["retries"],
        "field": Note("archived"),
        "value": Note("deleted", otherwise="any value"),
        "when": Note("response.status === 'gone'"),
        "path": Note("/users/deleted"),
        "param": Note("since"),
        "id_path": Note("id", otherwise="where the model's id is"),
    },
    "look-up": {
        **_SINGLE_REQUEST,
        "name": Note("cloud"),
        "path": Note("/oauth/token/accessible-resources"),
        "pick": Note("data[0].id"),
        "from_sync": Note("contacts"),
        "id": Note("${input.contact_id}"),
        "retries": Note(5, otherwise="10 in a sync, 3 in an action"),
    },
    "detail": {
        **_SINGLE_REQUEST,
        "path": Note("/contacts/${record.id}"),
        "response_path": Note("contact", default=""),
        "retries": _REQUEST_OF_SYNC["retries"],
    },
    "parents": {
        **_SINGLE_REQUEST,
        "path": Note("/boards"),
        "from_parent": Note({"board_id": "id"}),
        "retries": _REQUEST_OF_SYNC["retries"],
    },
    "read_back": {
        **_SINGLE_REQUEST,
        "path": Note("/contacts/${response.id}"),
        "response_path": Note("contact", default=""),
        "retries": Note(1, default=3),
    },
    "request of an action": {
        "method": Note("PUT", otherwise="by the verb in the name"),
        "path": Note("/repos/${input.owner}/${input.repo}/pulls", otherwise="from the name"),
        "retries": Note(1, default=3),
        "data": Note(["title", "body"], otherwise="the fields of the input that are not in the path"),
        "body": Note("users"),
        "encoding": Note("form", default="json"),
        "response_type": Note("binary", default="json"),
    },
    "endpoint": {
        "method": Note("GET", otherwise="GET for a sync; by the verb for an action"),
        "path": Note("/pull-requests", otherwise="from the name"),
        "group": Note("Pull Requests", otherwise="from the name"),
    },
    "paginate": {
        "type": Note("cursor", otherwise="the provider's own"),
        "limit": Note(50),
        "limit_name_in_request": Note("per_page"),
        "cursor_path_in_response": Note("meta.next_cursor"),
        "cursor_in_response_header": Note("X-Next-Page"),
        "cursor_name_in_request": Note("cursor"),
        "link_rel_in_response_header": Note("next"),
        "link_path_in_response_body": Note("links.next"),
        "offset_name_in_request": Note("page"),
        "offset_start_value": Note(1),
        "offset_calculation_method": Note("per-page"),
        "id_path": Note("id", otherwise="where the model's id is"),
        "more_path": Note("has_more", otherwise="pageInfo.hasNextPage, for graphql"),
        "last_path": Note("isLast"),
        "total_path": Note("meta.total"),
        "total_header": Note("X-Total-Count"),
        "total_unit": Note(
            "records", otherwise="pages where the last name of total_path, or total_header, has page in it"
        ),
        "page_info_path": Note("data.issues.pageInfo", otherwise="beside the list of records"),
        "response_path": Note("data"),
        "in_body": Note(True, otherwise="true where the method has a body"),
    },
    "incremental": {"param": Note("updated_since"), "field": Note("updated_at")},
    "mapped value": {
        "const": Note("github"),
        "from": Note("state"),
        "values": Note({"open": "OPEN", "closed": "CLOSED"}),
        "is": Note("active"),
        "where": Note({"primary": True}),
        "pick": Note("value"),
        "part": Note("first"),
        "at": Note("/", otherwise="a space"),
        "date": Note("epoch_seconds"),
        "each": Note({"id": "id", "price": "unit_price"}),
        "expression": Note("response.labels.length > 0"),
        "otherwise": Note("OTHER"),
        "join": Note(["first_name", "last_name"]),
        "with": Note(", ", default=" "),
    },
    "check": {
        "unless": Note("input.email || input.phone"),
        "message": Note("An email or a phone number is needed"),
    },
    "saved value": {"expression": Note("response.next_url.split('?')[1]")},
    "graphql": {
        "query": Note("query ($id: ID!) { issue(id: $id) { id title } }"),
        "variables": Note({"id": "${input.id}"}),
    },
    "conditional value": {"value": Note("archived"), "when": Note("metadata.archived === true")},
    "webhook": {"path": Note("data.object", default="")},
    "window": {
        "unit": Note("week", default="month"),
        "lookback_years": Note(2, default=5),
        "from_param": Note("created_after", default="from"),
        "to_param": Note("created_before", default="to"),
        "date_format": Note("epoch_seconds", default="iso"),
    },
    "extended": {
        "cursor_param": Note("starting_after", otherwise="the provider's, else after"),
        "cursor_path": Note("pages.next.starting_after", otherwise="the provider's, else empty"),
        "limit": Note(50, default=100),
        "limit_param": Note("per_page", otherwise="the provider's, else limit"),
        "max_hours": Note(12, default=23.5),
    },
    "selection": {
        "folders": Note("folders", otherwise="the metadata's list of that name"),
        "items": Note("files", otherwise="the other list of the metadata"),
        "item_path": Note("/files/${item}", otherwise="from the name of the list"),
        "kind_field": Note("mimeType", default="type"),
        "folder_kind": Note("directory", default="folder"),
        "item_kind": Note("document", default="file"),
    },
    "configuration": {
        "introspection": Note(False, default=True),
        "action": Note("list-properties", default="list-fields"),
        "path": Note("/objects/${input.name}/describe", default="/${input.name}/fields"),
        "response_path": Note("results", default="fields"),
        "docs": Note("https://docs.example.com/objects", otherwise="those of the sync"),
        "mapping": Note({"id": "key"}, default={"id": "name"}),
    },
    "infer": {
        "openapi": Note("./openapi.json"),
        "operation": Note("users/list"),
        "sample": Note(["./deals.json", "./closed-deals.json"]),
        "headers": Note("./deals.headers"),
        "fields": Note(["id", "user.login"], otherwise="the most telling"),
        "depth": Note(3, otherwise="2"),
        "max_fields": Note(40, otherwise="150"),
    },
    "on_events": {
        "post-connection-creation": Note(["set-up"]),
        "pre-connection-deletion": Note(["clean-up"]),
        "validate-connection": Note(["check-rights"]),
    },
}


def note_of(title: str, name: str) -> Note | None:
    """The note on an answer of a record; None when there is none."""
    return NOTES.get(title, {}).get(name) or NOTES[SHARED].get(name)
