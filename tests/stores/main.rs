//! What stores promise. `cases` holds what all of them do, and runs on each; the rest is what only one kind can.
//!
//! Another kind of store joins with a ground of its own and one line here: `conformance! { its_name: its_runner }`.

mod backups;
mod bolt;
mod build;
mod cases;
mod embedded_erasure;
mod embedded_file;
mod embedded_upgrade;
mod ground;
mod home;
mod neo4j;
mod neo4j_encrypted;
mod neo4j_faults;
mod neo4j_opening;
#[path = "../neo4j/server.rs"]
mod neo4j_server;
mod proxy;
mod script;
mod sqlite_faults;
mod worlds;

/// Makes each case a test on one ground, such as `embedded::commits::a_retry_is_applied_once`.
macro_rules! conformance {
    ($ground:ident: $on:path) => {
        mod $ground {
            conformance! { @each $on;
                archive: a_copy_reads_out_the_same, a_copy_there_and_back_is_the_same,
                    an_archive_that_breaks_off_leaves_nothing, only_an_empty_store_takes_in;
                commits: a_ref_may_pass_from_one_node_to_another, a_retry_is_applied_once,
                    a_set_may_remove_what_it_puts_again, an_area_and_its_body_may_share_a_ref,
                    of_several_statements_the_last_counts, removing_what_is_not_there_changes_nothing,
                    saying_the_same_again_changes_nothing, the_order_of_statements_decides_nothing;
                concurrency: a_hundred_sets_from_eight_tasks, a_reader_never_sees_half_a_change_set, of_those_who_expect_the_same_one_wins;
                delta: a_delta_makes_of_an_older_graph_the_newer, a_delta_too_far_or_too_large_is_none,
                    a_delta_stops_at_what_is_announced;
                erasure: an_erased_person_leaves_only_the_fact, an_erased_person_takes_their_past_relations,
                    others_keep_their_past;
                expectations: a_thing_that_never_was, a_thing_that_was_touched_overtakes,
                    what_the_log_has_let_go_may_have_been_touched;
                log: it_is_let_go_from_its_old_end, it_tells_what_each_revision_did;
                past: a_change_set_tells_all_it_did, a_thing_tells_its_past_newest_first,
                    what_is_personal_is_told_as_such;
                refusals: a_refused_set_leaves_nothing, a_refusal_quotes_nothing_personal;
                round_trip: a_megabyte_of_any_script, a_node_says_when_it_was_last_touched, an_empty_store,
                    arbitrary_worlds_survive_updates_and_restarts, each_type_and_kind_with_all_its_fields,
                    thousands_of_keys_at_once, unknown_ids_are_absent;
                runs: a_run_is_announced_whole, one_that_was_broken_off_is_known_until_it_is_done_again;
            }
        }
    };
    (@each $on:path; $($file:ident: $($case:ident),+;)+) => {
        $(mod $file {
            $(#[test]
            fn $case() {
                $on(crate::cases::$file::$case);
            })+
        })+
    };
}

conformance! { embedded: crate::ground::on_embedded }
conformance! { on_neo4j: crate::neo4j::on_neo4j }
