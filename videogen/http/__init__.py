"""The one way out to the network: limits, retries, redirects, addresses."""
