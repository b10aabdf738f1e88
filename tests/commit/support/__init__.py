"""Worlds to write to, disks that fail or die, and processes."""
