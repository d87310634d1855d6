import type { CampaignResult } from "../engine/campaign/campaign-result.js";

/**
 * A TypeScript test that replays a reproduction, to be kept beside it.
 *
 * @param file - the reproduction's file name
 */
export function renderTestFile(file: string, result: CampaignResult & { readonly kind: "violation" }): string {
  const { target, scenario } = result;
  const { violation, steps } = result.finding;
  const lines = steps.map(({ block, actor, action }) => `//   block ${block}  ${actor}: ${action}`);
  return `// Written by hardhat-siege. ${oneLine(target)} did not survive "${oneLine(scenario)}":
//   ${oneLine(violation.condition)}: ${oneLine(violation.evidence.summary)}
${lines.map(oneLine).join("\n")}
// Replays with no RPC endpoint and no fixture. Once the flaw is fixed, toSurviveScenario() plays the same steps first.
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import { network } from "hardhat";

describe(${JSON.stringify(`${target}: ${scenario}`)}, () => {
  it(${JSON.stringify(`breaks ${violation.condition} in ${steps.length} step${steps.length === 1 ? "" : "s"}`)}, async () => {
    const { siege } = await network.create();
    const outcome = await siege.replay(fileURLToPath(new URL(${JSON.stringify(`./${file}`)}, import.meta.url)));
    expect(outcome.kind).to.equal("violation");
  });
});
`;
}

/** Names come from the user's project and from contracts: none of them may end a comment's line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
}
