"""What was agreed, and what became of it: instruments, commitments, handovers."""
