"""What `make bench` measures: each figure beside its floor, from one run on one machine."""
