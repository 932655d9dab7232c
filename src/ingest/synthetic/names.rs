//! Given and family names from which the made-up people are named, as varied as the two cities. Whom a person is near
//! to, works for or serves is drawn without a look at these.

use super::dice::Dice;
use super::places::City;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization as _;

struct Heritage {
    /// How common in Liverpool and in Glasgow.
    weights: [usize; 2],
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const HERITAGES: &[Heritage] = &[
    Heritage {
        weights: [30, 14],
        given: &[
            "Alice", "Beth", "Callum", "Daniel", "Edith", "Frances", "George", "Harriet", "Imogen", "Joel", "Kerry",
            "Lewis", "Maxine", "Nathan", "Olive", "Philippa", "Rosalind", "Stuart", "Tamsin", "Wendy",
        ],
        family: &[
            "Aldersey",
            "Brackley",
            "Cawthorne",
            "Dunwick",
            "Eavesham",
            "Fallowfield",
            "Garthside",
            "Hesketh-Lowe",
            "Inglewhite",
            "Kirkbride",
            "Larkhill",
            "Merrowdale",
            "Netherby",
            "Ormsgill",
            "Pennyfold",
            "Quernmore",
            "Rushworth",
            "Silverdale",
            "Thornley",
            "Wetherlam",
        ],
    },
    Heritage {
        weights: [18, 12],
        given: &[
            "Aoife", "Brendan", "Ciara", "Declan", "Eilis", "Fergal", "Gráinne", "Kieran", "Maeve", "Niamh", "Oisín",
            "Padraig", "Roisin", "Siobhán", "Tadhg", "Una",
        ],
        family: &[
            "Brannelly",
            "Carmody",
            "Devaney",
            "Farrissey",
            "Geraghty",
            "Hanrahan",
            "Kilbane",
            "Loughnane",
            "McGilligan",
            "Mulvihill",
            "Noonan",
            "O'Shaughran",
            "Prunty",
            "Rafferty",
            "Scanlon",
            "Tierney",
        ],
    },
    Heritage {
        weights: [4, 34],
        given: &[
            "Ailsa", "Blair", "Catriona", "Duncan", "Eilidh", "Fraser", "Greer", "Hamish", "Iona", "Kirsty", "Lachlan",
            "Mairi", "Morven", "Rory", "Shona", "Struan",
        ],
        family: &[
            "Abercairney",
            "Balquhidder",
            "Carnegie-Orr",
            "Drumbeg",
            "Fingask",
            "Glenlyon",
            "Inverarity",
            "Kilmartin",
            "Lochhead",
            "MacAskill",
            "MacCrimmon",
            "Ochiltree",
            "Pitcairn",
            "Strathairn",
            "Tulloch",
            "Urquhart",
        ],
    },
    Heritage {
        weights: [6, 2],
        given: &["Aled", "Bronwen", "Carys", "Dilys", "Emrys", "Ffion", "Gethin", "Lowri", "Rhian", "Siân"],
        family: &["Abergele", "Bevan", "Cadwaladr", "Gwynne", "Llewelyn", "Maddock", "Penrhos", "Prydderch", "Trefor"],
    },
    Heritage {
        weights: [10, 12],
        given: &[
            "Aamir", "Bushra", "Farhan", "Gurpreet", "Harjit", "Imran", "Jaspreet", "Kavita", "Meera", "Nadia",
            "Parveen", "Rohan", "Saima", "Tariq", "Usha", "Zubair",
        ],
        family: &[
            "Ahluwalia",
            "Bhattacharya",
            "Chaudhry",
            "Dhaliwal",
            "Gillani",
            "Hafeez",
            "Jamshed",
            "Kulkarni",
            "Mahmood",
            "Nagpal",
            "Qureshi",
            "Randhawa",
            "Siddiqui",
            "Tanveer",
            "Virdee",
            "Wadhwa",
        ],
    },
    Heritage {
        weights: [7, 5],
        given: &["Bao", "Chun", "Fang", "Guang", "Hui", "Jia", "Lian", "Mei", "Ning", "Qing", "Wei", "Xin", "Yan"],
        family: &["Au-Yeung", "Cheung", "Fung", "Kwok", "Leung", "Mak", "Ng", "Poon", "Siu", "Tse", "Yip", "Zhao"],
    },
    Heritage {
        weights: [9, 6],
        given: &[
            "Abdi", "Amina", "Fadumo", "Hassan", "Idil", "Khalid", "Layla", "Mustafa", "Nasra", "Omar", "Rania",
            "Salma", "Yusuf", "Zahra",
        ],
        family: &[
            "Abdulle",
            "Al-Hakimi",
            "Barre",
            "Dirie",
            "Elmi",
            "Farah",
            "Ghaleb",
            "Hersi",
            "Jama",
            "Kassim",
            "Nasser",
            "Saleh",
            "Warsame",
        ],
    },
    Heritage {
        weights: [8, 6],
        given: &[
            "Abena", "Bola", "Chidi", "Dayo", "Efua", "Femi", "Ifeoma", "Kofi", "Kwame", "Ngozi", "Obinna", "Sade",
            "Temi", "Yaa",
        ],
        family: &[
            "Adeyinka", "Agyeman", "Boateng", "Chukwuma", "Danquah", "Ekwueme", "Fashola", "Ibekwe", "Mensah", "Nwosu",
            "Ofori", "Quartey", "Tetteh", "Uzoma",
        ],
    },
    Heritage {
        weights: [5, 2],
        given: &["Anthea", "Clive", "Delroy", "Errol", "Jermaine", "Leonie", "Marcia", "Neville", "Sonia", "Winston"],
        family: &["Brathwaite", "Cumberbatch", "Fontaine", "Gayle", "Henriques", "Lascelles", "Pryce", "Salmon"],
    },
    Heritage {
        weights: [6, 8],
        given: &[
            "Agnieszka",
            "Bogdan",
            "Danuta",
            "Ewa",
            "Ionela",
            "Jacek",
            "Katarzyna",
            "Marek",
            "Oksana",
            "Piotr",
            "Radu",
            "Taras",
            "Zofia",
        ],
        family: &[
            "Bielak",
            "Czarnecka",
            "Dobrescu",
            "Gajda",
            "Horvat",
            "Ilchenko",
            "Jaworska",
            "Kozak",
            "Lewicka",
            "Moldovan",
            "Nowicka",
            "Stanciu",
            "Zielonka",
        ],
    },
    Heritage {
        weights: [5, 5],
        given: &["Arash", "Berivan", "Dilan", "Farzaneh", "Hiwa", "Kaveh", "Nasrin", "Rojin", "Shirin", "Yonas"],
        family: &["Azizpour", "Barzanji", "Ghebre", "Hosseinpour", "Karimzadeh", "Moradian", "Rostami", "Tesfay"],
    },
];

/// Gives each person a name that no other has.
#[derive(Default)]
pub(super) struct Names {
    taken: FxHashSet<String>,
}

impl Names {
    pub fn next(&mut self, dice: &mut Dice, city: City) -> String {
        for attempt in 0.. {
            let given = heritage(dice, city);
            // Families mix.
            let family = if dice.chance(15) { heritage(dice, city) } else { given };
            let (Some(given), Some(family)) = (dice.one(given.given), dice.one(family.family)) else { continue };
            let name = if attempt < 20 {
                format!("{given} {family}")
            } else {
                let initial = dice.one(b"ABCDEFGHJKLMNPRSTW").map_or('A', char::from);
                let number = if attempt < 60 { String::new() } else { format!(" {}", self.taken.len()) };
                format!("{given} {initial}. {family}{number}")
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        unreachable!("numbered names do not run out")
    }
}

fn heritage(dice: &mut Dice, city: City) -> &'static Heritage {
    let weighted: Vec<(usize, &Heritage)> =
        HERITAGES.iter().map(|heritage| (heritage.weights[city as usize], heritage)).collect();
    dice.weighted(&weighted).unwrap_or(&HERITAGES[0])
}

/// The name in the plain letters of an e-mail address.
pub(super) fn mailbox(name: &str) -> String {
    let plain = name.nfd().filter(|letter| letter.is_ascii_alphabetic() || *letter == ' ');
    plain.map(|letter| if letter == ' ' { '.' } else { letter.to_ascii_lowercase() }).collect()
}
