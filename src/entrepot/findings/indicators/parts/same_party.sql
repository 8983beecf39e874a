-- A row: one name, with the identifier and country beside it, that is counted under another name of the same party.
-- Reads: party_members.
same_party AS (
  SELECT
    party_members.name_key AS name_key,
    party_members.identifier AS identifier,
    party_members.country AS country,
    party_members.party_key AS party
  FROM party_members
  WHERE party_members.party_key <> party_members.name_key
)
