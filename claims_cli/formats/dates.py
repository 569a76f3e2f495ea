"""Dates as documents write them → ISO 8601, never by guessing which number is the day."""

import re
from datetime import datetime
from itertools import product

ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
YEAR_FIRST = re.compile(r"^(\d{4})([/.]?)(\d\d)\2(\d\d)$")
TO_THE_SECOND = re.compile(r"^(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])[0-5]\d[0-5]\d$")
ISO_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*")
LONGEST = 80
EARLY, LATE = datetime(1904, 1, 1), datetime(1908, 2, 2)  # both leap years, so that 29 February stands in both


def iso_date(written: str | None) -> str | None:
    """A date as `2024-03-05`, or `2024-03` or `2024` where it says no more; as it was written where that is unclear.

    The time of day is left out, and no time zone changes the day.
    """
    if not written or not written.strip():
        return None
    bare = " ".join(written.split())
    with_time = ISO_TIME.fullmatch(bare)
    bare = with_time[1] if with_time else bare
    year_first = TO_THE_SECOND.sub(r"\1-\2-\3", YEAR_FIRST.sub(r"\1-\3-\4", bare))
    return year_first if is_iso(year_first) else unambiguous(bare) or bare


def is_iso(text: str) -> bool:
    """Whether a text is a date of the calendar as ISO writes it, whole or in part."""
    match = ISO.fullmatch(text)
    if match is None:
        return False
    try:
        datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def unambiguous(written: str) -> str | None:
    """The ISO date of other ways to write one; None where it is none, has no year, or can be read in two ways."""
    if len(written) > LONGEST:
        return None
    readings = {parsed(written, *orders) for orders in product((False, True), repeat=2)}
    return readings.pop() if len(readings) == 1 else None


def parsed(written: str, dayfirst: bool, yearfirst: bool) -> str | None:
    """One reading of a date; what it does not say is what two readings with other defaults do not share."""
    from dateutil import parser

    readings = []
    for default in (EARLY, LATE):
        try:
            readings.append(parser.parse(written, default=default, dayfirst=dayfirst, yearfirst=yearfirst))
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
    first, second = readings
    if first.year != second.year:
        return None
    if first.month != second.month:
        return f"{first.year:04}" if first.day != second.day else None
    return f"{first.year:04}-{first.month:02}" + (f"-{first.day:02}" if first.day == second.day else "")
