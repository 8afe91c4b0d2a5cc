"""`python -m actviz` does what `actviz` does."""

from actviz.cli import main

main()
