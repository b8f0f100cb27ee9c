"""Tables that rules name in their options: tab-separated, checked line by line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from audit.model import PackError, Row, Table
from audit.suggest import did_you_mean


class _Cells(dict[str, str]):
    """The cells of a row by column; a column that a check wants and the table lacks is told by its name."""

    def __missing__(self, column: str) -> str:
        raise PackError(f"its table has no column “{column}”{did_you_mean(column, self)}")


@cache
def read_table(path: Path) -> Table:
    """Read a tab-separated table: the first line names the columns, lines that start with # are comments."""
    rows: list[Row] = []
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise PackError(f"{path.name}:{number}: {len(cells)} cells, but the table has {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        rows.append(Row(_Cells(zip(columns, cells, strict=True)), number))
    return Table(path.name, tuple(rows))
