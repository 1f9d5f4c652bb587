"""The pack's texts: a page for a web site, a snippet, plain sentences, and the one-page PDF."""

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import phrases
from dashboard.report.drawing import Picture, drawn
from dashboard.report.pack.charts import PackChart
from dashboard.report.pack.content import Content
from dashboard.report.typesetting import Paper, typeset

HERE = Path(__file__).parent
WEB_FONT = "Liberation Sans, sans-serif"
MOST_CHARTS = 2
"""On the one page."""
SIZES = ((10, 1.0), (9.5, 0.85), (9, 0.7), (8.5, 0.55))
"""Sizes of text with heights of charts, tried until all of it is on one page."""


def web_page(content: Content) -> bytes:
    """A page of its own: no script, nothing fetched from elsewhere."""
    shown = [
        {
            "title": chart.title,
            "shows": chart.shows,
            "source": chart.source,
            "described": chart.described,
            "drawing": Markup(_hidden_from_readers(web_svg(chart))),  # our own drawing
        }
        for chart in content.charts
    ]
    text = _template("page.html").render(
        it=content, charts=shown, no_comparison=phrases.NO_COMPARISON
    )
    return text.encode()


def snippet(content: Content) -> bytes:
    """The sentences as a piece of HTML to paste."""
    return _template("snippet.html").render(it=content).encode()


def plain_text(content: Content) -> bytes:
    """The sentences, each with the statement that it may stand for, and its verdict."""
    parts = [content.title, content.source, content.hidden]
    for one in content.statements:
        said = one.sentences or ("No sentence can be given: too few patients, or a hidden value.",)
        parts.append("\n".join([f"{one.number}. {one.gist}", one.verdict_in_words, *said]))
    return ("\n\n".join(parts) + "\n").encode()


def web_svg(chart: PackChart) -> str:
    """The chart in a font for screens."""
    return drawn(chart.title, chart.shows, chart.chart, height_of(chart), WEB_FONT).svg


def height_of(chart: PackChart) -> float:
    """As high as its rows need."""
    return float(chart.chart.to_dict()["height"])


def one_page(content: Content, paper: Paper = "a4") -> bytes:
    """The sentences and the first charts on one sheet, tagged; dated by the release alone."""
    made = date.fromisoformat(content.release["made"])
    for size, scale in SIZES:
        pictures = {"charts": [_for_paper(c, scale) for c in content.charts[:MOST_CHARTS]]}
        typed = typeset("pack/summary.typ", _document(content, size), pictures, paper, made)
        if typed.pages == 1:
            break
    return typed.pdf


def _document(content: Content, size: float) -> dict:
    return {
        "title": content.title,
        "about": phrases.NO_COMPARISON,
        "source": content.source,
        "hidden": content.hidden,
        "size": size,
        "sentences": [sentence for one in content.printable for sentence in one.sentences],
    }


def _for_paper(chart: PackChart, scale: float) -> Picture:
    return drawn(chart.title, chart.shows, chart.chart, height_of(chart) * scale)


def _hidden_from_readers(svg: str) -> str:
    """The drawing without a role of its own: the element around it has the words."""
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _template(name: str):
    loader = FileSystemLoader(HERE)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(name)
