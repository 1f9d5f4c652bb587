"""The sidebar on a running page: options with counts, kept between pages, written to the URL."""

from datetime import date

from pipelines.store import Store

from .conftest import go, widget


def labels(app, name: str) -> list[str]:
    return widget(app.sidebar.multiselect, name).options


def test_options_stand_with_their_counts_commonest_first(open_page, sample_store):
    options = labels(open_page(sample_store, period="all"), "Condition")
    episodes = Store(sample_store).clinic().episodes
    counted = episodes["condition"].value_counts()
    assert options[0] == f"{counted.index[0]} ({counted.iloc[0]})"
    numbers = [int(option.rsplit("(", 1)[1].strip(")").replace(",", "")) for option in options]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == len(episodes)


def test_counts_follow_the_other_filters(open_page, sample_store):
    app = open_page(sample_store, period="all")
    before = labels(app, "Therapist")
    widget(app.multiselect, "Condition").select("Neck pain").run()
    assert labels(app, "Therapist") != before
    episodes = Store(sample_store).clinic().episodes
    neck = episodes[episodes["condition"] == "Neck pain"]
    assert f"Neck pain ({len(neck)})" in labels(app, "Condition")
    assert any(f"{len(neck)} episodes" in text.value for text in app.sidebar.markdown)


def test_the_choice_is_in_the_url(open_page, sample_store):
    app = open_page(sample_store)
    assert not app.query_params
    widget(app.selectbox, "Period").select("all").run()
    widget(app.multiselect, "Technique").select("deep").run()
    assert app.query_params == {"period": "all", "technique": "deep"}


def test_the_url_is_the_choice(open_page, sample_store):
    app = open_page(sample_store, period="this-year", condition=["Neck pain", "Low back pain"])
    assert widget(app.selectbox, "Period").value == "this-year"
    assert widget(app.multiselect, "Condition").value == ["Neck pain", "Low back pain"]


def test_a_custom_period_from_a_link(open_page, sample_store):
    query = {"period": "custom", "from": "2026-02-01", "to": "2026-06-30"}
    app = open_page(sample_store, **query)
    assert not app.exception
    assert widget(app.date_input, "From").value == date(2026, 2, 1)
    assert widget(app.date_input, "To").value == date(2026, 6, 30)
    assert dict(app.query_params) == query


def test_a_custom_period_begins_with_the_days_of_the_one_before(open_page, sample_store):
    app = open_page(sample_store, period="last-year")
    widget(app.selectbox, "Period").select("custom").run()
    assert not app.exception
    assert widget(app.date_input, "From").value == date(2025, 1, 1)
    widget(app.date_input, "From").set_value(date(2025, 7, 1)).run()
    assert app.query_params["from"] == "2025-07-01"


def test_what_a_link_has_wrong_is_told(open_page, sample_store):
    app = open_page(sample_store, condition="Nobody knows this")
    assert not app.exception
    assert [warning.value for warning in app.sidebar.warning] == [
        "The link names a condition that this clinic's data do not have; it was ignored."
    ]
    assert not app.query_params


def test_the_choice_is_kept_between_pages(open_page, sample_store):
    app = open_page(sample_store)
    widget(app.multiselect, "Condition").select("Neck pain").run()
    app.query_params.clear()  # as a click in the navigation does
    go(app, "pain")
    assert widget(app.multiselect, "Condition").value == ["Neck pain"]
    assert app.query_params == {"condition": "Neck pain"}
    app.query_params.clear()
    go(app, "conditions")
    assert widget(app.multiselect, "Condition").value == ["Neck pain"]


def test_going_back_to_an_earlier_address_takes_its_choice(open_page, sample_store):
    app = open_page(sample_store, period="all")
    widget(app.multiselect, "Condition").select("Neck pain").run()
    app.query_params.clear()
    app.query_params["period"] = "this-year"
    app.run()
    assert widget(app.selectbox, "Period").value == "this-year"
    assert widget(app.multiselect, "Condition").value == []


def test_reset(open_page, sample_store):
    app = open_page(sample_store, period="all", condition="Neck pain")
    widget(app.button, "Reset").click().run()
    assert widget(app.selectbox, "Period").value == "last-12-months"
    assert widget(app.multiselect, "Condition").value == []
    assert not app.query_params
    assert widget(app.button, "Reset").disabled


def test_the_link_to_copy_holds_the_choice(open_page, sample_store):
    app = open_page(sample_store, period="all", condition="Neck pain")
    assert app.sidebar.code[0].value.endswith("?period=all&condition=Neck+pain")


def test_other_parameters_of_the_url_are_left_alone(open_page, sample_store):
    app = open_page(sample_store, embed_options="dark_theme", period="all")
    widget(app.selectbox, "Period").select("this-year").run()
    assert app.query_params["period"] == "this-year"
