-- After a big load, finished or broken off: puts keys and indexes back, and with them proves that every row has what it refers to.
DO $tighten$
DECLARE
    step record;
BEGIN
    IF to_regclass('demo_definitions') IS NULL THEN
        RETURN;
    END IF;
    FOR step IN SELECT definition FROM demo_definitions ORDER BY position LOOP
        EXECUTE step.definition;
    END LOOP;
    DROP TABLE demo_definitions;
END $tighten$
