"""TypeScript source as prettier 3.3 would print it, from small descriptions of code and from model types."""
