from nautilus_lite.model.book.order_book cimport OrderBook
