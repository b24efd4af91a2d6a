-- Statistics of everything, so that the first requests get good plans.
ANALYZE
