// The ready-made questions and changes: each file of `examples/` is a title comment, an explanation in comments, and one
// operation.
const files = import.meta.glob("../examples/*.graphql", { query: "?raw", import: "default", eager: true });

function parse(file) {
  const source = file.trimEnd();
  const lines = source.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title, ...explanation] = lines.slice(0, end).map((line) => line.slice(1).trim());
  const [, operation, operationName] = /^(query|mutation|subscription) (\w+)/m.exec(source);
  return { title, explanation: explanation.join(" "), operationName, source, changes: operation === "mutation" };
}

/** In the order of their file names. */
export const EXAMPLES = Object.keys(files)
  .sort()
  .map((path) => parse(files[path]));
