"""The row structs as numpy dtypes: what `BacktestEngine.add_rows` takes and the catalog's streams give.

Prices and sizes are raw integers at the instrument's precision; times are UNIX nanoseconds.
"""

import numpy as np

QUOTE_DTYPE = np.dtype(
    [("ts_event", "<u8"), ("ts_init", "<u8"), ("bid", "<i8"), ("ask", "<i8"), ("bid_size", "<i8"), ("ask_size", "<i8")]
)
TRADE_DTYPE = np.dtype(
    [
        ("ts_event", "<u8"),
        ("ts_init", "<u8"),
        ("price", "<i8"),
        ("size", "<i8"),
        ("aggressor_side", "u1"),
        ("id_len", "u1"),
        ("trade_id", "S38"),
    ]
)
BAR_DTYPE = np.dtype(
    [
        ("ts_event", "<u8"),
        ("ts_init", "<u8"),
        ("open", "<i8"),
        ("high", "<i8"),
        ("low", "<i8"),
        ("close", "<i8"),
        ("volume", "<i8"),
    ]
)
DELTA_DTYPE = np.dtype(
    {
        "names": ["ts_event", "ts_init", "price", "size", "order_id", "sequence", "action", "side", "flags"],
        "formats": ["<u8", "<u8", "<i8", "<i8", "<u8", "<u8", "u1", "u1", "u1"],
        "offsets": [0, 8, 16, 24, 32, 40, 48, 49, 50],
        "itemsize": 56,
    }
)
DEPTH10_DTYPE = np.dtype(
    {
        "names": [
            "ts_event", "ts_init", "sequence", "flags", "bid_prices", "bid_sizes", "bid_counts", "ask_prices", "ask_sizes",
            "ask_counts",
        ],
        "formats": ["<u8", "<u8", "<u8", "u1"] + [("<i8", 10), ("<i8", 10), ("<u4", 10)] * 2,
        "offsets": [0, 8, 16, 24, 32, 112, 192, 232, 312, 392],
        "itemsize": 432,
    }
)
STATUS_DTYPE = np.dtype(
    [
        ("ts_event", "<u8"),
        ("ts_init", "<u8"),
        ("action", "u1"),
        # -1 = the venue does not say
        ("is_trading", "i1"),
        ("is_quoting", "i1"),
        ("is_short_sell_restricted", "i1"),
        ("reason", "S128"),
        ("trading_event", "S128"),
    ]
)
# A price with its own precision, as mark prices have
CLOSE_DTYPE = np.dtype(
    [("ts_event", "<u8"), ("ts_init", "<u8"), ("value", "<i8"), ("precision", "u1"), ("close_type", "u1")]
)
PRICE_DTYPE = np.dtype([("ts_event", "<u8"), ("ts_init", "<u8"), ("value", "<i8"), ("precision", "u1")])
FUNDING_DTYPE = np.dtype(
    [
        ("ts_event", "<u8"),
        ("ts_init", "<u8"),
        ("rate", "<i8"),
        ("precision", "u1"),
        # 0 = not given
        ("interval", "<u4"),
        ("next_funding_ns", "<u8"),
    ]
)
DTYPES = {
    "quote": QUOTE_DTYPE,
    "trade": TRADE_DTYPE,
    "bar": BAR_DTYPE,
    "delta": DELTA_DTYPE,
    "depth10": DEPTH10_DTYPE,
    "status": STATUS_DTYPE,
    "close": CLOSE_DTYPE,
    "mark": PRICE_DTYPE,
    "index": PRICE_DTYPE,
    "funding": FUNDING_DTYPE,
}
