"""Wildcards against the standard library's."""

import fnmatch
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.msgbus import MessageBus, is_matching
from nautilus_lite.model.identifiers import TraderId

LETTERS = "ab.é"
texts = st.text(alphabet=LETTERS, max_size=12)
patterns = st.text(alphabet=LETTERS + "*?", max_size=12)


@settings(max_examples=2_000, deadline=None)
@given(texts, patterns)
def test_matches_as_fnmatch_restricted_to_star_and_question_mark(text, pattern):
    assert is_matching(text, pattern) == bool(re.match(fnmatch.translate(pattern), text))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_every_topic_matches_itself_and_star(text):
    assert is_matching(text, text)
    assert is_matching(text, "*")
    assert is_matching(text, "?" * len(text))
    assert not is_matching(text, "?" * (len(text) + 1))


def test_brackets_are_plain_characters():
    assert is_matching("a[b]", "a[b]")
    assert not is_matching("ab", "a[b]")


operations = st.lists(
    st.tuples(
        st.sampled_from(["subscribe", "unsubscribe", "publish"]),
        st.text(alphabet="ab*?", min_size=1, max_size=3),
        st.integers(0, 3),
        st.integers(-1, 1),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(operations)
def test_bus_delivers_as_a_list_scanned_per_message(ops):
    bus = MessageBus(TraderId("TRADER-001"), TestClock())
    seen = []
    handlers = [lambda m, i=i: seen.append(i) for i in range(4)]
    model = {}  # (pattern, handler index) -> priority, in order of subscription
    for kind, topic, i, priority in ops:
        if kind == "subscribe":
            bus.subscribe(topic, handlers[i], priority)
            model.setdefault((topic, i), priority)
        elif kind == "unsubscribe":
            bus.unsubscribe(topic, handlers[i])
            model.pop((topic, i), None)
        elif "*" not in topic and "?" not in topic:
            seen.clear()
            bus.publish(topic, None)
            reached = [(p, i) for (pattern, i), p in model.items() if fnmatch.fnmatchcase(topic, pattern)]
            assert seen == [i for _, i in sorted(reached, key=lambda pair: -pair[0])]
    bus._check()
