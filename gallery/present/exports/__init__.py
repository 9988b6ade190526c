"""What other programs are given of the images of a filter."""
