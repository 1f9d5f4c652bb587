"""A watch killed while files keep arriving: each file exactly once, none lost, the store sound."""

import random
import threading
from collections import Counter
from pathlib import Path

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.watch import last_run
from tests.support.exports import content, figures, twin_store
from tests.support.watching import Watching, by_hand, digest, drop, drops, imported

KILLS = 6
SEED = 20250106


def test_a_watch_killed_again_and_again_handles_every_file_exactly_once(tmp_path: Path):
    watching = Watching(tmp_path / "drop", twin_store(tmp_path).folder, tmp_path / "said")
    dropped, draw = drops(5), random.Random(SEED)

    def arrive(draw: random.Random) -> None:
        for one in dropped:
            drop(watching.folder, one, draw)

    arriving = threading.Thread(target=arrive, args=(random.Random(SEED + 1),), daemon=True)
    arriving.start()
    at_work = sum(watching.killed(draw, 2.0, kill % 2 == 0) for kill in range(KILLS))
    process = watching.start()
    arriving.join(60)
    process.kill()
    process.wait()
    assert not arriving.is_alive()
    assert watching.finished() == 0
    assert at_work > 0

    store = Store(watching.store, Settings())
    wanted = by_hand(twin_store(tmp_path / "wanted"), dropped)
    assert imported(store) == Counter({digest(one.data) for one in dropped if one.accepted})
    assert watching.kept() == Counter(digest(one.data) for one in dropped)
    assert all(finding.sound for finding in check_store(store))
    assert figures(store) == figures(wanted)
    assert content(store).equals(content(wanted))
    assert last_run(store).ended is not None
    assert "The watch has ended." in watching.said.read_text()
    assert "Traceback" not in watching.said.read_text()
