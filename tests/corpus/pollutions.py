"""Ways in which a correct file is spoiled; each knows what can no longer be known then.

They are applied in this order: values of whole columns, single cells, columns, lines, bytes.
Each draws from a generator of its own, so that leaving one out changes no other.
"""

import csv
from collections.abc import Callable
from random import Random

from pipelines.ingest.headers import load_headers
from tests.corpus.draft import NEEDED, Draft, Row

Pollution = Callable[[Draft, Random], None]
DATES = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m-%d-%Y", "%-m/%-d/%y", "%d-%m-%y", "%a %d/%m/%Y",
    "%A, %B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%Y%m%d", "%b %d, %Y", "%Y-%m-%d 00:00:00",
)  # fmt: skip
MARKS = ("", " ", "N/A", "#N/A", "NULL", "\\N", "-", "—", ".", "n/a", "#REF!")
NO_SCORES = ("better", "6-7", "7 -> 4", "???", "5/4", "not asked", "6 or 7")
NO_SCORES_OF_TEN = ("11", "-2", "99", "98", "100", "12,5")
SCORES = ("pain_before", "pain_after")
YES_NO = (("Y", "N"), ("1", "0"), ("ja", "nein"), ("oui", "non"), ("x", "no"), ("TRUE", "FALSE"))
LISTS = (", ", ";", " | ", "/", "\n", " + ")
RENAMED = ("session_date", "patient_id", *SCORES, "side_effects", "therapist", "condition",
           "technique", "visit_type", "adjuncts", "twitch_response", "session_time")  # fmt: skip


def each(draft: Draft, fact: str, text: Callable[[str, Row], str]) -> None:
    """Rewrites the filled cells of a column."""
    place = draft.place(fact)
    for row in draft.whole:
        if place is not None and row.cells[place]:
            row.cells[place] = text(row.cells[place], row)


def dates_in_another_form(draft: Draft, draw: Random) -> None:
    pattern = draw.choice(DATES)
    each(draft, "session_date", lambda _, row: row.truth["session_date"].strftime(pattern))


def decimal_commas(draft: Draft, draw: Random) -> None:
    for fact in SCORES:
        each(draft, fact, lambda text, row: f"{float(text):.1f}".replace(".", ","))


def scores_of_a_hundred(draft: Draft, draw: Random) -> None:
    draft.hundred = True
    sign = draw.choice(("", "", " mm", "%"))
    for fact in SCORES:
        each(draft, fact, lambda text, row: f"{float(text.replace(',', '.')) * 10:g}{sign}")


def scores_out_of_ten(draft: Draft, draw: Random) -> None:
    between = draw.choice(("/10", " / 10", " out of 10"))
    if not draft.hundred:
        for fact in SCORES:
            each(draft, fact, lambda text, row: text + between)


def ids_wrapped(draft: Draft, draw: Random) -> None:
    wrapped = draw.choice(('="{}"', "'{}", " {} ", "\u00a0{}", "{}\u200b"))
    each(draft, "patient_id", lambda text, row: wrapped.format(text))


def ids_in_another_case(draft: Draft, draw: Random) -> None:
    each(draft, "patient_id", lambda text, row: text.lower() if draw.random() < 0.4 else text)


def other_yes_and_no(draft: Draft, draw: Random) -> None:
    yes, no = draw.choice(YES_NO)
    each(draft, "twitch_response", lambda text, row: yes if text == "yes" else no)


def other_lists(draft: Draft, draw: Random) -> None:
    between = draw.choice(LISTS)
    each(draft, "side_effects", lambda text, row: text.replace("; ", between))


def cells_blanked(draft: Draft, draw: Random) -> None:
    for row in draw.sample(draft.whole, draw.randint(1, 4)):
        place = draw.randrange(len(row.cells))
        row.cells[place] = draw.choice(MARKS)
        fact = draft.facts[place]
        if fact in NEEDED:
            row.spoiled.add(fact)
        elif fact and fact in row.truth:
            _forget(row, fact)


def _forget(row: Row, fact: str) -> None:
    row.truth.pop(fact)
    if fact == "condition":
        row.truth.pop("body_region", None)
        row.truth["condition"] = "unspecified"
    if fact == "visit_type":
        row.truth["visit_type"] = "treatment"


def cells_that_are_no_scores(draft: Draft, draw: Random) -> None:
    texts = NO_SCORES if draft.hundred else NO_SCORES + NO_SCORES_OF_TEN
    for row in draw.sample(draft.whole, draw.randint(1, 2)):
        fact = draw.choice(SCORES)
        row.cells[draft.place(fact)] = draw.choice(texts)
        row.spoiled.add(fact)


def days_that_are_none(draft: Draft, draw: Random) -> None:
    row = draw.choice(draft.whole)
    texts = ("31/02/2025", "2025-02-30", "yesterday", "2099-05-17", "1899-12-30", "13/13/2025")
    row.cells[draft.place("session_date")] = draw.choice(texts)
    row.spoiled.add("session_date")


def columns_shuffled(draft: Draft, draw: Random) -> None:
    order = draw.sample(range(len(draft.header)), len(draft.header))
    draft.header = [draft.header[place] for place in order]
    draft.facts = [draft.facts[place] for place in order]
    for row in draft.rows:
        row.cells = [row.cells[place] for place in order]


def columns_left_out(draft: Draft, draw: Random) -> None:
    gone = [fact for fact in draft.facts if fact not in NEEDED and fact != "visit_id"]
    for fact in draw.sample(gone, draw.randint(1, 4)):
        place = draft.place(fact)
        for cells in (draft.header, draft.facts, *(row.cells for row in draft.rows)):
            del cells[place]
        for row in draft.visits:
            if fact in row.truth:
                _forget(row, fact)


def columns_added(draft: Draft, draw: Random) -> None:
    more = (("Notes", "see chart, much better"), ("", "ok"), ("Email", "mia@example.com"),
            ("Date entered", "2025-06-01"), ("Next appointment", "2025-12-24"),
            ("Room", "2"), ("Phone", "+1 555 010 0199"))  # fmt: skip
    for name, text in draw.sample(more, draw.randint(1, 3)):
        place = draw.randint(0, len(draft.header))
        draft.header.insert(place, name)
        draft.facts.insert(place, None)
        for row in draft.rows:
            row.cells.insert(place, text)


def headers_by_other_names(draft: Draft, draw: Random) -> None:
    named = {
        header.column: header.names for header in load_headers().columns if not header.last_resort
    }
    for fact in draw.sample(RENAMED, draw.randint(1, 5)):
        place = draft.place(fact)
        if place is not None:
            draft.header[place] = draw.choice((str.title, str.upper, str))(draw.choice(named[fact]))


def visits_not_attended(draft: Draft, draw: Random) -> None:
    words = ("Cancelled", "No Show", "Rescheduled", "Did Not Arrive", "Booked", "Late Cancel")
    draft.header.append("Status")
    draft.facts.append(None)
    for row in draft.rows:
        row.cells.append(draw.choice(("Arrived", "Completed", "Seen")))
    for _ in range(draw.randint(1, 3)):
        cells = [""] * len(draft.header)
        cells[draft.place("patient_id")] = "P07"
        cells[draft.place("session_date")] = draft.whole[0].cells[draft.place("session_date")]
        cells[-1] = draw.choice(words)
        _put(draft, draw, cells)


def _put(draft: Draft, draw: Random, cells: list[str], ragged: bool = False) -> None:
    draft.rows.insert(draw.randint(0, len(draft.rows)), Row(cells, ragged=ragged))


def cells_shifted(draft: Draft, draw: Random) -> None:
    row = draw.choice(draft.whole)
    place = draw.randrange(len(row.cells))
    if draw.random() < 0.5:
        row.cells.insert(place, draw.choice(("x", "9", "later", "2025-01-01")))
    else:
        del row.cells[place]
    row.ragged = True


def lines_twice(draft: Draft, draw: Random) -> None:
    for row in draw.sample(draft.whole, draw.randint(1, 2)):
        place = draw.randint(draft.rows.index(row), len(draft.rows))
        draft.rows.insert(place, Row(list(row.cells)))


def blank_lines(draft: Draft, draw: Random) -> None:
    for _ in range(draw.randint(1, 5)):
        _put(draft, draw, draw.choice(([""], [""] * len(draft.header), [" "])), ragged=True)


def header_again(draft: Draft, draw: Random) -> None:
    for _ in range(draw.randint(1, 2)):
        _put(draft, draw, list(draft.header))
    _put(draft, draw, [f"Page {draw.randint(1, 7)} of 7"], ragged=True)


def totals(draft: Draft, draw: Random) -> None:
    word = draw.choice(("Total", "Grand total", "Subtotal", "Gesamt", "Total sessions"))
    cells = [word, *[""] * (len(draft.header) - 1)]
    for fact in SCORES:
        place = draft.place(fact)
        if place:
            cells[place] = f"{sum(row.truth.get(fact, 0.0) for row in draft.visits):g}"
    draft.rows.append(Row(cells))


def notes_between(draft: Draft, draw: Random) -> None:
    for text in draw.sample(("January 2025", "Ada Berg", "continued", "* * *"), draw.randint(1, 3)):
        _put(draft, draw, [text, *draw.choice(([], [""] * (len(draft.header) - 1)))], ragged=True)


def lines_above(draft: Draft, draw: Random) -> None:
    lines = ("Session list", "North Street Clinic", "", "Period: 01/01/2025 - 05/31/2025",
             "Generated by Ada Berg", draft.delimiter * (len(draft.header) - 1))  # fmt: skip
    draft.above += draw.sample(lines, draw.randint(1, 4))


def lines_below(draft: Draft, draw: Random) -> None:
    lines = ("Printed 06/02/2025", "Applied filters: Clinic is North", "End of report", "")
    draft.rows += [Row([line], ragged=True) for line in draw.sample(lines, draw.randint(1, 3))]


def another_delimiter(draft: Draft, draw: Random) -> None:
    draft.delimiter = draw.choice((";", "\t", "|"))
    if draw.random() < 0.3:
        draft.above.insert(0, f"sep={draft.delimiter}")


def all_quoted(draft: Draft, draw: Random) -> None:
    draft.quoting = csv.QUOTE_ALL


def delimiter_at_the_end(draft: Draft, draw: Random) -> None:
    draft.trailing = draft.delimiter


def cells_padded(draft: Draft, draw: Random) -> None:
    draft.padding = draw.choice((4, 14))


def other_line_ends(draft: Draft, draw: Random) -> None:
    draft.newline = draw.choice(("\r\n", "\r"))


def another_encoding(draft: Draft, draw: Random) -> None:
    draft.encoding = draw.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"))


def end_mark(draft: Draft, draw: Random) -> None:
    if draft.encoding in ("utf-8", "utf-8-sig", "cp1252"):
        draft.after = draw.choice((b"\x1a", b"\x00\x00", b"\x1a\x00"))


WHOLE_COLUMNS = (dates_in_another_form, decimal_commas, scores_of_a_hundred, scores_out_of_ten,
                 ids_wrapped, ids_in_another_case, other_yes_and_no, other_lists)  # fmt: skip
CELLS = (cells_blanked, cells_that_are_no_scores, days_that_are_none)
COLUMNS = (columns_left_out, columns_added, headers_by_other_names, columns_shuffled)
LINES = (visits_not_attended, cells_shifted, lines_twice, notes_between, header_again, totals,
         blank_lines)  # fmt: skip
LAYOUT = (another_delimiter, lines_above, lines_below, all_quoted, delimiter_at_the_end,
          cells_padded, other_line_ends, another_encoding, end_mark)  # fmt: skip
DRAFTED = {p.__name__: p for p in (*WHOLE_COLUMNS, *CELLS, *COLUMNS, *LINES, *LAYOUT)}


def cut_off(draft: Draft, data: bytes, draw: Random) -> bytes:
    """Cut in the last third: what is gone is no visit of the file; what was cut is destroyed."""
    cut = draw.randint(len(data) * 2 // 3, len(data) - 1)
    _destroyed(draft, data, cut, len(data))
    return data[:cut]


def byte_flipped(draft: Draft, data: bytes, draw: Random) -> bytes:
    """One bit of one byte is another: the line that it is on is destroyed, and no other."""
    place = draw.randrange(len(data))
    _destroyed(draft, data, place, place + 1)
    other = data[place] ^ 1 << draw.randrange(8)
    return data[:place] + bytes([other]) + data[place + 1 :]


def _destroyed(draft: Draft, data: bytes, first: int, last: int) -> None:
    """Marks every record with a byte in the range, or whose line ends next to it."""
    draft.counts = False
    header, *lines = draft.lines()
    at = len(data) - len(draft.after) - draft.size(draft.text())
    at += sum(draft.size(line + draft.newline) for line in (*draft.above, header))
    for row, line in zip(draft.rows, lines, strict=True):
        ends = at + draft.size(line + draft.newline)
        row.destroyed |= at - draft.size(draft.newline) < last and first < ends + 2
        at = ends


BYTES = {"cut_off": cut_off, "byte_flipped": byte_flipped}
NAMES = (*DRAFTED, *BYTES)
