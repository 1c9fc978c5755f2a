"""Place of a resting order in the queue of its level; no Python face."""
