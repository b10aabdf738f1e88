"""Providers whose API is GraphQL and nothing else: a path made from a name is never there.

Nango's providers.yaml does not say so. Only those are named of which the provider's own documentation leaves no doubt;
one that has a REST API as well (GitHub, Shopify, Buildkite) is none of them.
"""

from __future__ import annotations

_ENDPOINTS = {
    "fireflies": "/graphql",
    "greenhouse-onboarding": "/graphql",
    "jobber": "/graphql",
    "linear": "/graphql",
    "monday": "/v2",
    "plain": "/v1",
}


def graphql_endpoint(key: str, alias_of: str | None = None) -> str:
    """The one path, behind the base URL, to which a GraphQL API takes every query; '' where the API is none.

    Args:
        key: the provider's key.
        alias_of: the entry it is an alias of.
    """
    return _ENDPOINTS.get(key) or _ENDPOINTS.get(alias_of or "", "")
