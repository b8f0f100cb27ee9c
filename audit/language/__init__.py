"""Languages: their tags, what CLDR knows of them, and telling which one a text is in."""
