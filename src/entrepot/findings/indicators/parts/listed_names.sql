-- A row: one party and one list entry whose name one of its names meets.
-- Reads: matches, name_keys, party_members.
members AS (
  SELECT DISTINCT
    party_members.name_key AS name_key,
    party_members.party_key AS party
  FROM party_members
),
met AS (
  SELECT
    members.party AS subject_key,
    matches.list_id AS list_id,
    matches.entry_id AS entry_id,
    MIN(matches.entry_name) AS entry_name,
    MAX(matches.score) AS score,
    MIN(matches.explanation) AS explanation
  FROM matches
  INNER JOIN name_keys
    ON name_keys.name = matches.name
  INNER JOIN members
    ON members.name_key = name_keys.name_key
  WHERE matches.score >= $least_score
    AND matches.decision = 'match'
  GROUP BY
    members.party,
    matches.list_id,
    matches.entry_id
)
