"""Numbers: where they stand, what their shape and the words beside them say, and how languages write them."""
