from typing import Any

from nautilus_lite.model.identifiers import AccountId, ClientOrderId

class Purse:
    account_id: AccountId
    ended: list[tuple[ClientOrderId, str]]
    def __init__(self, account_id: AccountId, exec_engine: Any, cache: Any) -> None: ...
