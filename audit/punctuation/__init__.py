"""Shared scan of a document's quotation marks."""
