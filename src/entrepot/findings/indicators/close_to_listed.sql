-- id: close_to_listed
-- title: Name close to that of a listed party, with something that speaks against it
-- subject: party
-- meaning: A shipper or consignee bears a name that meets a listed one, and the list puts the entity in another country, or writes the name otherwise in the same script, so that it is alike only in sound. No number is shared. Most such parties are namesakes: the finding asks for a second look and says what speaks against it.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (names close to a listed party); OFAC, Assessing OFAC Name Matches (compare country and other particulars).
-- statement: {subject} bears a name close to "{entry_name}" ({list_id}, entry {entry_id}, listed {listed_text}{delisted_text}) and traded {rows:int} times from {date_from} to {date_to}, {while_listed:int} of them while it is known to have been on the list; for it: {explanation}; against it: {against}
-- innocent: Namesakes are frequent, across borders most of all; coined words sound alike; the list entry may mean another company.
-- reads: trade, matches, list_presence, parties, party_members, sources, name_keys, list_names, list_places, list_identifiers
-- include: same_party, acted, listed_names, met_when, everyone
-- parameter.least_score: 0.8 | least score of a match before what speaks against it; those that still reach it afterwards are under `listed_party` and `listed_later`
-- parameter.least_by_sound: 0.94 | a name that the list also gives in this script must score this much by its sound
-- A row: one party and one list entry with all its shipments.
SELECT
  dated.subject_key || '|' || dated.list_id || '|' || dated.entry_id AS subject_key,
  COALESCE(MIN(parties.name), MIN(acted.name)) AS subject,
  MIN(acted.country) AS country,
  MIN(acted.date) AS date_from,
  MAX(acted.date) AS date_to,
  COUNT(*) AS "rows",
  CAST(SUM(CAST(acted.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
  CAST(SUM(CAST(acted.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
  MIN(sources.synthetic) AS synthetic,
  dated.entry_name AS entry_name,
  dated.list_id AS list_id,
  dated.entry_id AS entry_id,
  dated.listed_text AS listed_text,
  dated.delisted_text AS delisted_text,
  SUM(
    CASE
      WHEN acted.date >= dated.listed AND acted.date <= COALESCE(dated.last_day, acted.date) THEN 1
      ELSE 0
    END
  ) AS while_listed,
  dated.explanation AS explanation,
  dated.against AS against,
  dated.score AS score,
  dated.sureness AS sureness,
  dated.subject_key AS _party,
  ROUND(dated.sureness * 0.4, 4) AS strength,
  MAX(everyone.parties) AS compared
FROM dated
INNER JOIN acted
  ON acted.party = dated.subject_key
INNER JOIN sources
  ON sources.source_id = acted.source_id
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = dated.subject_key
WHERE dated.sureness < $least_score
GROUP BY
  dated.subject_key,
  dated.list_id,
  dated.entry_id,
  dated.entry_name,
  dated.listed_text,
  dated.delisted_text,
  dated.explanation,
  dated.against,
  dated.score,
  dated.sureness
-- evidence
-- A row: one shipment of the party.
SELECT
  found.subject_key AS subject_key,
  acted.source_id AS source_id,
  acted.row_number AS row_number,
  acted.role || ' "' || acted.name || '"' || COALESCE(' on ' || CAST(acted.date AS VARCHAR), '') AS why
FROM found
INNER JOIN acted
  ON acted.party = found._party
ORDER BY
  found.subject_key ASC,
  acted.date ASC NULLS LAST,
  acted.source_id ASC,
  acted.row_number ASC
