"""What several commands take: their options' values, checked and made ready."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

if TYPE_CHECKING:
    from digitize.batch.store import Store

DEFAULT_MODEL = "cnn"
LATER_FORMATS = "csv, pdf (or pdfa, pdfa3), hocr, alto, xlsx, sqlite, parquet, html"
FORMATS = f"{LATER_FORMATS}, json"
"""As help tells them: the table of writers would make it slow to start."""

LARGEST_ERROR = 0.2  # of the accepted numbers: who asks for more has left out the percent sign
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


AS_IN_THE_RUN = "as in the run"
"""The default of how a format is written again, as help tells it."""

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]


def csv_dialect_option(unless_given: str | None = None) -> Decorator:
    """Return the option --csv-dialect; unless_given: what help says stands for None."""
    return click.option(
        "--csv-dialect",
        type=click.Choice(["rfc4180", "excel"]),
        default=None if unless_given else "rfc4180",
        show_default=unless_given or True,
        help="How tables are written; excel: with semicolons and a byte order mark, for "
        "spreadsheets where the comma is the decimal mark.",
    )


def marks_option(unless_given: str | None = None) -> Decorator:
    """Return the option --marks; unless_given: what help says stands for None."""
    return click.option(
        "--marks",
        type=click.Choice(["on", "off", "only-review"]),
        default=None if unless_given else "on",
        show_default=unless_given or True,
        help="What PDFs show around numbers: all, none until the layer is switched on in a "
        "viewer, or those to review.",
    )


def parse_formats(
    _context: click.Context, _option: click.Parameter, value: str, among: str = FORMATS
) -> tuple[str, ...]:
    """Return the formats of a comma-separated list, each once; among: those there are, in words."""
    from digitize.export import PDF_FORMATS, WRITERS
    from digitize.export.parquet import need_pyarrow

    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in WRITERS]
    if unknown or not names:
        raise click.BadParameter(f"choose from {among}, separated by commas")
    pdfs = [name for name in names if name in PDF_FORMATS]
    if len(pdfs) > 1:
        raise click.BadParameter(f"{' and '.join(pdfs)} would write the same files; choose one")
    if "parquet" in names:
        need_pyarrow()
    return names


def named_folder(_context: click.Context, _option: click.Parameter, value: str) -> Path:
    """Return the folder; empty text, as of a variable that is not set, would be the current one."""
    if not value:
        raise click.BadParameter("give a folder")
    return Path(value)


def folder_here(context: click.Context, option: click.Parameter, value: str) -> Path:
    """Return a folder of this machine; an address of a store is refused."""
    folder = named_folder(context, option, value)
    if "://" not in value:
        return folder
    from digitize.errors import UsageError
    from digitize.load.addresses import is_address, local_path, without_secrets

    if not is_address(value):
        return folder
    here = local_path(value)
    if here is None:
        raise UsageError(
            f"{without_secrets(value)}: results in a store are not looked into",
            "Copy them to this machine, and give that folder",
        )
    return here


def existing_folder(context: click.Context, option: click.Parameter, value: str) -> Path:
    """Return a folder of this machine that is there."""
    folder = folder_here(context, option, value)
    there = click.Path(exists=True, file_okay=False, path_type=Path)
    return Path(there.convert(str(folder), option, context))


def place_or_stdout(
    context: click.Context, option: click.Parameter, value: str
) -> Path | Store | None:
    """Return a folder, here or in a store, or None for standard output, which `-` stands for."""
    if value == "-":
        return None
    if ":/" not in value:
        return named_folder(context, option, value)
    from digitize.batch.store import Store
    from digitize.errors import UsageError
    from digitize.load import addresses

    if addresses.is_of_the_web(value):
        raise UsageError(
            f"{addresses.without_secrets(value)}: results cannot go to a web server",
            "Give a folder, or a store that takes files, such as s3://bucket/results",
        )
    if addresses.lacks_a_slash(value):
        raise UsageError(
            f"{value}: an address has two slashes behind the colon",
            f"Write {value.replace(':/', '://', 1)}, or ./{value} if it is a folder here",
        )
    if addresses.is_address(value):
        return addresses.local_path(value) or Store(value)
    return named_folder(context, option, value)


def folder_if_given(
    context: click.Context, option: click.Parameter, value: str | None
) -> Path | None:
    """Return a folder of this machine to write to, or None where none is named."""
    if value is None:
        return None
    named_folder(context, option, value)
    return _path_here(value, "folder")


def file_if_given(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> Path | None:
    """Return a file of this machine to write, or None where none is named."""
    if value is None:
        return None
    if not value:
        raise click.BadParameter("give a file")
    return _path_here(value, "file")


def _path_here(value: str, kind: str) -> Path:
    """Return a path of this machine, of a file or a folder; an address of a store is refused."""
    if ":/" not in value:
        return Path(value)
    from digitize.errors import UsageError
    from digitize.load import addresses

    here = addresses.local_path(value)
    if here is None and (addresses.is_address(value) or addresses.lacks_a_slash(value)):
        raise UsageError(
            f"{addresses.without_secrets(value)}: this is not written into a store",
            f"Give a {kind} of this machine",
        )
    return here or Path(value)


def parse_share(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> float | None:
    """Return "0.5%" or "0.005" as 0.005; a bare 0.5 would be half of all, and is refused."""
    if value is None:
        return None
    text = value.strip()
    try:
        share = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = math.nan
    if not 0 < share <= LARGEST_ERROR:
        raise click.BadParameter(f"give a share from above 0% to {LARGEST_ERROR:.0%}, such as 0.5%")
    return share


def finite(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """Return the value; "nan" is in every range for click, and is refused here."""
    if not math.isfinite(value):
        raise click.BadParameter("give a number")
    return value


def read_passwords(path: Path) -> tuple[str, ...]:
    """Return the lines of a UTF-8 file; UsageError where it is something else."""
    from digitize.errors import UsageError

    try:
        return tuple(path.read_text("utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: the password file cannot be read as text",
            "Save it as plain UTF-8 text, one password a line",
        ) from error
