// What GraphiQL leaves undone: editors that a keyboard can leave and a screen reader can name, Run from anywhere, and
// Monaco's own colours matched to the page's. Renders nothing.
import { useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
// Monaco keeps this switch global and gives it no public name.
import { TabFocus } from "monaco-editor/esm/vs/editor/browser/config/tabFocus.js";
import { useEffect } from "react";

// Tab moves on instead of indenting, else an editor is a trap; it still accepts a suggestion. Ctrl+M switches back.
TabFocus.setTabFocusMode(true);

const LABELS = {
  queryEditor: "Question, in GraphQL",
  variableEditor: "Variables, in JSON",
  headerEditor: "Request headers, in JSON",
  responseEditor: "Answer, in JSON",
};

function useReachableEditor(name) {
  const editor = useGraphiQL((state) => state[name]);
  useEffect(() => {
    if (!editor) return;
    editor.updateOptions({ ariaLabel: LABELS[name], fontSize: 14, wordWrap: "on" });
    const frame = editor.getContainerDomNode();
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", `${LABELS[name]}. Press Enter to go in.`);
  }, [editor, name]);
}

function useRunFromAnywhere() {
  const { run } = useGraphiQLActions();
  useEffect(() => {
    // Inside an editor Monaco handles the key itself, and it does not bubble up to here.
    const onKeyDown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        run();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [run]);
}

const MONACO_THEMES = {
  "graphiql-LIGHT": { base: "vs", accent: "#0b6b5f", popup: "#ffffff", numbers: "#5b6b80", comment: "#3d7a3d" },
  "graphiql-DARK": { base: "vs-dark", accent: "#5cd6bd", popup: "#212a3b", numbers: "#9fb0c8", comment: "#8fbf86" },
};

function useOurColours() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return;
    for (const [name, { base, accent, popup, numbers, comment }] of Object.entries(MONACO_THEMES)) {
      const wash = `${accent}22`;
      monaco.editor.defineTheme(name, {
        base,
        inherit: true,
        rules: [{ token: "comment", foreground: comment }],
        colors: {
          "editor.background": "#ffffff00",
          "editorLineNumber.foreground": numbers,
          "editorLineNumber.dimmedForeground": numbers,
          "editorLineNumber.activeForeground": accent,
          "scrollbar.shadow": "#ffffff00",
          focusBorder: accent,
          "textLink.foreground": accent,
          "editorWidget.background": popup,
          "editorHoverWidget.background": popup,
          "editorSuggestWidget.background": popup,
          "editorSuggestWidget.selectedBackground": wash,
          "editorSuggestWidget.selectedForeground": accent,
          "list.hoverBackground": wash,
          "list.highlightForeground": accent,
          "list.focusHighlightForeground": accent,
          "menu.background": popup,
          "menu.selectionBackground": wash,
          "menu.selectionForeground": accent,
          "quickInput.background": popup,
          "quickInputList.focusBackground": wash,
        },
      });
    }
  }, [monaco]);
}

export function Manners() {
  useOurColours();
  useRunFromAnywhere();
  useReachableEditor("queryEditor");
  useReachableEditor("variableEditor");
  useReachableEditor("headerEditor");
  useReachableEditor("responseEditor");
  return null;
}
