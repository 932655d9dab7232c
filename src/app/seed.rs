//! The seed: real organisations, areas and groups that the project ships, through the same importers as anybody's
//! files, and made-up people around them.

use super::import::{Importer, Progress};
use crate::error::AppError;
use crate::ingest::{self, Batch, GrantsOptions, Input, OdsOptions, OdsScope, PcnOptions, RawFile, Report, synthetic};
use crate::model::Revision;

/// What ships with the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "seed/"]
struct Files;

/// The run's name in the store: a seed that was broken off is known by it.
pub const RUN: &str = "seed";

/// The NHS Cheshire and Merseyside Integrated Care Board, whose practices and networks the default seed holds.
const HOME_ICB: &str = "QYG";
/// The ICB's sub-ICB locations.
const HOME_SUB_ICBS: [&str; 9] = ["99A", "27D", "12F", "01X", "01T", "02E", "01J", "01F", "01V"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedOptions {
    /// Every GP practice and primary care network of England.
    pub england: bool,
    /// How many made-up individuals; 0 leaves out everything made up.
    pub individuals: usize,
}

impl Default for SeedOptions {
    fn default() -> Self {
        Self { england: false, individuals: synthetic::INDIVIDUALS }
    }
}

/// One step of the seed, for whoever shows progress.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub place: usize,
    pub steps: usize,
    pub name: &'static str,
    pub progress: Progress,
}

/// Fills a store. Doing it again changes nothing, and finishes a seed that was broken off.
pub async fn seed(
    importer: &mut Importer,
    options: SeedOptions,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<(Report, Option<Revision>), AppError> {
    let real = real_steps(options);
    let steps = real.len() + usize::from(options.individuals > 0);
    let mut run = importer.run(RUN);
    let mut total = Report::default();
    for (place, (name, read)) in real.into_iter().enumerate() {
        let mut tell = |progress_made| progress(Step { place, steps, name, progress: progress_made });
        let batch = read(options)?;
        let report = run.add(batch, place + 1 == steps, &mut tell).await?;
        total.absorb(report);
    }
    if options.individuals > 0 {
        let place = steps - 1;
        let sheets = synthetic::sheets(&run.snapshot(), options.individuals, synthetic::SEED);
        let files = sheets.into_iter().map(|sheet| RawFile::new(&format!("{}.csv", sheet.name), sheet.csv)).collect();
        let batch = ingest::team(&Input { files, left_out: Vec::new() });
        let mut tell = |progress_made| progress(Step { place, steps, name: "made-up people", progress: progress_made });
        total.absorb(run.add(batch, true, &mut tell).await?);
    }
    Ok((total, run.written()))
}

type Read = fn(SeedOptions) -> Result<Batch, AppError>;

fn real_steps(options: SeedOptions) -> Vec<(&'static str, Read)> {
    let mut steps: Vec<(&'static str, Read)> = vec![
        ("areas, NHS bodies, groups and the programme", |_| folder("reference")),
        ("small areas", |_| folder("areas-small")),
        ("voluntary organisations", |_| folder("voluntary")),
        ("Glasgow practices", |_| folder("practices-glasgow")),
        ("GP practices", practices),
        ("primary care networks", networks),
        ("facts about Cheshire and Merseyside practices", |_| folder("practices-cm")),
        ("grants", |_| grants()),
    ];
    if options.england {
        steps.push(("facts about English practices", |_| folder("england")));
    }
    steps
}

fn file(path: &str) -> Result<RawFile, AppError> {
    let data = Files::get(path).ok_or_else(|| {
        AppError::internal("reading the seed", std::io::Error::new(std::io::ErrorKind::NotFound, path.to_owned()))
    })?;
    let name = path.rsplit('/').next().unwrap_or(path);
    Ok(RawFile::new(name, data.data.into_owned()))
}

fn folder(name: &str) -> Result<Batch, AppError> {
    let prefix = format!("{name}/");
    let mut paths: Vec<_> = Files::iter().filter(|path| path.starts_with(&prefix)).collect();
    if name == "reference" {
        paths.push("sources.csv".into());
    }
    paths.sort();
    let files = paths.iter().map(|path| file(path)).collect::<Result<_, _>>()?;
    Ok(ingest::team(&Input { files, left_out: Vec::new() }))
}

fn practices(options: SeedOptions) -> Result<Batch, AppError> {
    let scope = if options.england {
        OdsScope::England
    } else {
        OdsScope::Icbs(std::iter::once(HOME_ICB.to_owned()).collect())
    };
    let source = Some("NHS ODS GP practices (epraccur) 2025".to_owned());
    Ok(ingest::ods(&file("ods/epraccur.csv")?, &OdsOptions { scope, source, ..OdsOptions::default() }))
}

fn networks(options: SeedOptions) -> Result<Batch, AppError> {
    let home = HOME_SUB_ICBS.iter().map(|code| (*code).to_owned()).collect();
    let options = PcnOptions {
        sub_icbs: (!options.england).then_some(home),
        source: Some("NHS ODS primary care networks (ePCN) 2023".to_owned()),
        ..PcnOptions::default()
    };
    Ok(ingest::pcn(&file("ods/ePCN.xlsx")?, &options))
}

fn grants() -> Result<Batch, AppError> {
    let source = Some("360Giving: Lloyds Bank Foundation for England and Wales".to_owned());
    Ok(ingest::grants(&file("grants/lloyds-bank-foundation.json")?, &GrantsOptions { source }))
}
