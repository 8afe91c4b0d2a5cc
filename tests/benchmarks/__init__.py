"""How fast actviz is, as ratios to what people do without it, measured in one run: `python -m tests.benchmarks`."""
