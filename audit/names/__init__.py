"""Names: where they stand, how alike they are, and what house tables say of them."""
