"""Calls to servers of other people, whose addresses other people choose."""
