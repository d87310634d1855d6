import type { CampaignResult } from "../engine/campaign/campaign-result.js";

import { SiegeError } from "../errors.js";
import { renderFailure, renderIncomplete, renderInconclusive } from "../report/terminal.js";

import { toPluginError } from "./plugin-error.js";

/**
 * The failure text of an assertion, for both the matcher and `assertSurvives`.
 *
 * @param wanted - the outcome that the test expects
 * @returns the text of the failure; `undefined` if the campaign ended as it should
 * @throws SiegeError `INCOMPLETE` if the campaign did not finish, `INCONCLUSIVE` if its runs say nothing about the target
 */
export function failureOf(result: CampaignResult, wanted: "survived" | "violation"): string | undefined {
  if (result.kind === "incomplete") {
    throw toPluginError(
      new SiegeError("INCOMPLETE", {
        message: `${renderIncomplete(result)}\n`,
        hint: "Raise timeLimit or lower runs, or fix the error above, then run it again.",
        cause: result.error,
      }),
    );
  }
  if (result.kind === "inconclusive") {
    throw toPluginError(
      new SiegeError("INCONCLUSIVE", {
        message: `${renderInconclusive(result)}\n`,
        hint: "Nothing is known about the target until the reasons above are removed.",
      }),
    );
  }
  if (result.kind === wanted) return undefined;
  return result.kind === "violation"
    ? renderFailure(result)
    : `${result.target} survived "${result.scenario}" in ${result.cost.runs} runs with seed ${result.seed}, but was expected not to.`;
}
