"""Which figures the gallery holds, and building, checking and indexing it."""
