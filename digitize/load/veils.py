"""Whether something changes how a PDF page's picture is seen; pdfium's objects are asked."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as c

from digitize.load.placement import EDGE_POINTS, Rect

_LAYER_MARK = "OC"  # optional content, which a viewer may hide
_RECTANGLE_POINTS = (4, 5, 6)  # four corners, the way back to the first, and closing
_NAME_UNITS = 64  # UTF-16 units of the longest mark's name that is told from "OC"


def is_veiled(picture: Any, crop: Rect) -> bool:
    """Tell whether a picture is blended, on a layer that may be off, or clipped within `crop`."""
    return bool(
        c.FPDFPageObj_HasTransparency(picture) or _on_layer(picture) or _is_clipped(picture, crop)
    )


def _on_layer(picture: Any) -> bool:
    marks = range(c.FPDFPageObj_CountMarks(picture))
    return any(_mark_name(c.FPDFPageObj_GetMark(picture, i)) == _LAYER_MARK for i in marks)


def _mark_name(mark: Any) -> str:
    buffer, length = (c.FPDF_WCHAR * _NAME_UNITS)(), ctypes.c_ulong()
    c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _is_clipped(picture: Any, crop: Rect) -> bool:
    """Tell whether a clip may cut the page: any that is not a rectangle around all of `crop`."""
    clip = c.FPDFPageObj_GetClipPath(picture)
    if not clip:
        return False
    return any(
        not _surrounds(_clip_points(clip, i), crop) for i in range(c.FPDFClipPath_CountPaths(clip))
    )


def _clip_points(clip: Any, path: int) -> list[tuple[float, float]]:
    points = []
    for i in range(c.FPDFClipPath_CountPathSegments(clip, path)):
        x, y = ctypes.c_float(), ctypes.c_float()
        c.FPDFPathSegment_GetPoint(c.FPDFClipPath_GetPathSegment(clip, path, i), x, y)
        points.append((x.value, y.value))
    return points


def _surrounds(points: list[tuple[float, float]], crop: Rect) -> bool:
    if len(points) not in _RECTANGLE_POINTS:
        return False
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    corners = {(x, y) for x in (xs[0], xs[-1]) for y in (ys[0], ys[-1])}
    left, bottom, right, top = crop
    return (
        set(points) == corners
        and xs[0] <= left + EDGE_POINTS
        and xs[-1] >= right - EDGE_POINTS
        and ys[0] <= bottom + EDGE_POINTS
        and ys[-1] >= top - EDGE_POINTS
    )
