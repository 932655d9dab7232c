//! The seed, imported once for all tests that ask about it, and the day on which they ask.

use inroads::access::{Role, Viewer};
use inroads::app::{App, Asking, Importer, SeedOptions, seed};
use inroads::config;
use inroads::model::{Clock, Date, IdGenerator, parse_day};
use inroads::outreach::Settings;
use inroads::store::{GraphStore, embedded::EmbeddedStore};
use std::sync::{Arc, OnceLock};

/// A clock that stands still.
pub struct OnDay(pub Date);

impl OnDay {
    pub fn new(day: &str) -> Self {
        Self(parse_day(day).expect("a day"))
    }
}

impl Clock for OnDay {
    fn today(&self) -> Date {
        self.0
    }

    fn now(&self) -> jiff::Timestamp {
        self.0.to_zoned(jiff::tz::TimeZone::UTC).expect("a moment").timestamp()
    }
}

/// The day that the seed's figures are told for.
pub const TODAY: &str = "2026-11-20";

pub struct Seeded {
    pub store: Arc<dyn GraphStore>,
    _folder: tempfile::TempDir,
}

impl Seeded {
    pub async fn new(options: SeedOptions) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let store: Arc<dyn GraphStore> =
            Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store"));
        let mut importer = Importer::open(
            Arc::clone(&store),
            Arc::new(OnDay::new(TODAY)),
            IdGenerator::from_seed(1),
            config::Import::default(),
        )
        .await
        .expect("an importer");
        seed(&mut importer, options, &mut |_| {}).await.expect("seeded");
        Self { store, _folder: folder }
    }

    /// A copy to write in.
    pub async fn copy(&self) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let store: Arc<dyn GraphStore> =
            Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store"));
        inroads::app::copy(self.store.as_ref(), store.as_ref(), |_| {}).await.expect("copied");
        Self { store, _folder: folder }
    }

    pub async fn app(&self, today: &str) -> Arc<App> {
        let clock = Arc::new(OnDay::new(today));
        Arc::new(App::open(Arc::clone(&self.store), clock, Settings::default()).await.expect("an app"))
    }

    pub async fn ask(&self, today: &str) -> Asking {
        self.app(today).await.asking(Viewer::new(Role::Team))
    }
}

/// The seed without made-up people.
pub fn real() -> &'static Seeded {
    once(&REAL, SeedOptions { england: false, individuals: 0 })
}

/// The default seed.
pub fn whole() -> &'static Seeded {
    once(&WHOLE, SeedOptions::default())
}

/// All of England, without made-up people.
pub fn england() -> &'static Seeded {
    once(&ENGLAND, SeedOptions { england: true, individuals: 0 })
}

static REAL: OnceLock<Seeded> = OnceLock::new();
static WHOLE: OnceLock<Seeded> = OnceLock::new();
static ENGLAND: OnceLock<Seeded> = OnceLock::new();

/// Seeds on a thread and a runtime of its own, so that any test may be the first to ask.
fn once(cell: &'static OnceLock<Seeded>, options: SeedOptions) -> &'static Seeded {
    cell.get_or_init(|| {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            let seeded = runtime.block_on(Seeded::new(options));
            // The store's connections live on beyond the runtime that opened them.
            runtime.shutdown_background();
            seeded
        })
        .join()
        .expect("seeded")
    })
}
