"""What can be found: a module per check, found by its name."""
