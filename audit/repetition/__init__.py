"""Scan of a document for words that are said again at once."""
