//! The made-up networks, and the real ones that gain made-up members.

use super::VOLUNTARY;
use crate::ingest::synthetic::places::{City, Patch};
use crate::model::OrganisationKind::{self, GpPractice, Hscp, NhsTrust, Pcn};
use crate::model::ServeMode::{self, Advocacy, DirectService, Faith, PeerLed, Signposting};

pub(in crate::ingest::synthetic) struct Network {
    pub reference: &'static str,
    pub name: &'static str,
    pub purpose: &'static str,
    pub formal: bool,
    /// The councils it covers, the first of them first.
    pub councils: &'static [&'static str],
    /// How many people belong to it, and how many bodies of which kinds.
    pub size: usize,
    pub bodies: usize,
    pub kinds: &'static [OrganisationKind],
    /// Whose network it is, where it is that of a calling.
    pub titles: &'static [&'static str],
    pub serves: &'static [(&'static str, ServeMode)],
}

impl Network {
    pub fn patches(&self) -> impl Iterator<Item = Patch> {
        self.councils.iter().filter_map(|council| Patch::of(council))
    }

    pub fn city(&self) -> City {
        self.patches().next().map_or(City::Liverpool, Patch::city)
    }
}

const fn informal(
    reference: &'static str,
    name: &'static str,
    purpose: &'static str,
    councils: &'static [&'static str],
    size: usize,
) -> Network {
    Network {
        reference,
        name,
        purpose,
        formal: false,
        councils,
        size,
        bodies: 3,
        kinds: VOLUNTARY,
        titles: &[],
        serves: &[],
    }
}

impl Network {
    const fn formal(self) -> Self {
        Self { formal: true, bodies: 6, ..self }
    }

    const fn of(self, titles: &'static [&'static str], kinds: &'static [OrganisationKind]) -> Self {
        Self { kinds, titles, ..self }
    }

    const fn serving(self, serves: &'static [(&'static str, ServeMode)]) -> Self {
        Self { serves, ..self }
    }
}

const LIVERPOOL: &str = "E08:E08000012";
const SEFTON: &str = "E08:E08000014";
const WIRRAL: &str = "E08:E08000015";
const KNOWSLEY: &str = "E08:E08000011";
const ST_HELENS: &str = "E08:E08000013";
const WARRINGTON: &str = "E06:E06000007";
const CHESHIRE_EAST: &str = "E06:E06000049";
const CHESHIRE_WEST: &str = "E06:E06000050";
const GLASGOW: &str = "S12:S12000049";
const RENFREWSHIRE: &str = "S12:S12000038";
const WEST_DUNBARTONSHIRE: &str = "S12:S12000039";

const HOMELESSNESS: &str = "group:core20plus5/people-experiencing-homelessness";
const MIGRANTS: &str = "group:core20plus5/vulnerable-migrants";
const CARERS: &str = "group:systematic/unpaid-carers";
const OLDER: &str = "group:local/older-people";
const RECOVERY: &str = "group:core20plus5/people-with-drug-and-alcohol-dependence";
const LOW_INCOME: &str = "group:local/people-on-low-income";

const LINK_WORKERS: &[&str] = &["social prescribing link worker", "community links coordinator"];

pub(super) const NETWORKS: &[Network] = &[
    informal(
        "network:made-up/toxteth-drop-in-organisers",
        "Toxteth drop-in organisers",
        "people who run drop-ins compare notes and cover for each other",
        &[LIVERPOOL],
        26,
    )
    .serving(&[(HOMELESSNESS, PeerLed), (MIGRANTS, DirectService)]),
    informal(
        "network:made-up/north-liverpool-pantry-leads",
        "North Liverpool pantry leads",
        "food pantries share deliveries and news",
        &[LIVERPOOL],
        20,
    )
    .serving(&[(LOW_INCOME, DirectService)]),
    informal(
        "network:made-up/mersey-welcome-table",
        "Mersey welcome table",
        "a monthly meal for people new to the city and those who welcome them",
        &[LIVERPOOL, KNOWSLEY, SEFTON],
        30,
    )
    .serving(&[(MIGRANTS, PeerLed)]),
    informal(
        "network:made-up/bootle-carers-coffee-morning",
        "Bootle carers' coffee morning",
        "carers meet, with a link worker at the table",
        &[SEFTON],
        14,
    )
    .serving(&[(CARERS, PeerLed)]),
    informal(
        "network:made-up/birkenhead-recovery-walkers",
        "Birkenhead recovery walkers",
        "weekly walks for people in recovery and their friends",
        &[WIRRAL],
        14,
    )
    .serving(&[(RECOVERY, PeerLed)]),
    informal(
        "network:made-up/st-helens-kitchen-table",
        "St Helens kitchen table",
        "small charities talk before they apply for the same grant",
        &[ST_HELENS],
        12,
    ),
    informal(
        "network:made-up/warrington-link-workers-breakfast",
        "Warrington link workers' breakfast",
        "link workers of the town and its villages",
        &[WARRINGTON],
        12,
    )
    .of(LINK_WORKERS, &[Pcn]),
    informal(
        "network:made-up/cheshire-practice-managers-circle",
        "Cheshire practice managers' circle",
        "practice managers help each other with rotas, systems and visits",
        &[CHESHIRE_EAST, CHESHIRE_WEST, WARRINGTON],
        18,
    )
    .of(&["practice manager", "PCN manager"], &[GpPractice]),
    informal(
        "network:made-up/many-faiths-at-the-docks",
        "Many faiths at the docks",
        "congregations of the waterfront who keep a door open",
        &[LIVERPOOL],
        14,
    )
    .serving(&[(HOMELESSNESS, Faith), (OLDER, Faith)]),
    informal(
        "network:made-up/deep-end-link-workers-lunch",
        "Deep End link workers' lunch",
        "link workers of practices in the most deprived parts of Glasgow",
        &[GLASGOW],
        22,
    )
    .of(LINK_WORKERS, &[GpPractice])
    .serving(&[(LOW_INCOME, Signposting), (HOMELESSNESS, Signposting)]),
    informal(
        "network:made-up/govan-and-gorbals-connectors",
        "Govan and Gorbals connectors",
        "people whom everybody on the south side seems to know",
        &[GLASGOW],
        24,
    )
    .serving(&[(MIGRANTS, PeerLed)]),
    informal(
        "network:made-up/east-end-tea-circle",
        "East End tea circle",
        "older neighbours who look in on each other",
        &[GLASGOW],
        16,
    )
    .serving(&[(OLDER, PeerLed)]),
    informal(
        "network:made-up/clydeside-peer-supporters",
        "Clydeside peer supporters",
        "peer supporters from several projects meet without their managers",
        &[GLASGOW, RENFREWSHIRE, WEST_DUNBARTONSHIRE],
        24,
    )
    .serving(&[(HOMELESSNESS, PeerLed), (RECOVERY, PeerLed)]),
    informal(
        "network:made-up/liverpool-inclusion-health-table",
        "Liverpool inclusion health table",
        "NHS, council and voluntary bodies plan together for inclusion health groups",
        &[LIVERPOOL],
        16,
    )
    .formal()
    .of(
        &[
            "patient and public involvement lead",
            "health inequalities lead",
            "head of health inequalities",
            "chief executive",
        ],
        &[NhsTrust, OrganisationKind::Vcfse, OrganisationKind::Cvs, Pcn],
    ),
    informal(
        "network:made-up/wirral-carers-round-table",
        "Wirral carers' round table",
        "bodies that support carers agree who does what",
        &[WIRRAL],
        10,
    )
    .formal()
    .serving(&[(CARERS, Advocacy)]),
    informal(
        "network:made-up/clyde-valley-homelessness-and-health-table",
        "Clyde Valley homelessness and health table",
        "partnerships, boards and charities of the Clyde Valley",
        &[GLASGOW, RENFREWSHIRE],
        14,
    )
    .formal()
    .of(
        &["HSCP manager", "locality manager", "homelessness health nurse", "chief executive"],
        &[Hscp, OrganisationKind::Tsi, OrganisationKind::Vcfse],
    )
    .serving(&[(HOMELESSNESS, Advocacy)]),
];

/// A real network, the city and the callings of its made-up members, and how many they are.
type RealNetwork = (&'static str, City, &'static [&'static str], usize);

pub(super) const REAL: &[RealNetwork] = &[
    ("network:gps-at-the-deep-end", City::Glasgow, &["GP partner"], 22),
    ("network:snug-scottish-national-users-group", City::Glasgow, &["practice manager"], 10),
    (
        "network:northwest-glasgow-community-volunteer-network",
        City::Glasgow,
        &["community engagement officer", "volunteering development officer", "social prescribing link worker"],
        14,
    ),
    ("network:vs6-partnership", City::Liverpool, &["chief executive"], 18),
    (
        "network:civic-healthtech-innovation-zone",
        City::Liverpool,
        &["research and innovation manager", "data steward"],
        8,
    ),
    ("network:people-insights", City::Liverpool, &["research fellow", "public involvement manager"], 5),
    ("network:people-insights", City::Glasgow, &["research fellow", "public involvement manager"], 5),
    ("network:health-care-intelligence", City::Liverpool, &["research fellow", "doctoral researcher"], 5),
    ("network:systems-futures", City::Glasgow, &["research fellow", "professor"], 5),
    ("network:external-advisory-board", City::Liverpool, &["non-executive member", "programme manager"], 4),
];
