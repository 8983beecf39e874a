-- A row: how many parties there are; one row.
-- Reads: parties.
everyone AS (
  SELECT
    COUNT(DISTINCT parties.party_key) AS parties
  FROM parties
)
