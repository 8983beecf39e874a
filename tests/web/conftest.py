"""One small synthetic case with a hostile part, built once and served on this machine."""

from __future__ import annotations

import csv
import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from entrepot.casework.case import About, Case
from entrepot.web.app import create_app
from entrepot.web.settings import Settings
from tests.quick_build import built_once

HEADER = ("DECLARATION_NO", "DATE", "SHIPPER_NAME", "CONSIGNEE_NAME", "ORIGIN_COUNTRY", "DISPATCH_COUNTRY", "DESTINATION_COUNTRY", "HS_CODE", "GOODS_DESCRIPTION", "NET_WEIGHT_KG", "VALUE_USD")  # fmt: skip

SCRIPT = "<script>alert(document.cookie)</script> LLC"
INJECTION = "Robert'; DROP TABLE findings; -- LLC"
OVERRIDE = "Harmless\u202ecod.exe Trading LLC"
FORMULA = '=HYPERLINK("http://invalid.example","x") LLC'
HOSTILE = (SCRIPT, INJECTION, OVERRIDE, FORMULA, '"><img src=x onerror=alert(1)> LLC', "../../../../etc/passwd LLC")
"""Names that a file may hold."""

LONG_TEXT = "A" * 60_000 + " </td></table><script>alert(2)</script> " + "<b>" * 20_000
"""About 100 kB of goods text."""

REPORT = """Synthetic <b>report</b> on shipments

By Synthetic Reporter, 12 March 2023

Primer Trading 1 LLC imported 40 shipments of integrated circuits in 2021, according to customs data obtained by The Synthetic Post.

<script>alert(3)</script> LLC received 12 tons of integrated circuits from China in 2022, an official said.
"""


def write_case(folder: Path) -> Case:
    """Synthetic shipments of ordinary and hostile companies, a list and a report; not built yet."""
    rows = []
    for i in range(400):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=(i * 7) % 1500)
        buyer = HOSTILE[i // 4 % 6] if i % 4 == 0 else f"Primer Trading {i % 7} LLC"
        seller = "Ромашка Пример ООО" if i % 5 == 0 else f"Lotus Example Works {i % 5} Co Ltd"
        goods = LONG_TEXT if i == 8 else ("integrated circuits", "wooden furniture", "Схемы интегральные")[i % 3]
        country = ("KAZAKHSTAN", "RUSSIAN FEDERATION", "ARMENIA")[i % 3]
        rows.append((f"D{i:06d}", day.isoformat(), seller, buyer, "CHINA", "CHINA", country, ("854231", "940360", "854232")[i % 3], goods, str(10 + i % 90), str(1000 + 13 * i)))  # fmt: skip
    path = folder / "synthetic <hostile> & 'file'.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([HEADER, *rows])
    listed = folder / "synthetic_list.csv"
    listed.write_text(
        "ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\n"
        "S-1,OOO Primer Trading 3,Company,RUSSIAN FEDERATION,SYNTHETIC,2021-06-01\n"
        'S-2,"<script>alert(document.cookie)</script> LLC",Company,RUSSIAN FEDERATION,"<i>P</i>",2021-06-01\n',
        encoding="utf-8",
    )
    report = folder / "synthetic_report.txt"
    report.write_text(REPORT, encoding="utf-8")
    case = Case.init(folder / "case")
    synthetic = About(synthetic="Written for a test: companies and shipments are invented.")
    case.add(path, about=synthetic, confirm=lambda _path, _part: True)
    case.add(listed, kind="list", about=synthetic)
    case.add(report, kind="report", about=synthetic)
    return case


@contextmanager
def serving(case: Case, settings: Settings | None = None) -> Iterator[httpx.Client]:
    """The workbench on a port of this machine, and a client that follows no redirects."""
    app = create_app(case, settings)
    app.state.desk.shelf.prepare()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case, built once a run; each worker has a copy."""
    return built_once(tmp_path_factory, "web", write_case)


@pytest.fixture(scope="session")
def client(built: Case) -> Iterator[httpx.Client]:
    """A client of a server over the case."""
    with serving(built) as made:
        yield made


@pytest.fixture(scope="session")
def finding(built: Case) -> str:
    """The identifier of one finding."""
    return str(built.query("SELECT finding_id FROM findings ORDER BY finding_id LIMIT 1").to_pylist()[0]["finding_id"])


@pytest.fixture(scope="session")
def source(built: Case) -> str:
    """The identifier of the source of shipments."""
    return str(built.query("SELECT DISTINCT source_id FROM shipments").to_pylist()[0]["source_id"])
