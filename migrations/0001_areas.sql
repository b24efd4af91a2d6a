-- Areas: the official division tree, and the tools every later migration uses.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Comments of a table and each of its columns in one readable block: "column | what it holds".
CREATE PROCEDURE describe(described regclass, table_words text, columns_words text)
LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    EXECUTE format('COMMENT ON TABLE %s IS %L', described, table_words);
    FOREACH line IN ARRAY string_to_array(btrim(columns_words, E' \n'), E'\n') LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', described,
                       btrim(split_part(line, '|', 1)), btrim(split_part(line, '|', 2)));
    END LOOP;
END $$;
COMMENT ON PROCEDURE describe IS 'Comments a table and its columns, one line each.';

-- A refusal by a statement: SELECT refuse('wrong-state') WHERE …
CREATE FUNCTION refuse(slug text) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'SH001', MESSAGE = slug;
END $$;
COMMENT ON FUNCTION refuse IS 'Raises the problem with this slug; the transaction changes nothing.';

-- Scope: areas are matched by code prefix; '' is everywhere.
CREATE FUNCTION area_within(code text, areas text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT 1 FROM unnest(areas) AS area WHERE starts_with(code, area))
$$;
COMMENT ON FUNCTION area_within IS 'Whether code lies in one of the areas, by code prefix.';

-- owner: registry
CREATE TABLE areas (
    code text NOT NULL,
    parent_code text,
    name text NOT NULL,
    kind text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    CONSTRAINT areas_pkey PRIMARY KEY (code),
    CONSTRAINT areas_code__invalid CHECK (code ~ '^[0-9]{2,15}$'),
    CONSTRAINT areas_kind__invalid CHECK (kind IN ('province', 'prefecture', 'county', 'township', 'village', 'corps', 'division', 'farm', 'other')),
    CONSTRAINT areas_validity__invalid CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX areas_by_parent ON areas (parent_code, code);
CREATE INDEX areas_by_code_prefix ON areas (code text_pattern_ops);
CALL describe('areas', 'A node of the official division tree (行政区划). Reference table. No fixed depth; scope is by code prefix, display by parent.', '
code | official code: province 2 digits, prefecture 4, county 6, township 9, village 12, others as published
parent_code | the node above in the tree as published; null at the top
name | official name in Chinese
kind | type of the node
valid_from | first day this node exists under this code
valid_to | first day it no longer does; null while it exists
source | where the row comes from, with version
');

-- owner: registry
CREATE TABLE area_aliases (
    alias text NOT NULL,
    code text NOT NULL REFERENCES areas (code),
    note text,
    CONSTRAINT area_aliases_pkey PRIMARY KEY (alias, code)
);
CALL describe('area_aliases', 'Other names and former codes of areas, for reading documents; never used to match records.', '
alias | another name, a romanised name or a former code
code | the area it means
note | where it is used
');

-- owner: registry
CREATE UNLOGGED TABLE areas_incoming (
    code text NOT NULL,
    parent_code text,
    name text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT areas_incoming_code__taken PRIMARY KEY (code)
);
CALL describe('areas_incoming', 'The edition of the division tree that is being imported; emptied before each import. The owner''s alone.', '
code | official code
parent_code | the node above
name | name for display
kind | type of the node
');

GRANT USAGE ON SCHEMA public TO shanhuo_app;
GRANT SELECT ON areas, area_aliases TO shanhuo_app;
