"""What somebody with a link is told, and what people are told of their links."""
