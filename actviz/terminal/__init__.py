"""The command line: commands, and how their results are printed."""
