"""Time that commands are on their way to the venue."""

from __future__ import annotations

import bisect
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    GammaLatencyModel,
    LatencyModel,
    LogNormalLatencyModel,
    RecordedLatencyModel,
)
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder
from nautilus_lite.model.enums import OrderSide, OrderStatus
from nautilus_lite.model.events.order import OrderAccepted

BUY = OrderSide.BUY


class TestConstantLatency:
    def test_repr_tells_every_parameter(self) -> None:
        model = LatencyModel(1, 2, 3, 4, response_latency_nanos=5, feed_latency_nanos=6, in_order=True)
        assert repr(model) == (
            "LatencyModel(base_latency_nanos=1, insert_latency_nanos=3, update_latency_nanos=4, cancel_latency_nanos=5, "
            "response_latency_nanos=5, feed_latency_nanos=6, in_order=True)"
        )

    @pytest.mark.parametrize("name", ["response_latency_nanos", "feed_latency_nanos"])
    def test_negative_latency_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidConfiguration, match=rf"invalid `{name}`, must be in \[0, 10\^18\] ns, was -1"):
            LatencyModel(**{name: -1})

    def test_in_order_a_quick_cancel_waits_for_its_order(self, house: Any) -> None:
        model = LatencyModel(0, insert_latency_nanos=100, cancel_latency_nanos=10, in_order=True)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.cancel(order)
        venue.at(99)
        assert venue.kinds(order) == []
        venue.at(100)
        assert venue.kinds(order) == ["Accepted", "Canceled"]

    def test_in_order_a_later_command_is_not_late(self, house: Any) -> None:
        model = LatencyModel(0, insert_latency_nanos=100, cancel_latency_nanos=10, in_order=True)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.at(100)
        venue.cancel(order)
        venue.at(110)
        assert venue.kinds(order) == ["Accepted", "Canceled"]


class TestLatencyInPython:
    def test_entry_latency_is_asked_for_each_command(self, house: Any) -> None:
        asked: list[tuple[str, int]] = []

        class Slow(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                asked.append((type(command).__name__, ts_now))
                return {SubmitOrder: 100, ModifyOrder: 30, CancelOrder: 20}[type(command)]

        venue = house(latency_model=Slow())
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.at(100)
        venue.modify(order, price="99.50")
        assert venue.exchange.next_inflight == 130
        venue.at(130)
        venue.cancel(order)
        venue.at(150)
        assert venue.kinds(order) == ["Accepted", "Updated", "Canceled"]
        assert asked == [("SubmitOrder", 0), ("ModifyOrder", 100), ("CancelOrder", 130)]

    def test_a_subclass_builds_on_the_constants(self, house: Any) -> None:
        class Twice(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                return 2 * super().entry_latency(command, ts_now)

        venue = house(latency_model=Twice(base_latency_nanos=50))
        venue.quote("99.99", "100.01")
        venue.market_order(BUY, 1)
        assert venue.exchange.next_inflight == 100

    @pytest.mark.parametrize("value", [-1, 1.5, None, 10**18 + 1])
    def test_a_latency_that_makes_no_sense_is_refused(self, house: Any, value: Any) -> None:
        class Odd(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> Any:
                return value

        venue = house(latency_model=Odd())
        venue.quote("99.99", "100.01")
        with pytest.raises(ValueError, match=r"`Odd.entry_latency` must return whole nanoseconds in \[0, 10\^18\]"):
            venue.market_order(BUY, 1)

    def test_random_numbers_belong_to_the_order(self, house: Any) -> None:
        class Drawn(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                return 1 + int(self.uniform() * 1_000_000)

        def arrival(orders_before: int) -> int:
            model = Drawn()
            venue = house(latency_model=model)
            venue.quote("99.99", "100.01")
            for _ in range(orders_before):
                venue.orders.generate_client_order_id()
                model.uniform()
            venue.orders.reset()
            order = venue.market_order(BUY, 1)
            assert order.status == OrderStatus.SUBMITTED
            return int(venue.exchange.next_inflight)

        assert arrival(0) == arrival(3) > 0


def times_taken(model: Any, n: int = 20_000) -> Any:
    """Return draws of the model's time to the venue (ns)."""
    command = CancelOrder.__new__(CancelOrder)
    return np.array([model.entry_latency(command, 0) for _ in range(n)], dtype=float)


def arrivals(house: Any, model: Any, n: int = 1, other_orders: int = 0) -> list[int]:
    """Return when each of `n` orders sent at 0 arrives; other orders are sent in between."""
    venue = house(latency_model=model)
    venue.quote("99.99", "100.01")
    others = venue.factory("S-002")
    sent = []
    for _ in range(n):
        for _ in range(other_orders):
            venue.submit(others.limit(venue.pair.id, BUY, venue.pair.make_qty(1), venue.pair.make_price(90)))
        sent.append(venue.limit(BUY, 1, "99.00"))
    while venue.exchange.next_inflight is not None:
        venue.at(venue.exchange.next_inflight)
    return [order.ts_accepted for order in sent]


class TestDrawnLatency:
    def test_log_normal_has_its_median_and_spread(self) -> None:
        taken = times_taken(LogNormalLatencyModel(1_000_000, 0.5, minimum_nanos=200_000))
        logs = np.log(taken - 200_000)
        # standard errors: sigma / sqrt(n) = 0.0035 of the mean, sigma / sqrt(2 n) = 0.0025 of sigma
        assert abs(logs.mean() - np.log(1_000_000)) < 0.014
        assert abs(logs.std() - 0.5) < 0.01
        # a normal number is above 1.96 standard deviations once in 40
        assert abs(np.mean(logs > np.log(1_000_000) + 1.96 * 0.5) - 0.025) < 0.005

    @pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
    def test_gamma_has_its_mean_and_variance(self, shape: float) -> None:
        taken = times_taken(GammaLatencyModel(shape, 100_000, minimum_nanos=50_000)) - 50_000
        assert abs(taken.mean() / (shape * 100_000) - 1) < 4 / np.sqrt(shape * 20_000)
        assert abs(taken.var() / (shape * 100_000**2) - 1) < 0.2
        assert taken.min() >= 0

    def test_an_exponential_is_the_gamma_of_shape_one(self) -> None:
        taken = times_taken(GammaLatencyModel(1, 100_000))
        # P(x > t) = exp(-t / scale)
        for t in (50_000, 100_000, 300_000):
            assert abs(np.mean(taken > t) - np.exp(-t / 100_000)) < 0.015

    def test_no_spread_is_a_constant(self, house: Any) -> None:
        model = LogNormalLatencyModel(1_000, 0.0, minimum_nanos=10, insert_latency_nanos=5)
        assert arrivals(house, model) == [1_015]

    def test_draws_belong_to_the_order(self, house: Any) -> None:
        def run(other_orders: int, **options: Any) -> list[int]:
            model = LogNormalLatencyModel(1_000_000, 1.0, in_order=False, **options)
            return arrivals(house, model, 5, other_orders)

        alone = run(0)
        assert len(set(alone)) == 5
        assert run(3) == alone
        assert run(0, random_seed=1) != alone

    def test_commands_keep_their_order_unless_told(self, house: Any) -> None:
        free = arrivals(house, GammaLatencyModel(0.5, 1_000_000, in_order=False), 20)
        kept = arrivals(house, GammaLatencyModel(0.5, 1_000_000), 20)
        assert free != sorted(free)
        # the running maximum of what the draws say
        assert kept == list(np.maximum.accumulate(free))

    def test_a_reset_gives_the_same_draws(self, house: Any) -> None:
        model = GammaLatencyModel(2.0, 1_000)
        first = arrivals(house, model, 5)
        model.reset()
        assert arrivals(house, model, 5) == first

    def test_answers_draw_from_their_own_distribution(self) -> None:
        event = OrderAccepted.__new__(OrderAccepted)
        assert LogNormalLatencyModel(1_000, 0.5).response_latency(event, 0) == 0
        model = LogNormalLatencyModel(1_000, 0.5, response_median_nanos=500, response_sigma=0, response_minimum_nanos=7)
        assert model.response_latency(event, 0) == 507
        gamma = GammaLatencyModel(1, 1_000, response_shape=4, response_scale_nanos=500, response_minimum_nanos=7)
        mean = np.mean([gamma.response_latency(event, 0) for _ in range(4_000)])
        # mean 7 + 4 x 500, standard deviation sqrt(4) x 500 / sqrt(4000) = 15.8
        assert abs(mean - 2_007) < 64

    @pytest.mark.parametrize(
        ("make", "text"),
        [
            (lambda: LogNormalLatencyModel(0, 0.5), r"invalid `median_nanos`, must be in \(0, 10\^18\], was 0"),
            (lambda: LogNormalLatencyModel(1, -0.5), r"invalid `sigma`, must be in \[0, 10\^18\], was -0.5"),
            (lambda: LogNormalLatencyModel(1, float("nan")), "invalid `sigma`"),
            (lambda: LogNormalLatencyModel(1, 1, minimum_nanos=-1), "invalid `base_latency_nanos`"),
            (lambda: GammaLatencyModel(0, 1), "invalid `shape`, must be in"),
            (lambda: GammaLatencyModel(1, float("inf")), "invalid `scale_nanos`"),
            (lambda: GammaLatencyModel(1, 1, random_seed=-1), "invalid `random_seed`"),
        ],
    )
    def test_settings_out_of_range_are_refused(self, make: Any, text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            make()

    def test_repr_tells_every_parameter(self) -> None:
        assert repr(GammaLatencyModel(2, 30, 4, 5, 60, 7, 8, 9, 10, 11, False, 12)) == (
            "GammaLatencyModel(shape=2.0, scale_nanos=30.0, response_shape=5.0, response_scale_nanos=60.0, "
            "minimum_nanos=4, insert_latency_nanos=8, update_latency_nanos=9, cancel_latency_nanos=10, "
            "response_minimum_nanos=7, feed_latency_nanos=11, in_order=False, random_seed=12)"
        )


TABLE = {"time": [100, 200, 400], "entry_ns": [10, 30, 20], "response_ns": [5, 5, 105]}


class TestRecordedLatency:
    @pytest.mark.parametrize(
        ("ts", "entry", "response"),
        [
            (0, 10, 5),
            (100, 10, 5),
            (150, 20, 5),  # half of the way from 10 to 30
            (200, 30, 5),
            (300, 25, 55),  # half of the way from 30 to 20, and from 5 to 105
            (350, 22, 80),  # 30 - 10 x 3/4 = 22.5, half to even
            (400, 20, 105),
            (10**18, 20, 105),
        ],
    )
    def test_between_rows_it_lies_on_their_line(self, ts: int, entry: int, response: int) -> None:
        model = RecordedLatencyModel(TABLE)
        assert (model.entry_at(ts), model.response_at(ts)) == (entry, response)

    @given(
        rows=st.lists(
            st.tuples(st.integers(1, 10**6), st.integers(0, 10**9)), min_size=1, max_size=20, unique_by=lambda r: r[0]
        ),
        ts=st.integers(0, 10**6 + 10),
    )
    def test_agrees_with_a_plain_interpolation(self, rows: list[tuple[int, int]], ts: int) -> None:
        rows.sort()
        model = RecordedLatencyModel({"time": [t for t, _ in rows], "entry_ns": [v for _, v in rows]})
        at = bisect.bisect_right(rows, (ts, 10**10))
        if at == 0 or at == len(rows):
            expected = rows[0][1] if at == 0 else rows[-1][1]
        else:
            (t0, v0), (t1, v1) = rows[at - 1], rows[at]
            expected = v0 + round(Fraction((v1 - v0) * (ts - t0), t1 - t0))
        assert model.entry_at(ts) == expected
        assert model.response_at(ts) == 0

    def test_commands_take_what_was_measured(self, house: Any) -> None:
        venue = house(latency_model=RecordedLatencyModel(TABLE, cancel_latency_nanos=3))
        venue.quote("99.99", "100.01")
        venue.at(150)
        order = venue.limit(BUY, 1, "99.00")
        assert venue.exchange.next_inflight == 170
        venue.at(300)
        venue.cancel(order)
        assert venue.exchange.next_inflight == 328

    def test_files_frames_and_times_say_the_same(self, tmp_path: Any) -> None:
        frame = pd.DataFrame(TABLE)
        frame.to_csv(tmp_path / "latency.csv", index=False)
        frame.to_parquet(tmp_path / "latency.parquet")
        stamped = frame.assign(time=pd.to_datetime(frame["time"]))
        tables = [TABLE, frame, stamped, tmp_path / "latency.csv", str(tmp_path / "latency.parquet")]
        models = [RecordedLatencyModel(table) for table in tables]
        assert {model.digest for model in models} == {models[0].digest}
        assert [model.entry_at(150) for model in models] == [20] * 5
        assert RecordedLatencyModel({**TABLE, "entry_ns": [10, 30, 21]}).digest != models[0].digest
        assert repr(models[3]) == (
            f"RecordedLatencyModel(table='{tmp_path}/latency.csv', rows=3, digest={models[0].digest}, "
            "insert_latency_nanos=0, update_latency_nanos=0, cancel_latency_nanos=0, feed_latency_nanos=0, in_order=True)"
        )

    @pytest.mark.parametrize(
        ("table", "text"),
        [
            ({"time": [1]}, "latency table `dict` has no column `entry_ns`, it has: time"),
            ({"time": [], "entry_ns": []}, "latency table `dict` is empty"),
            ({"time": [1, 2], "entry_ns": [1]}, "columns of latency table `dict` differ in length: 2, 1, 1"),
            ({"time": [1, 1], "entry_ns": [1, 1]}, "`time` of latency table `dict` must rise, was 1 in row 1 after 1"),
            ({"time": [-1], "entry_ns": [1]}, "`time` of latency table `dict` must be >= 0, was -1 in row 0"),
            ({"time": [1.5], "entry_ns": [1]}, "must be whole nanoseconds, was float64"),
            ({"time": ["soon"], "entry_ns": [1]}, "is neither integers nor times"),
            ({"time": [1, 2], "entry_ns": [1, -7]}, r"`entry_ns` .* must be in \[0, 10\^18\] ns, was -7 in row 1"),
            ({"time": [1], "entry_ns": [float("nan")]}, "was nan in row 0"),
            ({"time": [1], "entry_ns": ["x"]}, "`entry_ns` of latency table `dict` must be numbers"),
            ("latency.txt", "latency table `latency.txt` must be a .parquet or .csv file"),
            ("missing.csv", "latency table `missing.csv` does not exist"),
            (7, "latency table must be a path, a DataFrame or a mapping of columns, was int"),
        ],
    )
    def test_a_bad_table_is_refused(self, table: Any, text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            RecordedLatencyModel(table)


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("LogNormalLatencyModel", {"median_nanos": 500_000, "sigma": 0.4, "minimum_nanos": 100_000}),
        ("GammaLatencyModel", {"shape": 2, "scale_nanos": 100_000}),
        ("RecordedLatencyModel", {"table": TABLE}),
    ],
)
def test_models_are_made_from_plain_data(name: str, config: dict[str, Any]) -> None:
    made = ImportableConfig.parse(ImportableConfig(path=f"nautilus_lite.backtest.models:{name}", config=config).json())
    assert type(made.create()).__name__ == name
