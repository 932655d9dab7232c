// The playground's entry: sets up Monaco's workers, then mounts the page.
import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
// `graphiql/style.css` would bring fonts and a second copy of Monaco's styles as `data:` addresses.
import "graphiql/graphiql.css";
import "./style.css";
import { createRoot } from "react-dom/client";
import { Playground } from "./playground.jsx";

createRoot(document.getElementById("root")).render(<Playground />);
