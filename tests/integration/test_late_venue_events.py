"""Funding, settlement and liquidation where market data is heard late: a venue acts by what has happened there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.model.data import FundingRateUpdate, InstrumentClose, MarkPriceUpdate, QuoteTick, TradeTick
from nautilus_lite.model.enums import AggressorSide, InstrumentCloseType, OrderSide, TriggerType
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.objects import Price, Quantity
from tests.venue_runs import HOUR, MINUTE, SECOND, Scripted, engine, fills, future, perpetual

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual(taker_fee=Decimal(0), maker_fee=Decimal(0))
ES = future()
LATE = 10 * SECOND


def quote(instrument: Any, ts: int, bid: str, ask: str | None = None) -> QuoteTick:
    """A quote of the venue's time `ts`, heard ten seconds later."""
    size = Quantity(1_000, instrument.size_precision)
    return QuoteTick(instrument.id, Price.from_str(bid), Price.from_str(ask or bid), size, size, ts, ts + LATE)


def trade(instrument: Any, ts: int, price: str) -> TradeTick:
    size = Quantity(1_000, instrument.size_precision)
    return TradeTick(
        instrument.id, Price.from_str(price), size, AggressorSide.NO_AGGRESSOR, TradeId(str(ts)), ts, ts + LATE
    )


def run(instrument: Any, data: list[Any], script: dict[int, Any], **options: Any) -> Any:
    made = engine([instrument], data, [Scripted(script)], recorded_feed_latency=True, **options)
    made.run()
    return made.get_result()


def test_funding_is_paid_at_the_price_at_the_venue() -> None:
    """The middle is 110 at the venue when it pays; the trader still hears of 100."""
    rate = FundingRateUpdate(BTC.id, Decimal("0.01"), MINUTE, MINUTE + LATE, next_funding_ns=HOUR)
    data = [quote(BTC, 0, "100.00"), quote(BTC, HOUR - SECOND, "110.00"), quote(BTC, 2 * HOUR, "120.00"), rate]
    result = run(BTC, data, {LATE + SECOND: lambda s: s.market(BTC, BUY, 2)})
    assert [(p.ts, p.amount.as_decimal()) for p in result.funding_payments] == [(HOUR, Decimal("-2.2"))]


def test_funding_of_a_fill_that_was_not_heard_yet() -> None:
    """Sent at 59:58, there at 59:59, heard after the hour: the venue charges for what it filled."""
    rate = FundingRateUpdate(BTC.id, Decimal("0.01"), MINUTE, MINUTE + LATE, next_funding_ns=HOUR)
    data = [quote(BTC, 0, "100.00"), quote(BTC, 2 * HOUR, "100.00"), rate]
    model = LatencyModel(SECOND, response_latency_nanos=5 * SECOND)
    result = run(BTC, data, {HOUR - 2 * SECOND: lambda s: s.market(BTC, BUY, 2)}, latency_model=model)
    assert [(p.ts, p.amount.as_decimal()) for p in result.funding_payments] == [(HOUR, Decimal("-2.0"))]


def test_a_contract_is_settled_at_the_last_price_of_the_venue() -> None:
    trades = [trade(ES, 10 * SECOND, "100.00"), trade(ES, HOUR - SECOND, "105.00")]
    data = [quote(ES, 0, "100.00"), *trades, quote(ES, 2 * HOUR, "1.00")]
    script = {LATE + 10 * SECOND: lambda s: s.market(ES, BUY, 1)}
    result = run(ES, data, script, balance="1000000 USD", settlement_fallback="last")
    assert fills(result) == [("S-001", "BUY", "100.00", "took_book"), ("S-001", "SELL", "105.00", "settled")]
    assert result.positions[0].ts_closed == HOUR


def test_a_settlement_price_takes_effect_when_it_is_made() -> None:
    close = InstrumentClose(
        ES.id, Price.from_str("107.00"), InstrumentCloseType.CONTRACT_EXPIRED, HOUR + MINUTE, HOUR + MINUTE + LATE
    )
    data = [quote(ES, 0, "100.00"), quote(ES, 2 * HOUR, "1.00"), close]
    result = run(ES, data, {LATE + SECOND: lambda s: s.market(ES, BUY, 1)}, balance="1000000 USD")
    assert fills(result)[-1] == ("S-001", "SELL", "107.00", "settled")
    assert result.positions[0].ts_closed == HOUR + MINUTE


def test_margin_is_judged_by_the_prices_of_the_venue() -> None:
    """Ten at 100 need 50 of 100. At 94.00, one second before the look at 02:00, equity is 40: heard of it ten seconds later."""
    data = [quote(BTC, 0, "100.00"), quote(BTC, 2 * MINUTE - SECOND, "94.00"), quote(BTC, 10 * MINUTE, "94.00")]
    result = run(
        BTC, data, {LATE + SECOND: lambda s: s.market(BTC, BUY, 10)},
        liquidation_enabled=True, default_leverage=Decimal(1), balance="100 USDT",
    )  # fmt: skip
    assert fills(result)[-1] == ("S-001", "SELL", "94.00", "liquidated")
    assert result.positions[0].ts_closed == 2 * MINUTE


def test_no_call_for_a_price_that_the_venue_has_left() -> None:
    """At 94.00 for a second only, between two looks; the trader hears it over the look at 02:00."""
    data = [
        quote(BTC, 0, "100.00"), quote(BTC, 2 * MINUTE - 9 * SECOND, "94.00"), quote(BTC, 2 * MINUTE - 8 * SECOND, "99.00"),
        quote(BTC, 2 * MINUTE + 30 * SECOND, "99.00"), quote(BTC, 10 * MINUTE, "99.00"),
    ]  # fmt: skip
    # Heard from 02:01 to 02:02; a command reaches the venue then, which looks at the margin
    script = {
        LATE + SECOND: lambda s: s.market(BTC, BUY, 10),
        2 * MINUTE + SECOND + SECOND // 2: lambda s: s.limit(BTC, BUY, 1, "1.00"),
    }
    result = run(
        BTC, data, script, liquidation_enabled=True, default_leverage=Decimal(1), balance="105 USDT"
    )
    assert [reason for _, _, _, reason in fills(result)] == ["took_book"]


def test_a_mark_price_triggers_where_it_is_made() -> None:
    """Mark 105 at the venue one second before the stop would see it by any other row."""
    mark = MarkPriceUpdate(BTC.id, Price.from_str("105.00"), MINUTE, MINUTE + LATE)
    data = [quote(BTC, 0, "100.00"), quote(BTC, MINUTE - SECOND, "101.00"), quote(BTC, 10 * MINUTE, "120.00"), mark]
    seen: list[Any] = []

    def stop(strategy: Any) -> None:
        seen.append(
            strategy.send(
                strategy.order_factory.stop_market(
                    BTC.id, BUY, Quantity.from_str("1.000"), Price.from_str("104.00"), trigger_type=TriggerType.MARK_PRICE
                )
            )
        )

    result = run(BTC, data, {LATE + SECOND: stop})
    assert fills(result) == [("S-001", "BUY", "101.00", "stop_triggered")]
    assert seen[0].last_event.ts_event == MINUTE


def test_a_trigger_that_no_row_shows_is_told_in_words() -> None:
    def stop(strategy: Any) -> None:
        price = Price.from_str("104.00")
        strategy.send(
            strategy.order_factory.stop_market(
                BTC.id, BUY, Quantity.from_str("1.000"), price, trigger_type=TriggerType.INDEX_PRICE
            )
        )

    strategy = Scripted({LATE + SECOND: stop})
    made = engine([BTC], [quote(BTC, 0, "100.00"), quote(BTC, MINUTE, "120.00")], [strategy], recorded_feed_latency=True)
    made.run()
    text = made.explain(strategy.made[0].client_order_id).paragraph()
    assert "index price did not come to its trigger price 104.00" in text
