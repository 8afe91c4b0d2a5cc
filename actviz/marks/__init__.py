"""What is drawn into axes that somebody gives: curves with their jumps, notes, names, ticks and text."""
