"""What somebody may have meant, for error messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like another, or None where none is.

    Parameters
    ----------
    name : str
    known : iterable of str
    """
    # Needed where something is wrong, and not before
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=1)
    return found[0] if found else None
