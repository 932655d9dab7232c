//! `inroads import`: bring in facts from a file or folder, and say what became of every row.

use super::{Common, Ended, bar, open_store};
use crate::app::Importer;
use crate::ingest::{self, Batch, GrantsOptions, InputError, OdsOptions, OdsScope, PcnOptions};
use crate::model::{IdGenerator, LondonClock, OrganisationKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bring in facts from a file or folder. Importing the same again changes nothing
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// What the file is
    #[arg(value_enum)]
    pub format: Format,
    /// The file, or the folder of CSV files
    pub path: PathBuf,
    /// Report what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the report as JSON, for programs
    #[arg(long)]
    pub json: bool,
    /// Only practices of this ICB (for ods), by its ODS code. May be given several times
    #[arg(long, value_name = "CODE")]
    pub icb: Vec<String>,
    /// Only primary care networks of this sub-ICB location (for pcn), by its ODS code. May be given several times
    #[arg(long, value_name = "CODE")]
    pub sub_icb: Vec<String>,
    /// What the register lists (for ods)
    #[arg(long, value_name = "KIND", default_value = "GP_PRACTICE")]
    pub kind: OrganisationKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The team's spreadsheets: a folder of CSV files, or one XLSX
    Team,
    /// The NHS Organisation Data Service's CSV family: epraccur and its siblings
    Ods,
    /// The workbook of primary care networks and their practices
    Pcn,
    /// Grants in the 360Giving standard, as JSON
    Grants,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let batch = read(&arguments)?;
    let store = open_store(&config.store).await?;
    let (clock, ids) = (Arc::new(LondonClock), IdGenerator::from_entropy());
    let mut importer = Importer::open(store, clock, ids, config.import.clone()).await?;
    let what = format!("{} {}", arguments.format.name(), file_name(&arguments.path));
    let imported = if arguments.dry_run {
        importer.rehearse(batch)
    } else {
        let progress = bar();
        let imported = importer
            .import(batch, &what, &mut |made| {
                progress.set_length(made.changes as u64);
                progress.set_position(made.committed as u64);
            })
            .await?;
        progress.finish_and_clear();
        imported
    };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&imported.report)?);
    } else {
        print!("{}", imported.report);
        match (arguments.dry_run, imported.revision) {
            (true, _) => println!("A rehearsal: nothing was changed."),
            (false, Some(revision)) => println!("The store is at revision {revision}."),
            (false, None) => {}
        }
    }
    Ok(if imported.report.refused.is_empty() { Ended::Done } else { Ended::FoundErrors })
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Ods => "ods",
            Self::Pcn => "pcn",
            Self::Grants => "grants",
        }
    }
}

fn read(arguments: &Arguments) -> Result<Batch, InputError> {
    let codes = |codes: &[String]| codes.iter().cloned().collect::<BTreeSet<String>>();
    let path = &arguments.path;
    Ok(match arguments.format {
        Format::Team => ingest::team(&ingest::read_sheets(path)?),
        Format::Ods => {
            let scope =
                if arguments.icb.is_empty() { OdsScope::Everywhere } else { OdsScope::Icbs(codes(&arguments.icb)) };
            let options = OdsOptions { kind: arguments.kind, scope, ..OdsOptions::default() };
            ingest::ods(&ingest::read_file(path)?, &options)
        }
        Format::Pcn => {
            let sub_icbs = (!arguments.sub_icb.is_empty()).then(|| codes(&arguments.sub_icb));
            ingest::pcn(&ingest::read_file(path)?, &PcnOptions { sub_icbs, ..PcnOptions::default() })
        }
        Format::Grants => ingest::grants(&ingest::read_file(path)?, &GrantsOptions::default()),
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
