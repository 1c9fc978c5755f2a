"""Message bus with compiled topics.

Patterns are matched when somebody subscribes or when a topic is first published to, never per message: a `Topic` holds
the tuple of subscriptions it reaches, in delivery order (priority, highest first, then order of subscription). Each
(un)subscription rebuilds the tuples of the topics it matches. A tuple is replaced and never changed, so a handler may
subscribe or unsubscribe while a message is under way: that message keeps the tuple it started with.
"""
cimport cython

from nautilus_lite.core.nearest import nearest

from libc.stdint cimport uint64_t
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.model.identifiers cimport TraderId


cdef bint wildcard_match(str text, str pattern) except? 0:
    # Greedy with one point to return to: a later `*` makes an earlier one irrelevant, so this is O(len * len) at worst
    cdef Py_ssize_t n = len(text)
    cdef Py_ssize_t m = len(pattern)
    cdef Py_ssize_t i = 0
    cdef Py_ssize_t j = 0
    cdef Py_ssize_t star = -1          # position of the last `*` met
    cdef Py_ssize_t resume = 0         # where in the text that `*` stops matching
    while i < n:
        if j < m and pattern[j] == u"*":
            star = j
            resume = i
            j += 1
        elif j < m and (pattern[j] == u"?" or pattern[j] == text[i]):
            i += 1
            j += 1
        elif star >= 0:
            resume += 1
            i = resume
            j = star + 1
        else:
            return False
    while j < m and pattern[j] == u"*":
        j += 1
    return j == m


cdef bint has_wildcards(str text) except? 0:
    return u"*" in text or u"?" in text


cdef object _sort_key(Subscription sub):
    return (-sub.priority, sub.order)


cdef object _sub_handler(Subscription sub):
    # A Cython subscription that delivers by itself needs no handler; it then stands for itself
    return sub if sub.handler is None else sub.handler


def is_matching(str topic not None, str pattern not None):
    """
    Return whether `topic` matches `pattern`, where `*` stands for any run of characters and `?` for any one.

    Examples
    --------
    >>> is_matching("data.quotes.SIM.EURUSD", "data.quotes.*")
    True
    >>> is_matching("data.quotes.SIM", "data.quotes.?")
    False

    """
    return wildcard_match(topic, pattern)


cdef class Subscription:
    """
    A handler of a topic or pattern.

    Parameters
    ----------
    topic : str
        The topic, which may hold the wildcards `*` and `?`.
    handler : Callable[[Any], None], optional
        Takes the messages; None where a Cython subclass overrides `deliver_c`.
    priority : int, default 0
        Higher priorities run first.

    """

    def __init__(self, str topic not None, handler=None, int priority=0):
        if not topic:
            raise ValueError("invalid `topic`, must not be empty")
        if handler is not None and not callable(handler):
            raise TypeError(f"invalid `handler`, must be callable, was {handler!r}")
        self.topic = topic
        self.handler = handler
        self.priority = priority

    cdef int deliver_c(self, object message) except -1:
        self.handler(message)
        return 0

    def __repr__(self):
        return f"{type(self).__name__}(topic={self.topic}, handler={self.handler!r}, priority={self.priority})"


@cython.final
cdef class Topic:
    """A compiled topic; `MessageBus` makes them."""

    cdef int publish_c(self, object message) except -1:
        cdef tuple subs = self._subs
        cdef Py_ssize_t i
        self._bus.pub_count += 1
        for i in range(len(subs)):
            (<Subscription>subs[i]).deliver_c(message)
        return 0

    def publish(self, message):
        """Hand `message` to every subscriber of the topic."""
        self.publish_c(message)

    @property
    def subscriber_count(self):
        """The number of subscriptions a message reaches."""
        return self.n

    def __repr__(self):
        return f"Topic(name={self.name}, subscribers={self.n})"


cdef class MessageBus:
    """
    Publish/subscribe with wildcards and priorities, point-to-point endpoints, and request/response.

    Messages must not be changed once sent. Subscribing and unsubscribing inside a handler take effect from the next
    message.

    Parameters
    ----------
    trader_id : TraderId
        The trader the bus belongs to.
    clock : Clock, optional
        Stamps the log records.
    name : str, default 'MessageBus'
        The name in the log.

    """

    def __init__(self, TraderId trader_id not None, Clock clock=None, str name=None):
        self.trader_id = trader_id
        self.name = name if name is not None else "MessageBus"
        self._log = Logger(self.name, clock)
        self._topics = {}
        self._patterns = {}
        self._endpoints = {}
        self._correlation = {}

    # Compiled topics

    cdef tuple _resolve(self, str name):
        cdef Subscription sub
        cdef list found = []
        for sub in self._patterns.values():
            if sub.topic == name or wildcard_match(name, sub.topic):
                found.append(sub)
        found.sort(key=_sort_key)
        return tuple(found)

    cdef int _rebuild(self, str pattern) except -1:
        cdef Topic topic
        if not has_wildcards(pattern):
            topic = self._topics.get(pattern)
            if topic is not None:
                topic._subs = self._resolve(topic.name)
                topic.n = len(topic._subs)
            return 0
        for topic in self._topics.values():
            if wildcard_match(topic.name, pattern):
                topic._subs = self._resolve(topic.name)
                topic.n = len(topic._subs)
        return 0

    cdef Topic topic_c(self, str name):
        cdef Topic topic = self._topics.get(name)
        if topic is not None:
            return topic
        if not name or has_wildcards(name):
            raise ValueError(f"invalid topic to publish on, must not be empty or hold * or ?, was {name!r}")
        topic = Topic.__new__(Topic)
        topic.name = name
        topic._bus = self
        topic._subs = self._resolve(name)
        topic.n = len(topic._subs)
        self._topics[name] = topic
        return topic

    cdef int subscribe_c(self, Subscription sub) except -1:
        cdef tuple key = (sub.topic, _sub_handler(sub))
        if key in self._patterns:
            self._log.warning(f"ignored subscription to {sub.topic!r}, the handler has one already: {sub.handler!r}")
            return 0
        sub.order = self._sub_count
        self._sub_count += 1
        self._patterns[key] = sub
        return self._rebuild(sub.topic)

    cdef int unsubscribe_c(self, str topic, object handler) except -1:
        if self._patterns.pop((topic, handler), None) is None:
            self._log.warning(f"ignored unsubscription from {topic!r}, the handler is not subscribed: {handler!r}")
            return 0
        return self._rebuild(topic)

    # Publish and subscribe

    def topic(self, str name not None):
        """Return the compiled topic `name`, to publish on many times."""
        return self.topic_c(name)

    def subscribe(self, str topic not None, handler not None, int priority=0):
        """
        Call `handler` with every message published on a topic that matches.

        A second subscription of the same handler to the same topic is ignored, with a warning.

        Parameters
        ----------
        topic : str
            The topic or pattern; `*` stands for any run of characters, `?` for any one.
        handler : Callable[[Any], None]
            Takes the messages.
        priority : int, default 0
            Higher priorities run first; equal ones in order of subscription.

        """
        self.subscribe_c(Subscription(topic, handler, priority))

    def unsubscribe(self, str topic not None, handler not None):
        """Remove the subscription of `handler` to `topic`; logged and ignored where there is none."""
        self.unsubscribe_c(topic, handler)

    def publish(self, str topic not None, msg):
        """Hand `msg` to every handler whose subscription matches `topic`."""
        self.topic_c(topic).publish_c(msg)

    def is_subscribed(self, str topic not None, handler not None):
        """Return whether `handler` is subscribed to exactly this topic or pattern."""
        return (topic, handler) in self._patterns

    def has_subscribers(self, str pattern=None):
        """Return whether any subscription's topic matches `pattern` (any at all if None)."""
        return bool(self.subscriptions(pattern))

    def subscriptions(self, str pattern=None):
        """Return the subscriptions whose topic matches `pattern` (all if None), in order of subscription."""
        cdef Subscription sub
        return [
            sub for sub in self._patterns.values() if pattern is None or wildcard_match(sub.topic, pattern)
        ]

    def topics(self):
        """Return the topics and patterns subscribed to, sorted."""
        return sorted({sub.topic for sub in self._patterns.values()})

    @staticmethod
    def is_matching(str topic not None, str pattern not None):
        """Return whether `topic` matches `pattern`."""
        return wildcard_match(topic, pattern)

    # Endpoints

    def register(self, str endpoint not None, handler not None):
        """
        Make `handler` the receiver of what is sent to `endpoint`.

        Raises
        ------
        KeyError
            If the endpoint is registered already.

        """
        if not endpoint:
            raise ValueError("invalid `endpoint`, must not be empty")
        if not callable(handler):
            raise TypeError(f"invalid `handler`, must be callable, was {handler!r}")
        if endpoint in self._endpoints:
            raise KeyError(f"endpoint {endpoint!r} is registered already: deregister it first")
        self._endpoints[endpoint] = handler

    def deregister(self, str endpoint not None, handler not None):
        """
        Remove the endpoint.

        Raises
        ------
        KeyError
            If there is no such endpoint.
        ValueError
            If it has another handler.

        """
        if self._endpoint(endpoint) != handler:
            raise ValueError(f"invalid `handler`, must be the one registered for {endpoint!r}, was {handler!r}")
        del self._endpoints[endpoint]

    def is_registered(self, str endpoint not None):
        """Return whether the endpoint is registered."""
        return endpoint in self._endpoints

    def endpoints(self):
        """Return the names of the endpoints, in order of registration."""
        return list(self._endpoints)

    def send(self, str endpoint not None, msg):
        """
        Hand `msg` to the handler of `endpoint`.

        Raises
        ------
        KeyError
            If there is no such endpoint.

        """
        handler = self._endpoint(endpoint)
        self.sent_count += 1
        handler(msg)

    cdef object _endpoint(self, str endpoint):
        cdef object handler = self._endpoints.get(endpoint)
        if handler is None:
            near = nearest(endpoint, self._endpoints)
            hint = f"did you mean {near!r}" if near else f"registered endpoints are {list(self._endpoints)}"
            raise KeyError(f"no endpoint {endpoint!r} on the bus, {hint}")
        return handler

    # Request and response

    def request(self, str endpoint not None, request not None):
        """
        Send `request` to `endpoint` and keep its callback for the response.

        Parameters
        ----------
        endpoint : str
            The name of the endpoint.
        request : Any
            With an `id`, and a `callback` (or None) that takes the response.

        Raises
        ------
        KeyError
            If there is no such endpoint.
        ValueError
            If a request of this id is pending already.

        """
        handler = self._endpoint(endpoint)
        request_id = request.id
        if request_id in self._correlation:
            raise ValueError(f"invalid `request.id`, must be unique among pending requests, was {request_id}")
        self._correlation[request_id] = request.callback
        self.req_count += 1
        try:
            handler(request)
        except BaseException:
            self._correlation.pop(request_id, None)
            raise

    def response(self, response not None):
        """Hand `response` to the callback of the request named by its `correlation_id`, once; else ignore it."""
        self.res_count += 1
        correlation_id = response.correlation_id
        if correlation_id not in self._correlation:
            if self._log.is_debug:
                self._log.debug(f"no request is pending for the response to {correlation_id}")
            return
        callback = self._correlation.pop(correlation_id)
        if callback is not None:
            callback(response)

    def is_pending_request(self, request_id not None):
        """Return whether a request of this id waits for its response."""
        return request_id in self._correlation

    def dispose(self):
        """Drop every subscription, endpoint and pending request."""
        cdef Topic topic
        self._patterns.clear()
        self._endpoints.clear()
        self._correlation.clear()
        for topic in self._topics.values():
            topic._subs = ()
            topic.n = 0

    def _check(self):
        cdef Topic topic
        for topic in self._topics.values():
            assert topic._subs == self._resolve(topic.name), topic.name
            assert topic.n == len(topic._subs), topic.name
