"""Actions: what each is about, its input, output and request."""
