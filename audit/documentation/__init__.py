"""Pages about rules, checks, formats and commands, made from the code: `make docs` writes them into docs/."""
