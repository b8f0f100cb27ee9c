"""What the report formats share: the texts of a report, its parts, places and hashes."""
