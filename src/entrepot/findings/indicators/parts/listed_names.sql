-- A row: one party and one list entry whose name one of its names meets, with what speaks against the match.
-- Reads: matches, name_keys, party_members, list_names, list_places, list_identifiers.
members AS (
  SELECT DISTINCT
    party_members.name_key AS name_key,
    party_members.party_key AS party
  FROM party_members
),
met_names AS (
  SELECT
    members.party AS party,
    matches.name AS name,
    matches.list_id AS list_id,
    matches.entry_id AS entry_id,
    matches.entry_name AS entry_name,
    matches.matched_name AS matched_name,
    matches.score AS score,
    matches.explanation AS explanation,
    matches.judgement AS judgement,
    CASE
      WHEN REGEXP_MATCHES(matches.name, '[一-鿿]') THEN 'Hani'
      WHEN REGEXP_MATCHES(matches.name, '[Ѐ-ӿ]{2}') THEN 'Cyrl'
      WHEN REGEXP_MATCHES(matches.name, '[؀-ۿ]') THEN 'Arab'
      WHEN REGEXP_MATCHES(matches.name, '[A-Za-z]{2}') THEN 'Latn'
    END AS script
  FROM matches
  INNER JOIN name_keys
    ON name_keys.name = matches.name
  INNER JOIN members
    ON members.name_key = name_keys.name_key
  WHERE matches.score >= $least_score
    AND matches.decision = 'match'
),
scripts AS (
  SELECT DISTINCT
    list_names.list_id AS list_id,
    list_names.entry_id AS entry_id,
    list_names.name AS name,
    list_names.script AS script
  FROM list_names
),
own_scripts AS (
  SELECT
    met_names.name AS name,
    met_names.list_id AS list_id,
    met_names.entry_id AS entry_id,
    MIN(scripts.script) AS script,
    MIN(scripts.name) AS own_name,
    MAX(
      CASE
        WHEN STARTS_WITH(UPPER(scripts.name), RTRIM(UPPER(met_names.name), ' .,')) OR STARTS_WITH(UPPER(met_names.name), RTRIM(UPPER(scripts.name), ' .,')) THEN 1
        ELSE 0
      END
    ) AS begins_alike
  FROM met_names
  INNER JOIN scripts
    ON scripts.list_id = met_names.list_id
    AND scripts.entry_id = met_names.entry_id
    AND scripts.script = met_names.script
  GROUP BY
    met_names.name,
    met_names.list_id,
    met_names.entry_id
),
heard AS (
  SELECT
    met_names.party AS party,
    met_names.list_id AS list_id,
    met_names.entry_id AS entry_id,
    met_names.entry_name AS entry_name,
    met_names.score AS score,
    met_names.explanation AS explanation,
    met_names.judgement AS judgement,
    CASE
      WHEN met_names.score < $least_by_sound AND own_scripts.script <> scripts.script AND own_scripts.begins_alike = 0 THEN own_scripts.own_name
    END AS own_name
  FROM met_names
  LEFT JOIN scripts
    ON scripts.list_id = met_names.list_id
    AND scripts.entry_id = met_names.entry_id
    AND scripts.name = met_names.matched_name
  LEFT JOIN own_scripts
    ON own_scripts.list_id = met_names.list_id
    AND own_scripts.entry_id = met_names.entry_id
    AND own_scripts.name = met_names.name
),
numbers AS (
  SELECT DISTINCT
    party_members.party_key AS party,
    list_identifiers.list_id AS list_id,
    list_identifiers.entry_id AS entry_id
  FROM party_members
  INNER JOIN list_identifiers
    ON list_identifiers.value = REPLACE(REPLACE(UPPER(
      CASE WHEN STRPOS(party_members.identifier, ':') > 0 THEN SPLIT_PART(party_members.identifier, ':', 2) ELSE party_members.identifier END
    ), ' ', ''), '-', '')
  WHERE party_members.identifier <> ''
),
party_places AS (
  SELECT DISTINCT
    party_members.party_key AS party,
    CASE WHEN party_members.country IN ('HK', 'MO') THEN 'CN' ELSE party_members.country END AS country
  FROM party_members
  WHERE party_members.country <> ''
),
entry_places AS (
  SELECT DISTINCT
    list_places.list_id AS list_id,
    list_places.entry_id AS entry_id,
    CASE WHEN list_places.country IN ('HK', 'MO') THEN 'CN' ELSE list_places.country END AS country
  FROM list_places
  WHERE list_places.country IS NOT NULL
),
by_entry AS (
  SELECT
    heard.party AS party,
    heard.list_id AS list_id,
    heard.entry_id AS entry_id,
    MIN(heard.entry_name) AS entry_name,
    MAX(heard.score) AS score,
    MAX(CASE WHEN heard.own_name IS NULL THEN heard.score ELSE 0.8 * heard.score END) AS near,
    MIN(heard.own_name) AS own_name,
    MIN(heard.explanation) AS explanation,
    MAX(CASE WHEN heard.judgement = 'same' THEN 1 ELSE 0 END) AS judged
  FROM heard
  GROUP BY
    heard.party,
    heard.list_id,
    heard.entry_id
),
countries AS (
  SELECT
    by_entry.party AS party,
    by_entry.list_id AS list_id,
    by_entry.entry_id AS entry_id,
    MIN(entry_places.country) AS entry_country,
    MIN(party_places.country) AS party_country,
    MAX(CASE WHEN entry_places.country = party_places.country THEN 1 ELSE 0 END) AS shared
  FROM by_entry
  INNER JOIN entry_places
    ON entry_places.list_id = by_entry.list_id
    AND entry_places.entry_id = by_entry.entry_id
  INNER JOIN party_places
    ON party_places.party = by_entry.party
  GROUP BY
    by_entry.party,
    by_entry.list_id,
    by_entry.entry_id
),
met AS (
  SELECT
    by_entry.party AS subject_key,
    by_entry.list_id AS list_id,
    by_entry.entry_id AS entry_id,
    by_entry.entry_name AS entry_name,
    by_entry.score AS score,
    by_entry.explanation AS explanation,
    CASE
      WHEN by_entry.judged = 1 OR numbers.party IS NOT NULL THEN by_entry.score
      WHEN countries.shared = 0 THEN ROUND(0.8 * by_entry.near, 4)
      ELSE ROUND(by_entry.near, 4)
    END AS sureness,
    CONCAT_WS(
      '; ',
      CASE WHEN countries.shared = 0 THEN 'the list puts it in ' || countries.entry_country || ', the records in ' || countries.party_country END,
      CASE WHEN by_entry.near < by_entry.score THEN 'only by sound: the list also writes it "' || by_entry.own_name || '"' END
    ) AS against
  FROM by_entry
  LEFT JOIN numbers
    ON numbers.party = by_entry.party
    AND numbers.list_id = by_entry.list_id
    AND numbers.entry_id = by_entry.entry_id
  LEFT JOIN countries
    ON countries.party = by_entry.party
    AND countries.list_id = by_entry.list_id
    AND countries.entry_id = by_entry.entry_id
)
