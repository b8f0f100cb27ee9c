"""How a change of an article's text is written into its file."""
