//! The screens that nobody needs to begin: a release has them in a part of their own, fetched once the first screen
//! stands (`xtask/src/part.rs` cuts whatever bears the name of this module out of a program). Everything in here is
//! private but the three lists: so the daily part never calls what is not there yet.

mod about;
mod achieved;
mod agreement;
mod ask;
mod begin;
mod class;
mod competences;
mod curriculum;
mod days;
mod devices;
mod diary;
mod dossier_overview;
mod evaluation;
mod form;
mod goal_parts;
mod group;
mod guiding;
mod hours;
mod info;
mod intentions;
mod invite;
mod learner;
mod matching;
mod matter;
mod messages;
mod more;
mod office;
mod plan;
mod plan_goal;
mod plan_versions;
mod portfolio;
mod quarantine;
mod questions;
mod reception;
mod recognised;
mod reminders;
mod report;
mod seen;
mod settings;
mod start;
mod survey;
mod surveys;
mod sync_state;
mod talks;
mod trail;
mod which_centre;

use leptos::prelude::AnyView;

/// The cursist's.
pub(super) fn learner(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["diary"] => diary::diary(),
        ["competences"] => competences::competences(),
        ["goal", goal] => competences::goal_screen((*goal).to_owned()),
        ["ask"] => ask::ask(None),
        ["ask", entry] => ask::ask(Some(entry)),
        ["try"] => intentions::intentions(None),
        ["try", feedback] => intentions::intentions(Some(feedback)),
        ["report"] => report::report(None),
        ["hours"] => hours::own(),
        ["days"] => days::days(),
        ["survey", survey] => survey::survey(survey),
        ["start", dossier] => start::start(dossier, None, None),
        ["reception"] => reception::reception(None),
        ["evaluation", dossier] => evaluation::evaluation(dossier, None, None),
        ["portfolio", dossier] => portfolio::portfolio(dossier),
        ["achieved", dossier] => achieved::achieved(dossier),
        other => return of_three(other),
    })
}

/// The mentor's.
pub(super) fn mentor(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["learner", dossier] => learner::learner(dossier),
        ["questions"] => questions::questions(),
        ["matter", dossier, matter] => matter::matter(dossier, matter),
        ["report", dossier] => report::report(Some(dossier)),
        ["hours", dossier] => hours::to_confirm(dossier),
        ["evaluation", dossier] => {
            evaluation::evaluation(dossier, Some(evaluation::ATTENDING), None)
        }
        ["reception", dossier] => reception::reception(Some(dossier)),
        ["seen", dossier, goal] => seen::seen(dossier, goal),
        ["start", dossier] => start::start(dossier, None, Some(start::DESCRIBE)),
        ["survey", survey] => survey::survey(survey),
        other => return of_three(other),
    })
}

/// Those of who guides.
pub(super) fn desk(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["dossier", dossier] => dossier_overview::dossier_overview(dossier),
        ["group"] => group::group(),
        ["class"] => class::class(),
        ["quarantine"] => quarantine::quarantine(),
        ["questions"] => questions::questions(),
        ["matter", dossier, matter] => matter::matter(dossier, matter),
        ["hours", dossier] => hours::of_learner(dossier),
        ["begin"] => begin::begin(),
        ["surveys"] => surveys::surveys(),
        ["survey", survey] => surveys::results(survey),
        ["invite", dossier] => invite::invite_screen(dossier),
        ["reception", dossier] => reception::reception(Some(dossier)),
        ["seen", dossier, goal] => seen::seen(dossier, goal),
        ["agreement", dossier] => agreement::agreement(dossier, None),
        ["agreement", dossier, agreement] => agreement::agreement(dossier, Some(agreement)),
        ["talks", dossier] => talks::talks(dossier, Some(talks::PLANNING)),
        ["talk", dossier, review] => talks::talk(dossier, review, Some(talks::WRITING)),
        ["plan", dossier] => {
            plan::plan(dossier, Some(plan::ANSWERING), Some(plan::ATTESTING), Some(plan::SPREADING))
        }
        ["versions", dossier] => plan_versions::versions(dossier),
        ["goal", dossier, goal] => {
            plan_goal::plan_goal(dossier, goal, Some((plan_goal::CHANGING, plan_goal::NOTING)))
        }
        ["goal", dossier, goal, proposal] => plan_goal::taking_over(dossier, goal, proposal),
        ["elsewhere", dossier, goal] => plan::elsewhere(dossier, goal),
        ["curriculum", dossier] => curriculum::curriculum(dossier),
        ["evaluation", dossier] => {
            evaluation::evaluation(dossier, Some(evaluation::ATTENDING), Some(evaluation::DECIDING))
        }
        ["achieved", dossier] => achieved::achieved(dossier),
        ["evaluate", dossier, goal] => {
            evaluation::evaluate(dossier, goal, Some(evaluation::EVALUATING))
        }
        ["trail", dossier] => trail::trail(dossier),
        ["messages", dossier] => messages::messages(dossier),
        ["matching", dossier] => matching::matching(dossier),
        ["guiding", dossier] => guiding::guiding(dossier, Some(guiding::WRITING)),
        ["visit", dossier, visit] => guiding::visit(dossier, visit, Some(guiding::REPORTING)),
        ["start", dossier] => start::start(dossier, Some(start::FILL_IN), Some(start::DESCRIBE)),
        ["workplace", dossier, workplace] => {
            start::workplace(dossier, workplace, Some(start::FILL_IN_PLACE))
        }
        other => return office::office(other).or_else(|| of_all(other)),
    })
}

/// What cursist and mentor see alike of a dossier.
fn of_three(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["talks", dossier] => talks::talks(dossier, None),
        ["talk", dossier, review] => talks::talk(dossier, review, None),
        ["plan", dossier] => plan::plan(dossier, None, None, None),
        ["versions", dossier] => plan_versions::versions(dossier),
        ["goal", dossier, goal] => plan_goal::plan_goal(dossier, goal, None),
        ["elsewhere", dossier, goal] => plan::elsewhere(dossier, goal),
        ["evaluate", dossier, goal] => evaluation::evaluate(dossier, goal, None),
        ["workplace", dossier, workplace] => start::workplace(dossier, workplace, None),
        ["messages", dossier] => messages::messages(dossier),
        ["guiding", dossier] => guiding::guiding(dossier, None),
        ["visit", dossier, visit] => guiding::visit(dossier, visit, None),
        other => return of_all(other),
    })
}

fn of_all(path: &[&str]) -> Option<AnyView> {
    Some(match path {
        ["more"] => more::more(),
        ["sync"] => sync_state::sync_state(),
        ["settings"] => settings::settings(),
        ["reminders"] => reminders::reminders(),
        ["devices"] => devices::devices(),
        ["about"] => about::about(),
        ["info"] => info::info(),
        _ => return None,
    })
}
