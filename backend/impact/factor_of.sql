-- The price factor a county's baselines need for a year: the nearest area's, from the newest base year its baselines have.
SELECT coalesce((SELECT f.factor_ppm
                 FROM price_factors AS f
                 WHERE starts_with(:county, f.area_code)
                   AND f.year = :year::int
                   AND f.base_year = (SELECT max(b.year) FROM income_baselines AS b WHERE b.county = :county AND b.year < :year::int)
                 ORDER BY length(f.area_code) DESC
                 LIMIT 1), 0) AS factor_ppm
