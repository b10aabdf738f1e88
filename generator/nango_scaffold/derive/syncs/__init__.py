"""Syncs: patterns, nested requests, deletions, incremental runs, metadata."""
