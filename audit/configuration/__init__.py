"""The configuration: its keys, its file, and which settings hold for which article."""
