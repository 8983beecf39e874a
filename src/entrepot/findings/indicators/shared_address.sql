-- id: shared_address
-- title: Several consignees of controlled goods behind one telephone or address
-- subject: party
-- meaning: Several firms that receive controlled goods give one telephone, one mail address, or one address down to the office, in whatever script, order or shortenings it is written. Firms are told apart by their identifiers, and those for which the records give none by their names: a name that is a letter or two away from a more frequent one behind the same telephone or address is a slip of the pen and no firm of its own. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 and FIN-2023-Alert004 of 19 May 2023 (customers that share an address or telephone with others of concern); BIS, Know Your Customer guidance, 15 CFR Part 732, Supplement No. 3.
-- statement: {firms:int} consignees of controlled goods, among them {subject}, give one {kind} ({contact}): {rows:int} shipments of controlled goods from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})
-- innocent: A group of companies shares an office; an accountant, a broker or a business centre gives its own telephone; a wrong value was copied from row to row.
-- reads: trade, contacts, address_keys, sources, parties, party_members, code_doubts
-- parameter.least_firms: 3 | least number of firms
-- parameter.most_firms: 30 | a telephone of more firms is that of a service for all
-- parameter.most_names: 300 | a telephone or address with more names than this is left out unread
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- common
same_party AS (
  SELECT
    parties.name_key AS name_key,
    parties.party_key AS party
  FROM parties
  WHERE parties.party_key <> parties.name_key
),
beside AS (
  SELECT
    contacts.kind AS kind,
    COALESCE(address_keys.place_key, contacts.contact) AS contact,
    COALESCE(contacts.written, contacts.contact) AS shown,
    COALESCE(same_party.party, contacts.name_key) AS party,
    contacts.name AS name,
    contacts."rows" AS "rows"
  FROM contacts
  LEFT JOIN same_party
    ON same_party.name_key = contacts.name_key
  LEFT JOIN address_keys
    ON address_keys.contact = contacts.contact
    AND contacts.kind = 'address'
  WHERE contacts.kind IN ('telephone', 'mail address', 'address')
    AND contacts.role = 'consignee'
)
-- query
-- A row: one telephone or address with the firms behind it.
WITH controlled AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    MIN(trade.consignee_name) AS name,
    MIN(trade.destination_country) AS country,
    MIN(trade.hs6) AS hs6,
    MIN(trade.tier) AS tier,
    MIN(trade.date) AS date_from,
    MAX(trade.date) AS date_to,
    COUNT(*) AS "rows",
    SUM(CAST(trade.value_usd AS DECIMAL(18, 2))) AS value_usd,
    SUM(CAST(trade.net_kg AS DECIMAL(18, 3))) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND trade.control_id IS NOT NULL
    AND code_doubts.row_number IS NULL
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
  GROUP BY
    COALESCE(same_party.party, trade.consignee_key)
),
written AS (
  SELECT
    beside.kind AS kind,
    beside.contact AS contact,
    beside.shown AS shown,
    beside.party AS party,
    beside.name AS name,
    SUM(beside."rows") OVER (PARTITION BY beside.kind, beside.contact, beside.party) AS "rows",
    ROW_NUMBER() OVER (PARTITION BY beside.kind, beside.contact, beside.party ORDER BY beside."rows" DESC, beside.name ASC, beside.shown ASC) AS place
  FROM beside
),
shared AS (
  SELECT
    written.kind AS kind,
    written.contact AS contact
  FROM written
  WHERE written.place = 1
  GROUP BY
    written.kind,
    written.contact
  HAVING COUNT(*) BETWEEN $least_firms AND $most_names
),
numbers AS (
  SELECT
    party_members.party_key AS party,
    MIN(party_members.identifier) AS identifier
  FROM party_members
  WHERE party_members.identifier <> ''
  GROUP BY
    party_members.party_key
),
behind AS (
  SELECT
    written.kind AS kind,
    written.contact AS contact,
    written.shown AS shown,
    written.party AS party,
    written."rows" AS "rows",
    numbers.identifier AS identifier,
    -- Letters of other alphabets one for one, since engines differ in whether they count letters or bytes.
    REGEXP_REPLACE(
      TRANSLATE(UPPER(written.name), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯÇĞİÖŞÜÄÉÈÁÍÓÚÑ', 'ABVGDEEJZIYKLMNOPRSTUFHCQWXJYJEUACGIOSUAEEAIOUN'),
      '[^A-Z]',
      '',
      'g'
    ) AS letters,
    REGEXP_REPLACE(written.name, '[^0-9]', '', 'g') AS digits
  FROM written
  INNER JOIN shared
    ON shared.kind = written.kind
    AND shared.contact = written.contact
  LEFT JOIN numbers
    ON numbers.party = written.party
  WHERE written.place = 1
),
slips AS (
  SELECT DISTINCT
    behind.kind AS kind,
    behind.contact AS contact,
    behind.party AS party
  FROM behind
  INNER JOIN behind AS usual
    ON usual.kind = behind.kind
    AND usual.contact = behind.contact
    AND usual.digits = behind.digits
  WHERE (usual."rows" > behind."rows" OR (usual."rows" = behind."rows" AND usual.party < behind.party))
    AND (usual.identifier IS NULL OR behind.identifier IS NULL OR usual.identifier = behind.identifier)
    AND LEVENSHTEIN(usual.letters, behind.letters) <= LEAST(2.0, LENGTH(behind.letters) / 6.0)
    AND LENGTH(behind.letters) >= 6
),
grouped AS (
  SELECT
    behind.kind AS kind,
    behind.contact AS contact,
    MIN(behind.shown) AS shown,
    COUNT(DISTINCT behind.identifier) + COUNT(CASE WHEN behind.identifier IS NULL AND slips.party IS NULL THEN behind.party END) AS firms,
    MIN(controlled.party) AS first_party,
    MIN(controlled.name) AS name,
    MIN(controlled.country) AS country,
    MIN(controlled.hs6) AS hs6,
    MIN(controlled.tier) AS tier,
    MIN(controlled.date_from) AS date_from,
    MAX(controlled.date_to) AS date_to,
    CAST(SUM(controlled."rows") AS BIGINT) AS "rows",
    CAST(SUM(controlled.value_usd) AS DOUBLE) AS value_usd,
    CAST(SUM(controlled.net_kg) AS DOUBLE) AS net_kg,
    MIN(controlled.synthetic) AS synthetic
  FROM behind
  INNER JOIN controlled
    ON controlled.party = behind.party
  LEFT JOIN slips
    ON slips.kind = behind.kind
    AND slips.contact = behind.contact
    AND slips.party = behind.party
  GROUP BY
    behind.kind,
    behind.contact
),
everyone AS (
  SELECT
    COUNT(*) AS contacts
  FROM grouped
),
ranked AS (
  SELECT
    grouped.kind AS kind,
    grouped.contact AS contact,
    grouped.shown AS shown,
    grouped.firms AS firms,
    grouped.first_party AS first_party,
    grouped.name AS name,
    grouped.country AS country,
    grouped.hs6 AS hs6,
    grouped.tier AS tier,
    grouped.date_from AS date_from,
    grouped.date_to AS date_to,
    grouped."rows" AS "rows",
    grouped.value_usd AS value_usd,
    grouped.net_kg AS net_kg,
    grouped.synthetic AS synthetic,
    ROW_NUMBER() OVER (PARTITION BY grouped.first_party ORDER BY grouped.firms DESC, grouped.kind DESC, grouped.contact ASC) AS place
  FROM grouped
  WHERE grouped.firms >= $least_firms
    AND grouped.firms <= $most_firms
)
SELECT
  ranked.kind || ':' || ranked.contact AS subject_key,
  COALESCE(parties.name, ranked.name) AS subject,
  ranked.kind AS kind,
  ranked.shown AS contact,
  ranked.contact AS _contact,
  ranked.firms AS firms,
  ranked.country AS country,
  ranked.hs6 AS hs6,
  ranked.tier AS tier,
  ranked.date_from AS date_from,
  ranked.date_to AS date_to,
  ranked."rows" AS "rows",
  ranked.value_usd AS value_usd,
  ranked.net_kg AS net_kg,
  ranked.synthetic AS synthetic,
  ROUND(
    0.4 * LEAST(1.0, ranked.firms / 6.0)
    + 0.3 * CASE SUBSTR(COALESCE(ranked.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + ranked."rows") / LN(50.0)),
    4
  ) AS strength,
  everyone.contacts AS compared
FROM ranked
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = ranked.first_party
WHERE ranked.place = 1
-- evidence
-- A row: one shipment of controlled goods to a firm behind the telephone or address.
WITH behind AS (
  SELECT DISTINCT
    found.subject_key AS subject_key,
    found.kind AS kind,
    beside.party AS party
  FROM found
  INNER JOIN beside
    ON beside.kind = found.kind
    AND beside.contact = found._contact
)
SELECT
  behind.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'controlled code ' || trade.hs6 || ' to ' || trade.consignee_name || ', same ' || behind.kind AS why
FROM trade
LEFT JOIN same_party
  ON same_party.name_key = trade.consignee_key
INNER JOIN behind
  ON behind.party = COALESCE(same_party.party, trade.consignee_key)
LEFT JOIN code_doubts
  ON code_doubts.source_id = trade.source_id
  AND code_doubts.row_number = trade.row_number
WHERE trade.control_id IS NOT NULL
  AND code_doubts.row_number IS NULL
ORDER BY
  behind.subject_key ASC,
  trade.date ASC NULLS LAST,
  trade.source_id ASC,
  trade.row_number ASC
