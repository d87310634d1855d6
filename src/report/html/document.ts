import type { Chapter } from "./chapter.js";

import { createHash } from "node:crypto";

import { drawChapter } from "./chapter.js";
import { html, verbatim } from "./markup.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/** Chapters as a document that loads nothing. */
export function drawDocument(chapters: readonly Chapter[]): string {
  const title = chapters.map(({ headline, subject }) => `${headline}: ${subject.scenario}`).join("; ");
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title === "" ? "hardhat-siege" : title}</title>
        ${verbatim("style", STYLE)}
      </head>
      <body>
        ${chapters.map(drawChapter)}
        <footer>
          Written by hardhat-siege. A finding is a run that was played on the real contracts and confirmed away from
          where it was found; a pass says how far a search went.
        </footer>
        ${verbatim("script", SCRIPT)}
      </body>
    </html> `
    .toString()
    .trimStart();
}

/** Nothing but this page's own style and script: not even a picture. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    `script-src ${hash(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
