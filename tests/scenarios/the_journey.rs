//! One return, from the first conversation in Kosovo* to the arrival in Baghdad.

use crate::support::*;

async fn a_case_is_opened(world: &World) {
    let pristina = world.mission("Pristina");
    let case = pristina.opens_a_case_for(person().of("IRQ").aged(25)).await;
    pristina.registers(&case, USUAL).await;
    let sight = pristina
        .sees(&case, "{ state version hostTerritory { name footnote } }")
        .await;
    assert_eq!(sight.row["state"], "REGISTERED");
    world.embassy("Iraq", "Belgrade").cannot_find(&case).await;
}

on_both_databases!(a_case_is_opened);
