"""MNIST, fetched once into the user's cache and checked by its checksums.

Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits" (1998). The checksums
are those of the unpacked files, so that a mirror may pack them as it likes.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import OutputNotWritable, UnreadableInput
from digitize.export.atomic import whole_file
from digitize.train.datasets.download import Downloads, source_address
from digitize.train.idx import GZIP_MAGIC

SOURCE = "https://ossci-datasets.s3.amazonaws.com/mnist/"
SOURCE_VARIABLE = "DIGITIZE_MNIST_URL"
REMEDY = (
    "Check the network and try again, name a mirror by the variable DIGITIZE_MNIST_URL, or fetch "
    "MNIST's four files by hand and give their folder with --data"
)
CACHE_REMEDY = (
    "Free some space, choose another cache by the variable XDG_CACHE_HOME, or fetch MNIST's four "
    "files by hand and give their folder with --data"
)


@dataclass(frozen=True, slots=True)
class MnistFile:
    """One of MNIST's files: its name, and its length in bytes and its SHA-256 once unpacked."""

    name: str
    length: int
    sha256: str


FILES = (
    MnistFile("train-images-idx3-ubyte.gz", 47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    MnistFile("train-labels-idx1-ubyte.gz", 60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    MnistFile("t10k-images-idx3-ubyte.gz", 7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    MnistFile("t10k-labels-idx1-ubyte.gz", 10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
)  # fmt: skip


def fetch_mnist(files: tuple[MnistFile, ...] = FILES) -> Path:
    """Return the folder of the cache that holds MNIST, fetching what is missing or damaged there.

    UnreadableInput where a file cannot be fetched or is not MNIST's; OutputNotWritable where the
    cache cannot be written; UsageError where the mirror's address is none.
    """
    folder = cache_folder()
    missing = [file for file in files if not _is_cached(folder / file.name, file)]
    if missing:
        source = source_address(SOURCE_VARIABLE, SOURCE)
        with Downloads(f"MNIST from {source} to {folder}", REMEDY) as downloads:
            for file in missing:
                _keep(folder / file.name, downloads.fetch(source + file.name), file, source)
    return folder


def cache_folder() -> Path:
    """Return where MNIST is kept; the freedesktop base directories say that a path is absolute."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(given) if Path(given).is_absolute() else Path("~/.cache").expanduser()
    return root / "digitize" / "mnist"


def unpack(content: bytes, length: int) -> bytes:
    """Return at most `length` bytes and one of what is packed by gzip; plain content stays.

    What cannot be unpacked is empty: it fails its checksum.
    """
    if not content.startswith(GZIP_MAGIC):
        return content
    try:
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS).decompress(content, length + 1)
    except zlib.error:
        return b""


def _is_whole(content: bytes, file: MnistFile) -> bool:
    return hashlib.sha256(unpack(content, file.length)).hexdigest() == file.sha256


def _is_cached(path: Path, file: MnistFile) -> bool:
    try:
        return _is_whole(path.read_bytes(), file)
    except OSError:
        return False


def _keep(path: Path, content: bytes, file: MnistFile, source: str) -> None:
    """Write what was fetched into the cache, if it is MNIST's file."""
    if not _is_whole(content, file):
        cause = f"{source}{file.name}: this is not MNIST's file (its checksum is wrong)"
        raise UnreadableInput(cause, REMEDY)
    try:
        with whole_file(path) as part:
            part.write_bytes(content)
    except OutputNotWritable as error:
        raise OutputNotWritable(error.cause, CACHE_REMEDY) from error
