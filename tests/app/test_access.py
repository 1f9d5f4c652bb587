"""Who may see what: this machine alone, and a therapist their own."""

import pytest

from dashboard import access, data
from dashboard.access import NotAllowed, Viewer
from dashboard.request import Request
from pipelines.selection import Selection
from pipelines.settings import Settings

OWNER, THERAPIST = Viewer("owner"), Viewer("therapist", "Ada Amber")


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (None, {"Host": "127.0.0.1:8501"}),
        (None, {"host": "localhost:8501"}),
        ("127.0.0.1", {"Host": "127.0.0.1"}),
        ("::1", {"Host": "[::1]:8501"}),
    ],
)
def test_this_machine_is_let_in(address, headers):
    assert access.on_this_machine(address, headers)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.168.1.7", {"Host": "127.0.0.1:8501"}),
        (None, {"Host": "clinic.example:8501"}),
        (None, {"Connection": "Upgrade"}),
        (None, {"Host": "127.0.0.1", "X-Forwarded-For": "203.0.113.9"}),
        (None, {"Host": "127.0.0.1", "Forwarded": "for=203.0.113.9"}),
        ("not an address", {"Host": "127.0.0.1"}),
    ],
    ids=["another machine", "a foreign name", "no host", "a proxy", "a newer proxy", "nonsense"],
)
def test_everybody_else_is_kept_out(address, headers):
    assert not access.on_this_machine(address, headers)


def test_a_page_shows_nothing_to_somebody_elsewhere(open_page, sample_store, monkeypatch):
    monkeypatch.setattr(access, "on_this_machine", lambda address, headers: False)
    app = open_page(sample_store)
    assert [error.value[:45] for error in app.error] == [
        "This dashboard answers only the machine it ru"
    ]
    assert not app.title
    assert not app.metric
    assert not app.sidebar.multiselect


def test_the_owner_sees_the_selection_as_it_is():
    selection = Selection(therapist=("Bo Birch",))
    assert access.allowed(OWNER, selection) == selection


@pytest.mark.parametrize("asked", [(), ("Bo Birch",), ("Ada Amber", "Bo Birch")])
def test_a_therapist_sees_their_own_whatever_is_asked(asked):
    assert access.allowed(THERAPIST, Selection(therapist=asked)).therapist == ("Ada Amber",)


def test_a_therapist_without_a_name_sees_nothing():
    assert access.allowed(Viewer("therapist"), Selection()).therapist == ("",)


def request_of(viewer: Viewer, store) -> Request:
    return (
        data.open_request(viewer) if store is None else Request(viewer, str(store), 3, Settings())
    )


def test_figures_of_a_therapist_are_of_their_own_episodes(sample_store):
    own, every = (request_of(viewer, sample_store) for viewer in (THERAPIST, OWNER))
    assert 0 < data.matching(own)[0] < data.matching(every)[0]
    assert list(data.known_names(own)["therapist"]) == ["Ada Amber"]
    assert data.pain(own).counts["episodes"] == data.matching(own)[0]


@pytest.mark.parametrize(
    "single_visits",
    [
        data.serious_visits,
        data.contraindicated,
        lambda request: data.work(request, "no_baseline"),
        data.changes,
        data.gone,
        data.watched,
        data.kept_answers,
        data.unknown_words,
        data.answers,
        data.quarantine,
        data.files_to_mend,
        data.store,
    ],
)
@pytest.mark.parametrize("viewer", [THERAPIST, Viewer("marketing")], ids=["therapist", "marketing"])
def test_single_visits_are_for_the_owner_alone(sample_store, single_visits, viewer):
    with pytest.raises(NotAllowed):
        single_visits(request_of(viewer, sample_store))


def test_a_therapist_is_shown_no_single_visit_and_no_import(open_page, sample_store, monkeypatch):
    monkeypatch.setattr(access, "current_viewer", lambda: THERAPIST)
    headers = [header.value for header in open_page(sample_store, "side_effects").header]
    assert "Any side effect by technique" in headers
    assert "Serious events, one by one" not in headers
    assert "Contraindication flagged, and treated" not in headers
    page = open_page(sample_store, "import_and_quality")
    assert "Only the clinic's owner" in page.error[0].value
    assert not page.get("file_uploader")
