-- The log tells removals and erasures apart from changes, remembers what each change set was asked to do, finds the past
-- of one thing, and may be let go of from its old end. Nodes and relations can be taken out without reading every row.

-- The log tells of what came after this revision.
ALTER TABLE meta ADD COLUMN log_since INTEGER NOT NULL DEFAULT 0 CHECK (log_since <= revision);
-- Whether the unused parts of pages may still tell of somebody who was erased.
ALTER TABLE meta ADD COLUMN traces INTEGER NOT NULL DEFAULT 0;

-- A digest of what was asked for, so that an idempotency key cannot stand for two different wishes.
ALTER TABLE log ADD COLUMN request TEXT;

-- What the change did to the thing. Of things made or erased no values are kept here; of relations that named a person
-- who has been erased since, neither.
ALTER TABLE log_change ADD COLUMN how TEXT NOT NULL DEFAULT 'UPDATED'
    CHECK (how IN ('CREATED', 'UPDATED', 'REMOVED', 'ERASED'));
UPDATE log_change SET how = 'CREATED' WHERE created;
ALTER TABLE log_change DROP COLUMN created;

CREATE INDEX log_change_by_thing ON log_change (thing, revision);
CREATE INDEX personal_change_by_change ON personal_change (revision, seq);
CREATE INDEX personal_change_by_other ON personal_change (other) WHERE other IS NOT NULL;
CREATE INDEX relation_by_from ON relation (from_node);
CREATE INDEX relation_by_to ON relation (to_node);
CREATE INDEX node_merged_into ON node (merged_into) WHERE merged_into IS NOT NULL;
