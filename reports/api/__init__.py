"""The read-only API for other offices' systems, and the tokens by which they read."""
