"""Plain numbers as people write them, with or without their unit."""

import re
from collections.abc import Callable

from pipelines.ingest.cells import Reading, on_one_line
from pipelines.ingest.steps import Step
from pipelines.vocabulary import normalised

NUMBER = r"[+\-−]?\d+(?:[.,]\d+)?"
PLAIN = re.compile(rf"^{NUMBER}$")
WITH_UNIT = re.compile(rf"^({NUMBER}) ?([^\W\d_]+|%|\"|″|')\.?$")
HALF = re.compile(r"(?<=\d)(?: ?½| 1/2)")
THOUSAND = re.compile(r"^[12][.,]\d{3}$")
BAND = re.compile(r"^\d{1,3} ?(?:-|–|to|bis|à|a|tot) ?\d{1,3}$|^[<>≤≥] ?\d{1,3}$|^\d{1,3} ?\+$")
OLDEST_BAND = re.compile(
    r"^(?:[>≥] ?(?:89|9\d)|(?:over|above|über|plus de|más de|mas de|meer dan) (?:89|9\d)"
    r"|9\d ?(?:\+|and (?:over|older|above)|or (?:over|older|above)|und älter|oder älter"
    r"|ans et plus|et plus|y más|y mas|o más|o mas|en ouder|of ouder))$",
    re.I,
)

MILLIMETRES = {
    1.0: "mm millimeter millimeters millimetre millimetres millimètre millimètres milímetro"
    " milímetros millimeters",
    10.0: "cm centimeter centimeters centimetre centimetres zentimeter centimètre centimètres"
    " centímetro centímetros",
    25.4: 'in inch inches zoll pouce pouces pulgada pulgadas " ″',
}
MINUTES = {
    1.0: "min mins minute minutes minuten minuto minutos minuut '",
    1 / 60: "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos",
    60.0: "h hr hrs hour hours stunde stunden heure heures hora horas uur",
}
HERTZ = {1.0: "hz hertz", 1000.0: "khz"}
PIECES = {
    1.0: "x needle needles nadel nadeln aiguille aiguilles aguja agujas naald naalden pcs pc stk"
}
POINTS = {1.0: "% points point pts pt punkte points puntos punten"}
YEARS = {1.0: "y yr yrs year years yo jahr jahre an ans año años jaar j"}
UNITS = {
    measure: {normalised(name) or name: factor for factor, names in units.items()
              for name in names.split()}
    for measure, units in {
        "depth_mm": MILLIMETRES,
        "dwell_minutes": MINUTES,
        "stimulation_hz": HERTZ,
        "needle_count": PIECES,
        "function_score": POINTS,
        "age": YEARS,
    }.items()
}  # fmt: skip
"""For each column, what one of a unit is in the column's own unit."""
SHORT_UNIT = 2
"""A unit of so few letters is one in a header only when it stands in brackets."""
BRACKETED = re.compile(r"[(\[]([^)\]]+)[)\]]")


def number(text: str) -> tuple[float, bool]:
    """The number a plain text stands for, to three decimals, and whether its comma is a point."""
    plain = text.replace("−", "-")
    return round(float(plain.replace(",", ".")), 3), "," in plain


def with_half(text: str) -> tuple[str, bool]:
    """The text with a half written as `½` or `1/2` as `.5`, and whether there was one."""
    found = HALF.sub(".5", text)
    return ("0.5", True) if text == "½" else (found, found != text)


def read_number(measure: str, header: str = "") -> Callable[[str], Reading]:
    """Reads a number in the column's own unit; a unit in the cell goes before the header's."""
    units, factor = UNITS[measure], unit_in(measure, header)
    plain_repair = "unit_converted" if factor != 1 else None

    def read(text: str) -> Reading:
        text, half = with_half(on_one_line(text))
        if measure == "stimulation_hz" and THOUSAND.match(text):
            return Reading(problem="thousands_or_decimals")
        if PLAIN.match(text):
            value, comma = number(text)
            repair = plain_repair or ("half_point" if half else "decimal_comma" if comma else None)
            return Reading(round(value * factor, 3), repair)
        found = WITH_UNIT.match(text)
        of = units.get(normalised(found[2]) or found[2]) if found else None
        if of is None:
            return Reading(problem="number_not_understood")
        value = round(number(found[1])[0] * of, 3)
        return Reading(value, "unit_removed" if of == 1 else "unit_converted")

    return read


def unit_in(measure: str, header: str) -> float:
    """What one of the header's unit is in the column's own; 1 where it names none."""
    inside = {word for part in BRACKETED.findall(header) for word in normalised(part).split()}
    words = {word for word in normalised(header).split() if len(word) >= SHORT_UNIT + 1}
    found = {UNITS[measure][word] for word in inside | words | _sure(header)
             if word in UNITS[measure]}  # fmt: skip
    return found.pop() if len(found) == 1 else 1.0


def _sure(header: str) -> set[str]:
    """Units of two letters that are no word of any language."""
    return {"cm", "mm", "hz"} & set(normalised(header).split())


def about_unit(measure: str, header: str) -> tuple[Step, ...]:
    """Tells that a header's unit is not the column's own."""
    factor = unit_in(measure, header)
    if factor == 1:
        return ()
    return (
        Step("numbers", f"numbers are multiplied by {factor:.4g}", f"“{header}” names its unit"),
    )


def read_age(text: str) -> Reading:
    """Whole years; 90 and over as 90. A band of other ages is no age, and the visit stays."""
    plain = " ".join(text.split())
    if OLDEST_BAND.match(plain):
        return Reading(90.0, "age_kept_as_90")
    return Reading(None, "age_as_band") if BAND.match(plain) else read_number("age")(plain)
