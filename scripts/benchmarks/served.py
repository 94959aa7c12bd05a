"""What the measured worker serves: the whole product, and beside it the barest Flask program there can be.

`gunicorn benchmarks.served:app`. Both run in the same process behind the same server, so that one worker's
processor time can be asked for the one and for the other.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from app import create_app
from benchmarks.serving import HELLO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_product = create_app()
_bare = Flask("bare", static_folder=None)


@_bare.get(HELLO)
def hello() -> str:
    """Say hello, with nothing around it."""
    return "Hello, World!"


class Both:
    """Hands a request to one of the two."""

    app_context = staticmethod(_product.app_context)
    """For `scripts/server.py`, which opens the text index of a new process."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        chosen = _bare if environ["PATH_INFO"] == HELLO else _product
        return chosen(environ, start_response)


app = Both()
