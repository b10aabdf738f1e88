"""The tests that come with scripts: recordings shaped from the raw types, and what the spec says a script makes of them."""
