"""Doubts about images are kept up, and reviewers decide."""
