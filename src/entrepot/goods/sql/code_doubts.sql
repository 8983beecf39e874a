-- A row: one shipment of the source whose goods text, by its words, belongs to other goods than the declared code.
-- Reads: shipments (of the source), goods_classes.
WITH texts AS (
  SELECT
    goods_classes.goods_text AS goods_text,
    MIN(CASE WHEN goods_classes.rank = 1 THEN goods_classes.heading END) AS heading,
    MIN(CASE WHEN goods_classes.rank = 1 THEN goods_classes.words END) AS words,
    MAX(goods_classes.heading_score) AS heading_score,
    MAX(goods_classes.chapter_score) AS chapter_score
  FROM goods_classes
  WHERE goods_classes.hs6 IS NOT NULL
  GROUP BY
    goods_classes.goods_text
),
declared AS (
  SELECT DISTINCT
    shipments.goods_text AS goods_text,
    SUBSTR(shipments.hs6, 1, 4) AS heading
  FROM shipments
  WHERE shipments.goods_text IS NOT NULL
    AND shipments.hs6 IS NOT NULL
),
spoken_for AS (
  SELECT
    declared.goods_text AS goods_text,
    declared.heading AS heading,
    MAX(CASE WHEN goods_classes.heading = declared.heading THEN 1 ELSE 0 END) AS has_heading,
    MAX(CASE WHEN goods_classes.chapter = SUBSTR(declared.heading, 1, 2) THEN 1 ELSE 0 END) AS has_chapter
  FROM declared
  INNER JOIN goods_classes
    ON goods_classes.goods_text = declared.goods_text
  WHERE goods_classes.hs6 IS NOT NULL
  GROUP BY
    declared.goods_text,
    declared.heading
),
so_declared AS (
  SELECT
    texts.words AS words,
    SUBSTR(shipments.hs6, 1, 4) AS heading,
    COUNT(*) AS shipments
  FROM shipments
  INNER JOIN texts
    ON texts.goods_text = shipments.goods_text
  WHERE shipments.hs6 IS NOT NULL
  GROUP BY
    texts.words,
    SUBSTR(shipments.hs6, 1, 4)
),
customary AS (
  SELECT
    so_declared.words AS words,
    so_declared.heading AS heading,
    so_declared.shipments AS shipments,
    SUM(so_declared.shipments) OVER (PARTITION BY so_declared.words) AS of_words
  FROM so_declared
)
SELECT
  shipments.source_id AS source_id,
  shipments.row_number AS row_number,
  texts.heading AS likelier_heading,
  texts.heading_score AS heading_score
FROM shipments
INNER JOIN spoken_for
  ON spoken_for.goods_text = shipments.goods_text
  AND spoken_for.heading = SUBSTR(shipments.hs6, 1, 4)
INNER JOIN texts
  ON texts.goods_text = shipments.goods_text
INNER JOIN customary
  ON customary.words = texts.words
  AND customary.heading = spoken_for.heading
WHERE (
    (spoken_for.has_chapter = 0 AND texts.chapter_score >= $least_chapter)
    OR (spoken_for.has_heading = 0 AND texts.heading_score >= $least_heading)
  )
  AND (customary.shipments < $customary_share * customary.of_words OR customary.of_words < $least_customary)
ORDER BY
  shipments.source_id ASC,
  shipments.row_number ASC
