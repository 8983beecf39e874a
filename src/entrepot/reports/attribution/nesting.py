"""Orders attributions of one passage: whose words hold whose."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.reports.attribution.spans import Attribution


def outermost_first(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those that hold others' cues in their content before them; among equals the later cue is
    outer, as in `X, according to a list, according to a person who read it`."""

    def depth(one: Attribution) -> int:
        return sum(
            1
            for other in attributions
            if other is not one
            and any(start <= one.cue_token < end for start, end in other.contents)
            and not (
                any(start <= other.cue_token < end for start, end in one.contents) and one.cue_token > other.cue_token
            )
        )

    return sorted(attributions, key=lambda a: (depth(a), -a.cue_token))


def governing(attributions: Sequence[Attribution], span: tuple[int, int], verbs: frozenset[int]) -> list[Attribution]:
    """The attributions that hold a clause, outermost first.

    Args:
        span: token range of what is said.
        verbs: its main verb, and the verb that reports it.
    """
    start, end = span
    held = []
    for one in attributions:
        inside = sum(max(0, min(end, e) - max(start, s)) for s, e in one.contents)
        holds = any(s <= verb < e for s, e in one.contents for verb in verbs)
        if holds or inside * 2 > end - start or (one.cue_token in verbs and one.speaks):
            held.append(one)
    return outermost_first(held)
