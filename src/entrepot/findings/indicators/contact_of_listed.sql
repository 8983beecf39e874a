-- id: contact_of_listed
-- title: One telephone or address with a listed party
-- subject: party
-- meaning: A party that bears no listed name gives a telephone, a mail address, or an address down to its number, that a party with a listed name gives in the records too, or that the list itself publishes for the entry. Addresses are compared by town, numbers and the words of the street, whatever script, order or shortenings they are written in; another house or office is another address. A shared contact is not a shared owner.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 and FIN-2023-Alert004 of 19 May 2023 (customers that share an address or telephone with a listed party); BIS, Know Your Customer guidance, 15 CFR Part 732, Supplement No. 3, and its note of July 2024 on addresses of high diversion risk.
-- statement: {subject} gives the same {kind} ({contact}) as "{other}" ({list_id}, entry {entry_id}, listed {listed_text}{delisted_text}) and traded {rows:int} times from {date_from} to {date_to}; the records give it beside {firms:int} names
-- innocent: Firms share buildings, business centres, accountants and agents; a telephone is passed on to the next tenant; the listed name may be a namesake's; a wrong value was copied from row to row.
-- reads: trade, contacts, address_keys, list_entries, matches, name_keys, list_presence, list_names, list_places, list_identifiers, parties, party_members, sources
-- include: same_party, acted, bearers, listed_names, met_when, everyone
-- parameter.least_score: 0.8 | least score of the listed party's match, also after what speaks against it
-- parameter.least_by_sound: 0.94 | a name that the list also gives in this script must score this much by its sound; as in `listed_party`
-- parameter.most_names: 6 | a telephone or address of more names is that of a service or a building; a slip of the pen counts as a name
-- common
given AS (
  SELECT
    bearers.party AS party,
    contacts.kind AS kind,
    COALESCE(address_keys.place_key, contacts.contact) AS shared,
    COALESCE(contacts.written, contacts.contact) AS contact,
    contacts.name AS name,
    contacts.source_id AS source_id,
    contacts.row_number AS row_number
  FROM contacts
  INNER JOIN bearers
    ON bearers.name_key = contacts.name_key
  LEFT JOIN address_keys
    ON address_keys.contact = contacts.contact
    AND contacts.kind = 'address'
  WHERE contacts.kind IN ('telephone', 'mail address', 'address')
),
listed_parties AS (
  SELECT
    dated.subject_key AS party,
    dated.list_id AS list_id,
    dated.entry_id AS entry_id,
    dated.entry_name AS entry_name,
    dated.listed_text AS listed_text,
    dated.delisted_text AS delisted_text,
    dated.last_day AS last_day,
    dated.sureness AS sureness
  FROM dated
  WHERE dated.sureness >= $least_score
)
-- query
-- A row: one party, one list entry, and the contact that both give.
WITH named AS (
  SELECT
    contacts.kind AS kind,
    COALESCE(address_keys.place_key, contacts.contact) AS shared,
    COUNT(DISTINCT contacts.name_key) AS firms
  FROM contacts
  LEFT JOIN address_keys
    ON address_keys.contact = contacts.contact
    AND contacts.kind = 'address'
  WHERE contacts.kind IN ('telephone', 'mail address', 'address')
  GROUP BY
    contacts.kind,
    COALESCE(address_keys.place_key, contacts.contact)
  HAVING COUNT(DISTINCT contacts.name_key) <= $most_names
),
-- what lists write of an entry, in which a telephone or a mail address may stand
remarks AS (
  SELECT
    list_places.list_id AS list_id,
    list_places.entry_id AS entry_id,
    list_places.country AS country,
    UPPER(list_places.text) AS text
  FROM list_places
  WHERE list_places.kind = 'address'
  UNION ALL
  SELECT
    list_entries.list_id AS list_id,
    list_entries.entry_id AS entry_id,
    CAST(NULL AS VARCHAR) AS country,
    UPPER(list_entries.remarks) AS text
  FROM list_entries
  WHERE list_entries.remarks IS NOT NULL
),
published AS (
  SELECT DISTINCT
    list_places.list_id AS list_id,
    list_places.entry_id AS entry_id,
    'address' AS kind,
    COALESCE(address_keys.place_key, FOLD_ADDRESS(UPPER(list_places.text))) AS shared
  FROM list_places
  LEFT JOIN address_keys
    ON address_keys.contact = list_places.text
  WHERE list_places.kind = 'address'
    AND LENGTH(list_places.text) >= 15
    AND REGEXP_MATCHES(list_places.text, '[0-9]')
  UNION ALL
  SELECT DISTINCT
    remarks.list_id AS list_id,
    remarks.entry_id AS entry_id,
    'telephone' AS kind,
    -- the trunk prefix of Russia and Kazakhstan as in `contacts`
    CASE
      WHEN remarks.country IN ('RU', 'KZ') AND REGEXP_MATCHES(remarks.text, '(?:TEL|PHONE|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,12}[(]?8')
        THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_EXTRACT(remarks.text, '(?:TEL|PHONE|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,12}[+]?[(]?([0-9][0-9 ().-]{6,18}[0-9])', 1), '[^0-9]', '', 'g'), '^8([0-9]{10})$', '7\1')
      ELSE REGEXP_REPLACE(REGEXP_EXTRACT(remarks.text, '(?:TEL|PHONE|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,12}[+]?[(]?([0-9][0-9 ().-]{6,18}[0-9])', 1), '[^0-9]', '', 'g')
    END AS shared
  FROM remarks
  WHERE REGEXP_MATCHES(remarks.text, '(?:TEL|PHONE|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,12}[+]?[(]?([0-9][0-9 ().-]{6,18}[0-9])')
  UNION ALL
  SELECT DISTINCT
    remarks.list_id AS list_id,
    remarks.entry_id AS entry_id,
    'mail address' AS kind,
    LOWER(REGEXP_EXTRACT(remarks.text, '[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}')) AS shared
  FROM remarks
  WHERE REGEXP_MATCHES(remarks.text, '[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}')
),
of_entries AS (
  SELECT
    given.kind AS kind,
    given.shared AS shared,
    listed_parties.list_id AS list_id,
    listed_parties.entry_id AS entry_id,
    listed_parties.entry_name AS entry_name,
    listed_parties.listed_text AS listed_text,
    listed_parties.delisted_text AS delisted_text,
    listed_parties.last_day AS last_day,
    listed_parties.party AS party,
    given.name AS other
  FROM listed_parties
  INNER JOIN given
    ON given.party = listed_parties.party
  UNION ALL
  SELECT
    published.kind AS kind,
    published.shared AS shared,
    list_presence.list_id AS list_id,
    list_presence.entry_id AS entry_id,
    list_presence.name AS entry_name,
    CASE WHEN list_presence.listed IS NULL THEN 'at the latest on ' || COALESCE(CAST(list_presence.first_seen AS VARCHAR), 'a day not stated') ELSE 'on ' || CAST(list_presence.listed AS VARCHAR) END AS listed_text,
    CASE WHEN list_presence.delisted IS NULL THEN '' ELSE ', delisted on ' || CAST(list_presence.delisted AS VARCHAR) END AS delisted_text,
    CASE WHEN list_presence.delisted IS NOT NULL THEN CAST(list_presence.delisted - INTERVAL '1' DAY AS DATE) WHEN list_presence.absent_after IS NOT NULL THEN list_presence.last_seen END AS last_day,
    CAST(NULL AS VARCHAR) AS party,
    list_presence.name AS other
  FROM published
  INNER JOIN list_presence
    ON list_presence.list_id = published.list_id
    AND list_presence.entry_id = published.entry_id
),
sharing AS (
  SELECT
    given.party AS party,
    of_entries.list_id AS list_id,
    of_entries.entry_id AS entry_id,
    of_entries.party AS listed_party,
    of_entries.other AS other,
    of_entries.listed_text AS listed_text,
    of_entries.delisted_text AS delisted_text,
    of_entries.last_day AS last_day,
    given.kind AS kind,
    given.shared AS shared,
    given.contact AS contact,
    named.firms AS firms,
    ROW_NUMBER() OVER (
      PARTITION BY given.party, of_entries.list_id, of_entries.entry_id
      ORDER BY named.firms ASC, given.kind DESC, given.contact ASC, of_entries.other ASC
    ) AS place
  FROM of_entries
  INNER JOIN given
    ON given.kind = of_entries.kind
    AND given.shared = of_entries.shared
  INNER JOIN named
    ON named.kind = given.kind
    AND named.shared = given.shared
  -- a party that the list means itself, or another list's entry for it; one that is merely like some other entry stays
  LEFT JOIN listed_parties AS itself
    ON itself.party = given.party
    AND (itself.sureness >= $least_by_sound OR (itself.list_id = of_entries.list_id AND itself.entry_id = of_entries.entry_id))
  WHERE itself.party IS NULL
    AND given.party <> COALESCE(of_entries.party, '')
)
SELECT
  sharing.party || '|' || sharing.list_id || '|' || sharing.entry_id AS subject_key,
  COALESCE(MIN(parties.name), MIN(acted.name)) AS subject,
  MIN(acted.country) AS country,
  MIN(acted.date) AS date_from,
  MAX(acted.date) AS date_to,
  COUNT(*) AS "rows",
  CAST(SUM(CAST(acted.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
  CAST(SUM(CAST(acted.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
  MIN(sources.synthetic) AS synthetic,
  sharing.kind AS kind,
  sharing.contact AS contact,
  sharing.shared AS _shared,
  sharing.firms AS firms,
  sharing.other AS other,
  sharing.list_id AS list_id,
  sharing.entry_id AS entry_id,
  sharing.listed_text AS listed_text,
  sharing.delisted_text AS delisted_text,
  sharing.party AS _party,
  sharing.listed_party AS _listed,
  ROUND(0.4 + 0.3 / GREATEST(1, sharing.firms - 1) + 0.3 * LEAST(1.0, LN(1.0 + COUNT(*)) / LN(50.0)), 4) AS strength,
  MAX(everyone.parties) AS compared
FROM sharing
INNER JOIN acted
  ON acted.party = sharing.party
INNER JOIN sources
  ON sources.source_id = acted.source_id
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = sharing.party
WHERE sharing.place = 1
  AND acted.date IS NOT NULL
  AND (sharing.last_day IS NULL OR acted.date <= sharing.last_day)
GROUP BY
  sharing.party,
  sharing.list_id,
  sharing.entry_id,
  sharing.listed_party,
  sharing.kind,
  sharing.contact,
  sharing.shared,
  sharing.firms,
  sharing.other,
  sharing.listed_text,
  sharing.delisted_text
-- evidence
-- A row: one shipment of the party, or the row in which the listed party gives the contact.
SELECT
  both_sides.subject_key AS subject_key,
  acted.source_id AS source_id,
  acted.row_number AS row_number,
  MIN(acted.role || ' "' || acted.name || '"' || COALESCE(' on ' || CAST(acted.date AS VARCHAR), '') || CASE WHEN given.row_number IS NULL THEN '' ELSE ', gives the ' || both_sides.kind END) AS why
FROM (
  SELECT
    found.subject_key AS subject_key,
    found.kind AS kind,
    found._shared AS shared,
    found.date_from AS date_from,
    found.date_to AS date_to,
    side.number AS number,
    CASE WHEN side.number = 1 THEN found._listed ELSE found._party END AS party
  FROM found
  CROSS JOIN (
    SELECT 1 AS number
    UNION ALL
    SELECT 2 AS number
  ) AS side
) AS both_sides
INNER JOIN acted
  ON acted.party = both_sides.party
LEFT JOIN given
  ON given.source_id = acted.source_id
  AND given.row_number = acted.row_number
  AND given.party = acted.party
  AND given.kind = both_sides.kind
  AND given.shared = both_sides.shared
WHERE given.row_number IS NOT NULL
  OR (both_sides.number = 2 AND acted.date >= both_sides.date_from AND acted.date <= both_sides.date_to)
GROUP BY
  both_sides.subject_key,
  both_sides.number,
  acted.date,
  acted.source_id,
  acted.row_number
ORDER BY
  both_sides.subject_key ASC,
  both_sides.number ASC,
  acted.date ASC NULLS LAST,
  acted.source_id ASC,
  acted.row_number ASC
