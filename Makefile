# What a newcomer needs: `make run` and `make test`. Everything else serves these two.
.PHONY: run playground test torture neo4j neo4j-stop test-neo4j-latest bench-upkeep bench-coverage sdl clean

CARGO ?= cargo
NPM ?= npm
NEO4J ?= 5.26.25
NEO4J_LATEST ?= 2026.09.0

## Build, fill an empty store with the seed, serve on 127.0.0.1:8080
run: playground
	$(CARGO) run --release -- serve --seed

## Bundle the playground into web/dist, from where the binary takes it
playground: web/dist/index.html

web/dist/index.html: web/package-lock.json web/vite.config.js web/index.html $(wildcard web/src/* web/examples/*)
	$(NPM) --prefix web ci --ignore-scripts --no-audit --no-fund
	$(NPM) --prefix web run build

## Everything that has to hold before a change lands; ends with one count
test:
	tests/run

## Kill a writer hundreds of times at random moments and look what is left; ROUNDS and SEED say how often and which
ROUNDS ?= 300
SEED ?= 1
torture:
	$(CARGO) test --quiet --test torture -- --rounds $(ROUNDS) --seed $(SEED)

## How fast a write shows, beside building the graph anew; SIZE=large for 1,000,000 nodes and 10,000,000 relations
bench-upkeep:
	$(CARGO) bench --locked --bench upkeep -- $(SIZE)

## How long coverage and fragility take on the seed with all of England's practices
bench-coverage:
	$(CARGO) bench --locked --bench coverage

## Write schema/inroads.graphql from the code
sdl:
	$(CARGO) run --quiet -- schema > schema/inroads.graphql

## A Neo4j to work with on 127.0.0.1:7687, fetched by Maven; data and password stay in target/neo4j
neo4j:
	@tests/neo4j/server up $(NEO4J) 7687

neo4j-stop:
	@tests/neo4j/server down

## The store tests on the newest Neo4j; `make test` runs them on the one with long-term support
test-neo4j-latest:
	INROADS_NEO4J_VERSION=$(NEO4J_LATEST) $(CARGO) test --locked --test stores neo4j

clean:
	$(CARGO) clean
	rm -rf web/dist web/node_modules
