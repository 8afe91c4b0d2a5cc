"""What is drawn into given axes: curves with their jumps, notes, names, ticks and text."""
