"""A finished video told on one page: what is shown when and why, who made it, what it took."""
