"""A job that a page asks for is found by the worker, which knows it by its name in the schedule."""

from types import SimpleNamespace

from flask import Flask

from app.core import jobs


def test_a_job_that_is_asked_for_is_done_by_the_worker(tmp_path):
    app, done = Flask("jobs"), []
    app.extensions["settings"] = SimpleNamespace(data=tmp_path)
    worker = jobs.scheduled(app, {"room.work": lambda: done.append("work"), "room.rest": lambda: None})
    assert worker.dequeue() is None
    jobs.soon(app, "room.work")
    task = worker.dequeue()
    worker.execute(task)
    assert done == ["work"]
    assert worker.dequeue() is None
