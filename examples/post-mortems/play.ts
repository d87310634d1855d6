/**
 * `npm run post-mortems`: plays what happened, on a fork of the mini mainnet, and prints what breaks. Takes about a minute each;
 * needs no RPC endpoint. A name plays one of them: `npm run post-mortems ratio-cap`.
 */
import type { CampaignResult } from "../../src/engine/campaign/campaign-result.js";
import type { PostMortem } from "./post-mortem.js";

import { renderResult } from "../../src/report/terminal.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";

import { blackThursday } from "./black-thursday.js";
import { ratioCap } from "./ratio-cap.js";
import { unbackedCollateral } from "./unbacked-collateral.js";

const POST_MORTEMS: Readonly<Record<string, PostMortem>> = {
  "black-thursday": blackThursday,
  "ratio-cap": ratioCap,
  "unbacked-collateral": unbackedCollateral,
};

const [chosen] = process.argv.slice(2);
const names = Object.keys(POST_MORTEMS).filter((name) => chosen === undefined || name === chosen);
if (names.length === 0) {
  console.error(`There is no post-mortem "${chosen ?? ""}"; there are: ${Object.keys(POST_MORTEMS).join(", ")}.`);
  process.exitCode = 2;
}

const source = await miniMainnetSource();
for (const name of names) {
  console.log(`\n${name}`);
  console.log(renderResult(await play(POST_MORTEMS[name]!)));
}
await source.close();

async function play(postMortem: PostMortem): Promise<CampaignResult> {
  const fork = await createSiegeFork(source);
  try {
    const { target, scenario } = await postMortem(fork);
    const { siege } = fork.connection;
    return await siege.run(target, siege.scenario(scenario), { runs: 100 });
  } finally {
    await fork.close();
  }
}
