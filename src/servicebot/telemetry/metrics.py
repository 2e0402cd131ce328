"""What the server counts, for /metrics. No label ever holds anything about a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The server's own registry; one for the whole process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.accepted = Counter(
            "servicebot_messages", "Messages at the door", ["channel", "outcome"],
            registry=self._registry,
        )  # fmt: skip
        self.turns = Counter("servicebot_turns", "Turns by rule", ["rule"], registry=self._registry)
        self.turn_seconds = Histogram(
            "servicebot_turn_seconds", "Accepted to committed", registry=self._registry,
            buckets=_SECONDS,
        )  # fmt: skip
        self.failures = Counter(
            "servicebot_turn_failures", "Turns that failed and are tried again",
            registry=self._registry,
        )  # fmt: skip
        self.deliveries = Counter(
            "servicebot_deliveries", "Pushes to messengers", ["channel", "outcome"],
            registry=self._registry,
        )  # fmt: skip
        self.refused = Counter(
            "servicebot_refused", "What was asked too often", ["what"], registry=self._registry
        )
        self.waiting = Gauge(
            "servicebot_mailbox_depth", "Messages that wait", registry=self._registry
        )
        self.unreadable = Gauge(
            "servicebot_unreadable_receipts", "Receipts set aside: no record was made of them",
            registry=self._registry,
        )  # fmt: skip

    def text(self) -> bytes:
        """The Prometheus text form."""
        return generate_latest(self._registry)
