"""Forms of the rules' pages: shape and wording. What a pack allows is judged by the pack."""
