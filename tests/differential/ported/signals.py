"""Custom data among the quotes, an actor that publishes signals and data, a strategy that trades on both."""

from common import AUD, LOG, OFFSET, SECOND, START, engine, finish, quotes

from nautilus_lite.common.actor import Actor
from nautilus_lite.core.data import Data
from nautilus_lite.model.custom import customdataclass
from nautilus_lite.model.data import CustomData, DataType
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import ClientId, Venue
from nautilus_lite.trading.strategy import Strategy


@customdataclass
class News(Data):
    score: float = 0.0
    text: str = ""


class Publisher(Actor):
    seen = 0

    def on_start(self) -> None:
        self.subscribe_quote_ticks(AUD.id)

    def on_quote_tick(self, tick) -> None:
        self.seen += 1
        if self.seen % 20 == 0:
            self.publish_signal("spread", float(tick.ask_price - tick.bid_price), tick.ts_event)
        if self.seen % 50 == 0:
            self.publish_data(DataType(News, {"kind": "made"}), News(tick.ts_event, tick.ts_init, self.seen, "made"))


class Trader(Strategy):
    def on_start(self) -> None:
        self.instrument = self.cache.instrument(AUD.id)
        self.subscribe_signal("spread")
        self.subscribe_data(DataType(News), client_id=ClientId("NEWS"))
        self.subscribe_data(DataType(News, {"kind": "made"}))
        self.request_instrument(AUD.id)
        self.request_instruments(Venue("SIM"))

    def on_instrument(self, instrument) -> None:
        LOG.append(("instrument", str(instrument.id)))

    def on_signal(self, signal) -> None:
        LOG.append((type(signal).__name__, round(signal.value, 6), signal.ts_event, signal.ts_init))

    def on_data(self, data) -> None:
        LOG.append((type(data).__name__, data.score, data.text, data.ts_init))
        side = OrderSide.BUY if int(data.score) % 2 else OrderSide.SELL
        self.submit_order(self.order_factory.market(AUD.id, side, self.instrument.make_qty(1_000)))


made = engine(AUD)
made.add_data(quotes(300))
times = [START + i * 7 * SECOND + 2 * OFFSET for i in range(30)]
news = [CustomData(DataType(News), News(ts, ts + 5, score=float(i), text="given")) for i, ts in enumerate(times)]
made.add_data(news, client_id=ClientId("NEWS"))
made.add_actor(Publisher())
made.add_strategy(Trader())
finish(made, AUD)
