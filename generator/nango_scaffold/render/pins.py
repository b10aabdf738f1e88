"""The versions of npm packages that what we write is proven with."""

from __future__ import annotations

NANGO = "0.69.36"
"""The newest published CLI that reads nango.yaml; of ``@nangohq/node`` the same."""
ZOD = "3.24.2"
"""The zod that the schemas of this era are written for."""
DOTENV = "16.5.0"
VITEST = "3.2.4"
"""What runs the tests that come with scripts."""

PACKAGES = {"@nangohq/node": NANGO, "dotenv": DOTENV, "nango": NANGO, "zod": ZOD}
"""What a project needs, by name."""
