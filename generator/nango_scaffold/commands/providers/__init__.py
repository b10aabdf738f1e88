"""What ``providers list``, ``show`` and ``refresh`` do."""
