"""The one place that knows which day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from audit.model import AuditError

VARIABLE = "AUDIT_TODAY"


def today() -> date:
    """Return the date in UTC, the same everywhere, or the one in the environment's AUDIT_TODAY."""
    told = os.environ.get(VARIABLE)
    if not told:
        return datetime.now(UTC).date()
    return day(told, VARIABLE)


def day(written: str, where: str) -> date:
    """Return the date `written` as 2026-12-31; raise `AuditError`, which names `where`, if it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise AuditError(f"{where} wants a date, such as 2026-12-31, not “{written}”") from None
