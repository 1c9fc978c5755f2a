from typing import Any

class OrderLinks:
    def describe(self) -> dict[str, Any]: ...
