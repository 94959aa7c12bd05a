"""The pictures of a facility, as its page shows them."""

import io

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue

from app.core import headers
from app.facilities.public.entry import bp
from app.facilities.queries.photos import picture


@bp.get("/facilities/<id>/photos/<int:number>.jpg")
def photo(id: str, number: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Return a photo; a small one with `size=s`."""
    found = picture(id, number, small=request.args.get("size") == "s") if number < 1 << 31 else None
    if found is None:
        abort(404)
    return headers.public(send_file(io.BytesIO(found), mimetype="image/jpeg", conditional=False), 86400)
