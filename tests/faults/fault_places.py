"""Names that steer terminals or clash, links, pipes, and what else lies in people's folders."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

from fault import Draw, cut, passed_over, read, refused, save
from fault_pdf_pages import scan
from fault_pictures import archive

STEERING = "\x1b]0;owned\x07"  # sets a terminal's title
RIGHT_TO_LEFT = "\u202e"  # shows what follows backwards
LONGEST_BYTES = 255
OUTSIDE = "elsewhere"  # a folder beside the one that is given

page = save("PNG")
photo = save("JPEG", quality=95)


def link(target: str) -> Draw:
    """Return what makes a link."""
    return lambda path: path.symlink_to(target)


def shut(draw: Draw) -> Draw:
    """Return what draws the same file, and lets nobody read it."""

    def draw_shut(path: Path) -> None:
        draw(path)
        path.chmod(0)

    return draw_shut


def folder_with(name: str, mode: int = 0o755) -> Draw:
    """Return what makes a folder with one page in it."""

    def draw(path: Path) -> None:
        path.mkdir()
        page(path / name)
        path.chmod(mode)

    return draw


def in_folder(draw: Draw) -> Draw:
    """Return what draws the same file in a folder of its own."""

    def draw_in_folder(path: Path) -> None:
        path.parent.mkdir()
        draw(path)

    return draw_in_folder


def listen(path: Path) -> None:
    """Make a socket; its own name may be too long for one, so it is made where it stands."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def of_bytes(count: int, letter: str, suffix: str) -> str:
    """Return a name of as many bytes, or one letter less."""
    return letter * ((count - len(suffix)) // len(letter.encode())) + suffix


NAMES = (
    read("new\nline.png", page),
    read("""it's "quoted".png""", page),
    read("\N{PILE OF POO}.png", page),
    read(f"{RIGHT_TO_LEFT}gnp.back.png", page),
    read(f"{STEERING}.png", page),
    refused(f"{STEERING}truncated.png", cut(page), "truncated"),
    read(" -rf $HOME; %s <b> *.png", page),
    read("report.json.png", page),
    read(os.fsdecode(b"latin-\xe9.png"), page),
    read(of_bytes(LONGEST_BYTES, "l", ".png"), page),
    read(of_bytes(LONGEST_BYTES, "l", ".jpg"), photo),
    read(of_bytes(LONGEST_BYTES, "\N{SNOWMAN}", ".png"), page),
    read("case.png", page),
    read("Case.png", page),
    read("same.png", page),
    read("same.jpg", photo),
    read("same.pdf", scan()),
    read(unicodedata.normalize("NFC", "é.png"), page),
    read(unicodedata.normalize("NFD", "é.png"), page),
)
PLACES = (
    read("folder.pdf/page.png", in_folder(page)),
    refused("unreadable.png", shut(page), "permission denied"),
    refused("shut", folder_with("page.png", 0), "permission denied"),
    refused("dangling.png", link("gone.png"), "no such file"),
    refused("circle.png", link("circle.png"), "symbolic links"),
    passed_over("pipe.png", os.mkfifo, "a pipe, a socket or a device"),
    passed_over("pipe", os.mkfifo, "a pipe, a socket or a device"),
    passed_over("socket.png", listen, "a pipe, a socket or a device"),
    passed_over("out.png", link(f"../{OUTSIDE}/page.png"), "leads out of the folder"),
    passed_over("gone-out.png", link("/nowhere/at/all.png"), "leads out of the folder"),
    passed_over("device.png", link("/dev/zero"), "leads out of the folder"),
    passed_over("folder-out", link(f"../{OUTSIDE}"), "leads out of the folder"),
)
UNNAMED = (
    read("scan", page),
    read("scan.dat", photo),
    read("scan.001", scan()),
    passed_over("notes.txt", lambda path: path.write_text("Dear Sir,\n"), "seems to be text"),
    passed_over("letter.docx", archive, "an office document"),
    passed_over("page.jp2", save("JPEG2000"), "JPEG 2000"),
    passed_over("whole.png.part", page, "not whole yet"),
    passed_over("whole.png.bak", page, "a copy of another"),
    passed_over("camera.nef", save("TIFF"), "raw picture"),
)
UNTOLD = {
    "again.png": link("good.png"),
    "folder-circle": link("."),
    ".hidden.png": page,
    "empty-folder.png": Path.mkdir,
}
"""What adds nothing and loses nothing, and so is not spoken of."""
