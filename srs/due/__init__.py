"""What is due: study days, daily limits and the order of a sitting; pure, with the day as an argument."""

from srs.due.day import is_moment, milliseconds, moment_of, study_day
from srs.due.order import Order, drilled, joined
from srs.due.queue import Limits, Queue, Queued, Today, todays_queue

__all__ = [
    "Limits",
    "Order",
    "Queue",
    "Queued",
    "Today",
    "drilled",
    "is_moment",
    "joined",
    "milliseconds",
    "moment_of",
    "study_day",
    "todays_queue",
]
