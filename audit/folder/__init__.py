"""The folder under audit: its files, and the git repository that it lies in."""
