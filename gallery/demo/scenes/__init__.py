"""What the sample photographs show: one module a kind of place, one function a picture."""
