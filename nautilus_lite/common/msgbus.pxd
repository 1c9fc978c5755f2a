from libc.stdint cimport uint64_t
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.model.identifiers cimport TraderId


cdef class MessageBus


cdef class Subscription:
    """A handler of a topic or pattern. Subclasses in Cython override `deliver_c` to skip a Python call."""
    cdef readonly str topic            # as subscribed: may hold wildcards * and ?
    cdef readonly object handler
    cdef readonly int priority         # higher runs first
    cdef uint64_t order                # subscription order, breaks ties
    cdef int deliver_c(self, object message) except -1


cdef class Topic:
    """A compiled topic: the handlers a message published on it reaches, resolved already."""
    cdef readonly str name
    cdef tuple _subs                   # replaced, never changed: a publish in flight keeps its own
    cdef Py_ssize_t n                  # number of handlers
    cdef MessageBus _bus               # its counters
    cdef int publish_c(self, object message) except -1


cdef class MessageBus:
    cdef readonly TraderId trader_id
    cdef readonly str name
    cdef Logger _log
    cdef dict _topics                  # name -> Topic
    cdef dict _patterns                # (topic text, handler) -> Subscription
    cdef dict _endpoints               # name -> handler
    cdef dict _correlation             # request id -> callback
    cdef uint64_t _sub_count
    cdef readonly uint64_t sent_count
    cdef readonly uint64_t req_count
    cdef readonly uint64_t res_count
    cdef readonly uint64_t pub_count
    cdef tuple _resolve(self, str name)
    cdef int _rebuild(self, str pattern) except -1
    cdef object _endpoint(self, str endpoint)
    cdef Topic topic_c(self, str name)                       # compiled on first use
    cdef int subscribe_c(self, Subscription sub) except -1
    cdef int unsubscribe_c(self, str topic, object handler) except -1
