"""One presenter an audience: rows in, what somebody reads out."""
