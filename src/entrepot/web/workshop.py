"""Makes dossiers for pages: one at a time, in the background, while the page says how far it is."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from entrepot.casework.case import Case
from entrepot.dossier.write import write_dossier
from entrepot.engine.store import disk_errors
from entrepot.errors import EntrepotError, UsageError

FORMS = {"html": "HTML, one file", "pdf": "PDF", "xlsx": "XLSX workbook", "zip": "evidence pack (ZIP)"}
"""Endings of files with what they are called."""

KEPT = 20
"""Dossiers that are kept while the server runs; the oldest makes room."""

MOST_WAITING = 4
"""Dossiers that wait: each takes some seconds of both processors, so a fifth would wait for a minute."""


@dataclass(frozen=True, slots=True)
class Job:
    """One dossier that was asked for.

    Attributes:
        state: `waiting`, `working`, `ready` or `failed`. step: what is being done. title, cited: of the finished dossier.
        problem, remedy: why it failed.
    """

    id: str
    subject: str
    form: str
    state: str = "waiting"
    step: str = "waiting for the one before it"
    title: str = ""
    cited: int = 0
    problem: str = ""
    remedy: str = ""

    @property
    def done(self) -> bool:
        return self.state in ("ready", "failed")

    @property
    def file_name(self) -> str:
        """A name for the file that holds nothing of the subject's but letters and digits of ASCII."""
        kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in self.subject).strip("-")[:60]
        return f"dossier-{kept or self.id}.{self.form}"


class Workshop:
    """The dossiers of one server; files stand in a folder of its own under CASE/search and are removed with it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._folder = case.folder / "search" / f"dossiers-{secrets.token_hex(4)}"
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, subject: str, form: str) -> Job:
        """Begin a dossier and return at once.

        Raises:
            UsageError: the form is unknown, no subject is given, or too many wait.
        """
        subject = subject.strip()
        if form not in FORMS:
            raise UsageError("unknown form", column="form", value=form, remedy=f"one of {', '.join(FORMS)}")
        if not subject:
            raise UsageError(
                "no subject given", column="subject", remedy="a party, finding, chain, HS code or claim, or pinned"
            )
        job = Job(secrets.token_hex(8), subject, form)
        with self._lock:
            if sum(not known.done for known in self._jobs.values()) > MOST_WAITING:
                raise UsageError(
                    "too many dossiers are waiting", column="subject", value=subject, remedy="wait until one is ready"
                )
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                _, old = self._jobs.popitem(last=False)
                self._path(old).unlink(missing_ok=True)
        threading.Thread(target=self._make, args=(job.id,), daemon=True).start()
        return job

    def job(self, job_id: str) -> Job | None:
        """One dossier, or None."""
        with self._lock:
            return self._jobs.get(job_id)

    def jobs(self) -> list[Job]:
        """All, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def file(self, job: Job) -> Path | None:
        """The finished file, or None."""
        path = self._path(job)
        return path if job.state == "ready" and path.is_file() else None

    def close(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, job: Job) -> Path:
        return self._folder / f"{job.id}.{job.form}"

    def _make(self, job_id: str) -> None:
        with self._turn:
            job = self.job(job_id)
            if job is None:
                return
            self._note(job_id, state="working", step="beginning")
            try:
                with disk_errors(self._folder):
                    self._folder.mkdir(parents=True, exist_ok=True)
                made = write_dossier(
                    self._case, job.subject, self._path(job), told=lambda step: self._note(job_id, step=step)
                )
            except EntrepotError as error:
                self._note(job_id, state="failed", problem=error.problem, remedy=str(error.remedy or ""))
            except (duckdb.Error, OSError, ValueError, RuntimeError) as error:
                self._note(
                    job_id,
                    state="failed",
                    problem=f"the dossier could not be made: {type(error).__name__}",
                    remedy="entrepot dossier CASE SUBJECT -o FILE says more",
                )
            else:
                self._note(job_id, state="ready", step="", title=made.title, cited=len(made.cited))

    def _note(self, job_id: str, **changed: str | int) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **changed)  # type: ignore[arg-type]  # names are of its own fields
