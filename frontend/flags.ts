// Every flag becomes a file of its own, named by its content so that browsers may keep it for good.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const SOURCE = join(import.meta.dirname, "node_modules/flag-icons/flags/4x3");

/** Emit `flags/<code>-<hash>.svg` and `flags.json`, which maps a code to its file. */
export function flags(): Plugin {
  return {
    name: "summitry-flags",
    apply: "build",
    generateBundle() {
      const files: Record<string, string> = {};
      for (const file of readdirSync(SOURCE).sort()) {
        const source = readFileSync(join(SOURCE, file));
        const code = file.slice(0, -".svg".length);
        const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
        const fileName = `flags/${code}-${hash}.svg`;
        files[code] = fileName;
        this.emitFile({ type: "asset", fileName, source });
      }
      this.emitFile({ type: "asset", fileName: "flags.json", source: JSON.stringify(files) });
    },
  };
}
