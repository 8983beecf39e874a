-- id: shared_owner
-- title: One owner with a listed party
-- subject: party
-- meaning: By the ownership statements in the case one person or company, itself not listed, holds a quarter or more of the party, or controls it, and holds as much of a listed party. A shared owner is not a shared purpose; the 50 percent rules are applied in `owned_by_listed`.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (a party that shares owners with a listed one); FATF Recommendation 24 and its guidance on beneficial ownership of legal persons, March 2023 (a quarter as the usual threshold of ownership).
-- statement: {owner} {stake} {subject} and {listed_stake} "{listed_name}" ({list_id}, entry {entry_id}, listed {listed_text}); {subject} traded {rows:int} times from {date_from} to {date_to}
-- innocent: Holdings own firms that have nothing to do with each other; stakes are sold and registers are late; the owner may be a namesake, a state, a fund or a nominee for many.
-- reads: trade, ownership, list_presence, list_keys, name_keys, parties, party_members, sources
-- include: same_party, acted, bearers, everyone
-- parameter.least_share: 25.0 | least stake, percent, in either; a stake that is not stated does not count, control does
-- parameter.most_owned: 20 | an owner of more parties is a state, a fund or a nominee
-- common
stakes AS (
  SELECT
    COALESCE(ownership.owner_list_id || ':' || ownership.owner_entry_id, UPPER(ownership.owner_name)) AS owner_key,
    ownership.owner_name AS owner,
    ownership.owner_list_id AS owner_list_id,
    ownership.owner_entry_id AS owner_entry_id,
    ownership.owned_list_id AS owned_list_id,
    ownership.owned_entry_id AS owned_entry_id,
    ownership.owned_name AS owned,
    CASE WHEN ownership.relation = 'owns' THEN 'owns ' || CAST(ROUND(ownership.share, 1) AS VARCHAR) || '% of' ELSE 'controls' END AS stake,
    ownership.source_id AS source_id,
    ownership.row_number AS row_number
  FROM ownership
  WHERE (ownership.relation IN ('controls', 'subsidiary') OR (ownership.relation = 'owns' AND ownership.share >= $least_share))
    AND ownership.until IS NULL
),
on_lists AS (
  SELECT
    list_presence.list_id AS list_id,
    list_presence.entry_id AS entry_id,
    list_presence.name AS name,
    COALESCE(CAST(list_presence.listed AS VARCHAR), 'by ' || CAST(list_presence.first_seen AS VARCHAR), 'on a day not stated') AS listed_text
  FROM list_presence
  WHERE list_presence.delisted IS NULL
    AND list_presence.absent_after IS NULL
),
keyed AS (
  SELECT
    stakes.source_id AS source_id,
    stakes.row_number AS row_number,
    list_keys.name_key AS name_key
  FROM stakes
  INNER JOIN list_keys
    ON list_keys.list_id = stakes.owned_list_id
    AND list_keys.entry_id = stakes.owned_entry_id
  WHERE list_keys.kind <> 'weak'
    AND list_keys.name_key IS NOT NULL
  UNION
  SELECT
    stakes.source_id AS source_id,
    stakes.row_number AS row_number,
    name_keys.name_key AS name_key
  FROM stakes
  INNER JOIN name_keys
    ON UPPER(name_keys.name) = UPPER(stakes.owned)
  WHERE name_keys.name_key IS NOT NULL
)
-- query
-- A row: one party, one listed party, and the owner of both with the largest stakes.
WITH of_listed AS (
  SELECT
    stakes.owner_key AS owner_key,
    stakes.stake AS stake,
    stakes.source_id AS source_id,
    stakes.row_number AS row_number,
    on_lists.list_id AS list_id,
    on_lists.entry_id AS entry_id,
    on_lists.name AS name,
    on_lists.listed_text AS listed_text
  FROM stakes
  INNER JOIN on_lists
    ON on_lists.list_id = stakes.owned_list_id
    AND on_lists.entry_id = stakes.owned_entry_id
),
owners AS (
  SELECT
    stakes.owner_key AS owner_key,
    MIN(stakes.owner) AS owner
  FROM stakes
  LEFT JOIN on_lists
    ON on_lists.list_id = stakes.owner_list_id
    AND on_lists.entry_id = stakes.owner_entry_id
  LEFT JOIN on_lists AS named
    ON UPPER(named.name) = UPPER(stakes.owner)
  GROUP BY
    stakes.owner_key
  HAVING COUNT(DISTINCT stakes.owned) <= $most_owned
    AND COUNT(on_lists.entry_id) = 0
    AND COUNT(named.entry_id) = 0
),
both_owned AS (
  SELECT
    bearers.party AS party,
    owners.owner AS owner,
    stakes.stake AS stake,
    stakes.source_id AS source_id,
    stakes.row_number AS row_number,
    of_listed.stake AS listed_stake,
    of_listed.list_id AS list_id,
    of_listed.entry_id AS entry_id,
    of_listed.name AS listed_name,
    of_listed.listed_text AS listed_text,
    of_listed.source_id AS listed_source,
    of_listed.row_number AS listed_row,
    ROW_NUMBER() OVER (
      PARTITION BY bearers.party, of_listed.list_id, of_listed.entry_id
      ORDER BY owners.owner ASC, stakes.source_id ASC, stakes.row_number ASC, of_listed.source_id ASC, of_listed.row_number ASC
    ) AS place
  FROM stakes
  INNER JOIN owners
    ON owners.owner_key = stakes.owner_key
  INNER JOIN keyed
    ON keyed.source_id = stakes.source_id
    AND keyed.row_number = stakes.row_number
  INNER JOIN bearers
    ON bearers.name_key = keyed.name_key
  INNER JOIN of_listed
    ON of_listed.owner_key = stakes.owner_key
  LEFT JOIN on_lists AS itself
    ON itself.list_id = stakes.owned_list_id
    AND itself.entry_id = stakes.owned_entry_id
  WHERE itself.entry_id IS NULL
    AND UPPER(of_listed.name) <> UPPER(stakes.owned)
)
SELECT
  both_owned.party || '|' || both_owned.list_id || '|' || both_owned.entry_id AS subject_key,
  COALESCE(MIN(parties.name), MIN(acted.name)) AS subject,
  MIN(acted.country) AS country,
  MIN(acted.date) AS date_from,
  MAX(acted.date) AS date_to,
  COUNT(*) AS "rows",
  CAST(SUM(CAST(acted.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
  CAST(SUM(CAST(acted.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
  MIN(sources.synthetic) AS synthetic,
  both_owned.owner AS owner,
  both_owned.stake AS stake,
  both_owned.listed_stake AS listed_stake,
  both_owned.listed_name AS listed_name,
  both_owned.list_id AS list_id,
  both_owned.entry_id AS entry_id,
  both_owned.listed_text AS listed_text,
  both_owned.party AS _party,
  both_owned.source_id AS _source,
  both_owned.row_number AS _row,
  both_owned.listed_source AS _listed_source,
  both_owned.listed_row AS _listed_row,
  ROUND(0.6 + 0.3 * LEAST(1.0, LN(1.0 + COUNT(*)) / LN(50.0)), 4) AS strength,
  MAX(everyone.parties) AS compared
FROM both_owned
INNER JOIN acted
  ON acted.party = both_owned.party
INNER JOIN sources
  ON sources.source_id = acted.source_id
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = both_owned.party
WHERE both_owned.place = 1
  AND acted.date IS NOT NULL
GROUP BY
  both_owned.party,
  both_owned.owner,
  both_owned.stake,
  both_owned.listed_stake,
  both_owned.listed_name,
  both_owned.list_id,
  both_owned.entry_id,
  both_owned.listed_text,
  both_owned.source_id,
  both_owned.row_number,
  both_owned.listed_source,
  both_owned.listed_row
-- evidence
-- A row: the two statements of ownership, then one shipment of the party.
SELECT
  proof.subject_key AS subject_key,
  proof.source_id AS source_id,
  proof.row_number AS row_number,
  proof.why AS why
FROM (
  SELECT
    found.subject_key AS subject_key,
    found._source AS source_id,
    found._row AS row_number,
    'stated: ' || found.owner || ' ' || found.stake || ' ' || found.subject AS why,
    1 AS part,
    CAST(NULL AS DATE) AS date
  FROM found
  UNION ALL
  SELECT
    found.subject_key AS subject_key,
    found._listed_source AS source_id,
    found._listed_row AS row_number,
    'stated: ' || found.owner || ' ' || found.listed_stake || ' ' || found.listed_name AS why,
    2 AS part,
    CAST(NULL AS DATE) AS date
  FROM found
  UNION ALL
  SELECT
    found.subject_key AS subject_key,
    acted.source_id AS source_id,
    acted.row_number AS row_number,
    acted.role || ' "' || acted.name || '" on ' || CAST(acted.date AS VARCHAR) AS why,
    3 AS part,
    acted.date AS date
  FROM found
  INNER JOIN acted
    ON acted.party = found._party
  WHERE acted.date IS NOT NULL
) AS proof
ORDER BY
  proof.subject_key ASC,
  proof.part ASC,
  proof.date ASC NULLS FIRST,
  proof.source_id ASC,
  proof.row_number ASC
