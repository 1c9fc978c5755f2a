"""How streams fit venues, instruments, strategies and the limits of the run."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from nautilus_lite.backtest.checks import ERROR, INFO, WARNING
from nautilus_lite.backtest.preflight.queues import queue_findings
from nautilus_lite.backtest.preflight.report import Finding
from nautilus_lite.backtest.preflight.scan import Looked, when
from nautilus_lite.model.data.bars import BarType
from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.identifiers import InstrumentId

BOOK = ("delta", "depth10")
RATE_CLASSES = (InstrumentClass.SPOT, InstrumentClass.SWAP)


def settings_findings(
    looked: list[Looked],
    instruments: dict[Any, Any],
    exchanges: list[Any],
    components: list[Any],
    start: int | None,
    end: int | None,
) -> list[Finding]:
    """Return what does not fit together; the parameters are those of `preflight`."""
    by_instrument: dict[Any, list[Looked]] = defaultdict(list)
    for one in looked:
        by_instrument[one.instrument.id].append(one)
    found: list[Finding] = []
    for exchange in exchanges:
        found += _venue(exchange, looked)
        for instrument_id, instrument in instruments.items():
            if instrument_id.venue == exchange.id:
                found += _instrument(exchange, instrument, by_instrument.get(instrument_id, []), instruments, by_instrument)
    for streams in by_instrument.values():
        found += _twice(streams)
    for one in looked:
        found += _limits(one, start, end)
    found += _expired(by_instrument)
    for component in components:
        found += _wanted(component, instruments, by_instrument)
    return found


def _venue(exchange: Any, looked: list[Looked]) -> list[Finding]:
    found = []
    name = str(exchange.id)
    if all(money.raw == 0 for money in exchange.starting_balances):
        message = "every starting balance is zero: orders are denied for want of money"
        found.append(Finding("balance", WARNING, name, message, "Give `starting_balances`"))
    if not exchange.support_gtd_orders:
        message = "`support_gtd_orders=False`: GTD orders rest until they are cancelled"
        found.append(Finding("gtd", INFO, name, message, "Set it to True, or let the strategy manage expiry"))
    bounds = [one.bounds for one in looked if one.bounds is not None and one.instrument.id.venue == exchange.id]
    if exchange.latency_model is not None and bounds:
        # The base is part of it
        latency = int(getattr(exchange.latency_model, "insert_latency_nanos", 0) or 0)
        span = max(last for _, last in bounds) - min(first for first, _ in bounds)
        if 0 < span <= latency:
            message = f"latency of {latency:,} ns is no less than the span of the data, {span:,} ns: orders arrive after its end"
            found.append(Finding("latency", WARNING, name, message, "Check the unit: latencies are nanoseconds"))
    return found


def _instrument(
    exchange: Any, instrument: Any, streams: list[Looked], instruments: dict[Any, Any], by_instrument: dict[Any, list[Looked]]
) -> list[Finding]:
    name = str(instrument.id)
    kinds = {one.kind for one in streams if one.scan.n}
    if not kinds:
        message = "has no data: there is no market, orders in it are rejected or never fill"
        return [Finding("no_data", WARNING, name, message, "Add data, or leave the instrument out")]
    found = _executes(exchange, name, streams, kinds) + queue_findings(exchange, name, streams)
    return found + _rates(exchange, instrument, instruments, by_instrument)


def _executes(exchange: Any, name: str, streams: list[Looked], kinds: set[str]) -> list[Finding]:
    book_type = exchange.describe()["book_type"]
    is_l1 = book_type == "L1_MBP"
    is_l3 = book_type == "L3_MBO"
    book = kinds.intersection(("delta",) if is_l3 else BOOK)
    listed = ", ".join(sorted(kinds))
    if not is_l1 and not book:
        message = f"venue `{exchange.id}` has an {book_type[:2]} book but `{name}` has only"
        remedy = "add order book deltas or depth, or use `book_type=BookType.L1_MBP`"
        if is_l3:
            remedy = "add order book deltas by order, or use `book_type=BookType.L2_MBP` for depth and deltas by price"
        return [Finding("book_type", ERROR, name, f"{message} {listed} data", remedy)]
    if is_l1 and book == kinds:
        message = f"venue `{exchange.id}` has an L1 book, which ignores {listed}, and `{name}` has only those: no order fills"
        return [Finding("book_type", ERROR, name, message, "use `book_type=BookType.L2_MBP`, or add quotes or trades")]
    found = []
    if is_l1 and book:
        message = f"the L1 book ignores {', '.join(sorted(book))} data"
        found.append(Finding("data_off", INFO, name, message, "Use `book_type=BookType.L2_MBP` to match against it"))
    if "trade" in kinds and not exchange.trade_execution:
        alone = is_l1 and not kinds.intersection(("quote", "bar"))
        message = "`trade_execution=False`: trades fill no resting order and move no book"
        message += ", and there is nothing else: orders never fill" if alone else ""
        found.append(Finding("data_off", WARNING if alone else INFO, name, message, "Set `trade_execution=True`, or add quotes"))
    if is_l1 and kinds == {"bar"}:
        external = [one for one in streams if one.stream.identifier.is_externally_aggregated()]
        if not exchange.bar_execution or not external:
            why = "`bar_execution=False`" if not exchange.bar_execution else "bars named INTERNAL do not execute"
            message = f"there are only bars and {why}: orders never fill"
            remedy = "Set `bar_execution=True`, or add quotes or trades" if external else "Name the bars EXTERNAL"
            found.append(Finding("data_off", WARNING, name, message, remedy))
    return found


def _rates(
    exchange: Any, instrument: Any, instruments: dict[Any, Any], by_instrument: dict[Any, list[Looked]]
) -> list[Finding]:
    base = exchange.base_currency
    if base is None:
        return []
    edges: dict[Any, set[Any]] = defaultdict(set)
    for other in instruments.values():
        usable = other.instrument_class in RATE_CLASSES and other.id.venue == exchange.id
        if usable and other.base_currency is not None and by_instrument.get(other.id):
            edges[other.base_currency].add(other.quote_currency)
            edges[other.quote_currency].add(other.base_currency)
    needed = {instrument.quote_currency, instrument.settlement_currency, instrument.get_cost_currency()}
    fee = getattr(exchange.fee_model, "commission", None)
    if fee is not None and hasattr(fee, "currency"):
        needed.add(fee.currency)
    found = []
    for currency in sorted(needed - {base}, key=str):
        near = edges.get(currency, set())
        if base in near or any(base in edges.get(middle, set()) for middle in near):
            continue
        message = (
            f"no exchange rate from {currency} to {base}, the account's base currency: orders are denied, or the first fill "
            "stops the run"
        )
        remedy = f"Add data of a pair of {currency} and {base} at {exchange.id}, or use an account without a base currency"
        found.append(Finding("missing_fx", WARNING, str(instrument.id), message, remedy))
    return found


def _twice(streams: list[Looked]) -> list[Finding]:
    """The same rows in two streams."""
    found = []
    for i, one in enumerate(streams):
        for other in streams[:i]:
            if one.stream.identifier != other.stream.identifier or one.kind != other.kind or one.bounds is None:
                continue
            if other.bounds is None or one.bounds[0] > other.bounds[1] or other.bounds[0] > one.bounds[1]:
                continue
            if len(one.rows) and len(other.rows) and one.rows[:1].tobytes() == other.rows[:1].tobytes():
                message = f"{one.kind} data is there twice ({other.stream.name}, {one.stream.name}): every row is replayed twice"
                found.append(Finding("duplicate_data", WARNING, str(one.stream.identifier), message, "Add it once"))
    return found


def _limits(one: Looked, start: int | None, end: int | None) -> list[Finding]:
    if one.bounds is None:
        return []
    before = start is not None and one.bounds[1] < start
    after = end is not None and one.bounds[0] > end
    if not before and not after:
        return []
    message = f"all {one.kind} data lies {'before the start' if before else 'after the end'} of the run"
    span = f"data from {when(one.bounds[0])} to {when(one.bounds[1])}"
    return [Finding("outside", WARNING, str(one.stream.identifier), message, "Check `start` and `end`", first=span)]


def _expired(by_instrument: dict[Any, list[Looked]]) -> list[Finding]:
    found = []
    for streams in by_instrument.values():
        expiration = int(getattr(streams[0].instrument, "expiration_ns", 0) or 0)
        last = max((one.bounds[1] for one in streams if one.bounds is not None), default=0)
        if 0 < expiration < last:
            message = f"expired at {when(expiration)}, but its data goes on until {when(last)}"
            found.append(
                Finding("expired", WARNING, str(streams[0].instrument.id), message, "Check the definition, or end the data there")
            )
    return found


def _wanted(component: Any, instruments: dict[Any, Any], by_instrument: dict[Any, list[Looked]]) -> list[Finding]:
    """What the configuration of an actor or strategy names and nobody provides."""
    found = []
    config = component.config
    for field in getattr(config, "__struct_fields__", ()):
        value = getattr(config, field)
        for wanted in value if isinstance(value, (list, tuple, set, frozenset)) else (value,):
            text = _lacking(wanted, instruments, by_instrument)
            if text:
                message = f"its configuration names `{field}` {wanted}, {text}"
                found.append(Finding("subscription", WARNING, str(component.id), message, "Add the data, or mend the name"))
    return found


def _lacking(wanted: Any, instruments: dict[Any, Any], by_instrument: dict[Any, list[Looked]]) -> str:
    if isinstance(wanted, InstrumentId):
        return "" if wanted in instruments else "an instrument that was not added"
    if not isinstance(wanted, BarType):
        return ""
    if wanted.instrument_id not in instruments:
        return "of an instrument that was not added"
    streams = by_instrument.get(wanted.instrument_id, [])
    if wanted.is_internally_aggregated():
        return "" if streams else "to be built from data that is not there"
    if any(one.kind == "bar" and one.stream.identifier == wanted for one in streams):
        return ""
    return "bars that the data does not hold"
