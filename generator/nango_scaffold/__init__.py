"""Scaffold whole Nango integrations: from answers and provider facts to one commit on disk."""

__version__ = "0.1.0"
