"""The version of audit, as pyproject.toml has it, too."""

__version__ = "0.1.0"
