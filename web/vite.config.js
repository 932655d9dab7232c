import { defineConfig } from "vite";

export default defineConfig({
  // The server answers `/playground`, with or without a trailing slash, so asset addresses must be absolute.
  base: "/playground/",
  build: {
    target: "es2022",
    // Nothing becomes a `data:` address: every font and picture is a file of our own that the policy can name as 'self'.
    assetsInlineLimit: 0,
    // The polyfill is for browsers that cannot run Monaco anyway.
    modulePreload: { polyfill: false },
    // "use client" means something to a server that renders React, and we have none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
    // What we bundle asks for its licence text to travel with it.
    license: { fileName: "assets/licences.md" },
    // Monaco is one large chunk, and the page needs all of it at once.
    chunkSizeWarningLimit: 4096,
  },
  // `npm run dev` beside a running server: INROADS_URL says where it is.
  server: process.env.INROADS_URL && {
    proxy: { "/graphql": { target: process.env.INROADS_URL, ws: true } },
  },
});
