"""A run: files in, a report out."""
