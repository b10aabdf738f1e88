"""schema.zod.ts: the zod schemas of all models of a nango.yaml."""

from .extend import differing_schemas, extend_schema_file
from .file import schema_file

__all__ = ["differing_schemas", "extend_schema_file", "schema_file"]
