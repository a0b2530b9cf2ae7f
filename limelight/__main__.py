"""`python -m limelight` is the command line."""

from __future__ import annotations

from limelight.cli.main import main

raise SystemExit(main())
