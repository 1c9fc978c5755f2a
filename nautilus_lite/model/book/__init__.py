from nautilus_lite.model.book.order_book import BookLevel, OrderBook

__all__ = ["BookLevel", "OrderBook"]
