"""schema.zod.ts: the zod schemas of all models of a nango.yaml."""

from .extend import Extension, differing_schemas, extend_schema_file, is_import, reduce_schema_file
from .file import schema_file

__all__ = [
    "Extension",
    "differing_schemas",
    "extend_schema_file",
    "is_import",
    "reduce_schema_file",
    "schema_file",
]
