"""Commands for visits that a newer export lacks: list them, take them out, or keep them."""

import json
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import AsJson, StoreFolder, open_store
from pipelines.cli.terminal import say

Keys = Annotated[
    list[str] | None, typer.Argument(help="Keys of visits, as `outcomes vanished` lists them.")
]
AllOfThem = Annotated[
    bool, typer.Option("--all-vanished", help="Every visit that `outcomes vanished` lists.")
]


@app.command()
def vanished(as_json: AsJson = False, store: StoreFolder = None) -> None:
    """List visits that a newer export of their period lacks, or calls cancelled."""
    from pipelines.ingest.words import counted
    from pipelines.store.settle import vanished as lacking
    from pipelines.store.settle import why_in_words

    listed = lacking(open_store(store))
    if as_json:
        days = listed.assign(date=listed["date"].dt.strftime("%Y-%m-%d"))
        typer.echo(json.dumps(days.astype(object).where(days.notna(), None).to_dict("records"),
                              indent=1))  # fmt: skip
        return
    for row in listed.itertuples():
        typer.echo(
            f"{row.session_key}  {row.date:%Y-%m-%d}  patient {row.patient[:8]}"
            f"  {row.file}, line {row.line}: {why_in_words(row.reason, row.newer_file)}"
        )
    waiting = counted(len(listed), "visit waits", "visits wait")
    say(f"{waiting} for `outcomes remove` or `outcomes keep`.")


@app.command()
def remove(keys: Keys = None, all_vanished: AllOfThem = False, store: StoreFolder = None) -> None:
    """Take listed visits out of the figures; `outcomes undo` brings them back."""
    from pipelines.store.settle import remove as removed

    _settle(removed, "taken out", keys, all_vanished, store)


@app.command()
def keep(keys: Keys = None, all_vanished: AllOfThem = False, store: StoreFolder = None) -> None:
    """Keep listed visits and ask no more about them; `outcomes undo` asks again."""
    from pipelines.store.settle import keep as kept

    _settle(kept, "kept", keys, all_vanished, store)


def _settle(settle, done: str, keys, all_vanished: bool, store) -> None:  # typed by its callers
    from pipelines.ingest.words import counted
    from pipelines.store.settle import vanished as lacking

    if bool(keys) == all_vanished:
        raise typer.BadParameter("name visits, or say --all-vanished", param_hint="KEY")
    opened = open_store(store)
    chosen = list(lacking(opened)["session_key"]) if all_vanished else list(keys)
    if not chosen:
        say("No visit is listed.")
        return
    name = settle(opened, chosen)
    typer.echo(f"{counted(len(chosen), 'visit')} {done}. Undo it with `outcomes undo {name}`.")
