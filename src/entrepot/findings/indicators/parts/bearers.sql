-- A row: one name that one party alone bears, and that party.
-- Reads: party_members.
bearers AS (
  SELECT
    party_members.name_key AS name_key,
    MIN(party_members.party_key) AS party
  FROM party_members
  GROUP BY
    party_members.name_key
  HAVING COUNT(DISTINCT party_members.party_key) = 1
)
