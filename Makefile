# What a newcomer needs: `make run` and `make test`. Everything else serves these two.
.PHONY: run playground test sdl clean

CARGO ?= cargo
NPM ?= npm

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

## Write schema/inroads.graphql from the code
sdl:
	$(CARGO) run --quiet -- schema > schema/inroads.graphql

clean:
	$(CARGO) clean
	rm -rf web/dist web/node_modules
