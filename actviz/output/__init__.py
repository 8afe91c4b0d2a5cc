"""From a figure to its files."""
