import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { flags } from "./flags.ts";
import { worldMap } from "./world.ts";

export default defineConfig({
  root: join(import.meta.dirname, "src"),
  base: "./", // addresses relative to the file, so that any STATIC_URL works
  publicDir: false,
  plugins: [flags(), worldMap()],
  build: {
    outDir: join(import.meta.dirname, "../src/summitry/ui/static/ui/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the content security policy allows fonts from our own address only
    // The first browsers with light-dark(), on which the dark theme rests.
    target: ["chrome123", "firefox120", "safari17.5"],
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: join(import.meta.dirname, "src/main.ts") },
      // htmx evaluates only where allowEval lets it; src/htmx.ts does not.
      onwarn: (warning, warn) => (warning.code === "EVAL" ? undefined : warn(warning)),
    },
  },
  test: { root: import.meta.dirname, include: ["tests/**/*.test.ts"] },
});
