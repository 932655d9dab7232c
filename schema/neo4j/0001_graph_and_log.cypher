// What a Neo4j database needs to be a store: keys that are unique, and indexes for what is looked up. docs/NEO4J.md
// describes the nodes and relationships. Every statement may be run again; Community has all of it.

// The graph. Each node of it is a Thing, whatever else it is.
CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:Thing) REQUIRE n.id IS UNIQUE;
CREATE INDEX thing_merged_into IF NOT EXISTS FOR (n:Thing) ON (n.mergedInto);
CREATE CONSTRAINT ref_key IF NOT EXISTS FOR (r:Ref) REQUIRE (r.space, r.ref) IS UNIQUE;
CREATE INDEX ref_ref IF NOT EXISTS FOR (r:Ref) ON (r.ref);
CREATE CONSTRAINT source_name IF NOT EXISTS FOR (s:Source) REQUIRE s.name IS UNIQUE;

// One for each kind of relation: Neo4j has no index over all relationship types.
CREATE CONSTRAINT knows_id IF NOT EXISTS FOR ()-[r:KNOWS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT contact_of_id IF NOT EXISTS FOR ()-[r:CONTACT_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT role_at_id IF NOT EXISTS FOR ()-[r:ROLE_AT]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT convenes_id IF NOT EXISTS FOR ()-[r:CONVENES]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT partners_with_id IF NOT EXISTS FOR ()-[r:PARTNERS_WITH]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT funds_id IF NOT EXISTS FOR ()-[r:FUNDS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT commissioned_by_id IF NOT EXISTS FOR ()-[r:COMMISSIONED_BY]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT in_geography_of_id IF NOT EXISTS FOR ()-[r:IN_GEOGRAPHY_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT operated_by_id IF NOT EXISTS FOR ()-[r:OPERATED_BY]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT partner_to_id IF NOT EXISTS FOR ()-[r:PARTNER_TO]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT subdivision_of_id IF NOT EXISTS FOR ()-[r:SUBDIVISION_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT constituent_of_id IF NOT EXISTS FOR ()-[r:CONSTITUENT_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT directed_by_id IF NOT EXISTS FOR ()-[r:DIRECTED_BY]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT hosts_id IF NOT EXISTS FOR ()-[r:HOSTS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT supports_id IF NOT EXISTS FOR ()-[r:SUPPORTS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT serves_id IF NOT EXISTS FOR ()-[r:SERVES]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT succeeded_by_id IF NOT EXISTS FOR ()-[r:SUCCEEDED_BY]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT located_in_id IF NOT EXISTS FOR ()-[r:LOCATED_IN]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT covers_id IF NOT EXISTS FOR ()-[r:COVERS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT uses_id IF NOT EXISTS FOR ()-[r:USES]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT similar_to_id IF NOT EXISTS FOR ()-[r:SIMILAR_TO]-() REQUIRE r.id IS UNIQUE;

// The revision, the log, and what is personal of it. Nothing joins these to the graph.
CREATE CONSTRAINT meta_only IF NOT EXISTS FOR (m:Meta) REQUIRE m.only IS UNIQUE;
CREATE CONSTRAINT run_id IF NOT EXISTS FOR (r:Run) REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT change_set_revision IF NOT EXISTS FOR (c:ChangeSet) REQUIRE c.revision IS UNIQUE;
CREATE CONSTRAINT change_set_id IF NOT EXISTS FOR (c:ChangeSet) REQUIRE c.id IS UNIQUE;
CREATE CONSTRAINT change_place IF NOT EXISTS FOR (c:Change) REQUIRE (c.revision, c.seq) IS UNIQUE;
CREATE INDEX change_revision IF NOT EXISTS FOR (c:Change) ON (c.revision);
CREATE INDEX change_thing IF NOT EXISTS FOR (c:Change) ON (c.thing);
CREATE INDEX change_from IF NOT EXISTS FOR (c:Change) ON (c.from);
CREATE INDEX change_to IF NOT EXISTS FOR (c:Change) ON (c.to);
CREATE CONSTRAINT personal_change_place IF NOT EXISTS
    FOR (p:PersonalChange) REQUIRE (p.individual, p.revision, p.seq, p.field) IS UNIQUE;
CREATE INDEX personal_change_revision IF NOT EXISTS FOR (p:PersonalChange) ON (p.revision);
CREATE INDEX personal_change_individual IF NOT EXISTS FOR (p:PersonalChange) ON (p.individual);
CREATE INDEX personal_change_other IF NOT EXISTS FOR (p:PersonalChange) ON (p.other);
