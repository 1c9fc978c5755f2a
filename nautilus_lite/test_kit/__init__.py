"""Ready-made instruments for tests and examples."""
