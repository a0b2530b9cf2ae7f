"""Many clients at once, in a process of their own: `python -m bench.load NAME PORT ARGUMENTS`."""
