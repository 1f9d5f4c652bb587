"""Every file of the pack by its path, as bytes; and the manifest that says what they are."""

import hashlib
import json
from collections.abc import Mapping

from dashboard import downloads
from dashboard.report.pack.charts import PackChart
from dashboard.report.pack.content import Content
from dashboard.report.pack.pages import (
    WEB_FONT,
    one_page,
    plain_text,
    snippet,
    web_page,
)
from dashboard.report.pack.tables import as_csv, dictionary

MANIFEST = "manifest.json"


def files(content: Content, release: bytes) -> dict[str, bytes]:
    """Each file by its path; `release` is release.json as it was frozen, byte for byte."""
    made = {"release.json": release}
    for one in content.release["tables"]:
        made[f"tables/{one['table']}.csv"] = as_csv(one["rows"])
    if content.release.get("figures"):
        made["tables/figures.csv"] = as_csv(content.release["figures"])
    made["tables/data-dictionary.csv"] = dictionary(content.release)
    for chart in content.charts:
        made |= _chart_files(chart)
    made |= {
        "sentences.txt": plain_text(content),
        "sentences.html": snippet(content),
        "page.html": web_page(content),
        "summary.pdf": one_page(content),
    }
    return made | {MANIFEST: manifest(content, made)}


def manifest(content: Content, made: Mapping[str, bytes]) -> bytes:
    """The release, and each file with its SHA-256 and its size in bytes."""
    listed = [
        {"file": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for path, data in sorted(made.items())
    ]
    told = {name: content.release[name] for name in ("release", "made", "period", "previous")}
    return (json.dumps(told | {"files": listed}, indent=1) + "\n").encode()


def _chart_files(chart: PackChart) -> dict[str, bytes]:
    """SVG, PNG, the words for who cannot see it, and the numbers."""
    import vl_convert

    specification, path = _with_source(chart), f"charts/{chart.name}"
    return {
        f"{path}.svg": vl_convert.vegalite_to_svg(specification).encode(),
        f"{path}.png": vl_convert.vegalite_to_png(specification, scale=downloads.SCALE_UP),
        f"{path}.txt": f"{chart.title}. {chart.described} {chart.source}\n".encode(),
        f"{path}.csv": as_csv(chart.frame.to_dict("records")),
    }


def _with_source(chart: PackChart) -> dict:
    """The chart with its title above it and the source line below that."""
    lines = downloads.in_lines(chart.shows, chart.source)
    specification = downloads.complete(chart.chart, chart.title, lines)
    specification["config"]["font"] = WEB_FONT
    return specification
