"""`python -m assessment COMMAND`: what the host of an instance does from a terminal."""

from __future__ import annotations

import sys

from assessment.commands import main

sys.exit(main())
