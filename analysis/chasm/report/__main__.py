"""python -m chasm.report: what the command chasm-report does."""

import sys

from .command import main

sys.exit(main())
