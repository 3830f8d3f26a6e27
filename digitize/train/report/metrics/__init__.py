"""What readings are worth, as pure functions on arrays; one idea a file, base install only."""
