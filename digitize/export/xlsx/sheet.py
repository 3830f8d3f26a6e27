"""A sheet of rows under a frozen header with filters, written as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from digitize.export.xml_text import xml_text

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_576
"""Of a sheet, its header included (ECMA-376 leaves it open; Excel's and LibreOffice's limit)."""

GENERAL, TEXT, SHARE = "General", "@", "0.0000"
"""How spreadsheets show a column, as it comes or so; a TEXT is none but text when edited, too."""

FILTER = 2
"""Of an indent's units: as wide as the button that opens a filter, on the right of a title."""

TAKEN_FOR_MORE = ("=", "#")
"""A text that begins so may be a formula or an error to openpyxl, unless it is told."""


@dataclass(frozen=True, slots=True)
class Column:
    """title: in the header. width: in characters. format: of its cells, as spreadsheets name it.

    title_at: the side of the column where its title stands, which is that of its values.
    """

    title: str
    width: float
    format: str = GENERAL
    title_at: Literal["left", "right"] = "left"


class Sheet:
    """Rows under a header; where a sheet is full, another follows: "Digits (2)".

    begun: called with each new sheet before its first row, to set what must be set then.
    """

    def __init__(
        self,
        book: Workbook,
        title: str,
        columns: Sequence[Column],
        begun: Callable[[Any], None] | None = None,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._begun, self._most_rows = begun, most_rows
        self._count = 0
        self._begin()

    @property
    def row(self) -> int:
        """The place of the row added last, from 1; the header is 1."""
        return self._row

    @property
    def last_column(self) -> str:
        """The letter of the last column."""
        return chr(ord("A") + len(self._columns) - 1)

    def prepare(self, height: float = 0.0) -> Any:
        """Return openpyxl's sheet that the next row goes to; height: of that row, 0 as usual.

        In units of 1/72 inch.
        """
        if self._row == self._most_rows:
            self.finish()
            self._begin()
        if height:
            self._sheet.row_dimensions[self._row + 1].height = height
        return self._sheet

    def append(self, values: Sequence[str | int | float | None]) -> None:
        """Add a row; text is never taken for a formula, a number or an error."""
        sheet = self.prepare()
        sheet.append([self._cell(place, value) for place, value in enumerate(values)])
        self._row += 1

    def finish(self) -> None:
        """Set the filters, once all rows are there."""
        self._sheet.auto_filter.ref = f"A1:{self.last_column}{self._row}"

    def _begin(self) -> None:
        self._count += 1
        name = self._title if self._count == 1 else f"{self._title} ({self._count})"
        self._sheet = self._book.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        print_in_full_width(self._sheet)
        for place, column in enumerate(self._columns):
            self._sheet.column_dimensions[chr(ord("A") + place)].width = column.width
        self._cells = [formatted_cell(self._sheet, column.format) for column in self._columns]
        if self._begun:
            self._begun(self._sheet)
        self._sheet.append([title_cell(self._sheet, column) for column in self._columns])
        self._row = 1

    def _cell(self, place: int, value: str | int | float | None) -> Any:
        """Return what openpyxl is to write; most values as they are, which takes half the time.

        Else it is the column's one cell with another value: a row is written before the next.
        """
        if value is None or value == "":
            return None
        text = isinstance(value, str)
        shown = xml_text(value) if isinstance(value, str) else value
        plain = not (text and str(shown).startswith(TAKEN_FOR_MORE))
        if plain and self._columns[place].format == GENERAL:
            return shown
        cell = self._cells[place]
        cell.value = shown
        if text:
            cell.data_type = "s"
        return cell


def print_in_full_width(sheet: Any) -> None:
    """Let all columns of a sheet fit on a page that lies, under the header on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.print_title_rows = "1:1"


def formatted_cell(sheet: Any, number_format: str) -> Any:
    """Return an empty cell whose value is shown by `number_format`, apart from its neighbours."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    if number_format != GENERAL:
        side = "left" if number_format == TEXT else "right"
        cell.alignment = Alignment(horizontal=side, indent=1)
    return cell


def title_cell(sheet: Any, column: Column) -> Any:
    """Return a cell of the header, above the column's values."""
    from openpyxl.styles import Alignment, Font

    cell = formatted_cell(sheet, column.format)
    cell.value, cell.font = column.title, Font(bold=True)
    if column.title_at == "right":
        cell.alignment = Alignment(horizontal="right", indent=FILTER)
    return cell
