"""Matching of own orders against the market."""
