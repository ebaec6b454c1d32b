// Lays out the type and the flags that printed pages are set with, so that no page
// depends on what fonts a machine happens to have: src/summitry/formats/pdf/{fonts,flags}.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const frontend = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(frontend, "node_modules");
const print = join(dirname(frontend), "src", "summitry", "formats", "pdf");

const REGULAR = "400Regular";
const ITALIC = "400Regular_Italic";
const SEMIBOLD = "600SemiBold";
const BOLD = "700Bold";

// The Chinese face is by far the largest, so it comes in one weight; the Japanese
// and Korean ones have no semibold.
const FACES = {
  "source-sans-3": [REGULAR, ITALIC, SEMIBOLD],
  "source-serif-4": [REGULAR, ITALIC, SEMIBOLD],
  "noto-sans-arabic": [REGULAR, SEMIBOLD],
  "noto-sans-armenian": [REGULAR, SEMIBOLD],
  "noto-sans-bengali": [REGULAR, SEMIBOLD],
  "noto-sans-devanagari": [REGULAR, SEMIBOLD],
  "noto-sans-ethiopic": [REGULAR, SEMIBOLD],
  "noto-sans-georgian": [REGULAR, SEMIBOLD],
  "noto-sans-hebrew": [REGULAR, SEMIBOLD],
  "noto-sans-khmer": [REGULAR, SEMIBOLD],
  "noto-sans-lao": [REGULAR, SEMIBOLD],
  "noto-sans-myanmar": [REGULAR, SEMIBOLD],
  "noto-sans-sinhala": [REGULAR, SEMIBOLD],
  "noto-sans-tamil": [REGULAR, SEMIBOLD],
  "noto-sans-thaana": [REGULAR, SEMIBOLD],
  "noto-sans-thai": [REGULAR, SEMIBOLD],
  "noto-sans-tifinagh": [REGULAR],
  "noto-serif-tibetan": [REGULAR, SEMIBOLD],
  "noto-sans-sc": [REGULAR],
  "biz-udpgothic": [REGULAR, BOLD],
  "nanum-gothic": [REGULAR, BOLD],
};

const onlyFont = (folder) => {
  const [font, ...others] = readdirSync(folder).filter((name) => name.endsWith(".ttf"));
  if (font === undefined || others.length > 0) {
    throw new Error(`${folder} should hold one font; run npm ci, or mend scripts/print-fonts.mjs.`);
  }
  return font;
};

const emptied = (name) => {
  const folder = join(print, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};

const fonts = emptied("fonts");
for (const [family, styles] of Object.entries(FACES)) {
  const source = join(packages, "@expo-google-fonts", family);
  for (const style of styles) {
    cpSync(join(source, style, onlyFont(join(source, style))), join(fonts, `${family}-${style}.ttf`));
  }
  cpSync(join(source, "LICENSE_FONT"), join(fonts, `${family}-LICENSE.txt`));
}

const flags = emptied("flags");
cpSync(join(packages, "flag-icons", "flags", "4x3"), flags, { recursive: true });
cpSync(join(packages, "flag-icons", "LICENSE"), join(flags, "LICENSE.txt"));
