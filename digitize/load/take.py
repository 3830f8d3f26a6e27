"""A PDF page's scan as it is stored: pdfium decodes, and the pixels are turned as displayed."""

from __future__ import annotations

import ctypes

import cv2
import numpy as np
import pypdfium2.raw as c

from digitize.errors import UnreadableInput
from digitize.load.placement import Placement, Window
from digitize.load.scan import Scan
from digitize.records import Pixels

_TO_RGB = {
    c.FPDFBitmap_Gray: (1, cv2.COLOR_GRAY2RGB),
    c.FPDFBitmap_BGR: (3, cv2.COLOR_BGR2RGB),
    c.FPDFBitmap_BGRx: (4, cv2.COLOR_BGRA2RGB),
}  # format: (bytes a pixel, how it becomes RGB)
_JPEG_END = b"\xff\xd9"
_END_SLACK = 1024  # bytes of padding after a JPEG's end
_PAPER = 255


def take_scan(scan: Scan, page_size: tuple[float, float]) -> Pixels | None:
    """Return a scan's own pixels as displayed, cropped to the page of `page_size` points.

    None where pdfium does not decode it; UnreadableInput where its data end early.
    """
    _check_complete(scan)
    stored = _decode(scan)
    if stored is None:
        return None
    seen = turn(stored, scan.placement)
    if seen.shape[:2] != (scan.rows, scan.columns):
        return None
    left, top, right, bottom = scan.placement.window(scan.columns, scan.rows, page_size)
    if right <= left or bottom <= top:  # a few huge pixels behind a small page
        return None
    return crop(seen, (left, top, right, bottom))


def turn(stored: Pixels, placement: Placement) -> Pixels:
    """Return stored pixels as displayed."""
    seen = cv2.transpose(stored) if placement.transposed else stored
    if placement.mirrored or placement.flipped:
        both = placement.mirrored and placement.flipped
        seen = cv2.flip(seen, -1 if both else int(placement.mirrored))
    return np.asarray(seen, dtype=np.uint8)


def crop(seen: Pixels, window: Window) -> Pixels:
    """Return the (left, top, right, bottom) `window` of a picture, white where it has none."""
    left, top, right, bottom = window
    height, width = seen.shape[:2]
    kept = seen[max(top, 0) : bottom, max(left, 0) : right]
    missing = (max(-top, 0), max(bottom - height, 0), max(-left, 0), max(right - width, 0))
    if any(missing):
        white = (_PAPER, _PAPER, _PAPER)
        kept = np.asarray(cv2.copyMakeBorder(kept, *missing, cv2.BORDER_CONSTANT, value=white))
    return np.ascontiguousarray(kept, dtype=np.uint8)


def _decode(scan: Scan) -> Pixels | None:
    bitmap = c.FPDFImageObj_GetBitmap(scan.handle)
    if not bitmap:
        return None
    try:
        known = _TO_RGB.get(c.FPDFBitmap_GetFormat(bitmap))
        if known is None:
            return None
        samples, to_rgb = known
        height, stride = c.FPDFBitmap_GetHeight(bitmap), c.FPDFBitmap_GetStride(bitmap)
        buffer = (ctypes.c_ubyte * (stride * height)).from_address(c.FPDFBitmap_GetBuffer(bitmap))
        lines = np.frombuffer(buffer, np.uint8).reshape(height, stride)
        inside = lines[:, : c.FPDFBitmap_GetWidth(bitmap) * samples]
        return np.asarray(cv2.cvtColor(inside.reshape(height, -1, samples), to_rgb), np.uint8)
    finally:
        c.FPDFBitmap_Destroy(bitmap)


def _check_complete(scan: Scan) -> None:
    """Refuse a JPEG without an end: pdfium would fill the rest with grey and say nothing."""
    count = c.FPDFImageObj_GetImageFilterCount(scan.handle)
    if count != 1 or _filter(scan) != "DCTDecode":
        return
    length = c.FPDFImageObj_GetImageDataRaw(scan.handle, None, 0)
    buffer = (ctypes.c_ubyte * length)()
    c.FPDFImageObj_GetImageDataRaw(scan.handle, buffer, length)
    if _JPEG_END not in bytes(buffer[-_END_SLACK:]):
        raise UnreadableInput(
            "the scan on this page ends early: it is truncated", "Copy or scan the document again."
        )


def _filter(scan: Scan) -> str:
    buffer = ctypes.create_string_buffer(64)
    c.FPDFImageObj_GetImageFilter(scan.handle, 0, buffer, len(buffer))
    return buffer.value.decode("ascii", "replace")
