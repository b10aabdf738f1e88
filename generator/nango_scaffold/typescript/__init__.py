"""TypeScript: the reader (tree-sitter) and the printer."""
