//! A curriculum from a file: what it is read as, what is said of a bad one, and that it comes in whole or not at all.

use crate::on_both_databases;
use crate::support::place::Place;
use crate::support::school::Class;
use dubbelspoor_domain::dossier::{Goal, Level, Place as Where, Preview};
use dubbelspoor_domain::wire::Assumed;
use dubbelspoor_server::curriculum::{self, Curriculum};
use serde_json::{Value, json};

on_both_databases! {
    a_large_curriculum_comes_in_whole_and_again_changes_nothing
    a_goal_that_does_not_fit_brings_nothing_in
    a_table_in_one_language_takes_no_other_away
}

const CSV: &str = include_str!("../../data/transport-logistiek.csv");
const OWN: &str = include_str!("../../data/transport-logistiek.json");
const OTHERS: [&str; 2] = [
    include_str!("../../data/elektromecanicien.json"),
    include_str!("../../data/medisch-administratief.json"),
];

fn read(text: &str) -> Curriculum {
    curriculum::read(text.as_bytes()).unwrap()
}

fn faults(bytes: &[u8]) -> Vec<String> {
    let found = curriculum::read(bytes).unwrap_err();
    found.iter().map(curriculum::in_words).collect()
}

/// What the table says too: it has one language and no expectations beyond that.
fn in_dutch(goal: &Goal) -> (String, String, Vec<(String, String)>, u16, u16, Level) {
    let own = goal.competences.iter().map(|it| (it.code.clone(), it.text.nl.clone())).collect();
    let Goal { from_week, to_week, expected, .. } = *goal;
    (goal.goal.clone(), goal.title.nl.clone(), own, from_week, to_week, expected)
}

#[test]
fn the_three_courses_are_read_and_the_table_says_the_same() {
    let (table, own) = (read(CSV), read(OWN));
    let of = |it: &Curriculum| it.goals.iter().map(in_dutch).collect::<Vec<_>>();
    assert_eq!(of(&table), of(&own));
    assert_eq!(own.title.unwrap().fr, "Collaborateur transport et logistique");
    for other in OTHERS {
        assert!(read(other).goals.len() > 10);
    }
}

#[test]
fn a_table_is_read_as_spreadsheets_write_it() {
    let plain = "goal_code;goal_nl;competence_code;competence_nl;type;where;from_week;to_week;expected_level\n\
                 É-1;Één doel;É-1.1;\"Ik zeg: \"\"één; twee\"\"\";skill;workplace,school;1;8;with_help\n";
    let expected = read(plain);
    assert_eq!(expected.goals[0].competences[0].text.nl, "Ik zeg: \"één; twee\"");
    assert_eq!(expected.goals[0].places, [Where::Workplace, Where::School]);
    let with_mark = [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat();
    assert_eq!(curriculum::read(&with_mark).unwrap(), expected);
    let windows: Vec<u8> = plain.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
    assert_eq!(curriculum::read(&windows).unwrap(), expected);
    let with_commas = "goal_code,goal_nl,competence_code,competence_nl,type,where,from_week,to_week,expected_level\r\n\
                       G1,Doel,G1.1,\"Ik lees, en schrijf\",knowledge,school,2,3,independent\r\n";
    assert_eq!(read(with_commas).goals[0].competences[0].text.nl, "Ik lees, en schrijf");
}

#[test]
fn each_fault_of_a_table_is_named_by_its_line() {
    let head = "goal_code;goal_nl;competence_code;competence_nl;type;where;from_week;to_week;expected_level";
    let lines = [
        head,
        "G1;Een doel;G1.1;Ik kan het;skill;workplace;1;8;independent",
        "G1;Een doel;G1.2;Ik kan het ook;skil;workplce;één;8;best",
        "G1;Ander doel;G1.3;Ik kan het niet;skill;workplace;1;8;independent",
        "G2;;G2.1;;skill;workplace;1;8;independent",
        "G3;Een doel",
    ];
    assert_eq!(
        faults(lines.join("\n").as_bytes()),
        [
            "line 3: `workplce` is no place",
            "line 3: `één` is no week",
            "line 3: `best` is no level",
            "line 3: `skil` is no sort of competence",
            "line 4: says something else of G1 than an earlier line",
            "line 5: goal_nl is empty",
            "line 5: competence_nl is empty",
            "line 6: has another number of columns",
        ]
    );
    assert_eq!(faults(b"goal_code;goal_nl\n").len(), 7, "columns that are not there");
    assert_eq!(faults(b""), faults(b"\n"));
    assert_eq!(faults(head.as_bytes()), ["the file: has no goals"]);
    let twice = lines[..2].join("\n") + "\n" + lines[1];
    assert_eq!(faults(twice.as_bytes()), ["line 3 (G1): G1.1 is there twice"]);
    let backwards = lines[..2].join("\n").replace(";1;8;", ";9;8;");
    assert_eq!(faults(backwards.as_bytes()), ["line 2 (G1): weeks 9-8 are none"]);
}

#[test]
fn each_fault_of_the_own_json_is_named_by_its_line() {
    let lines = |it: &str| it.matches('\n').count() + 1;
    let line_of = |text: &str| lines(&text[..text.find("HERE").unwrap()]);
    let with = |wanted: &str, new: &str| {
        let with_mark = OWN.replacen(wanted, &format!("HERE{wanted}"), 1);
        (line_of(&with_mark), OWN.replacen(wanted, new, 1))
    };
    for (wanted, new, said) in [
        ("\"independent\"", "\"best\"", "(TL-01): `best` is no level"),
        ("\"workplace\"", "\"moon\"", "(TL-01): `moon` is no place"),
        ("\"knowledge\"", "\"magic\"", "(TL-01): `magic` is no sort of competence"),
    ] {
        let (line, text) = with(wanted, new);
        assert_eq!(faults(text.as_bytes()), [format!("line {line} {said}")]);
    }
    let pretty = "{\n\"title\": {\"nl\": \"Kort\"},\n\"goals\": [\n\
        {\"code\": \"K1\", \"title\": {\"nl\": \"Een\"}, \"expected_level\": \"independent\", \"where\": [],\n\
        \"period\": {\"from_week\": 9, \"to_week\": 8}, \"competences\": [\n\
        {\"code\": \"K1.1\", \"type\": \"skill\", \"text\": {\"nl\": \"Ik kan het\"}},\n\
        {\"code\": \"K1.1\", \"type\": \"skill\", \"text\": {\"nl\": \"Ik kan het\"}}]}\n]}";
    let said = ["line 4 (K1): weeks 9-8 are none", "line 7 (K1): K1.1 is there twice"];
    assert_eq!(faults(pretty.as_bytes()), said);
    let with_mark = [b"\xef\xbb\xbf".as_slice(), pretty.as_bytes()].concat();
    assert_eq!(faults(&with_mark), said, "whatever editors put before it");
    let several = pretty.replace("\"code\": \"K1\"", "\"kode\": 1").replace("\"type\"", "\"sort\"");
    assert_eq!(faults(several.as_bytes()), ["line 7: missing field `code`"]);
    let number = pretty.replace("\"skill\"", "7");
    let said = "invalid type: integer `7`, expected a string";
    assert_eq!(faults(number.as_bytes()), [format!("line 6: {said}"), format!("line 7: {said}")]);
    let cut = &OWN[..OWN.len() / 2];
    let found = faults(cut.as_bytes());
    let last = cut.matches('\n').count() + 1;
    assert!(found.len() == 1 && found[0].starts_with(&format!("line {last}: ")), "{found:?}");
}

/// Headings, below each its goals, below each its competences: all told `goals` goals.
fn package(goals: usize) -> Value {
    let item = |id: String, code: String, text: String| json!({ "identifier": id, "humanCodingScheme": code, "fullStatement": text, "language": "nl" });
    let below = |child: String, parent: String| {
        json!({
            "associationType": "isChildOf",
            "originNodeURI": { "identifier": child },
            "destinationNodeURI": { "identifier": parent },
        })
    };
    let (mut items, mut associations) = (Vec::new(), Vec::new());
    for heading in 0..goals / 10 {
        items.push(item(
            format!("h{heading}"),
            format!("H{heading}"),
            format!("Rubriek {heading}"),
        ));
        associations.push(below(format!("h{heading}"), "doc".to_owned()));
        for own in heading * 10..heading * 10 + 10 {
            items.push(item(format!("g{own}"), format!("G{own}"), format!("Één doel à {own}")));
            associations.push(below(format!("g{own}"), format!("h{heading}")));
            for number in 0..3 {
                let id = format!("c{own}.{number}");
                items.push(item(id.clone(), format!("G{own}.{number}"), format!("Ik kán {own}")));
                associations.push(below(id, format!("g{own}")));
            }
        }
    }
    associations.push(json!({ "associationType": "isRelatedTo" }));
    json!({
        "CFDocument": { "identifier": "doc", "title": "Grote opleiding", "language": "nl" },
        "CFItems": items,
        "CFAssociations": associations,
    })
}

#[test]
fn a_case_package_has_headings_goals_and_competences() {
    let found = read(&package(400).to_string());
    assert_eq!(found.goals.len(), 400);
    assert!(found.goals.iter().all(|it| it.competences.len() == 3));
    assert_eq!(found.goals[17].title.nl, "Één doel à 17");
    assert_eq!(found.goals[17].competences[2].code, "G17.2");
    assert_eq!(found.title.unwrap().nl, "Grote opleiding");
    assert!(found.assumed.contains(&Assumed::AllYear));
    let flat = json!({ "CFItems": [{ "identifier": "a", "fullStatement": "Alleen" }] });
    let flat = read(&flat.to_string());
    assert_eq!((flat.goals[0].goal.as_str(), flat.goals[0].competences.len()), ("a", 0));
}

#[test]
fn each_fault_of_a_case_package_is_named_by_its_line() {
    let mut bad = package(10);
    bad["CFItems"][1]["fullStatement"] = json!("");
    bad["CFItems"][2] = json!({});
    bad["CFItems"][4]["identifier"] = json!("h0");
    bad["CFAssociations"][5]["destinationNodeURI"]["identifier"] = json!("nowhere");
    let text = serde_json::to_string_pretty(&bad).unwrap();
    // Items have six lines and an empty one has one; what is a child of what has nine, and all begins on line 2.
    let child = text.lines().position(|it| it.contains("CFAssociations")).unwrap() + 2 + 5 * 9;
    let items = text.lines().position(|it| it.contains("CFItems")).unwrap() + 2;
    let found = faults(text.as_bytes());
    assert_eq!(
        found[..3],
        [
            format!("line {} (CFItems[1]): fullStatement is empty", items + 6),
            format!("line {} (CFItems[2]): identifier is empty", items + 12),
            format!("line {} (CFItems[4]): h0 is there twice", items + 19),
        ]
    );
    let not_there = format!("line {child} (CFAssociations[5]): nowhere is not there");
    assert!(found.contains(&not_there), "{found:?}");
    let mut round = package(10);
    round["CFAssociations"][0]["destinationNodeURI"]["identifier"] = json!("c0.0");
    let found = faults(round.to_string().as_bytes());
    assert!(found[0].starts_with("line 1 (h0): is, along"), "{found:?}");
    let mut twice = package(10);
    twice["CFItems"][5]["humanCodingScheme"] = json!("G0");
    let found = faults(serde_json::to_string_pretty(&twice).unwrap().as_bytes());
    assert_eq!(found, [format!("line {} (G0): G0 is there twice", items + 30)]);
}

async fn a_large_curriculum_comes_in_whole_and_again_changes_nothing(place: Place) {
    let mut class = Class::gather(place).await;
    let server = class.school.server.clone();
    let found = read(&package(400).to_string());
    let preview = curriculum::preview_in(&server, class.dossier, &found).await.unwrap();
    assert_eq!((preview.new.len(), preview.changed.len(), preview.same), (400, 0, 0));
    assert!(!preview.stays.is_empty(), "the goals that the class had stay");
    curriculum::write(&server, class.dossier, &preview).await.unwrap();
    let mut again = found.clone();
    again.goals[3].title.nl = "Anders".into();
    let preview = curriculum::preview_in(&server, class.dossier, &again).await.unwrap();
    assert_eq!((preview.new.len(), preview.changed.len(), preview.same), (0, 1, 399));
    // What a coach decided for this learner stays, whatever a package does not tell or tells otherwise.
    let own = Goal {
        from_week: 5,
        to_week: 9,
        places: vec![Where::School],
        expected: Level::WithHelp,
        ..found.goals[5].clone()
    };
    let individual = Preview { new: vec![own], ..Preview::default() };
    curriculum::write(&server, class.dossier, &individual).await.unwrap();
    let preview = curriculum::preview_in(&server, class.dossier, &found).await.unwrap();
    assert_eq!((preview.new.len(), preview.changed.len(), preview.same), (0, 0, 400));
    class.learner.sync(class.dossier).await.unwrap();
    let plan = &class.learner.dossier(class.dossier).plan;
    assert_eq!(plan.get("G17").unwrap(), &found.goals[17], "it reaches the phones");
}

async fn a_table_in_one_language_takes_no_other_away(place: Place) {
    let class = Class::gather(place).await;
    let server = class.school.server.clone();
    let own = read(OWN);
    let all = own.goals.len();
    let fresh = curriculum::preview_in(&server, class.dossier, &own).await.unwrap();
    curriculum::write(&server, class.dossier, &fresh).await.unwrap();
    let same = curriculum::preview_in(&server, class.dossier, &read(CSV)).await.unwrap();
    assert_eq!((same.changed.len(), same.same), (0, all));
    let other = read(&CSV.replace("Veilig starten in het magazijn", "Veilig beginnen"));
    let changed = curriculum::preview_in(&server, class.dossier, &other).await.unwrap();
    assert_eq!((changed.changed.len(), changed.same), (1, all - 1));
    assert_eq!(changed.changed[0].title.fr, "", "another text is not translated yet");
    assert!(!changed.changed[0].competences[0].text.fr.is_empty());
}

async fn a_goal_that_does_not_fit_brings_nothing_in(place: Place) {
    let class = Class::gather(place).await;
    let server = class.school.server.clone();
    let found = read(OWN);
    let mut preview = Preview { new: found.goals, ..Preview::default() };
    preview.new.last_mut().unwrap().goal = "x".repeat(65);
    assert!(curriculum::write(&server, class.dossier, &preview).await.is_err());
    let ledger = curriculum::preview_in(&server, class.dossier, &read(OWN)).await.unwrap();
    assert_eq!(ledger.same, 0, "not one of them");
}
