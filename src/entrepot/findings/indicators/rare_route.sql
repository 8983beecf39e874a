-- id: rare_route
-- title: Route that is rare for these goods
-- subject: route
-- meaning: After the date controlled goods of one heading, of whatever foreign origin, reached a destination from a country of dispatch that is neither their origin nor, before the date, a usual way for these goods there; what the country of dispatch makes itself says nothing of its use as a way. Where no foreign goods at all came that way before the date, fewer shipments and fewer records of these goods are enough.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 and FIN-2023-Alert004 of 19 May 2023 (atypical shipping routes for the product and destination).
-- statement: {rows:int} shipments of controlled goods of heading {heading} with {origins_text} reached {country:country} by way of {dispatch:country} from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg}); before {after_date} that way had brought goods of other or no stated origin in {route_before:int} of {all_before:int} shipments of the heading to {country:country}
-- innocent: A distributor opened a regional warehouse; carriers changed their hubs; wars and closed straits move routes; the origin may be that of the brand.
-- reads: trade, sources
-- parameter.after_date: 2022-02-24 | the day that divides before and after
-- parameter.least_before: 30 | least number of shipments of the heading to the destination before the date: below it no route is usual
-- parameter.least_before_few: 15 | with at least so many before, none of them by the route, and enough by it after the date, it counts too
-- parameter.most_chance_few: 0.02 | most chance that so many shipments by the route would all have come after the date
-- parameter.most_share: 0.02 | largest share of the route among them
-- parameter.least_rows: 5 | least number of shipments by the route after the date
-- parameter.least_rise: 5.0 | least ratio of the share after the date to the share before it
-- parameter.least_rows_new_way: 3 | least number of shipments after the date by a way that no foreign goods took before it
-- parameter.least_before_new_way: 200 | least number of shipments of all goods to the destination before the date, so that none by the way says something: of 200 none leaves at most 1.5 in a hundred (rule of three, Hanley and Lippman-Hand, JAMA 249 (1983), 1743-1745)
-- A row: heading, origin, dispatch and destination whose route was rare before the date.
WITH lines AS (
  SELECT
    SUBSTR(trade.hs6, 1, 4) AS heading,
    trade.hs6 AS hs6,
    trade.control_id AS control_id,
    COALESCE(trade.origin_country, '?') AS origin,
    trade.dispatch_country AS dispatch,
    trade.destination_country AS destination,
    CASE WHEN trade.date <= CAST($after_date AS DATE) THEN 1 ELSE 0 END AS early,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    sources.synthetic AS synthetic
  FROM trade
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE trade.hs6 IS NOT NULL
    AND trade.date IS NOT NULL
    AND trade.dispatch_country IS NOT NULL
    AND trade.destination_country IS NOT NULL
    AND trade.dispatch_country <> trade.destination_country
),
to_destination AS (
  SELECT
    lines.destination AS destination,
    SUM(lines.early) AS early
  FROM lines
  GROUP BY
    lines.destination
),
ways AS (
  SELECT
    lines.dispatch AS dispatch,
    lines.destination AS destination,
    SUM(lines.early) AS early
  FROM lines
  WHERE lines.origin <> lines.dispatch
    AND lines.origin <> '?'
  GROUP BY
    lines.dispatch,
    lines.destination
),
totals AS (
  SELECT
    lines.heading AS heading,
    lines.destination AS destination,
    SUM(lines.early) AS all_before,
    COUNT(*) - SUM(lines.early) AS all_after
  FROM lines
  GROUP BY
    lines.heading,
    lines.destination
),
by_route AS (
  SELECT
    lines.heading AS heading,
    lines.dispatch AS dispatch,
    lines.destination AS destination,
    SUM(lines.early) AS route_before
  FROM lines
  WHERE lines.origin <> lines.dispatch
  GROUP BY
    lines.heading,
    lines.dispatch,
    lines.destination
),
later AS (
  SELECT
    lines.heading AS heading,
    MIN(lines.origin) AS origin,
    MAX(lines.origin) AS last_origin,
    COUNT(DISTINCT lines.origin) AS origins,
    lines.dispatch AS dispatch,
    lines.destination AS destination,
    MIN(lines.hs6) AS hs6,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(lines.synthetic) AS synthetic
  FROM lines
  WHERE lines.early = 0
    AND lines.control_id IS NOT NULL
    AND lines.origin <> lines.dispatch
    AND lines.origin <> '?'
  GROUP BY
    lines.heading,
    lines.dispatch,
    lines.destination
),
tested AS (
  SELECT
    later.heading AS heading,
    later.origin AS origin,
    later.last_origin AS last_origin,
    later.origins AS origins,
    later.dispatch AS dispatch,
    later.destination AS destination,
    later.hs6 AS hs6,
    later.date_from AS date_from,
    later.date_to AS date_to,
    later."rows" AS "rows",
    later.value_usd AS value_usd,
    later.net_kg AS net_kg,
    later.synthetic AS synthetic,
    by_route.route_before AS route_before,
    totals.all_before AS all_before,
    CAST(by_route.route_before AS DOUBLE) / GREATEST(totals.all_before, 1) AS share_before,
    CAST(later."rows" AS DOUBLE) / totals.all_after AS share_after,
    CASE WHEN ways.early = 0 AND to_destination.early >= $least_before_new_way THEN 1 ELSE 0 END AS new_way
  FROM later
  INNER JOIN totals
    ON totals.heading = later.heading
    AND totals.destination = later.destination
  INNER JOIN by_route
    ON by_route.heading = later.heading
    AND by_route.dispatch = later.dispatch
    AND by_route.destination = later.destination
  INNER JOIN ways
    ON ways.dispatch = later.dispatch
    AND ways.destination = later.destination
  INNER JOIN to_destination
    ON to_destination.destination = later.destination
  WHERE totals.all_before >= $least_before
    -- that all shipments by the route fall after the date, at the share of the heading's shipments that do
    OR (
      totals.all_before >= $least_before_few
      AND by_route.route_before = 0
      AND POWER(CAST(totals.all_after AS DOUBLE) / (totals.all_before + totals.all_after), later."rows") <= $most_chance_few
    )
    OR (ways.early = 0 AND to_destination.early >= $least_before_new_way)
),
everyone AS (
  SELECT
    COUNT(*) AS routes
  FROM tested
)
SELECT
  tested.heading || '|' || tested.dispatch || '>' || tested.destination AS subject_key,
  CASE WHEN tested.origins = 1 THEN tested.origin || ' > ' ELSE '' END || tested.dispatch || ' > ' || tested.destination || ', heading ' || tested.heading AS subject,
  tested.heading AS heading,
  CASE
    WHEN tested.origins = 1 THEN 'origin ' || tested.origin
    WHEN tested.origins = 2 THEN 'origins ' || tested.origin || ' and ' || tested.last_origin
    ELSE CAST(tested.origins AS VARCHAR) || ' origins, among them ' || tested.origin || ' and ' || tested.last_origin
  END AS origins_text,
  tested.dispatch AS dispatch,
  tested.destination AS country,
  tested.hs6 AS hs6,
  CAST($after_date AS DATE) AS after_date,
  tested.route_before AS route_before,
  tested.all_before AS all_before,
  ROUND(tested.share_before, 6) AS share_before,
  ROUND(tested.share_after, 6) AS share_after,
  tested.date_from AS date_from,
  tested.date_to AS date_to,
  tested."rows" AS "rows",
  tested.value_usd AS value_usd,
  tested.net_kg AS net_kg,
  tested.synthetic AS synthetic,
  ROUND(
    0.5 * LEAST(1.0, -LN((tested.route_before + 0.5) / (tested.all_before + 1.0)) / LN(200.0))
    + 0.5 * LEAST(1.0, LN(1.0 + tested."rows") / LN(100.0)),
    4
  ) AS strength,
  everyone.routes AS compared
FROM tested
CROSS JOIN everyone
WHERE tested."rows" >= CASE WHEN tested.new_way = 1 THEN $least_rows_new_way ELSE $least_rows END
  AND tested.share_before <= $most_share
  AND tested.share_after >= $least_rise * tested.share_before
-- evidence
-- A row: one shipment by the route after the date.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'controlled code ' || trade.hs6 || ' from ' || COALESCE(trade.shipper_name, 'an unnamed shipper') || ' on ' || CAST(trade.date AS VARCHAR) AS why
FROM found
INNER JOIN trade
  ON SUBSTR(trade.hs6, 1, 4) = found.heading
  AND trade.origin_country <> trade.dispatch_country
  AND trade.dispatch_country = found.dispatch
  AND trade.destination_country = found.country
WHERE trade.control_id IS NOT NULL
  AND trade.date > CAST($after_date AS DATE)
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC
