"""Packs a dossier with what proves it: cited rows as read, queries, parameters, hashes, and how to check them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from entrepot.casework.case import Case
from entrepot.dossier.document import Dossier
from entrepot.dossier.html import as_html
from entrepot.dossier.plain import spreadsheet
from entrepot.dossier.workbook import write_workbook

FORMAT = "entrepot-pack/1"

MANIFEST, CRATE, ROWS, ORIGINALS, SHIPMENTS, CASE_FILE = "manifest.json", "ro-crate-metadata.json", "rows.csv", "originals.jsonl", "shipments.csv", "case.json"  # fmt: skip

SOURCES = "sources/"
"""Folder of a pack with whole source files, each named by its SHA-256."""

_DAY = (1980, 1, 1, 0, 0, 0)
"""Time of every member: the first that a zip can state, so that one state of a case gives one pack."""

_README = """Evidence pack made by entrepot {program}
{line}
Subject: {subject}
Case: {case}, state {state}
{synthetic}
dossier.html        the dossier: open it in a browser; it has no scripts and fetches nothing
dossier.xlsx        the same as a workbook
rows.csv            every cited row: footnote number, file, its SHA-256, row number, canonical values
originals.jsonl     every cited row of a table as it was read, cell by cell
shipments.csv       all shipments of the subject
queries/            the statements behind findings and checks, with their parameters filled in
case.json           parameters, indicators' settings, and how each file's columns were read
sources/            whole source files by SHA-256, where they were packed
manifest.json       every file of this pack with size and SHA-256
ro-crate-metadata.json   the same for archives (RO-Crate 1.1)

How to check it
  entrepot verify PACK                      every file against the manifest, and the rows against packed sources
  entrepot verify PACK --sources FOLDER     the rows against source files that you hold, found by their SHA-256
By hand: hash a file with `sha256sum` and compare it with manifest.json; open the source file that has the SHA-256 of a
row, go to its row number, counted from 1 with the header included, and compare.

It states indicators, not verdicts. A listing is not a conviction.
"""


def write_pack(case: Case, made: Dossier, path: Path, *, with_sources: bool = False) -> None:
    """Write the pack; the same state of a case gives the same bytes.

    Args:
        with_sources: pack the whole files that rows are cited from; mind their licences.
    """
    files = dict(sorted(_files(case, made).items()))
    hashes = {c.sha256 for c in made.cited} if with_sources else set()
    whole = {f"{SOURCES}{digest}": case.folder / "sources" / digest for digest in sorted(hashes)}
    whole = {name: file for name, file in whole.items() if file.is_file()}
    listed = [_listed(name, io.BytesIO(content), len(content)) for name, content in files.items()]
    for name, file in whole.items():
        with file.open("rb") as stream:
            listed.append(_listed(name, stream, file.stat().st_size))
    crate = _json(_crate(case, made, listed))
    listed.append(_listed(CRATE, io.BytesIO(crate), len(crate)))
    manifest = _json(_manifest(made, sorted(listed, key=lambda each: str(each["path"]))))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in {MANIFEST: manifest, CRATE: crate, **files}.items():
            archive.writestr(_info(name), content)
        for name, file in whole.items():
            with file.open("rb") as stream, archive.open(_info(name), "w", force_zip64=True) as member:
                while chunk := stream.read(1 << 20):
                    member.write(chunk)


def _files(case: Case, made: Dossier) -> dict[str, bytes]:
    cited = [
        {
            "no": c.number, "file": c.path, "part": c.part, "sha256": c.sha256, "source_id": c.row.source_id,
            "row_number": c.row.row_number, "synthetic": c.synthetic, **c.shown,
        }
        for c in made.cited
    ]  # fmt: skip
    originals = [
        {"no": c.number, "sha256": c.sha256, "source_id": c.row.source_id, "row_number": c.row.row_number, "original": json.loads(c.original)}
        for c in made.cited
        if c.original
    ]  # fmt: skip
    synthetic = f"SYNTHETIC: rows in this pack are generated and not real. {made.synthetic}\n" if made.synthetic else ""
    readme = _README.format(
        program=made.program, line="=" * 40, subject=made.subject, case=made.case_name, state=made.state, synthetic=synthetic
    )  # fmt: skip
    return {
        "README.txt": readme.encode(),
        "dossier.html": as_html(made).encode(),
        "dossier.xlsx": _workbook(made),
        ROWS: _csv(cited),
        ORIGINALS: "".join(json.dumps(o, ensure_ascii=False, sort_keys=True) + "\n" for o in originals).encode(),
        SHIPMENTS: _csv(made.tables.get("shipments", ())),
        CASE_FILE: _json(_case(case)),
        **{f"queries/{_name(name)}.sql": text.encode() for name, text in made.queries.items()},
    }


def _workbook(made: Dossier) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.xlsx"
        write_workbook(made, path)
        return path.read_bytes()


def _case(case: Case) -> dict[str, object]:
    """The case's settings without paths of the machine and without endpoints."""
    told = case.config.model_dump(mode="json", exclude={"model"})
    for source in told["source"]:
        source["path"] = str(source["path"]).replace("\\", "/").rsplit("/", 1)[-1]
    return dict(told)


def _manifest(made: Dossier, listed: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "program": made.program,
        "subject": made.subject,
        "subject_kind": made.subject_kind,
        "case": made.case_name,
        "state": made.state,
        "synthetic": made.synthetic,
        "cited_rows": len(made.cited),
        "sources": [
            {"sha256": digest, "file": name}
            for digest, name in sorted({(c.sha256, c.path) for c in made.cited})
        ],
        "files": list(listed),
    }  # fmt: skip


def _crate(case: Case, made: Dossier, listed: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """RO-Crate 1.1: a dataset, its files, and the program that made it."""
    days = [s.retrieved.isoformat() for s in case.config.source if s.retrieved is not None]
    root: dict[str, object] = {
        "@id": "./",
        "@type": "Dataset",
        "name": made.title,
        "description": "Indicators, not verdicts, with the rows that prove them." + (f" SYNTHETIC: {made.synthetic}" if made.synthetic else ""),
        "license": "The terms of each source; see case.json.",
        "hasPart": [{"@id": f["path"]} for f in listed],
        "identifier": made.state,
    }  # fmt: skip
    if days:
        root["datePublished"] = max(days)
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
            root,
            {"@id": "#entrepot", "@type": "SoftwareApplication", "name": "entrepot", "version": made.program},
            *({"@id": f["path"], "@type": "File", "contentSize": str(f["size"]), "sha256": f["sha256"]} for f in listed),
        ],
    }  # fmt: skip


def _listed(name: str, stream: IO[bytes], size: int) -> dict[str, object]:
    return {"path": name, "size": size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}  # type: ignore[arg-type]


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as CSV that no spreadsheet computes; what is unknown is empty."""
    listed = list(rows)
    columns = list(dict.fromkeys(key for row in listed for key in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in listed:
        writer.writerow([_plain(row.get(column)) for column in columns])
    return out.getvalue().encode()


def _plain(value: object) -> object:
    if value is None:
        return ""
    return spreadsheet(value) if isinstance(value, str) else value


def _name(text: str) -> str:
    """A name of a query as a file name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in text)[:120]
