// The "Examples" pane of the side bar: one press opens a question in the editor and runs it. What would change the graph
// is only opened.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { EXAMPLES } from "./examples.js";

function Icon(props) {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" {...props}>
      <path d="M4 16c4.5 0 3-6 6-6s1.5-6 6-6" />
      <circle cx="4" cy="16" r="1.75" fill="currentColor" />
      <circle cx="16" cy="4" r="1.75" fill="currentColor" />
    </svg>
  );
}

function useOpenExample() {
  const { addTab, run, setOperationName, stop } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));
  return function open(example) {
    if (!queryEditor) return;
    stop();
    const shown = queryEditor.getValue();
    const isOurs = shown.trim() === "" || EXAMPLES.some(({ source }) => source === shown);
    // What somebody has written stays in its tab.
    if (!isOurs) addTab();
    queryEditor.setValue(example.source);
    variableEditor?.setValue("");
    // The editor notices the new name only after a pause, and `run` would still send the old one.
    setOperationName(example.operationName);
    if (!example.changes) run();
  };
}

function Examples() {
  const open = useOpenExample();
  const current = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query);
  return (
    <section aria-labelledby="examples-title">
      <h2 id="examples-title" className="examples-title">
        Examples
      </h2>
      <p className="examples-help">
        Pick a question: it opens in the editor and runs. Change it there and run it again. What would change the graph
        waits for you to run it.
      </p>
      <ol className="examples">
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" aria-current={example.source === current} onClick={() => open(example)}>
              <strong>{example.title}</strong>
              <span>{example.explanation}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const EXAMPLES_PLUGIN = { title: "Examples", icon: Icon, content: Examples };
