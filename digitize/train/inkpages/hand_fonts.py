"""Handwriting fonts from the npm registry: a pinned list, fetched once into a folder.

They come from the packages of Fontsource (https://fontsource.org), under the SIL Open Font
License or the Apache License; each licence is laid beside its font.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from digitize.errors import UnreadableInput, UsageError
from digitize.export.atomic import whole_file
from digitize.train.datasets.download import Downloads

SOURCE = "https://registry.npmjs.org/"
SOURCE_VARIABLE = "DIGITIZE_FONTS_URL"
REMEDY = (
    "Check the network and try again, or name a mirror of the npm registry by the variable "
    "DIGITIZE_FONTS_URL; without a network, copy any handwriting fonts (.ttf, .otf) into the "
    "folder, or go on without: words are then written as a scrawl"
)


@dataclass(frozen=True, slots=True)
class HandFont:
    """One package @fontsource/NAME: its version, and the SHA-512 of its archive in base 64."""

    name: str
    version: str
    sha512: str

    @property
    def path(self) -> str:
        """Where the registry keeps its archive."""
        return f"@fontsource/{self.name}/-/{self.name}-{self.version}.tgz"


FONTS = (
    HandFont("bad-script", "5.3.0",
        "7MElotXA5LHyvyElVXnwPpT71wYSKLmpvm7TV0e4ahaRP6D1vXocyfHOgENi9MHgRmGxhmz7Gr1fDuji0MNvkQ=="),
    HandFont("caveat", "5.3.0",
        "eHTfzQxFSW9ABERRLNruHoNJmKed2J7pqTUc5lp4a4POMgXGKpxmWj3d9Hz10kmAg6iuTTLe6UagbA4bnsmfQw=="),
    HandFont("cedarville-cursive", "5.3.0",
        "wHP/LV0JvHoZRpfNAnDa9p9dAjIqB0gaG44MLs4+MsuQhL3i6+zGDTmxvxMx4bRe6r/HkChxIaMxjWOfjfSdGg=="),
    HandFont("covered-by-your-grace", "5.3.0",
        "QurmStAERGPv2vbl1Lxe76IWsYzXiZXz7lkxbw5x9OT84EAih8PmBkdWxatO7dj37UsInic30MA/EKpJ58bmtw=="),
    HandFont("dawning-of-a-new-day", "5.3.0",
        "G8r51s723zK2BenoOXuzXlvXdwgtVWXPdZotaP0NVTDIoE8JCdy5+EcK2X3vvXwGbVjDK15u/0TwnfRv/Z2R2g=="),
    HandFont("give-you-glory", "5.3.0",
        "cxsoZ0ZpXJg2zdM8qktRiZyHG1PGWXtCblIL8EIoYtZKyCggSLfFV6+LatYc78ZNFXb99l94W/3EVV6jGDwYBQ=="),
    HandFont("homemade-apple", "5.3.0",
        "awJSYTbSY3SroC8nirEhDauHvERVvm0LI3FpUHsPZXl9Tht1xrqhiI8ro4yf3ROcvQ7CfFJ/2+DLcOHBOXhJKw=="),
    HandFont("indie-flower", "5.3.0",
        "Wo5eN/ruEQcyC3+ArzhlpqWQgph3VuCNbJlEkVw17LUd0uyTHOb9bTec4g9njQzjiL/ijACF27sSwy90L6kZBg=="),
    HandFont("la-belle-aurore", "5.3.0",
        "EEzeg3+Ym/9ESBw98/8OckEDxlkMMrR0wlwctGNX9oN1X2DyQHHLppB/ErwfwkptiWtkZYRNyNfZPkUcaFn/Ag=="),
    HandFont("loved-by-the-king", "5.3.0",
        "c0ccNbPtFSOmyw+aVpKg93pr+k1pFNaNiz7c4xJ6KizF+Dmug15E9x8RB515bq8KZ1w5uQH9ZW0b0gTDzviMbA=="),
    HandFont("marck-script", "5.3.0",
        "PLm3zCeXB7osgon3TC0bjBFPua3d5syocLWFpK5eZZGoaSsOw6bpHLdMoGB8PkAErf4RiRUEiszs+Y7JhDnB/w=="),
    HandFont("mrs-saint-delafield", "5.3.0",
        "OH6pmSgyh8CqpiFmAxthdrlhreJj2jt49kk+NpEZ4UMRrSOcF7qxF1AT0QNxuVVCQWy4h5TOIvep7Hglenrtig=="),
    HandFont("nothing-you-could-do", "5.3.0",
        "695oxA7Odedd4rqN9aDhgVUwtyYhfmIJH02y32g/B0yoaVMRwTCZe3TYFt8LodpKeN/8v5w+svcyde0eBBE28g=="),
    HandFont("patrick-hand", "5.3.0",
        "V8C38IlIFfdWg0Xtri3F7sLCVpm069rUwn6w4n+oyn38gt7H4arOJmuReg3tAw1Q6jHqZp89wTnAAJagq4Atxw=="),
    HandFont("reenie-beanie", "5.3.0",
        "PgEiqKdPCLlvdY2IMWMBdYyMdr1mo1zxVBRNFlo3gclnCz560iiyTTt0dU4/VIGnjhyAb3gSWIQL0qXnn5oaYw=="),
    HandFont("rock-salt", "5.3.0",
        "3Zy0QtrDbq5jrAoMz1I3fXSitSpD46m6S+5W/+hfTZtpbxq9YAC1QoXkwUYDQxtfc8O0k8Qtl76gULQ+uCMznQ=="),
    HandFont("sacramento", "5.3.0",
        "KkqN52aTsJ0pSBva/NREqFljs0M1TwMIpNcqdSQc2EKR/mVU1CvM2dazf9eG19rHMTIssjbia83nGG705SlD1w=="),
    HandFont("shadows-into-light", "5.3.0",
        "3dvv0i8/ZwLMY08AAlTLivHUdNQYB6Fxe92d7BZiGbHY2GQnCxEd8JC9CBzxTiP4iyWNa6OZn9LXF+xjc9LaGw=="),
    HandFont("waiting-for-the-sunrise", "5.3.0",
        "bWgydceOU/hl2oNpG2H4M2JIhla8OM4MZsTGPTKWlxlBjhPtmfABziRbTg63bh4OnG7aiM6tCq6mub6Dd+ckcg=="),
    HandFont("zeyada", "5.3.0",
        "c2bBcLATKk5vGouGX5NeHiHEom1u+7TiHsdfNPIUgO0DL3jl5PTGWWjlMjoPh2vhllA9XiKCTS/8MY2ylT95vw=="),
)  # fmt: skip


def fetch_hand_fonts(folder: Path, fonts: tuple[HandFont, ...] = FONTS) -> list[Path]:
    """Return the fonts of the list in `folder` as TrueType files, fetching those that are missing.

    UnreadableInput where one cannot be fetched or is not the one that the list names;
    OutputNotWritable where the folder cannot be written; UsageError where the mirror is none.
    """
    missing = [font for font in fonts if not _place(folder, font).is_file()]
    if missing:
        source = source_address()
        with Downloads(f"handwriting fonts from {source} to {folder}", REMEDY) as downloads:
            for font in missing:
                _keep(folder, font, downloads.fetch(source + font.path), source)
    return [_place(folder, font) for font in fonts]


def source_address() -> str:
    """Return the registry's address; UsageError where it is not one of the web."""
    address = os.environ.get(SOURCE_VARIABLE) or SOURCE
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(
            f"{SOURCE_VARIABLE}: {address!r} is not an address of the web",
            f"Give one that begins with https:// or http://, such as {SOURCE}",
        )
    return address.rstrip("/") + "/"


def _place(folder: Path, font: HandFont) -> Path:
    return folder / f"{font.name}.ttf"


def _keep(folder: Path, font: HandFont, archive: bytes, source: str) -> None:
    """Write the font of an archive and its licence, if it is the archive of the list."""
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != font.sha512:
        cause = f"{source}{font.path}: this is not the font's archive (its checksum is wrong)"
        raise UnreadableInput(cause, REMEDY)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        packed = _member(members, f"package/files/{font.name}-latin-400-normal.woff")
        licence = _member(members, "package/LICENSE")
    with whole_file(folder / f"{font.name}.LICENSE") as part:
        part.write_bytes(licence)
    with whole_file(_place(folder, font)) as part:
        part.write_bytes(unpack_font(packed))


def unpack_font(woff: bytes) -> bytes:
    """Return a font of the web (WOFF) as TrueType or OpenType."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(io.BytesIO(woff)) as font:
        font.flavor = None
        unpacked = io.BytesIO()
        font.save(unpacked)
    return unpacked.getvalue()


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    return file.read() if file else b""
