"""Output formats: a module per format, found by its name."""
