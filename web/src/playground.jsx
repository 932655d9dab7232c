// The page: a slim header over GraphiQL, opened at the first example with the examples beside it.
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { formatShortcutForOS, KEY_MAP } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { EXAMPLES } from "./examples.js";
import { EXAMPLES_PLUGIN } from "./examples-pane.jsx";
import { fetcher } from "./fetcher.js";
import { Manners } from "./manners.jsx";
import mark from "./mark.svg";

const RUN_KEY = formatShortcutForOS(KEY_MAP.runQuery.key.replace("-", "+"), "Cmd");

function skipToEditor(event) {
  event.preventDefault();
  document.querySelector(".graphiql-query-editor .graphiql-editor")?.focus();
}

export function Playground() {
  return (
    <>
      <header className="masthead">
        <a className="skip-link" href="#graphiql-session" onClick={skipToEditor}>
          Skip to the question editor
        </a>
        <img src={mark} alt="" width="24" height="24" />
        <h1>
          inroads <small>playground</small>
        </h1>
        <p>
          <span>Ask who can take us to the people services keep missing.</span> Pick an example or write your own, then
          press Run (<kbd>{RUN_KEY}</kbd>).
        </p>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultQuery={EXAMPLES[0].source}
          plugins={[EXAMPLES_PLUGIN, HISTORY_PLUGIN]}
          visiblePlugin={EXAMPLES_PLUGIN}
          // A header may carry somebody's access token: it is never kept in the browser, nor is keeping it offered.
          shouldPersistHeaders={false}
        >
          {/* The name stands in the header already. */}
          <GraphiQL.Logo>{""}</GraphiQL.Logo>
          <Manners />
        </GraphiQL>
      </main>
    </>
  );
}
