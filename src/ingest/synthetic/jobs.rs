//! Which posts there are at each kind of body, and how many of them: the one table of who works where.

use crate::model::OrganisationKind;

#[derive(Debug, Clone, Copy)]
pub(super) struct Job {
    pub kind: OrganisationKind,
    pub title: &'static str,
    /// How many a hundred such bodies have.
    pub per_hundred: usize,
    /// How many of a hundred decide who gets in.
    pub gatekeepers: usize,
    /// Whether those who do this work tend to know very many people.
    pub connects: bool,
}

const fn job(kind: OrganisationKind, title: &'static str, per_hundred: usize) -> Job {
    Job { kind, title, per_hundred, gatekeepers: 0, connects: false }
}

impl Job {
    const fn gatekeepers(self, gatekeepers: usize) -> Self {
        Self { gatekeepers, ..self }
    }

    const fn connects(self) -> Self {
        Self { connects: true, ..self }
    }
}

use OrganisationKind::{
    Cvs, GpFederation, GpPractice, HealthBoard, Healthwatch, Hin, Hscp, Icb, Industry, NhsTrust, NihrInfrastructure,
    Pcn, Psc, SafeHavenSde, SubIcbLocation, TestbedHub, Tsi, University, Vcfse,
};

pub(super) const JOBS: &[Job] = &[
    job(GpPractice, "practice manager", 40).gatekeepers(15),
    job(GpPractice, "GP partner", 34),
    job(GpPractice, "social prescribing link worker", 16).connects(),
    job(GpPractice, "practice nurse", 10),
    job(GpPractice, "care navigator", 6),
    job(Pcn, "clinical director", 85).gatekeepers(10),
    job(Pcn, "PCN manager", 75).connects(),
    job(Pcn, "social prescribing link worker", 60).connects(),
    job(Pcn, "digital and transformation lead", 25),
    job(Icb, "head of health inequalities", 200).connects(),
    job(Icb, "primary care lead", 300),
    job(Icb, "engagement manager", 300).connects(),
    job(Icb, "digital programme manager", 200),
    job(Icb, "non-executive member", 300),
    job(SubIcbLocation, "place lead", 100).gatekeepers(20),
    job(SubIcbLocation, "primary care manager", 200),
    job(SubIcbLocation, "engagement officer", 100).connects(),
    job(NhsTrust, "patient and public involvement lead", 110).connects(),
    job(NhsTrust, "research and innovation manager", 100).gatekeepers(25),
    job(NhsTrust, "health inequalities lead", 90),
    job(NhsTrust, "consultant", 170),
    job(NhsTrust, "chaplaincy lead", 50),
    job(NhsTrust, "volunteer services manager", 80),
    job(HealthBoard, "head of health improvement", 200),
    job(HealthBoard, "primary care development lead", 400),
    job(HealthBoard, "patient experience lead", 300).connects(),
    job(HealthBoard, "public health consultant", 400),
    job(Hscp, "HSCP manager", 200).gatekeepers(20),
    job(Hscp, "locality manager", 300),
    job(Hscp, "community engagement officer", 200).connects(),
    job(Hscp, "homelessness health nurse", 100),
    job(Hscp, "community links coordinator", 150).connects(),
    job(Vcfse, "chief executive", 70).gatekeepers(10),
    job(Vcfse, "outreach worker", 60).connects(),
    job(Vcfse, "volunteer coordinator", 35).connects(),
    job(Vcfse, "peer support worker", 30),
    job(Vcfse, "trustee", 25),
    job(Vcfse, "faith and community lead", 12).connects(),
    job(Cvs, "chief executive", 100),
    job(Cvs, "community development officer", 350).connects(),
    job(Cvs, "health partnerships officer", 150).connects(),
    job(Tsi, "chief executive", 100),
    job(Tsi, "community development officer", 300).connects(),
    job(Tsi, "volunteering development officer", 200).connects(),
    job(Hin, "programme manager", 400),
    job(Hin, "public involvement lead", 200).connects(),
    job(Psc, "patient safety programme manager", 200),
    job(University, "research fellow", 1200),
    job(University, "professor", 500),
    job(University, "public involvement manager", 250).connects(),
    job(University, "doctoral researcher", 600),
    job(NihrInfrastructure, "research delivery manager", 250),
    job(NihrInfrastructure, "public adviser", 150),
    job(TestbedHub, "hub manager", 100),
    job(TestbedHub, "community engagement officer", 200).connects(),
    job(SafeHavenSde, "data steward", 200),
    job(SafeHavenSde, "public engagement officer", 100).connects(),
    job(GpFederation, "federation manager", 300).connects(),
    job(Healthwatch, "engagement officer", 300).connects(),
    job(Healthwatch, "volunteer", 200),
    job(Industry, "customer success manager", 150),
];
