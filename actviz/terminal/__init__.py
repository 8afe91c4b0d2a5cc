"""The command line: commands, and how what they find is printed."""
