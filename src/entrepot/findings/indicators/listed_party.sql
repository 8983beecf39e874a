-- id: listed_party
-- title: A party on a list on the day of the shipment
-- subject: party
-- meaning: A shipper or consignee bears the name of an entity that was on a loaded list on the day of the shipment. A listing is not a conviction, and a name is not an identity. A name that another country or another spelling of the list speaks against is not here but under `close_to_listed`.
-- source: OFAC, Basic Information (lists and dates); FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (names close to a listed party).
-- statement: {subject} bears the name of "{entry_name}" ({list_id}, entry {entry_id}, listed {listed_text}{delisted_text}) and traded {rows:int} times while it was on the list, from {date_from} to {date_to}: {explanation}
-- innocent: Namesakes are frequent; the listing may cover only some transactions; a licence may have applied; the list entry may mean another company.
-- reads: trade, matches, list_presence, parties, party_members, sources, name_keys, list_names, list_places, list_identifiers
-- include: same_party, acted, listed_names, met_when, everyone
-- parameter.least_score: 0.8 | least score of a match, also after what speaks against it: another country, or a likeness in sound alone, takes a fifth
-- parameter.least_by_sound: 0.94 | a name that the list also gives in this script must score this much by its sound; measured on generated trade
-- A row: one party and one list entry with the shipments made while it was listed.
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
  dated.explanation AS explanation,
  dated.score AS score,
  dated.sureness AS sureness,
  dated.subject_key AS _party,
  ROUND(dated.sureness * (0.8 + 0.2 * LEAST(1.0, LN(1.0 + COUNT(*)) / LN(1000.0))), 4) AS strength,
  MAX(everyone.parties) AS compared
FROM dated
INNER JOIN acted
  ON acted.party = dated.subject_key
INNER JOIN sources
  ON sources.source_id = acted.source_id
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = dated.subject_key
WHERE dated.sureness >= $least_score
  AND acted.date >= dated.listed
  AND (dated.last_day IS NULL OR acted.date <= dated.last_day)
GROUP BY
  dated.subject_key,
  dated.list_id,
  dated.entry_id,
  dated.entry_name,
  dated.listed_text,
  dated.delisted_text,
  dated.explanation,
  dated.score,
  dated.sureness
-- evidence
-- A row: one shipment of a named party while the entry was on its list.
SELECT
  found.subject_key AS subject_key,
  acted.source_id AS source_id,
  acted.row_number AS row_number,
  acted.role || ' "' || acted.name || '" on ' || CAST(acted.date AS VARCHAR) AS why
FROM found
INNER JOIN acted
  ON acted.party = found._party
WHERE acted.date >= found.date_from
  AND acted.date <= found.date_to
ORDER BY
  found.subject_key ASC,
  acted.date ASC,
  acted.source_id ASC,
  acted.row_number ASC
