"""What tells that words are of another language than the text around them."""
