"""The commands, one to a file; each module holds its click command as `command`."""
