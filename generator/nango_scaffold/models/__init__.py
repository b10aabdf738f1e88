"""nango.yaml's own model language: its types as data, and the reading the CLI gives them."""
