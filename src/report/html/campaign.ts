import type { Activity, CallActivity } from "../../engine/activity/activity.js";
import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { ActivityLine } from "../lines.js";
import type { Content, Markup } from "./markup.js";

import { percent } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { activityLines } from "../activity.js";

import { html } from "./markup.js";

/** The most rows of the table of calls. */
const ROWS = 60;

/** The most reasons of a row. */
const REASONS = 3;

/** What agents called, how often it worked, and why it did not. */
export function callsTable({ calls }: Activity): Content {
  if (calls.length === 0) return html`<p class="soft">No agent may call anything.</p>`;
  // what never worked is what a reader has to know
  const ordered = calls.toSorted((one, other) => rank(one) - rank(other) || other.tried - one.tried);
  const most = Math.max(1, ...calls.map(({ tried }) => tried));
  return html`<div class="scroll calls-of">
      <table>
        <tr>
          <th>agent</th>
          <th>function</th>
          <th class="n">tried</th>
          <th class="n">in a block</th>
          <th class="n">succeeded</th>
          <th></th>
          <th>why not</th>
        </tr>
        ${ordered.slice(0, ROWS).map(
          (call) =>
            html`<tr>
              <td class="who">${call.agent}</td>
              <td class="code">${call.function}</td>
              <td class="n">${call.tried}</td>
              <td class="n">${call.included}</td>
              <td class="n${call.succeeded === 0 ? " bad" : ""}" data-tried="${call.tried}">${call.succeeded}</td>
              <td>${meter(call.succeeded / most, call.tried / most)}</td>
              <td class="soft">${whyNot(call)}</td>
            </tr>`,
        )}
      </table>
    </div>
    ${ordered.length > ROWS ? html`<p class="soft">and ${ordered.length - ROWS} more</p>` : undefined}`;
}

function rank({ tried, succeeded }: CallActivity): number {
  return tried === 0 ? 2 : succeeded === 0 ? 0 : 1;
}

function whyNot({ tried, unsent = 0, reverts }: CallActivity): Content {
  if (tried === 0) return "never tried";
  const reasons = reverts.slice(0, REASONS).map(({ reason, count }) => `${reason} (${count})`);
  const more = reverts.length - reasons.length;
  return [
    ...(unsent > 0 ? [`refused whenever it was tried (${unsent})`] : []),
    ...reasons,
    ...(more > 0 ? [`${more} more`] : []),
  ].join(", ");
}

/** A bar of how much succeeded, of how much was tried. */
function meter(succeeded: number, tried: number): Markup {
  const width = (share: number): number => Math.round(92 * Math.min(1, share) * 10) / 10;
  return html`<svg class="meter" viewBox="0 0 92 6" aria-hidden="true">
    <rect width="${width(tried)}" height="6" rx="3" />
    <rect class="fill" width="${width(succeeded)}" height="6" rx="3" />
  </svg>`;
}

/** How often each condition was judged, and how close it came. */
export function conditionsTable({ conditions }: Activity): Content {
  if (conditions.length === 0) return undefined;
  return html`<div class="scroll gap">
    <table>
      <tr>
        <th>condition</th>
        <th class="n">judged after</th>
        <th class="n">not judged</th>
        <th>least margin</th>
      </tr>
      ${conditions.map(
        ({ condition, judged, failed, nothing, closest, why }) =>
          html`<tr>
            <td class="name">${condition}</td>
            <td class="n">${judged.toLocaleString("en-US")} blocks</td>
            <td class="n">${failed + nothing === 0 ? "–" : (failed + nothing).toLocaleString("en-US")}</td>
            <td>
              ${
                closest === undefined
                  ? html`<span class="soft">it tells none</span>`
                  : html`<svg class="meter" viewBox="0 0 92 6" aria-hidden="true">
                        <rect width="92" height="6" rx="3" />
                        <rect
                          class="fill${closest < 0.1 ? " bad" : ""}"
                          width="${Math.round(92 * closest)}"
                          height="6"
                          rx="3"
                        /></svg
                      >${format(percent(closest))}`
              }
              ${why === undefined ? undefined : html`<br /><span class="soft">${why}</span>`}
            </td>
          </tr>`,
      )}
    </table>
  </div>`;
}

/** What has no table: what was left out, what feeds refused, which prices were reached. */
export function restOfActivity({ activity, kind }: CampaignResult): Content {
  const lines = activityLines(activity, kind).filter(({ label }) => REST.has(label));
  return lines.length === 0 ? undefined : definitions(lines);
}

const REST: ReadonlySet<string> = new Set(["not called", "not asked", "rounds", "reached"]);

/** Lines of a terminal report as a table. */
export function definitions(lines: readonly ActivityLine[]): Content {
  return html`<div class="scroll gap">
    <table>
      ${lines.map(
        ({ label, text }) =>
          html`<tr>
            <td class="soft">${label}</td>
            <td class="name">${text}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}
