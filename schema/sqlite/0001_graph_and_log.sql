-- The embedded store: one graph, its change log, and what is personal kept apart from both.
-- Days are ISO 8601 text, ends exclusive; timestamps are RFC 3339 in UTC; flags are 0 or 1; lists are JSON, NULL when
-- empty. Read it with any SQLite tool. Change it only through change sets: they keep the log and the model's checks.

-- 'inrd'. A file without it is somebody else's, and is left alone.
PRAGMA application_id = 1768845924;

CREATE TABLE meta (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    revision  INTEGER NOT NULL,
    -- The newest revision that may be shown: later ones belong to a run still under way.
    announced INTEGER NOT NULL CHECK (announced <= revision)
) STRICT;
INSERT INTO meta (only, revision, announced) VALUES (1, 0, 0);

-- Where facts come from.
CREATE TABLE source (
    name         TEXT PRIMARY KEY,
    publisher    TEXT,
    licence      TEXT,
    published_on TEXT,
    url          TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE node (
    id                     TEXT PRIMARY KEY,
    type                   TEXT NOT NULL,
    name                   TEXT,
    aliases                TEXT,
    valid_from             TEXT,
    valid_to               TEXT,
    do_not_approach_from   TEXT,
    do_not_approach_until  TEXT,
    do_not_approach_reason TEXT,
    merged_into            TEXT REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    synthetic              INTEGER NOT NULL,
    updated_at             TEXT NOT NULL,
    -- JSON: what only this type has (kind, list size, parents …), and what reads of one thing show besides.
    facts                  TEXT,
    details                TEXT,
    -- Whatever tells who a person is stands in `personal`, never here.
    CHECK (
        CASE type
            WHEN 'INDIVIDUAL' THEN
                coalesce(
                    name, aliases, do_not_approach_from, do_not_approach_until, do_not_approach_reason, facts, details
                ) IS NULL
            ELSE name IS NOT NULL AND facts IS NOT NULL
        END
    )
) STRICT, WITHOUT ROWID;

-- Every personal value of an individual, so that erasing one is deleting a row here and their rows of `ref`.
CREATE TABLE personal (
    individual             TEXT PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
    name                   TEXT NOT NULL,
    aliases                TEXT,
    do_not_approach_from   TEXT,
    do_not_approach_until  TEXT,
    do_not_approach_reason TEXT,
    team                   INTEGER NOT NULL,
    contact                TEXT NOT NULL,
    contact_expires_on     TEXT,
    introduce              TEXT NOT NULL,
    introduce_expires_on   TEXT,
    -- JSON: how each answer came about, with its lawful basis.
    consents               TEXT,
    email                  TEXT,
    phone                  TEXT,
    postcode               TEXT,
    website                TEXT,
    languages              TEXT,
    lived_experience       TEXT,
    sources                TEXT
) STRICT, WITHOUT ROWID;

-- The names by which registers know a node. An area and the body responsible for it may share one, hence the space.
-- Those of individuals are personal.
CREATE TABLE ref (
    space    TEXT NOT NULL CHECK (space IN ('AREA', 'OTHER')),
    scheme   TEXT NOT NULL,
    value    TEXT NOT NULL,
    node     TEXT NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (space, scheme, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX ref_by_node ON ref (node, position);

CREATE TABLE relation (
    id                TEXT PRIMARY KEY,
    kind              TEXT NOT NULL,
    from_node         TEXT NOT NULL REFERENCES node (id),
    to_node           TEXT NOT NULL REFERENCES node (id),
    mode              TEXT,
    valid_from        TEXT,
    valid_to          TEXT,
    strength          REAL,
    one_way           INTEGER NOT NULL,
    champion          INTEGER NOT NULL,
    gatekeeper        INTEGER NOT NULL,
    last_confirmed_on TEXT,
    best_evidence     TEXT NOT NULL,
    synthetic         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Free words about a relation: personal when an end of it is an individual.
CREATE TABLE relation_text (
    relation TEXT PRIMARY KEY REFERENCES relation (id) ON DELETE CASCADE,
    title    TEXT,
    note     TEXT
) STRICT, WITHOUT ROWID;

-- Its sources are personal when an end of the relation is an individual.
CREATE TABLE evidence (
    relation TEXT NOT NULL REFERENCES relation (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL,
    source   TEXT NOT NULL,
    date     TEXT,
    PRIMARY KEY (relation, kind, source)
) STRICT, WITHOUT ROWID;

-- Imports that take several change sets. One without `finished_at` is under way or was broken off.
CREATE TABLE run (
    id          TEXT PRIMARY KEY,
    what        TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    change_sets INTEGER NOT NULL,
    -- That of the latest of them.
    revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a committed change set. A repeated `change_set` is a retry and changes nothing.
CREATE TABLE log (
    revision   INTEGER PRIMARY KEY,
    change_set TEXT NOT NULL UNIQUE,
    at         TEXT NOT NULL,
    actor      TEXT NOT NULL,
    source     TEXT NOT NULL,
    run        TEXT REFERENCES run (id)
) STRICT;

-- What a change set did to one thing: the names of the fields, and for things that were there before also the values
-- before and after, as JSON. It never holds a personal value: those stand in `personal_change`.
CREATE TABLE log_change (
    revision INTEGER NOT NULL REFERENCES log (revision) ON DELETE CASCADE,
    seq      INTEGER NOT NULL,
    of       TEXT NOT NULL CHECK (of IN ('NODE', 'RELATION', 'SOURCE')),
    -- The node's type or the relation's kind.
    type     TEXT,
    thing    TEXT NOT NULL,
    created  INTEGER NOT NULL,
    fields   TEXT NOT NULL,
    before   TEXT,
    after    TEXT,
    PRIMARY KEY (revision, seq)
) STRICT, WITHOUT ROWID;

-- The personal part of a change, keyed by whom it is about so that erasure can delete it: the individual, and
-- `other` where the change is to a relation between two.
CREATE TABLE personal_change (
    individual TEXT NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    revision   INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    field      TEXT NOT NULL,
    other      TEXT REFERENCES node (id) ON DELETE CASCADE,
    before     TEXT,
    after      TEXT,
    PRIMARY KEY (individual, revision, seq, field),
    FOREIGN KEY (revision, seq) REFERENCES log_change (revision, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
