"""Drives Nango's real tools over a project tree, and plays Nango's API on loopback for dry runs."""
