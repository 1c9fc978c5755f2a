from typing import Any

class OrderExtras:
    def describe(self) -> dict[str, Any]: ...
