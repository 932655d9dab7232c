//! The story as sheets of the team's format, every row marked as made up.

use super::networks::Network;
use super::people::{Part, reference};
use super::ties::Tie;
use super::{SOURCE, Sheet, Story};

pub(super) fn sheets(story: &Story<'_>, networks: &[Network]) -> Vec<Sheet> {
    vec![individuals(story), self::networks(story, networks), relations(story.ties.all())]
}

const TRUE: &str = "true";

fn flag(on: bool) -> &'static str {
    if on { TRUE } else { "" }
}

fn sheet(name: &'static str, header: &str, rows: impl Iterator<Item = Vec<String>>) -> Sheet {
    let mut csv = format!("{header}\n");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        csv.push_str(&cells.join(","));
        csv.push('\n');
    }
    Sheet { name, csv }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn individuals(story: &Story<'_>) -> Sheet {
    let header = "ref,name,team,area,email,phone,languages,lived_experience,consent_contact,consent_introduce,\
                  do_not_approach_until,source,synthetic";
    let rows = story.people().iter().enumerate().map(|(place, person)| {
        // Who has a post is at work where that body is.
        let area = if person.part == Part::Staff { "" } else { story.places.area(person.patch) };
        vec![
            reference(place),
            person.name.clone(),
            flag(person.part == Part::Team).to_owned(),
            area.to_owned(),
            person.email.clone(),
            person.phone.clone(),
            person.languages.join("|"),
            person.lived_experience.join("|"),
            person.contact.to_string(),
            person.introduce.to_string(),
            person.do_not_approach_until.map(|day| day.to_string()).unwrap_or_default(),
            SOURCE.to_owned(),
            TRUE.to_owned(),
        ]
    });
    sheet("individuals", header, rows)
}

fn networks(story: &Story<'_>, networks: &[Network]) -> Sheet {
    let header = "ref,name,formality,purpose,area,valid_from,valid_to,source,synthetic";
    let rows = networks.iter().map(|network| {
        let areas: Vec<&str> =
            network.patches().map(|patch| story.places.area(patch)).filter(|area| !area.is_empty()).collect();
        vec![
            network.reference.to_owned(),
            network.name.to_owned(),
            if network.formal { "FORMAL" } else { "INFORMAL" }.to_owned(),
            network.purpose.to_owned(),
            areas.join("|"),
            String::new(),
            String::new(),
            SOURCE.to_owned(),
            TRUE.to_owned(),
        ]
    });
    sheet("networks", header, rows)
}

fn relations(ties: &[Tie]) -> Sheet {
    let header = "kind,from,to,title,mode,strength,one_way,valid_from,valid_to,last_confirmed_on,evidence,source,note,\
                  synthetic,champion,gatekeeper";
    let rows = ties.iter().map(|tie| {
        vec![
            tie.kind.to_string(),
            tie.from.clone(),
            tie.to.clone(),
            tie.title.to_owned(),
            tie.mode.map(|mode| mode.to_string()).unwrap_or_default(),
            tie.strength.to_owned(),
            flag(tie.one_way).to_owned(),
            tie.valid_from.to_string(),
            tie.valid_to.map(|day| day.to_string()).unwrap_or_default(),
            tie.last_confirmed_on.to_string(),
            tie.evidence.to_string(),
            SOURCE.to_owned(),
            String::new(),
            TRUE.to_owned(),
            flag(tie.champion).to_owned(),
            flag(tie.gatekeeper).to_owned(),
        ]
    });
    sheet("relations", header, rows)
}
