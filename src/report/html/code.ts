import type { Content } from "./markup.js";
import type { PageFinding } from "./page-finding.js";

import { html, preformatted } from "./markup.js";
import { section } from "./section.js";

/** The most places that are listed. */
const PLACES = 8;

/** A place in the code, as findings have it. */
interface Place {
  readonly contract: string;
  readonly file?: string;
  readonly line?: number;
  readonly function: string;
  readonly score: number;
  readonly survivors?: { readonly executing: number; readonly of: number };
  readonly opens?: string;
  readonly excerpt?: string;
}

/** The lines of code that the failing run executes and its nearest survivors mostly do not. */
export function codeOf(finding: PageFinding, id: string): Content {
  // only findings whose code was looked for have it
  const { code = [] } = finding as { readonly code?: readonly Place[] };
  if (code.length === 0) return undefined;
  return section(
    id,
    "In the code",
    "What the failing run executes and its nearest survivors mostly do not. A score of 1 means that no survivor does.",
    html`<ol class="source">
      ${code.slice(0, PLACES).map(place)}
    </ol>`,
  );
}

function place({ contract, file, line, function: called, score, survivors, opens, excerpt }: Place): Content {
  const where = file === undefined ? contract : line === undefined ? file : `${file}:${line}`;
  const others = survivors === undefined ? "" : `, ${survivors.executing} of ${survivors.of} survivors execute it`;
  return html`<li>
    <code>${where}</code> <b>${called}</b>
    <span class="soft">score ${score.toFixed(2)}${others}</span>
    ${opens === undefined ? undefined : html`<br /><span class="soft">opened by ${opens}</span>`}
    ${excerpt === undefined ? undefined : html`<pre>${preformatted(excerpt)}</pre>`}
  </li>`;
}
