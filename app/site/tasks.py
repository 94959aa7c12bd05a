"""What the job worker does, room by room."""

from app.facilities import tasks as facilities

EVERY_MINUTE = {"facilities.keep_index_fresh": facilities.keep_index_fresh}
