"""What this machine has and lacks for a run, found by trying it."""
