"""What happens after treatment: the sheet a client takes home, follow-ups, adverse events."""
