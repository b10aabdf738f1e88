"""schema.zod.ts: the zod schemas of all models of a nango.yaml. ``extend`` is for files that others wrote."""

from .file import schema_file

__all__ = ["schema_file"]
