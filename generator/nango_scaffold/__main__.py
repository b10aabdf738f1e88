"""``python -m nango_scaffold``."""

import sys

from .cli import main

sys.exit(main())
