"""What goes home with a client, from the facts to the paper."""
