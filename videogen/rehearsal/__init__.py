"""What a run would do, need and take, found without doing it: nothing is written, nothing is paid."""
