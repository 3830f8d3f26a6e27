"""How sure the numbers are: a bar for every twentieth of confidence, as SVG."""

from __future__ import annotations

from digitize.records import Number, Status

BINS = 20
WIDTH, HEIGHT = 640, 200  # of the plot, in units of its SVG
LEFT, TOP, BELOW = 8, 18, 34  # room around it: for counts above bars, for the scale below
LEAST = 1.5  # units: what a bar of one number among thousands is high


class Histogram:
    """Counts of numbers by confidence, those that are accepted and those for review apart."""

    def __init__(self, review_below: float) -> None:
        self._limit = review_below
        self._counts = {status: [0] * BINS for status in Status}

    def add(self, number: Number) -> None:
        """Count a number in."""
        self._counts[number.status][min(int(number.confidence * BINS), BINS - 1)] += 1

    def as_html(self) -> str:
        """Return the section; empty where there are no numbers."""
        tallest = max(map(sum, zip(*self._counts.values(), strict=True)))
        if not tallest:
            return ""
        bars = "".join(self._bar(place, HEIGHT / tallest) for place in range(BINS))
        marks = "".join(
            f'<text x="{LEFT + WIDTH * fifth / 5:.0f}" y="{TOP + HEIGHT + 16}">{fifth / 5:g}</text>'
            for fifth in range(6)
        )
        limit = LEFT + WIDTH * self._limit
        size = f"0 0 {WIDTH + 2 * LEFT} {TOP + HEIGHT + BELOW}"
        return (
            '<section><h2>Confidence of the numbers</h2><p><span class="ok key"></span> accepted '
            '<span class="review key"></span> to review; dashed: the limit for review, '
            f"{self._limit:g}</p>\n"
            f'<svg class="histogram" viewBox="{size}" role="img" '
            f'aria-label="Numbers by confidence">\n{bars}{marks}'
            f'<path class="axis" d="M{LEFT} {TOP + HEIGHT}h{WIDTH}"/>'
            f'<path class="limit" d="M{limit:.1f} {TOP}v{HEIGHT}"/></svg></section>\n'
        )

    def _bar(self, place: int, unit: float) -> str:
        """Return a bar, what is for review at its foot, with its count above; unit: of a number."""
        x, wide = LEFT + WIDTH * place / BINS, WIDTH / BINS
        floor, parts = float(TOP + HEIGHT), []
        for status in (Status.REVIEW, Status.OK):
            count = self._counts[status][place]
            high = max(LEAST, count * unit) if count else 0.0
            floor -= high
            if count:
                parts.append(
                    f'<rect class="{status.value}" x="{x + 1:.1f}" y="{floor:.1f}" '
                    f'width="{wide - 2:.1f}" height="{high:.1f}"/>'
                )
        total = sum(counts[place] for counts in self._counts.values())
        if total:
            parts.append(f'<text x="{x + wide / 2:.1f}" y="{floor - 4:.1f}">{total:,}</text>')
        return "".join(parts) + "\n"
