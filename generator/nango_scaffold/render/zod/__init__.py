"""schema.zod.ts: the zod schemas of all models of a nango.yaml."""

from .file import schema_file

__all__ = ["schema_file"]
