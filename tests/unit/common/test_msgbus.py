"""The message bus."""

from dataclasses import dataclass
from typing import Any

import pytest

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.model.identifiers import TraderId


@pytest.fixture
def bus():
    bus = MessageBus(TraderId("TRADER-001"), TestClock())
    yield bus
    bus._check()


@dataclass
class Request:
    id: Any
    callback: Any = None


@dataclass
class Response:
    correlation_id: Any
    data: Any = None


class Handler:
    def __init__(self):
        self.messages = []

    def handle(self, msg):
        self.messages.append(msg)


def test_publish_reaches_exact_and_wildcard_subscribers_only(bus):
    seen = []
    bus.subscribe("data.quotes.SIM.EURUSD", lambda m: seen.append(("exact", m)))
    bus.subscribe("data.*", lambda m: seen.append(("star", m)))
    bus.subscribe("data.quotes.SIM.???USD", lambda m: seen.append(("mark", m)))
    bus.subscribe("data.trades.*", lambda m: seen.append(("other", m)))
    bus.publish("data.quotes.SIM.EURUSD", 1)
    assert seen == [("exact", 1), ("star", 1), ("mark", 1)]


def test_higher_priority_runs_first_then_order_of_subscription(bus):
    seen = []
    bus.subscribe("t", lambda m: seen.append("first"))
    bus.subscribe("*", lambda m: seen.append("second"))
    bus.subscribe("t", lambda m: seen.append("high"), priority=10)
    bus.subscribe("t*", lambda m: seen.append("low"), priority=-1)
    bus.publish("t", None)
    assert seen == ["high", "first", "second", "low"]


def test_late_wildcard_subscriber_reaches_topics_already_published(bus):
    handler = Handler()
    bus.publish("events.order.S-1", "before")
    bus.subscribe("events.order.*", handler.handle)
    bus.publish("events.order.S-1", "after")
    assert handler.messages == ["after"]


def test_unsubscribing_one_pattern_leaves_the_others(bus):
    one = Handler()
    two = Handler()
    bus.subscribe("events.order.*", one.handle)
    bus.subscribe("events.*", two.handle)
    bus.publish("events.order.S-1", 1)
    bus.unsubscribe("events.order.*", one.handle)
    bus.publish("events.order.S-1", 2)
    assert one.messages == [1]
    assert two.messages == [1, 2]


def test_bound_methods_are_one_handler_however_often_they_are_read(bus, caplog):
    handler = Handler()
    bus.subscribe("t", handler.handle)
    bus.subscribe("t", handler.handle)
    assert "ignored subscription to 't'" in caplog.text
    assert bus.is_subscribed("t", handler.handle)
    bus.publish("t", 1)
    assert handler.messages == [1]
    bus.unsubscribe("t", handler.handle)
    assert not bus.is_subscribed("t", handler.handle)


def test_same_handler_may_hold_two_topics(bus):
    handler = Handler()
    bus.subscribe("t", handler.handle)
    bus.subscribe("t*", handler.handle)
    bus.publish("t", 1)
    assert handler.messages == [1, 1]


def test_unknown_unsubscription_is_logged(bus, caplog):
    bus.unsubscribe("t", print)
    assert "ignored unsubscription from 't'" in caplog.text


def test_unsubscribing_in_a_handler_takes_effect_from_the_next_message(bus):
    seen = []

    def first(msg):
        seen.append(("first", msg))
        bus.unsubscribe("t", second)

    def second(msg):
        seen.append(("second", msg))

    bus.subscribe("t", first)
    bus.subscribe("t", second)
    bus.publish("t", 1)
    bus.publish("t", 2)
    assert seen == [("first", 1), ("second", 1), ("first", 2)]


def test_subscribing_in_a_handler_takes_effect_from_the_next_message(bus):
    seen = []

    def late(msg):
        seen.append(("late", msg))

    def first(msg):
        seen.append(("first", msg))
        if msg == 1:
            bus.subscribe("*", late, priority=5)
        if msg == 3:
            bus.publish("t", 4)

    bus.subscribe("t", first)
    for msg in (1, 2, 3):
        bus.publish("t", msg)
    assert seen == [
        ("first", 1),
        ("late", 2), ("first", 2),
        ("late", 3), ("first", 3),
        ("late", 4), ("first", 4),
    ]  # fmt: skip


def test_an_exception_in_a_handler_reaches_the_publisher(bus):
    def fail(msg):
        raise RuntimeError("handler bug")

    bus.subscribe("t", fail)
    with pytest.raises(RuntimeError, match="handler bug"):
        bus.publish("t", 1)


def test_compiled_topic_follows_subscriptions(bus):
    topic = bus.topic("t")
    assert topic.subscriber_count == 0
    handler = Handler()
    bus.subscribe("?", handler.handle)
    assert topic.subscriber_count == 1
    topic.publish("x")
    assert handler.messages == ["x"]
    assert bus.topic("t") is topic


@pytest.mark.parametrize("topic", ["", "data.*", "data.?"])
def test_publishing_on_a_pattern_is_refused(bus, topic):
    with pytest.raises(ValueError, match="must not be empty or hold"):
        bus.publish(topic, 1)


def test_bad_subscriptions_are_refused(bus):
    with pytest.raises(ValueError, match="`topic`, must not be empty"):
        bus.subscribe("", print)
    with pytest.raises(TypeError, match="`handler`, must be callable, was 5"):
        bus.subscribe("t", 5)


def test_introspection_of_subscriptions(bus):
    bus.subscribe("b.x", print)
    bus.subscribe("a.*", print)
    assert bus.topics() == ["a.*", "b.x"]
    assert [sub.topic for sub in bus.subscriptions()] == ["b.x", "a.*"]
    assert [sub.topic for sub in bus.subscriptions("b.*")] == ["b.x"]
    assert bus.has_subscribers("b.?")
    assert not bus.has_subscribers("c.*")
    assert MessageBus.is_matching("a.b", "a.*")


def test_send_reaches_the_endpoint(bus):
    handler = Handler()
    bus.register("RiskEngine.execute", handler.handle)
    bus.send("RiskEngine.execute", "cmd")
    assert handler.messages == ["cmd"]
    assert bus.endpoints() == ["RiskEngine.execute"]
    assert bus.is_registered("RiskEngine.execute")


def test_send_to_an_unknown_endpoint_names_near_ones(bus):
    bus.register("RiskEngine.execute", print)
    with pytest.raises(KeyError, match=r"no endpoint 'RiskEngine.exec' on the bus, did you mean .*RiskEngine.execute"):
        bus.send("RiskEngine.exec", 1)
    with pytest.raises(KeyError, match="registered endpoints are"):
        bus.send("zzz", 1)
    assert bus.sent_count == 0


def test_endpoints_are_unique_and_deregistered_by_their_handler(bus):
    handler = Handler()
    bus.register("e", handler.handle)
    with pytest.raises(KeyError, match="'e' is registered already"):
        bus.register("e", print)
    with pytest.raises(ValueError, match="must be the one registered for 'e'"):
        bus.deregister("e", print)
    bus.deregister("e", handler.handle)
    assert bus.endpoints() == []
    with pytest.raises(KeyError, match="no endpoint 'e'"):
        bus.deregister("e", handler.handle)


def test_response_calls_the_callback_of_its_request_once(bus):
    got = []
    bus.register("DataEngine.request", lambda request: None)
    bus.request("DataEngine.request", Request(7, got.append))
    assert bus.is_pending_request(7)
    response = Response(7, "bars")
    bus.response(response)
    bus.response(response)
    assert got == [response]
    assert not bus.is_pending_request(7)


def test_a_request_may_be_answered_inside_its_handler(bus):
    got = []
    bus.register("e", lambda request: bus.response(Response(request.id, "now")))
    bus.request("e", Request(1, lambda response: got.append(response.data)))
    assert got == ["now"]


def test_pending_request_ids_are_unique(bus):
    bus.register("e", lambda request: None)
    bus.request("e", Request(1))
    with pytest.raises(ValueError, match="`request.id`, must be unique among pending requests, was 1"):
        bus.request("e", Request(1))


def test_a_failed_request_is_not_pending(bus):
    def fail(request):
        raise RuntimeError("no data")

    bus.register("e", fail)
    with pytest.raises(RuntimeError, match="no data"):
        bus.request("e", Request(1))
    assert not bus.is_pending_request(1)
    with pytest.raises(KeyError, match="no endpoint 'f'"):
        bus.request("f", Request(2))
    assert not bus.is_pending_request(2)


def test_counters_count_messages(bus):
    bus.register("e", lambda m: None)
    bus.publish("t", 1)
    bus.topic("t").publish(2)
    bus.send("e", 3)
    bus.request("e", Request(1))
    bus.response(Response(1))
    assert (bus.pub_count, bus.sent_count, bus.req_count, bus.res_count) == (2, 1, 1, 1)


def test_dispose_drops_everything(bus):
    handler = Handler()
    bus.subscribe("t", handler.handle)
    bus.register("e", handler.handle)
    bus.publish("t", 1)
    bus.dispose()
    bus.publish("t", 2)
    assert handler.messages == [1]
    assert bus.endpoints() == []
