"""What reviewers see, and what is told of their verdicts."""
