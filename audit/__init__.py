"""Find what machine translation left behind in articles."""
