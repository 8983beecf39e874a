"""Finding the names of a list that share words with a query, each distinct word matched once (compiled)."""
# numpy types an array element as Any; compiled code fixes its type.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrepot.engine.compiled import compiled, plain
from entrepot.parties.edits import spelling
from entrepot.parties.likeness import LEAST, alike, most_alike
from entrepot.parties.translit import Costs
from entrepot.parties.vocabulary import (
    CONCEPT,
    KIND,
    LATIN,
    LATIN_END,
    MEANS,
    MEANS_END,
    NICKS,
    NICKS_END,
    NUMBER,
    PLACE_NUMBER,
    SCRIPT,
    SOUND,
    SOUND_LENGTH,
    STEM,
    STEM_LENGTH,
    SYMBOLS,
    SYMBOLS_END,
    TEXT,
    TEXT_LENGTH,
    VALUE,
    Words,
)

_TEXT, _SOUND, _STEM, _SKELETON, _DROP, _MEANING, _NICK, _NAME_LATIN, _NAME_OTHER, _COARSE_LATIN, _COARSE_OTHER = map(
    plain, range(1, 12)
)
_ALL, _FROM_START = plain(-1), plain(0)
"""No letter is left out of a key; its keys are the first."""
_SAME_SCRIPT, _ACROSS = plain(False), plain(True)
_AS_PERSONS = plain(True)
MAX_KEYS = 160
"""Keys of one word; the longest has 2 + 32 deletions of letters, 24 of consonants and up to 64 name numbers."""
_BUCKET = 64
"""A key that more list words have than these tells nothing and is passed over. Of the aliases of `make eval-names` the true entry
is as often among the compared with 64, 96 and 128; of 100,000 names with slips .6% fewer pairs above 0.65 are found than with 128."""

_SHORT_WORD, _LONGEST_OF_THREE = 4, 20
"""Three words are joined where one has up to four sounds and all together up to twenty (two more of 1,390 held-out aliases of OFAC found)."""

_JOINED_BUCKET = 64
"""The same for two neighbouring words that are joined."""

_COARSE = np.zeros(42, np.uint8)
# b p | d t dh | g k q c kh h-less | s z sh ch j zh x | l r | m | n | v f w ; vowels, h, y drop out
for _group, _letters in enumerate(("bp", "dt", "gkqc", "szxj", "lr", "m", "n", "vfw"), 1):
    for _letter in _letters:
        _COARSE[ord(_letter) - 96] = _group
_COARSE[27] = _COARSE[28] = _COARSE[29] = 4
_COARSE[30:40] = np.arange(10, 20)
_VOWEL = np.zeros(42, np.bool_)
_VOWEL[[1, 5, 9, 15, 21, 25]] = True


@compiled
def _hash(tag: int, letters: NDArray[np.uint8], skip: int) -> np.uint64:
    value = np.uint64(14695981039346656037) ^ np.uint64(tag)
    for k in range(letters.shape[0]):
        if k != skip:
            value = (value ^ np.uint64(letters[k])) * np.uint64(1099511628211)
    return value


@compiled
def _mark(tag: int, number: int) -> np.uint64:
    return (np.uint64(number) * np.uint64(0x9E3779B97F4A7C15)) ^ (np.uint64(tag) << np.uint64(58))


@compiled
def _sound_keys(sound: NDArray[np.uint8], other: bool, out: NDArray[np.uint64], n: int) -> int:
    """Keys from the sounds: whole, without one letter, consonants, consonants without one, coarse consonants."""
    size = sound.shape[0]
    out[n] = _hash(_SOUND, sound, _ALL)
    n += 1
    if size >= 4:
        out[n] = _hash(_DROP, sound, _ALL)
        n += 1
        for k in range(size):
            if k == 0 or sound[k] != sound[k - 1]:
                out[n] = _hash(_DROP, sound, k)
                n += 1
    thin = np.empty(32, np.uint8)
    length = 0
    for k in range(size):
        if k == 0 or not _VOWEL[sound[k]]:
            thin[length] = sound[k]
            length += 1
    if length >= 3:
        out[n] = _hash(_SKELETON, thin[:length], _ALL)
        n += 1
        if length >= 5:
            for k in range(length):
                out[n] = _hash(_SKELETON, thin[:length], k)
                n += 1
    length = 0
    for k in range(size):
        group = _COARSE[sound[k]]
        if group != 0 and (length == 0 or thin[length - 1] != group):
            thin[length] = group
            length += 1
    if length >= 1:
        tag = _COARSE_OTHER if other else _COARSE_LATIN
        out[n] = _hash(tag, thin[:length], _ALL)
        n += 1
        if length >= 3:
            for k in range(length):
                out[n] = _hash(tag, thin[:length], k)
                n += 1
    return n


@compiled
def keys_of(w: Words, word: int, out: NDArray[np.uint64], flip: bool) -> int:
    """The keys of a word, at most `MAX_KEYS`; `flip` asks for the keys of words across scripts."""
    n = 0
    out[n] = _hash(_TEXT, w.letters[word, TEXT, : w.facts[word, TEXT_LENGTH]], _ALL)
    n += 1
    if w.facts[word, VALUE] >= 0:
        out[0] = _mark(_MEANING, 1_000_000 + w.facts[word, VALUE])
        return 1
    other = w.facts[word, SCRIPT] != 0
    n = _sound_keys(w.letters[word, SOUND, : w.facts[word, SOUND_LENGTH]], other != flip, out, n)
    if w.facts[word, STEM_LENGTH] >= 4:
        out[n] = _hash(_STEM, w.letters[word, STEM, : w.facts[word, STEM_LENGTH]], _ALL)
        n += 1
    if w.facts[word, CONCEPT] != 0:
        out[n] = _mark(_MEANING, w.facts[word, CONCEPT])
        n += 1
    if w.facts[word, PLACE_NUMBER] != 0:
        out[n] = _mark(_MEANING, 100_000 + w.facts[word, PLACE_NUMBER])
        n += 1
    for k in range(w.facts[word, NICKS], w.facts[word, NICKS_END]):
        if n < MAX_KEYS:
            out[n] = _mark(_NICK, w.pool[k])
            n += 1
    for k in range(w.facts[word, SYMBOLS], min(w.facts[word, SYMBOLS_END], w.facts[word, SYMBOLS] + 24)):
        if n < MAX_KEYS:
            out[n] = _mark(_NAME_OTHER if other != flip else _NAME_LATIN, w.pool[k])
            n += 1
    for k in range(w.facts[word, MEANS], w.facts[word, MEANS_END]):
        meaning = w.pool[k]
        if n + 3 < MAX_KEYS:
            out[n] = _hash(_TEXT, w.letters[meaning, TEXT, : w.facts[meaning, TEXT_LENGTH]], _ALL)
            n += 1
            if w.facts[meaning, CONCEPT] != 0:
                out[n] = _mark(_MEANING, w.facts[meaning, CONCEPT])
                n += 1
            if w.facts[meaning, PLACE_NUMBER] != 0:
                out[n] = _mark(_MEANING, 100_000 + w.facts[meaning, PLACE_NUMBER])
                n += 1
    for k in range(w.facts[word, LATIN] + 1, w.facts[word, LATIN_END]):
        spelled = w.pool[k]
        if n + 70 < MAX_KEYS:
            n = _sound_keys(w.letters[spelled, SOUND, : w.facts[spelled, SOUND_LENGTH]], other != flip, out, n)
    return n


@compiled
def all_keys(
    w: Words, words: NDArray[np.int32], keys: NDArray[np.uint64], owners: NDArray[np.int32], write: bool
) -> int:
    """Keys of many words into `keys` and `owners` (position in `words`); counts only unless `write`."""
    out = np.empty(MAX_KEYS + 80, np.uint64)
    total = 0
    for k in range(words.shape[0]):
        n = keys_of(w, words[k], out, _SAME_SCRIPT)
        if write:
            for at in range(n):
                keys[total + at] = out[at]
                owners[total + at] = k
        total += n
    return total


@compiled
def joined_sounds(
    w: Words,
    words: NDArray[np.int32],
    at: NDArray[np.int64],
    out: NDArray[np.uint8],
    lengths: NDArray[np.uint8],
    name: NDArray[np.int32],
) -> int:
    """Spellings' sounds of each two neighbouring words of each name, joined; numbers and other scripts are left out.

    The first three words too, where one of them is short (`K B X Investment`, `Dok Ngieo Kham`); never more than the words of a name.
    """
    total = 0
    for i in range(at.shape[0] - 1):
        if at[i + 1] - at[i] >= 3:
            size, shortest = 0, 32
            for k in range(at[i], at[i] + 3):
                p = words[k]
                length = w.facts[p, SOUND_LENGTH]
                shortest = min(shortest, length)
                size = 99 if w.facts[p, VALUE] >= 0 or w.facts[p, SCRIPT] != 0 or size + length > 32 else size + length
            if shortest <= _SHORT_WORD and size <= _LONGEST_OF_THREE:
                size = 0
                for k in range(at[i], at[i] + 3):
                    length = w.facts[words[k], SOUND_LENGTH]
                    out[total, size : size + length] = w.letters[words[k], SOUND, :length]
                    size += length
                lengths[total] = size
                name[total] = i
                total += 1
        for k in range(at[i], at[i + 1] - 1):
            p, q = words[k], words[k + 1]
            if w.facts[p, VALUE] >= 0 or w.facts[q, VALUE] >= 0 or w.facts[p, SCRIPT] != w.facts[q, SCRIPT]:
                continue
            m, n = w.facts[p, SOUND_LENGTH], w.facts[q, SOUND_LENGTH]
            if m + n > 32 or m + n < 4:
                continue
            out[total, :m] = w.letters[p, SOUND, :m]
            out[total, m : m + n] = w.letters[q, SOUND, :n]
            lengths[total] = m + n
            name[total] = i
            total += 1
    return total


@compiled
def joined_keys(
    sounds: NDArray[np.uint8],
    lengths: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    owners: NDArray[np.int32],
    write: bool,
) -> int:
    """Keys of joined neighbours: the same as of one word with these sounds."""
    out = np.empty(MAX_KEYS, np.uint64)
    total = 0
    for k in range(lengths.shape[0]):
        n = _sound_keys(sounds[k, : lengths[k]], _SAME_SCRIPT, out, _FROM_START)
        if write:
            for at in range(n):
                keys[total + at] = out[at]
                owners[total + at] = k
        total += n
    return total


@compiled
def _start(keys: NDArray[np.uint64], key: np.uint64) -> int:
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def near_words(
    w: Words, costs: Costs, queries: NDArray[np.int32], listed: NDArray[np.int32], keys: NDArray[np.uint64], owners: NDArray[np.int32],
    joined: NDArray[np.uint8], joined_lengths: NDArray[np.uint8], joined_key: NDArray[np.uint64], joined_owner: NDArray[np.int32],
    foreign: NDArray[np.int64], found: NDArray[np.int32], level: NDArray[np.float32], at: NDArray[np.int64], brute: bool,
) -> int:  # fmt: skip
    """For each query word the list words like it.

    Args:
        queries: vocabulary numbers. listed: vocabulary numbers of the list's words. keys, owners: their keys, sorted.
        joined...: the same for joined neighbours of the list.
        foreign: positions in `listed` of the words in other scripts.
        found, level: out: positions in `listed`, or `len(listed)` and more for joined neighbours, with likeness.
        at: out: `at[i]:at[i + 1]` of `found` belong to query word i. brute: look at every list word in another script.

    Returns:
        Number of results, or -1 where `found` is too small.
    """
    facts, letters = w.facts, w.letters
    out = np.empty(MAX_KEYS + 80, np.uint64)
    rows = np.empty((3, 64), np.float32)
    stamp = np.full(listed.shape[0], -1, np.int32)
    stamp_joined = np.full(joined_lengths.shape[0], -1, np.int32)
    total = 0
    for i in range(queries.shape[0]):
        at[i] = total
        word = queries[i]
        concept, place = facts[word, CONCEPT], facts[word, PLACE_NUMBER]
        n = keys_of(w, word, out, _ACROSS)
        if total + 4000 > found.shape[0]:
            return -1
        first = total
        for k in range(n):
            s = _start(keys, out[k])
            if s + _BUCKET < keys.shape[0] and keys[s + _BUCKET] == out[k]:
                continue
            while s < keys.shape[0] and keys[s] == out[k] and total - first < 2000:
                owner = owners[s]
                s += 1
                if stamp[owner] == i:
                    continue
                stamp[owner] = i
                other = listed[owner]
                likeness = 0.0
                if (concept != 0 and concept == facts[other, CONCEPT]) or (
                    place != 0 and place == facts[other, PLACE_NUMBER]
                ):
                    likeness = 0.93
                latin = facts[word, SCRIPT] == 0 and facts[other, SCRIPT] == 0
                if word == other or not latin or most_alike(w, word, other, _AS_PERSONS) > likeness:
                    likeness = max(likeness, alike(w, costs, word, other, _AS_PERSONS, rows))
                if likeness >= LEAST:
                    found[total] = owner
                    level[total] = likeness
                    total += 1
        if brute and facts[word, VALUE] < 0:
            for at_other in range(foreign.shape[0] if facts[word, SCRIPT] == 0 else listed.shape[0]):
                owner = foreign[at_other] if facts[word, SCRIPT] == 0 else at_other
                if (
                    stamp[owner] != i
                    and (facts[listed[owner], SCRIPT] != 0) != (facts[word, SCRIPT] != 0)
                    and total - first < 3000
                ):
                    likeness = alike(w, costs, word, listed[owner], _AS_PERSONS, rows)
                    if likeness >= LEAST:
                        found[total] = owner
                        level[total] = likeness
                        total += 1
        size = facts[word, SOUND_LENGTH]
        if size >= 4 and facts[word, SCRIPT] == 0 and facts[word, KIND] != NUMBER:
            n = _sound_keys(letters[word, SOUND, :size], _SAME_SCRIPT, out, _FROM_START)
            for k in range(n):
                s = _start(joined_key, out[k])
                if s + _JOINED_BUCKET < joined_key.shape[0] and joined_key[s + _JOINED_BUCKET] == out[k]:
                    continue
                while s < joined_key.shape[0] and joined_key[s] == out[k] and total - first < 3500:
                    owner = joined_owner[s]
                    s += 1
                    if stamp_joined[owner] == i:
                        continue
                    stamp_joined[owner] = i
                    likeness = spelling(letters[word, SOUND, :size], joined[owner, : joined_lengths[owner]], rows, 0.85)
                    if likeness >= 0.85:
                        found[total] = listed.shape[0] + owner
                        level[total] = likeness
                        total += 1
    at[queries.shape[0]] = total
    return total


@compiled
def near_joined(
    w: Words, listed: NDArray[np.int32], keys: NDArray[np.uint64], owners: NDArray[np.int32],
    sounds: NDArray[np.uint8], lengths: NDArray[np.uint8], found: NDArray[np.int32], level: NDArray[np.float32], at: NDArray[np.int64],
) -> int:  # fmt: skip
    """For each two neighbouring words of a query, joined, the list words that sound like them (as `near_words`)."""
    facts, letters = w.facts, w.letters
    out = np.empty(MAX_KEYS, np.uint64)
    rows = np.empty((3, 64), np.float32)
    stamp = np.full(listed.shape[0], -1, np.int32)
    total = 0
    for i in range(lengths.shape[0]):
        at[i] = total
        size = lengths[i]
        if total + 200 > found.shape[0]:
            return -1
        first = total
        n = _sound_keys(sounds[i, :size], _SAME_SCRIPT, out, _FROM_START)
        for k in range(n):
            s = _start(keys, out[k])
            if s + _JOINED_BUCKET < keys.shape[0] and keys[s + _JOINED_BUCKET] == out[k]:
                continue
            while s < keys.shape[0] and keys[s] == out[k] and total - first < 100:
                owner = owners[s]
                s += 1
                word = listed[owner]
                if stamp[owner] == i or abs(facts[word, SOUND_LENGTH] - size) > 2 or facts[word, SCRIPT] != 0:
                    continue
                stamp[owner] = i
                likeness = spelling(sounds[i, :size], letters[word, SOUND, : facts[word, SOUND_LENGTH]], rows, 0.85)
                if likeness >= 0.85:
                    found[total] = owner
                    level[total] = likeness
                    total += 1
    at[lengths.shape[0]] = total
    return total


@compiled
def gather(
    words: NDArray[np.int32], name_at: NDArray[np.int64], position: NDArray[np.int32], weight: NDArray[np.float32],
    near: NDArray[np.int32], level: NDArray[np.float32], near_at: NDArray[np.int64],
    postings: NDArray[np.int32], posting_at: NDArray[np.int64], joined_name: NDArray[np.int32], totals: NDArray[np.float32],
    own_joined_at: NDArray[np.int64], own_near: NDArray[np.int32], own_level: NDArray[np.float32], own_near_at: NDArray[np.int64],
    most: int, budget: int, query: NDArray[np.int64], candidate: NDArray[np.int64],
) -> int:  # fmt: skip
    """Candidates of each query name: rare words first, each list name's shared weight added up, the best kept.

    Args:
        words, name_at: the query names; position: vocabulary number to row of `near_at`. weight: of vocabulary words.
        near, level, near_at: list words near each query word. postings, posting_at: list names of each list word.
        joined_name: list name of each joined neighbour. totals: weight of each list name.
        own...: the joined neighbours of the queries and the list words near them.
        most: candidates kept for a query. budget: postings read for a query before common words are skipped.
        query, candidate: out.

    Returns:
        Number of pairs, or -1 where `query` is too small.
    """
    count = totals.shape[0]
    shared = np.zeros(count, np.float32)
    touched = np.empty(count, np.int32)
    best_word = np.zeros(count, np.float32)
    word_stamp = np.full(count, -1, np.int64)
    listed = posting_at.shape[0] - 1
    pairs = 0
    turn = 0
    for i in range(name_at.shape[0] - 1):
        if pairs + most > query.shape[0]:
            return -1
        reached = 0
        size = name_at[i + 1] - name_at[i]
        own = own_joined_at[i + 1] - own_joined_at[i]
        cost = np.zeros(size + own, np.int64)
        for k in range(size):
            row = position[words[name_at[i] + k]]
            for p in range(near_at[row], near_at[row + 1]):
                cost[k] += posting_at[near[p] + 1] - posting_at[near[p]] if near[p] < listed else 1
        for k in range(own):
            row = own_joined_at[i] + k
            for p in range(own_near_at[row], own_near_at[row + 1]):
                cost[size + k] += posting_at[own_near[p] + 1] - posting_at[own_near[p]]
        read, own_total = 0, np.float32(0)
        for k in range(size):
            own_total += weight[words[name_at[i] + k]]
        for k in np.argsort(cost):
            if cost[k] == 0:
                continue
            if read > 0 and read + cost[k] > budget:
                break
            read += cost[k]
            turn += 1
            if k < size:
                row = position[words[name_at[i] + k]]
                low, high, share = near_at[row], near_at[row + 1], weight[words[name_at[i] + k]]
            else:
                row = own_joined_at[i] + k - size
                low, high, share = own_near_at[row], own_near_at[row + 1], np.float32(1.0)
            for p in range(low, high):
                token = near[p] if k < size else own_near[p]
                likeness = (level[p] if k < size else own_level[p]) * share
                if token >= listed:
                    start, end = 0, 1
                else:
                    start, end = posting_at[token], posting_at[token + 1]
                for q in range(start, end):
                    name = joined_name[token - listed] if token >= listed else postings[q]
                    if shared[name] == 0:
                        touched[reached] = name
                        reached += 1
                    if word_stamp[name] != turn:
                        word_stamp[name] = turn
                        best_word[name] = likeness
                        shared[name] += likeness
                    elif likeness > best_word[name]:
                        shared[name] += likeness - best_word[name]
                        best_word[name] = likeness
        # the best `most` by shared weight over the larger of the two names, from a bounded insertion
        kept = 0
        scores = np.empty(most, np.float32)
        for t in range(reached):
            name = touched[t]
            rank = shared[name] / (0.6 * min(own_total, totals[name]) + 0.4 * max(own_total, totals[name]) + 0.05)
            shared[name] = 0
            if rank < 0.3:
                continue
            if kept < most:
                slot = kept
                kept += 1
            elif rank > scores[most - 1]:
                slot = most - 1
            else:
                continue
            while slot > 0 and scores[slot - 1] < rank:
                scores[slot] = scores[slot - 1]
                candidate[pairs + slot] = candidate[pairs + slot - 1]
                slot -= 1
            scores[slot] = rank
            candidate[pairs + slot] = name
        for slot in range(kept):
            query[pairs + slot] = i
        pairs += kept
    return pairs
