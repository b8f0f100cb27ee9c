"""What the commands share: options, arguments, output."""
