"""A pack is the same for the same state, and every change to it is found."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from entrepot.casework.case import Case
from entrepot.cli.app import app
from entrepot.dossier.pack import MANIFEST, ORIGINALS, ROWS
from entrepot.dossier.verify import verify
from entrepot.dossier.write import write_dossier
from entrepot.errors import InputError, UsageError
from tests.dossier.conftest import BUYER


@pytest.fixture(scope="module")
def pack(built: Case, outputs: Path) -> Path:
    path = outputs / "pack.zip"
    write_dossier(built, BUYER, path, with_sources=True)
    return path


@pytest.fixture(scope="module")
def slim(built: Case, outputs: Path) -> Path:
    path = outputs / "slim.zip"
    write_dossier(built, BUYER, path)
    return path


def rewritten(pack: Path, to: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a pack after a change to its members."""
    with zipfile.ZipFile(pack) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def forged(members: dict[str, bytes]) -> None:
    """Make the manifest agree with the members, as who knows the format would."""
    manifest = json.loads(members[MANIFEST])
    for entry in manifest["files"]:
        content = members[entry["path"]]
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    members[MANIFEST] = json.dumps(manifest).encode()


def test_a_pack_is_whole_and_its_rows_stand_in_the_sources(pack: Path) -> None:
    found = verify(pack)
    assert found.problems == ()
    assert found.rows == found.rows_checked > 0
    assert found.missing == ()
    assert found.synthetic == "made for tests"


def test_two_packs_of_one_state_are_the_same_bytes(built: Case, slim: Path, outputs: Path) -> None:
    again = outputs / "slim-again.zip"
    write_dossier(built, BUYER.upper(), again)
    assert again.read_bytes() == slim.read_bytes()


def test_a_pack_names_no_folder_of_the_machine(built: Case, slim: Path) -> None:
    with zipfile.ZipFile(slim) as archive:
        for name in archive.namelist():
            assert str(built.folder.parent).encode() not in archive.read(name), name


def test_sources_that_are_not_there_are_named_and_can_be_given(built: Case, slim: Path) -> None:
    assert verify(slim).missing == ("synthetic.csv",)
    given = verify(slim, [built.folder])
    assert given.rows == given.rows_checked > 0
    assert verify(slim, [built.folder.parent / "synthetic.csv"]).rows_checked == given.rows


@pytest.mark.parametrize("name", ["dossier.html", ROWS, ORIGINALS, "case.json", "README.txt"])
def test_a_changed_byte_is_found(pack: Path, tmp_path: Path, name: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[name] = members[name][:-2] + bytes([members[name][-2] ^ 1]) + members[name][-1:]

    found = verify(rewritten(pack, tmp_path / "x.zip", change))
    assert [p for p in found.problems if name in p and "changed" in p]


def test_a_missing_and_an_added_file_are_found(pack: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["more.txt"] = members.pop("README.txt")

    problems = verify(rewritten(pack, tmp_path / "x.zip", change)).problems
    assert "more.txt: added; the manifest does not list it" in problems
    assert "README.txt: missing; the manifest lists it" in problems


def test_a_removed_row_is_found_even_where_the_manifest_was_forged(pack: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[ROWS] = b"\n".join(members[ROWS].split(b"\n")[:-2]) + b"\n"
        forged(members)

    assert any("without a gap" in p for p in verify(rewritten(pack, tmp_path / "x.zip", change)).problems)


def test_a_row_that_the_source_does_not_say_is_found(pack: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[ORIGINALS] = members[ORIGINALS].replace(BUYER.encode(), b"Somebody Else LLC", 1)
        forged(members)

    assert any("does not say 'Somebody Else LLC'" in p for p in verify(rewritten(pack, tmp_path / "x.zip", change)).problems)  # fmt: skip


def test_another_source_file_under_a_forged_hash_is_found(pack: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        name = next(name for name in members if name.startswith("sources/"))
        members[name] = members[name].replace(b"integrated", b"innocuous!")
        forged(members)

    found = verify(rewritten(pack, tmp_path / "x.zip", change))
    assert found.problems


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out", "a/../../b", "C:evil", "a\\b"])
def test_a_name_that_leads_out_is_refused(pack: Path, tmp_path: Path, name: str) -> None:
    path = rewritten(pack, tmp_path / "x.zip", lambda members: members.update({name: b"x"}))
    with pytest.raises(InputError, match="leads out of the pack"):
        verify(path)


def test_a_member_that_unpacks_without_end_is_stopped(pack: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(pack) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in archive.namelist():
            content = b"\0" * 200_000_000 if name == "README.txt" else archive.read(name)
            bomb.writestr(name, content)
    assert any("README.txt: longer than" in p for p in verify(path).problems)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, b" " * 40_000_000)
    with pytest.raises(InputError, match="larger than"):
        verify(path)


def test_a_link_and_two_members_of_one_name_are_refused(pack: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    shutil.copyfile(pack, path)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(InputError, match="is a link"):
        verify(path)
    shutil.copyfile(pack, path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("README.txt", "x")
    with pytest.raises(InputError, match="one name"):
        verify(path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_pack_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a readable zip"):
        verify(path)
    with pytest.raises(InputError, match="no such file"):
        verify(tmp_path / "none.zip")


def test_a_manifest_of_another_form_is_refused(pack: Path, tmp_path: Path) -> None:
    for content in (
        b"[]",
        b"{",
        b'{"format": "entrepot-pack/1", "files": 3}',
        b'{"format": "other/9"}',
        b"[" * 100_000,
    ):

        def change(members: dict[str, bytes], content: bytes = content) -> None:
            members[MANIFEST] = content

        with pytest.raises(InputError, match="manifest"):
            verify(rewritten(pack, tmp_path / "x.zip", change))


def test_the_command_exits_with_1_where_something_was_changed(pack: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["verify", str(pack)]).exit_code == 0
    broken = rewritten(pack, tmp_path / "x.zip", lambda members: members.update({"more.txt": b"x"}))
    done = runner.invoke(app, ["verify", str(broken), "--json"])
    assert done.exit_code == 1
    assert re.search("added", done.output)


def test_only_a_pack_takes_sources(built: Case, outputs: Path) -> None:
    with pytest.raises(UsageError, match="only an evidence pack"):
        write_dossier(built, BUYER, outputs / "x.html", with_sources=True)
