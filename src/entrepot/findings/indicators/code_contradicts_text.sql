-- id: code_contradicts_text
-- title: Declared code contradicts the goods text
-- subject: party
-- meaning: The words of the goods text describe military or listed goods, and the declared code is that of other goods, or, for body armour, a code of ordinary textiles under which nobody looks for it. An abbreviation joined to a number by a hyphen is a model number and does not count. Where such goods are traded every day under their own code, one row alone is a slip of the code and does not count either.
-- source: BIS, Common High Priority List guidance (goods described as other goods); Financial Action Task Force and Egmont Group, Trade-Based Money Laundering, December 2020 (misdescription of goods); each rule with its own source.
-- statement: {subject} is named in {rows:int} shipments declared under {hs_code} whose text says "{words}": {title}; for example: {goods_text}
-- innocent: Customs rulings do put vests with ballistic panels under 6211 or 6307, so that body armour under a textile code may be declared rightly; descriptions are short and often copied; a code may be wrong by oversight; one line may stand for a mixed consignment; toys and sporting goods borrow military words.
-- reads: trade, shipments, goods_contradictions, goods_controls, hs_control_codes, sources, parties, party_members
-- include: same_party
-- parameter.least_rows: 1 | least number of shipments under a named contradiction
-- parameter.most_ordinary: 20 | rows under the headings that the words belong to; where the case has more, slips of the code are to be expected (one in twenty at the worst), and a contradiction counts only where it returns under one heading
-- parameter.least_share: 0.2 | least share that these rows have of all the party's rows of such goods, where slips are to be expected
-- parameter.least_confidence: 0.7 | least confidence that the words mean body armour
-- parameter.by_words: false | also list texts whose words alone, without a named rule, are unlikely for the code; on generated trade these were mostly toys and accessories
-- parameter.least_rows_by_words: 3 | least number of shipments where only the likelihood of the words speaks against the code
-- common
listed_headings AS (
  SELECT DISTINCT
    SUBSTR(hs_control_codes.hs6, 1, 4) AS heading
  FROM hs_control_codes
),
spoken AS (
  SELECT
    goods_contradictions.goods_text AS goods_text,
    goods_contradictions.hs_code AS hs_code,
    MIN(CASE WHEN goods_contradictions.rule = 'classifier' THEN 'b' ELSE 'a' END) AS grade,
    MIN(goods_contradictions.rule) AS rule,
    MIN(goods_contradictions.title) AS title,
    MIN(goods_contradictions.words) AS words,
    MIN(goods_contradictions.expected_headings) AS expected,
    MIN(goods_contradictions.probability) AS probability
  FROM goods_contradictions
  LEFT JOIN listed_headings
    ON listed_headings.heading = goods_contradictions.expected_headings
  WHERE (goods_contradictions.rule <> 'classifier' OR ($by_words AND listed_headings.heading IS NOT NULL))
    AND NOT (LENGTH(goods_contradictions.words) <= 4 AND goods_contradictions.goods_text LIKE CONCAT('%', goods_contradictions.words, '-%'))
  GROUP BY
    goods_contradictions.goods_text,
    goods_contradictions.hs_code
),
armour AS (
  SELECT
    goods_controls.goods_text AS goods_text,
    goods_controls.hs_code AS hs_code,
    MIN(goods_controls.why) AS words
  FROM goods_controls
  WHERE (goods_controls.control_id IN ('rule:body_armour', 'rule:armour_plate', 'rule:ballistic_textile') OR goods_controls.tier IN ('body armour', 'armour class'))
    AND goods_controls.confidence >= $least_confidence
    AND SUBSTR(goods_controls.hs_code, 1, 2) >= '50'
    AND SUBSTR(goods_controls.hs_code, 1, 2) <= '63'
  GROUP BY
    goods_controls.goods_text,
    goods_controls.hs_code
),
told AS (
  SELECT
    spoken.goods_text AS goods_text,
    spoken.hs_code AS hs_code,
    spoken.grade AS grade,
    spoken.rule AS rule,
    spoken.title AS title,
    spoken.words AS words,
    spoken.expected AS expected,
    spoken.probability AS probability
  FROM spoken
  UNION ALL
  SELECT
    armour.goods_text AS goods_text,
    armour.hs_code AS hs_code,
    'a' AS grade,
    'armour_as_textile' AS rule,
    'Described as body armour, declared under a code of ordinary textiles' AS title,
    armour.words AS words,
    CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS DOUBLE) AS probability
  FROM armour
  LEFT JOIN spoken
    ON spoken.goods_text = armour.goods_text
    AND spoken.hs_code = armour.hs_code
  WHERE spoken.goods_text IS NULL
),
all_lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key, trade.shipper_key) AS subject_key,
    COALESCE(trade.consignee_name, trade.shipper_name) AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.hs6 AS hs6,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    told.goods_text AS goods_text,
    told.hs_code AS hs_code,
    told.grade AS grade,
    told.rule AS rule,
    SUBSTR(told.hs_code, 1, 4) AS declared,
    told.title AS title,
    told.words AS words,
    told.expected AS expected,
    told.probability AS probability
  FROM trade
  INNER JOIN shipments
    ON shipments.source_id = trade.source_id
    AND shipments.row_number = trade.row_number
  INNER JOIN told
    ON told.goods_text = shipments.goods_text
    AND told.hs_code = shipments.hs_code
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE COALESCE(trade.consignee_key, trade.shipper_key) IS NOT NULL
),
expected_headings AS (
  SELECT DISTINCT
    told.rule AS rule,
    headings.heading AS heading
  FROM told
  INNER JOIN (
    SELECT DISTINCT
      SUBSTR(trade.hs6, 1, 4) AS heading
    FROM trade
    WHERE trade.hs6 IS NOT NULL
  ) AS headings
    ON CONCAT('; ', told.expected, '; ') LIKE CONCAT('%; ', headings.heading, '; %')
),
declared_so AS (
  SELECT
    expected_headings.rule AS rule,
    COALESCE(same_party.party, trade.consignee_key, trade.shipper_key) AS subject_key,
    COUNT(*) AS "rows"
  FROM trade
  INNER JOIN expected_headings
    ON expected_headings.heading = SUBSTR(trade.hs6, 1, 4)
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  GROUP BY
    expected_headings.rule,
    COALESCE(same_party.party, trade.consignee_key, trade.shipper_key)
),
ordinary AS (
  SELECT
    declared_so.rule AS rule,
    SUM(declared_so."rows") AS "rows"
  FROM declared_so
  GROUP BY
    declared_so.rule
),
counted AS (
  SELECT
    all_lines.subject_key AS subject_key,
    all_lines.rule AS rule,
    all_lines.declared AS declared,
    COUNT(*) AS "rows"
  FROM all_lines
  GROUP BY
    all_lines.subject_key,
    all_lines.rule,
    all_lines.declared
),
no_slips AS (
  SELECT
    counted.subject_key AS subject_key,
    counted.rule AS rule,
    counted.declared AS declared
  FROM counted
  LEFT JOIN ordinary
    ON ordinary.rule = counted.rule
  LEFT JOIN declared_so
    ON declared_so.rule = counted.rule
    AND declared_so.subject_key = counted.subject_key
  WHERE COALESCE(ordinary."rows", 0) <= $most_ordinary
    OR (counted."rows" >= 2 AND counted."rows" >= $least_share * (counted."rows" + COALESCE(declared_so."rows", 0)))
),
lines AS (
  SELECT
    all_lines.subject_key AS subject_key,
    all_lines.name AS name,
    all_lines.country AS country,
    all_lines.source_id AS source_id,
    all_lines.row_number AS row_number,
    all_lines.hs6 AS hs6,
    all_lines.date AS date,
    all_lines.value_usd AS value_usd,
    all_lines.net_kg AS net_kg,
    all_lines.goods_text AS goods_text,
    all_lines.hs_code AS hs_code,
    all_lines.grade AS grade,
    all_lines.title AS title,
    all_lines.words AS words,
    all_lines.expected AS expected,
    all_lines.probability AS probability
  FROM all_lines
  INNER JOIN no_slips
    ON no_slips.subject_key = all_lines.subject_key
    AND no_slips.rule = all_lines.rule
    AND no_slips.declared = all_lines.declared
)
-- query
-- A row: one party with the shipments whose text contradicts the code.
WITH per_party AS (
  SELECT
    lines.subject_key AS subject_key,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
    MIN(lines.hs_code) AS hs_code,
    MIN(lines.grade) AS grade,
    MIN(lines.title) AS title,
    MIN(lines.words) AS words,
    MIN(lines.expected) AS expected,
    MIN(lines.goods_text) AS goods_text,
    MIN(lines.probability) AS probability,
    COUNT(DISTINCT lines.goods_text) AS texts,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.subject_key
),
everyone AS (
  SELECT
    COUNT(*) AS parties
  FROM parties
  WHERE parties.roles LIKE '%consignee%'
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.hs_code AS hs_code,
  CASE WHEN per_party.grade = 'a' THEN 'named contradiction' ELSE 'words alone' END AS by_rule,
  per_party.title AS title,
  per_party.words AS words,
  per_party.expected AS expected_headings,
  per_party.goods_text AS goods_text,
  per_party.texts AS texts,
  per_party.probability AS probability_of_code,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  ROUND(
    CASE WHEN per_party.grade = 'a' THEN 0.7 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(50.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= CASE WHEN per_party.grade = 'a' THEN $least_rows ELSE $least_rows_by_words END
-- evidence
-- A row: one shipment with its text and declared code.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'declared ' || lines.hs_code || ', text: ' || lines.goods_text AS why
FROM found
INNER JOIN lines
  ON lines.subject_key = found.subject_key
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC
