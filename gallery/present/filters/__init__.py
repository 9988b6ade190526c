"""What narrows the images of a page, and how much each further step would leave."""
