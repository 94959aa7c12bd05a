"""A mail server for tests: it takes letters on this machine, or misbehaves as told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What arrived. `refuse` answers every recipient with that code; `dies` closes after so many letters."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: str = ""
    dies: int | None = None


@contextmanager
def sink(**told: object) -> Iterator[Sink]:
    """Run a mail server while the block runs."""
    kept = Sink(**told)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 sink\r\n")
            for raw in self.rfile:
                verb = raw.split()[0].upper() if raw.split() else b""
                if verb == b"DATA":
                    if kept.dies is not None and len(kept.letters) >= kept.dies:
                        return
                    self.wfile.write(b"354 go on\r\n")
                    kept.letters.append("".join(self._lines()))
                    self.wfile.write(b"250 kept\r\n")
                elif verb == b"RCPT":
                    kept.recipients.append(raw.decode().partition("<")[2].partition(">")[0])
                    self.wfile.write(f"{kept.refuse or '250 ok'}\r\n".encode())
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 sink\r\n")

        def _lines(self) -> Iterator[str]:
            for raw in self.rfile:
                if raw == b".\r\n":
                    return
                yield raw.decode()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
