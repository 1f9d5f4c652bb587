"""What stands between the cells."""

from tests.corpus.clinic import PLAIN, SHORT, scored
from tests.corpus.labels import File, accepted, labelled
from tests.corpus.sheet import sheet

KIND = "delimiters"
COMMA = {
    name: scored(fact, lambda score: f"{score:g}".replace(".", ","))
    for name, fact in (("Pain before", "pain_before"), ("Pain after", "pain_after"))
}
"""Scores as a country of decimal commas writes them."""


@labelled(KIND, "semicolon", "7,5")
def semicolon_and_decimal_comma() -> File:
    """Semicolons, since the comma is the decimal sign."""
    return accepted(sheet(PLAIN | COMMA), sheet(PLAIN | COMMA).csv(";"), delimiter=";")


@labelled(KIND, "tab", "tsv")
def tabs() -> File:
    """A file of tabs."""
    return accepted(sheet(), sheet().csv("\t"), delimiter="\t", named="tabs.tsv")


@labelled(KIND, "pipe", "txt")
def pipes() -> File:
    """Pipes, as databases write them, in a file called .txt."""
    return accepted(sheet(), sheet().csv("|"), delimiter="|", named="pipes.txt")


@labelled(KIND, "sep= line")
def excel_says_its_delimiter() -> File:
    """Excel's own first line that names the delimiter."""
    data = sheet(PLAIN | COMMA).csv(";", above="sep=;\n")
    return accepted(sheet(PLAIN | COMMA), data, delimiter=";")


@labelled(KIND, "sep= line", "tab")
def excel_says_tab() -> File:
    """The same line with a tab in it, above a mark of UTF-8."""
    return accepted(sheet(), sheet().csv("\t", above="sep=\t\r\n", encoding="utf-8-sig"))


@labelled(KIND, "delimiter at the end of each line")
def delimiter_at_the_end() -> File:
    """Each line ends with a delimiter, the header too: a column without a name."""
    lines = sheet().text(";").splitlines()
    data = "".join(f"{line};\n" for line in lines).encode()
    return accepted(sheet(), data, delimiter=";")


@labelled(KIND, "delimiter at the end of each line")
def delimiter_at_the_end_of_visits_alone() -> File:
    """Each visit ends with a delimiter and the header does not."""
    header, *lines = sheet(SHORT).text().splitlines()
    data = "\n".join([header, *(f"{line}," for line in lines), ""]).encode()
    return accepted(sheet(SHORT), data)


@labelled(KIND, "padding spaces")
def cells_padded_to_a_width() -> File:
    """Cells padded with spaces to the width of their column."""
    lines = [sheet().header, *sheet().records]
    data = "".join(",".join(f"{cell:<14}" for cell in cells) + "\n" for cells in lines).encode()
    return accepted(sheet(), data)


@labelled(KIND, "delimiter in quotes", "semicolon")
def commas_everywhere_but_between() -> File:
    """Semicolons between cells, and more commas inside them than semicolons in all."""
    effects = {"Side effects": PLAIN["Side effects"]}
    found = sheet(SHORT | effects | {"Notes": PLAIN["Therapist"]}).renamed(Notes="Remarks")
    for record in range(10):
        found = found.with_cell(record, "Remarks", "neck, shoulder, back, hip, knee, elbow, wrist")
    plain = sheet(SHORT | effects)
    return accepted(plain, found.csv(";"), delimiter=";")
