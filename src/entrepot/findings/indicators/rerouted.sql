-- id: rerouted
-- title: Re-routed from a closed destination
-- subject: party
-- meaning: A shipper's goods of one heading went to a closed destination before the date and no longer do; after the date the same shipper sends the same heading to a buyer in another country that is linked with the old buyer by a telephone, an address, an identifier, or by a rare word or several words of the name, and had not bought them before. Without such a link controlled goods count where the buyer had never received goods of the heading from anyone, and the shipper none to its country, and the first left within months of the last to the closed destination.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (transactions that change from shipments to Russia or Belarus to a third country); BIS, Best Practices for Transit, Transshipment and Reexport.
-- statement: {shipper} sent heading {heading} to {old_buyer} in {closed_country:country} {before:int} times until {last_closed}, and from {date_from} to {subject} in {country:country}, {rows:int} times ({value_usd:usd}, {net_kg:kg}); {link}
-- innocent: Groups move their purchasing to another office; a distributor takes over a market; a word may be shared by chance; the goods may stay in the third country.
-- reads: trade, contacts, parties, party_members, sources, code_doubts
-- include: same_party, sides
-- parameter.after_date: 2022-02-24 | the day that divides before and after
-- parameter.closed: RU,BY | destinations closed after the date, alpha-2
-- parameter.grace_days: 60 | days after the date in which goods under way may still arrive
-- parameter.least_before: 3 | least number of shipments to the closed destination before the date
-- parameter.least_rows: 3 | least number of shipments to the third country after it
-- parameter.most_days_unlinked: 180 | most days between the last shipment to the closed destination and the first to a buyer without a link, beside the usual days between shipments to either: when a trade ended and began is known only to these
-- parameter.least_rows_unlinked: 5 | least number of shipments to a buyer without a link
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): buyers in it count with a link alone
-- parameter.most_with_word: 6 | a word of more names than these is ordinary
-- parameter.most_by_chance: 0.1 | two and more ordinary words link where so many names or fewer would hold all of them by chance, each being as frequent as it is
-- A row: one shipper and heading with the old buyer and the linked new one.
WITH lines AS (
  SELECT
    sides.shipper AS shipper,
    sides.consignee AS buyer,
    SUBSTR(trade.hs6, 1, 4) AS heading,
    trade.destination_country AS country,
    MIN(trade.shipper_name) AS shipper_name,
    MIN(trade.consignee_name) AS buyer_name,
    MIN(trade.hs6) AS hs6,
    COUNT(trade.control_id) AS controlled,
    MIN(trade.date) AS first_date,
    MAX(trade.date) AS last_date,
    COUNT(*) AS "rows",
    COUNT(CASE WHEN trade.date <= CAST($after_date AS DATE) THEN trade.row_number END) AS before,
    CAST(SUM(CAST(trade.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(trade.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM trade
  INNER JOIN sides
    ON sides.source_id = trade.source_id
    AND sides.row_number = trade.row_number
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE code_doubts.row_number IS NULL
    AND trade.shipper_key IS NOT NULL
    AND trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
    AND trade.date IS NOT NULL
    AND trade.destination_country IS NOT NULL
  GROUP BY
    sides.shipper,
    sides.consignee,
    SUBSTR(trade.hs6, 1, 4),
    trade.destination_country
),
closed_buyers AS (
  SELECT
    lines.shipper AS shipper,
    lines.buyer AS buyer,
    lines.heading AS heading,
    lines.country AS country,
    lines.buyer_name AS buyer_name,
    lines.before AS before,
    lines.first_date AS first_date,
    lines.last_date AS last_date
  FROM lines
  WHERE CONCAT(',', $closed, ',') LIKE CONCAT('%,', lines.country, ',%')
    AND lines.before >= $least_before
    AND lines.last_date <= CAST($after_date AS DATE) + CAST($grace_days AS INTEGER)
),
new_buyers AS (
  SELECT
    lines.shipper AS shipper,
    lines.shipper_name AS shipper_name,
    lines.buyer AS buyer,
    lines.heading AS heading,
    lines.country AS country,
    lines.buyer_name AS buyer_name,
    lines.hs6 AS hs6,
    lines.controlled AS controlled,
    lines.first_date AS first_date,
    lines.last_date AS last_date,
    lines."rows" AS "rows",
    lines.value_usd AS value_usd,
    lines.net_kg AS net_kg,
    lines.synthetic AS synthetic
  FROM lines
  WHERE lines.before = 0
    AND lines."rows" >= $least_rows
),
pairs AS (
  SELECT
    new_buyers.shipper AS shipper,
    new_buyers.shipper_name AS shipper_name,
    new_buyers.buyer AS buyer,
    new_buyers.heading AS heading,
    new_buyers.country AS country,
    new_buyers.buyer_name AS buyer_name,
    new_buyers.hs6 AS hs6,
    new_buyers.controlled AS controlled,
    new_buyers.first_date AS first_date,
    new_buyers.last_date AS last_date,
    new_buyers."rows" AS "rows",
    new_buyers.value_usd AS value_usd,
    new_buyers.net_kg AS net_kg,
    new_buyers.synthetic AS synthetic,
    closed_buyers.buyer AS old_buyer,
    closed_buyers.buyer_name AS old_name,
    closed_buyers.country AS closed_country,
    closed_buyers.before AS before,
    closed_buyers.first_date AS first_closed,
    closed_buyers.last_date AS last_closed
  FROM new_buyers
  INNER JOIN closed_buyers
    ON closed_buyers.shipper = new_buyers.shipper
    AND closed_buyers.heading = new_buyers.heading
    AND closed_buyers.buyer <> new_buyers.buyer
    AND closed_buyers.country <> new_buyers.country
),
bought AS (
  SELECT
    lines.buyer AS buyer,
    lines.heading AS heading,
    MIN(lines.first_date) AS first_date
  FROM lines
  GROUP BY
    lines.buyer,
    lines.heading
),
sold AS (
  SELECT
    lines.shipper AS shipper,
    lines.heading AS heading,
    lines.country AS country,
    MIN(lines.first_date) AS first_date
  FROM lines
  GROUP BY
    lines.shipper,
    lines.heading,
    lines.country
),
places AS (
  SELECT 1 AS place
  UNION ALL
  SELECT 2 AS place
  UNION ALL
  SELECT 3 AS place
  UNION ALL
  SELECT 4 AS place
  UNION ALL
  SELECT 5 AS place
),
words AS (
  SELECT DISTINCT
    names.name_key AS name_key,
    SPLIT_PART(SPLIT_PART(names.name_key, '|', 1), ' ', places.place) AS word
  FROM (
    SELECT lines.buyer AS name_key FROM lines
    UNION
    SELECT lines.shipper AS name_key FROM lines
  ) AS names
  CROSS JOIN places
  WHERE LENGTH(SPLIT_PART(SPLIT_PART(names.name_key, '|', 1), ' ', places.place)) >= 4
),
frequency AS (
  SELECT
    words.word AS word,
    COUNT(*) AS names
  FROM words
  GROUP BY
    words.word
),
every_name AS (
  SELECT
    COUNT(DISTINCT words.name_key) AS names
  FROM words
),
buyers AS (
  SELECT DISTINCT
    pairs.buyer AS buyer,
    pairs.old_buyer AS old_buyer
  FROM pairs
),
shared AS (
  SELECT
    buyers.buyer AS buyer,
    buyers.old_buyer AS old_buyer,
    COUNT(*) AS words,
    MIN(one.word) AS word,
    MAX(one.word) AS last_word,
    MIN(CASE WHEN frequency.names <= $most_with_word THEN one.word END) AS rare_word,
    MIN(every_name.names) AS names,
    SUM(CAST(LN(CAST(frequency.names AS DOUBLE) / every_name.names) AS DECIMAL(18, 6))) AS log_chance
  FROM buyers
  INNER JOIN words AS one
    ON one.name_key = buyers.buyer
  INNER JOIN words AS other
    ON other.name_key = buyers.old_buyer
    AND other.word = one.word
  INNER JOIN frequency
    ON frequency.word = one.word
  CROSS JOIN every_name
  GROUP BY
    buyers.buyer,
    buyers.old_buyer
),
by_word AS (
  SELECT
    shared.buyer AS buyer,
    shared.old_buyer AS old_buyer,
    CASE
      WHEN shared.rare_word IS NOT NULL THEN 'same word "' || shared.rare_word || '" in the name'
      ELSE 'same ' || CAST(shared.words AS VARCHAR) || ' words in the name, among them "' || shared.word || '" and "' || shared.last_word || '"'
    END AS word
  FROM shared
  WHERE shared.rare_word IS NOT NULL
    OR (shared.words >= 2 AND shared.names * EXP(CAST(shared.log_chance AS DOUBLE)) <= $most_by_chance)
),
reached AS (
  SELECT DISTINCT
    COALESCE(same_party.party, contacts.name_key) AS party,
    contacts.kind AS kind,
    contacts.contact AS contact
  FROM contacts
  LEFT JOIN same_party
    ON same_party.name_key = contacts.name_key
),
by_contact AS (
  SELECT
    pairs.buyer AS buyer,
    pairs.old_buyer AS old_buyer,
    MIN(one.kind || ' ' || one.contact) AS contact
  FROM pairs
  INNER JOIN reached AS one
    ON one.party = pairs.buyer
  INNER JOIN reached AS other
    ON other.party = pairs.old_buyer
    AND other.kind = one.kind
    AND other.contact = one.contact
  GROUP BY
    pairs.buyer,
    pairs.old_buyer
),
everyone AS (
  SELECT
    COUNT(DISTINCT new_buyers.buyer || '|' || new_buyers.heading) AS buyers
  FROM new_buyers
),
linked AS (
  SELECT
    pairs.shipper AS shipper,
    pairs.shipper_name AS shipper_name,
    pairs.buyer AS buyer,
    pairs.heading AS heading,
    pairs.country AS country,
    pairs.buyer_name AS buyer_name,
    pairs.hs6 AS hs6,
    pairs.first_date AS first_date,
    pairs.last_date AS last_date,
    pairs."rows" AS "rows",
    pairs.value_usd AS value_usd,
    pairs.net_kg AS net_kg,
    pairs.synthetic AS synthetic,
    pairs.old_buyer AS old_buyer,
    pairs.old_name AS old_name,
    pairs.closed_country AS closed_country,
    pairs.before AS before,
    pairs.last_closed AS last_closed,
    CASE WHEN by_contact.contact IS NULL AND by_word.word IS NULL THEN 'nothing links the two buyers, and the new one had not received such goods from anyone' ELSE 'the two buyers are linked: ' END
    || CASE WHEN by_contact.contact IS NULL THEN '' ELSE 'same ' || by_contact.contact END
    || CASE WHEN by_contact.contact IS NOT NULL AND by_word.word IS NOT NULL THEN '; ' ELSE '' END
    || COALESCE(by_word.word, '') AS link,
    CASE WHEN by_contact.contact IS NOT NULL THEN 1.0 WHEN by_word.word IS NOT NULL THEN 0.6 ELSE 0.2 END AS weight,
    ROW_NUMBER() OVER (
      PARTITION BY pairs.shipper, pairs.buyer, pairs.heading
      ORDER BY CASE WHEN by_contact.contact IS NOT NULL THEN 0 WHEN by_word.word IS NOT NULL THEN 1 ELSE 2 END ASC, pairs.before DESC, pairs.old_buyer ASC, pairs.country ASC
    ) AS place
  FROM pairs
  LEFT JOIN by_word
    ON by_word.buyer = pairs.buyer
    AND by_word.old_buyer = pairs.old_buyer
  LEFT JOIN by_contact
    ON by_contact.buyer = pairs.buyer
    AND by_contact.old_buyer = pairs.old_buyer
  INNER JOIN bought
    ON bought.buyer = pairs.buyer
    AND bought.heading = pairs.heading
  INNER JOIN sold
    ON sold.shipper = pairs.shipper
    AND sold.heading = pairs.heading
    AND sold.country = pairs.country
  WHERE by_word.word IS NOT NULL
    OR by_contact.contact IS NOT NULL
    OR (
      bought.first_date > CAST($after_date AS DATE)
      AND sold.first_date = pairs.first_date
      AND pairs.first_date >= pairs.last_closed
      AND DATEDIFF('day', pairs.last_closed, pairs.first_date)
        <= $most_days_unlinked
        + 1.0 * DATEDIFF('day', pairs.first_closed, pairs.last_closed) / GREATEST(pairs.before - 1, 1)
        + 1.0 * DATEDIFF('day', pairs.first_date, pairs.last_date) / GREATEST(pairs."rows" - 1, 1)
      AND 2 * pairs.controlled >= pairs."rows"
      AND pairs."rows" >= $least_rows_unlinked
      AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', pairs.country, ',%')
    )
)
SELECT
  linked.shipper || '>' || linked.buyer || '|' || linked.heading AS subject_key,
  COALESCE(parties.name, linked.buyer_name) AS subject,
  linked.shipper_name AS shipper,
  linked.old_name AS old_buyer,
  linked.closed_country AS closed_country,
  linked.last_closed AS last_closed,
  linked.link AS link,
  linked.heading AS heading,
  linked.before AS before,
  linked.country AS country,
  linked.hs6 AS hs6,
  linked.first_date AS date_from,
  linked.last_date AS date_to,
  linked."rows" AS "rows",
  linked.value_usd AS value_usd,
  linked.net_kg AS net_kg,
  linked.synthetic AS synthetic,
  linked.shipper AS _shipper,
  linked.buyer AS _buyer,
  linked.old_buyer AS _old,
  ROUND(
    0.4 * linked.weight
    + 0.3 * LEAST(1.0, LN(1.0 + linked."rows") / LN(50.0))
    + 0.3 * LEAST(1.0, LN(1.0 + linked.before) / LN(50.0)),
    4
  ) AS strength,
  everyone.buyers AS compared
FROM linked
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = linked.buyer
WHERE linked.place = 1
-- evidence
-- A row: one shipment of the heading from the shipper to the old or the new buyer.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  CASE WHEN sides.consignee = found._old THEN 'to the old buyer in ' ELSE 'to the new buyer in ' END || COALESCE(trade.destination_country, '?') || ' on ' || CAST(trade.date AS VARCHAR) AS why
FROM found
INNER JOIN sides
  ON sides.shipper = found._shipper
INNER JOIN trade
  ON trade.source_id = sides.source_id
  AND trade.row_number = sides.row_number
  AND SUBSTR(trade.hs6, 1, 4) = found.heading
WHERE (sides.consignee = found._old OR sides.consignee = found._buyer)
  AND trade.date IS NOT NULL
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC
