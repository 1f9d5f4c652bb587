"""From cell text to typed values: each column by its distinct texts, each repair counted."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.errors import FileRefused
from pipelines.ingest import dates, numbers, rows, terms
from pipelines.ingest.cells import Cells, Findings, Reading, categorical, nothing_known
from pipelines.ingest.columns import Columns
from pipelines.ingest.patients import PatientHash, hashed_patients
from pipelines.ingest.read import TextTable
from pipelines.settings import Settings
from pipelines.tables import CATEGORY, FLAG, NUMBER, ORIGIN, SESSION, SET, UNSPECIFIED
from pipelines.vocabulary import Vocabulary

OLDEST_TOLD = 90
"""An age above is kept as this: so few are older that the age could name the person."""
PLAIN_NUMBERS = ("depth_mm", "needle_count", "dwell_minutes", "stimulation_hz", "function_score")


@dataclass(frozen=True)
class Cleaned:
    """The rows of a file as typed values, which are no visit, and which have a problem.

    `frame` has a row for every record of the file, with the columns of a session but its key.
    """

    frame: pd.DataFrame
    visit_id: pa.Array | None
    skipped: rows.Skipped
    findings: Findings
    date_order: str | None
    hundred: bool


def clean(
    table: TextTable,
    columns: Columns,
    vocabulary: Vocabulary,
    settings: Settings,
    patient_hash: PatientHash,
    order: str | None = None,
    hundred: bool | None = None,
    today: date | None = None,
) -> Cleaned:
    """Every record as typed values; raises FileRefused where day and month stay open.

    `order` and `hundred` (a 0-100 pain scale) are known from elsewhere, else judged here.
    """
    cleaning = _Cleaning(table, columns, vocabulary, settings)
    return cleaning.run(patient_hash, order, hundred, today or date.today())


class _Cleaning:
    """One file on its way; each step reads one column and adds what it says to `values`."""

    def __init__(
        self, table: TextTable, columns: Columns, vocabulary: Vocabulary, settings: Settings
    ) -> None:
        self.table, self.columns = table, columns
        self.vocabulary, self.settings = vocabulary, settings
        self.findings = Findings(len(table))
        self.findings.why += [*table.layout.why, *columns.why]
        self.skipped = rows.Skipped(len(table))
        self.values: dict[str, object] = {}
        self._read: dict[int, Cells] = {}

    def run(
        self, patient_hash: PatientHash, order: str | None, hundred: bool | None, today: date
    ) -> Cleaned:
        no_patient = self._patients(patient_hash)
        session_dates, no_date = self._dates(order)
        rows.mark_what_is_no_record(self.skipped, self.table, no_patient, no_date)
        booked = self._status(today)
        self.findings.live = self.skipped.reason < 0
        self._problems_of_the_row(no_patient, no_date)
        self._times()
        self._ages(session_dates)
        self._conditions()
        needled = self._techniques()
        self._visit_types(needled)
        self._terms()
        self._numbers()
        hundred = self._pain(hundred)
        self._side_effects()
        self._onset()
        self._flags(booked)
        visit_id = self._visit_ids()
        return Cleaned(
            self._frame(),
            visit_id,
            self.skipped,
            self.findings,
            session_dates.order,
            hundred,
        )

    def cells(self, name: str) -> Cells | None:
        """The column's cells, None where the file has no such column."""
        position = self.columns.positions.get(name)
        return None if position is None else self._cells_at(position)

    def _cells_at(self, position: int) -> Cells:
        if position not in self._read:
            column = self.table.columns[position]
            self._read[position] = Cells.of(column, position, self.vocabulary)
        return self._read[position]

    def header(self, name: str) -> str:
        return self.table.layout.header[self.columns.positions[name]].strip()

    def _patients(self, patient_hash: PatientHash) -> np.ndarray:
        cells = self.cells("patient_id")
        if cells is None:
            name, birth = self.cells("patient_name"), self.cells("birth_date")
            self.values["patient_id"], blank = patient_hash.of_names(name, birth)
            self.findings.why.append("a patient is a name with a birth date, kept only as a code")
            return blank
        self.values["patient_id"] = hashed_patients(cells, patient_hash)
        return cells.blank()

    def _dates(self, order: str | None) -> tuple[dates.Dates, np.ndarray]:
        self._date_cells = cells = self.cells("session_date")
        birth = self.cells("birth_date")
        others = () if birth is None else (birth.words,)
        found, why = dates.read_dates(
            cells.words, cells.counts(), self.header("session_date"), order, others
        )
        self.findings.why += [why] if why else []
        self.values["session_date"] = found.day.astype("datetime64[s]")[cells.codes]
        self.values["session_time"] = found.seconds[cells.codes]
        self._date_fault, self._short_year = found.fault[cells.codes], found.two_digit_year
        return found, (found.fault != dates.FINE)[cells.codes]

    def _status(self, today: date) -> np.ndarray:
        cells = self.cells("status")
        if cells is None:
            return np.zeros(len(self.table), dtype=bool)
        scored = np.zeros(len(self.table), dtype=bool)
        for name in ("pain_before", "pain_after"):
            column = self.cells(name)
            scored |= ~column.blank() if column else False
        with np.errstate(invalid="ignore"):
            past = self.values["session_date"] <= np.datetime64(today)
        self.findings.live = self.skipped.reason < 0
        values = self.findings.take(cells, cells.read(rows.status(self.vocabulary)))
        return rows.mark_by_status(self.skipped, cells, values, scored & past)

    def _problems_of_the_row(self, no_patient: np.ndarray, no_date: np.ndarray) -> None:
        cells, found = self._date_cells, self.findings
        ragged = np.zeros(len(self.table), dtype=bool)
        ragged[list(self.table.ragged)] = True
        # A status not understood was noted already; what is wrong with the row itself comes first.
        found.reason[ragged | no_patient | no_date] = 0
        found.problem(ragged, "wrong_number_of_cells")
        found.problem(no_patient, "no_patient", self.columns.positions.get("patient_id", -1))
        found.problem(cells.blank(), "no_date", cells.position)
        found.problem(self._date_fault == dates.UNREADABLE, "date_not_understood", cells.position)
        found.problem(self._date_fault == dates.NO_SUCH_DAY, "date_does_not_exist", cells.position)
        short = int(cells.counts(found.live)[self._short_year].sum())
        if short:
            found.repairs["two_digit_year"] += short

    def _times(self) -> None:
        cells = self.cells("session_time")
        if cells is None:
            return
        seconds, fine = dates.read_clock(cells.words)
        self.findings.problem(~fine[cells.codes], "time_not_understood", cells.position)
        given = ~np.isnan(seconds[cells.codes])
        self.values["session_time"] = np.where(
            given, seconds[cells.codes], self.values["session_time"]
        )

    def _ages(self, session_dates: dates.Dates) -> None:
        age = np.full(len(self.table), np.nan)
        cells = self.cells("age")
        if cells is not None:
            age = self.findings.numbers(cells, cells.read(numbers.read_number))
        birth = self.cells("birth_date")
        if birth is not None:
            age = np.where(np.isnan(age), self._age_by_birth(birth), age)
        old = age > OLDEST_TOLD
        self.findings.repairs["age_kept_as_90"] += int((old & self.findings.live).sum())
        self.values["age"] = np.where(old & (age <= 120), OLDEST_TOLD, age)

    def _age_by_birth(self, cells: Cells) -> np.ndarray:
        header = self.header("birth_date")
        try:
            born, _ = dates.read_dates(
                cells.words, cells.counts(), header, None, (self._date_cells.words,), births=True
            )
        except FileRefused:
            self.findings.why.append(f"no age, because day and month of “{header}” stay open")
            return np.full(len(self.table), np.nan)
        visit = pd.DatetimeIndex(self.values["session_date"])
        day = pd.DatetimeIndex(born.day.astype("datetime64[s]")[cells.codes])
        before = (visit.month < day.month) | ((visit.month == day.month) & (visit.day < day.day))
        age = np.array(visit.year - day.year - before, dtype=float)
        wrong = (age < 0) | (age > 120)
        self.findings.repairs["impossible_birth_date"] += int((wrong & self.findings.live).sum())
        self.findings.repairs["age_from_birth_date"] += int(
            (~np.isnan(age) & ~wrong & self.findings.live).sum()
        )
        return np.where(wrong, np.nan, age)

    def _conditions(self) -> None:
        cells = self.cells("condition")
        count = len(self.table)
        if cells is None:
            self.values["condition"] = pd.Categorical.from_codes(
                np.zeros(count, dtype=np.int8), pd.Index([UNSPECIFIED], dtype="str")
            )
            return
        readings = cells.read(terms.condition(self.vocabulary))
        coded = self.findings.take(cells, readings)
        names = np.array([c.condition if c else UNSPECIFIED for c in coded], dtype=object)
        written = [
            terms.term_as_written(word) if reading.repair else None
            for word, reading in zip(cells.words, readings, strict=True)
        ]
        self.values["condition"] = categorical(names, cells.codes)
        self.values["condition_term"] = categorical(np.array(written, dtype=object), cells.codes)
        for name, place in (("side", "side"), ("body_region", "region")):
            said = np.array([getattr(c, place) if c else None for c in coded], dtype=object)
            self.values[name] = categorical(said, cells.codes)

    def _techniques(self) -> np.ndarray:
        """Which rows were needled, as far as technique and billing codes tell."""
        needled = np.zeros(len(self.table), dtype=bool)
        cells, procedures = self.cells("technique"), self.cells("procedure_code")
        if cells is not None:
            self.values["technique"], needled = self._technique_words(cells)
        if procedures is not None:
            needled |= self._technique_codes(procedures)
        return needled

    def _technique_words(self, cells: Cells) -> tuple[pd.Categorical, np.ndarray]:
        known, unspecific = self.vocabulary.techniques, self.vocabulary.needling_unspecific

        def read(text: str) -> Reading:
            if unspecific.find(text) and not known.find(text):
                return Reading("", None)
            return terms.one_of(known, "unknown_technique", self.vocabulary)(text)

        values = self.findings.take(cells, cells.read(read))
        needled = np.array([value not in (None, "none") for value in values])[cells.codes]
        return categorical(
            np.array([v or None for v in values], dtype=object), cells.codes
        ), needled

    def _technique_codes(self, cells: Cells) -> np.ndarray:
        found = [self.vocabulary.procedures(word) if word else None for word in cells.words]
        needled = np.array([bool(p and p.needling) for p in found])
        electrical = np.array([bool(p and p.needling and p.electrical) for p in found])
        technique = pd.Series(self.values.get("technique", nothing_known(len(self.table))))
        blank = technique.isna().to_numpy() & electrical[cells.codes]
        if blank.any():
            self.values["technique"] = pd.Categorical(
                technique.astype(object).where(~blank, "electrical")
            )
        with_code = [
            terms.joined(set(p.adjuncts), self.vocabulary.adjuncts.names) or None if p else None
            for p in found
        ]
        self.values["adjuncts"] = categorical(np.array(with_code, dtype=object), cells.codes)
        return needled[cells.codes]

    def _visit_types(self, needled: np.ndarray) -> None:
        cells = self.cells("visit_type")
        count = len(self.table)
        kinds = np.full(count, "treatment", dtype=object)
        if cells is not None:
            reader = terms.one_of(
                self.vocabulary.visit_types, "unknown_visit_type", self.vocabulary
            )
            said = self.findings.take(cells, cells.read(reader))[cells.codes]
            for name in ("evaluation", "discharge"):
                kinds[said == name] = name
            kinds[(said == "follow_up") & ~needled] = "follow_up"
            # Left open by the word alone: without needling they are a follow-up, where the
            # file tells techniques at all.
            tells = (
                "technique" in self.columns.positions or "procedure_code" in self.columns.positions
            )
            kinds[(said == "open_follow_up") & ~needled & tells] = "follow_up"
            kinds[(said == "progress_note") & ~needled] = "follow_up"
        self.values["visit_type"] = pd.Categorical(kinds)

    def _terms(self) -> None:
        v = self.vocabulary
        readers = {
            "clinic": terms.plain,
            "therapist": terms.plain,
            "chronicity": terms.chronicity(
                v, self.header("chronicity") if "chronicity" in self.columns.positions else ""
            ),
            "body_region": terms.one_of(v.body_regions, "unknown_body_region", v),
            "side": terms.one_of(v.sides, "unknown_side", v),
            "sex": terms.one_of(v.sexes, "unknown_sex", v),
            "function_instrument": terms.one_of(v.instruments, "unknown_instrument", v),
            "contraindications": terms.several_of(
                v.contraindications, "unknown_contraindication", v
            ),
            "muscles": terms.muscles,
            "adjuncts": terms.several_of(v.adjuncts, "unknown_adjunct", v),
        }
        for name, reader in readers.items():
            cells = self.cells(name)
            if cells is not None:
                self._fill(name, self.findings.words(cells, cells.read(reader)))
        cells = self.cells("twitch_response")
        if cells is not None:
            answers = self.findings.take(cells, cells.read(terms.answer(v)))
            self.values["twitch_response"] = pd.array(answers, dtype="boolean")[cells.codes]

    def _fill(self, name: str, said: pd.Categorical) -> None:
        """A column's own words; where it is blank, what another column told."""
        told = self.values.get(name)
        if told is not None and said.isna().any():
            said = pd.Categorical(
                pd.Series(said, dtype=object).fillna(pd.Series(told, dtype=object))
            )
        self.values[name] = said

    def _numbers(self) -> None:
        for name in PLAIN_NUMBERS:
            cells = self.cells(name)
            if cells is not None:
                self.values[name] = self.findings.numbers(cells, cells.read(numbers.read_number))
        if "function_score" in self.values and "function_instrument" not in self.values:
            words = self.header("function_score").split()
            named = next(filter(None, map(self.vocabulary.instruments.find, words)), None)
            known = np.where(np.isnan(self.values["function_score"]), None, named)
            self.values["function_instrument"] = pd.Categorical(known.astype(object))

    def _pain(self, known: bool | None) -> bool:
        """Reads the scores; returns whether they are on a 0-100 scale."""
        names = [n for n in ("pain_before", "pain_after") if n in self.columns.positions]
        cells = {name: self.cells(name) for name in names}
        hundred, why = known, None
        if hundred is None:
            hundred, why = numbers.is_out_of_hundred((self.header(n), cells[n]) for n in names)
        self.findings.why += [why] if why else []
        for name in names:
            readings = cells[name].read(lambda text: numbers.read_pain(text, hundred))
            self.values[name] = self.findings.numbers(cells[name], readings)
        return hundred

    def _side_effects(self) -> None:
        order = self.vocabulary.side_effects.names
        bits, recorded = np.zeros(len(self.table), dtype=np.int64), np.zeros(len(self.table), bool)
        cells = self.cells("side_effects")
        if cells is not None:
            listed = self.findings.take(cells, cells.read(terms.side_effects(self.vocabulary)))
            bits = np.array([terms.bits(value, order) for value in listed], dtype=np.int64)[
                cells.codes
            ]
            recorded = np.array([value is not None for value in listed])[cells.codes]
        if self.columns.effects:
            ticked, answered = self._effect_columns(order)
            bits, recorded = bits | ticked, recorded | answered
        severity = self._severity()
        if severity is not None:
            alone = ~severity.isna() & (bits == 0)
            bits = np.where(alone, terms.bits("other", order), bits)
            recorded |= alone
        if cells is not None or self.columns.effects or severity is not None:
            self.values["side_effects"] = terms.sets_of_bits(bits, recorded, order)

    def _effect_columns(self, order: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
        bits, recorded = np.zeros(len(self.table), dtype=np.int64), np.zeros(len(self.table), bool)
        none = recorded.copy()
        for column in self.columns.effects:
            cells = self._cells_at(column.position)
            values = self.findings.take(cells, cells.read(terms.answer(self.vocabulary)))
            said = np.array([-1 if value is None else int(value) for value in values])[cells.codes]
            if self.columns.tick_only:
                said[said == 0] = -1
            recorded |= said >= 0
            if column.effect is None:
                none |= said == 1
            else:
                bits |= np.where(said == 1, terms.bits(column.effect, order), 0)
        self.findings.problem(
            none & (bits > 0), "none_beside_an_effect", self.columns.effects[0].position
        )
        if self.columns.tick_only and all(column.effect for column in self.columns.effects):
            self.findings.why.append(
                "side effects are boxes that can only be ticked, without one for none:"
                " a visit with nothing ticked counts as not recorded"
            )
        return bits, recorded

    def _severity(self) -> pd.Categorical | None:
        cells = self.cells("side_effect_severity")
        if cells is None:
            return None

        def read(text: str) -> Reading:
            found = self.vocabulary.severities.find(text)
            blank = self.vocabulary.nothing.find(text) or self.vocabulary.not_known.find(text)
            if found or blank:
                return Reading(found)
            return Reading(problem="severity_not_understood")

        said = self.findings.words(cells, cells.read(read))
        self.values["side_effect_severity"] = said
        return said

    def _onset(self) -> None:
        cells = self.cells("onset_date")
        if cells is None:
            return
        try:
            onset, _ = dates.read_dates(
                cells.words, cells.counts(), self.header("onset_date"), None,
                (self._date_cells.words,),
            )  # fmt: skip
        except FileRefused:
            self.findings.why.append("no stage from the onset date: its day and month stay open")
            return
        weeks = (self.values["session_date"] - onset.day.astype("datetime64[s]")[cells.codes]) / (
            np.timedelta64(7 * 86400, "s")
        )
        stages = np.full(len(self.table), None, dtype=object)
        known = weeks >= 0
        stages[known] = np.select(
            [weeks[known] < 6, weeks[known] <= 12], ["acute", "subacute"], "chronic"
        )
        told = self.values.get("chronicity", nothing_known(len(self.table)))
        self.values["chronicity"] = pd.Categorical(
            pd.Series(told, dtype=object).fillna(pd.Series(stages, dtype=object))
        )

    def _flags(self, booked: np.ndarray) -> None:
        flags = np.full(len(self.table), None, dtype=object)
        depth = self.values.get("depth_mm")
        if depth is not None and "technique" in self.values:
            with np.errstate(invalid="ignore"):
                deeper = depth > self.settings.superficial_mm
            shallow = np.asarray(self.values["technique"] == "superficial")
            flags[deeper & shallow] = "superficial_but_deeper"
        flags[booked] = "scored_though_only_booked"
        self.values["flags"] = pd.Categorical(flags)

    def _visit_ids(self) -> pa.Array | None:
        """The export's own id of each visit, null where it is blank."""
        cells = self.cells("visit_id")
        return None if cells is None else pa.array(cells.words, pa.string()).take(cells.codes)

    def _frame(self) -> pd.DataFrame:
        count = len(self.table)
        blank = {CATEGORY: nothing_known(count), SET: nothing_known(count)}
        columns = {}
        for name, kind in SESSION.items():
            if name == "session_key" or name in ORIGIN:
                continue
            value = self.values.get(name)
            if value is None:
                value = blank.get(kind)
                if kind == NUMBER:
                    value = np.full(count, np.nan)
                if kind == FLAG:
                    value = pd.array([None] * count, dtype="boolean")
            columns[name] = value
        return pd.DataFrame(columns)
