"""Screening: what to ask, and what the answers mean. A leaf: it knows nothing of the clinic."""
