"""Phrases in tables: their notation, what they are looked up by, and what a block says with them."""
