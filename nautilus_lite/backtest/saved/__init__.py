"""Results in a folder: Parquet for what has rows, JSON for the rest."""
