"""Bodies larger than any form: read to their end and thrown away, so that the browser gets to read why.

A server that answers and hangs up while the browser still sends is seen by people as a page that cannot be reached.
"""

from io import BytesIO
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.utilities import RequestEntityTooLarge


class Nowhere:
    """Where nothing is kept."""

    def append(self, data: bytes) -> None:
        """Thrown away."""

    def getfile(self) -> BytesIO:
        """Nothing to read."""
        return BytesIO()

    def close(self) -> None:
        """Nothing to close."""

    def __len__(self) -> int:
        return 0


def throw_away_large(server: Any, *, most_kept: int) -> None:
    """Have a server keep no body that is larger; its application still sees how large it was said to be."""

    class Parser(HTTPRequestParser):
        """Reads one request."""

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.content_length > most_kept:
                self.body_rcv = FixedStreamReceiver(self.content_length, Nowhere())

        def received(self, data: bytes) -> int:
            consumed = super().received(data)
            if self.chunked and self.body_bytes_received > most_kept:  # of unknown length: no browser sends a form so
                self.error, self.completed = RequestEntityTooLarge(f"exceeds {most_kept}"), True
            return int(consumed)

    class Channel(HTTPChannel):
        """One connection."""

        parser_class = Parser

    for listener in (server, *(getattr(server, "map", None) or {}).values()):
        if hasattr(listener, "channel_class"):
            listener.channel_class = Channel
