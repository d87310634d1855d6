import type { Workload } from "../peers/measures.js";
import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { forgeThroughput } from "../peers/forge.js";
import { hardhatThroughput } from "../peers/hardhat-solidity.js";
import { WORKLOADS } from "../peers/measures.js";
import { row } from "../rows.js";
import { siegeThroughput } from "../siege/throughput.js";

/** The ways in which we execute the same calls. */
const WAYS = [
  { id: "faithful", what: "one transaction per call, 20 per block", executor: "faithful", perBlock: 20, lanes: 1 },
  { id: "batched-1", what: "batched, 1 per block", executor: "batched", perBlock: 1, lanes: 1 },
  { id: "batched-5", what: "batched, 5 per block", executor: "batched", perBlock: 5, lanes: 1 },
  { id: "batched-20", what: "batched, 20 per block", executor: "batched", perBlock: 20, lanes: 1 },
  { id: "batched-100", what: "batched, 100 per block", executor: "batched", perBlock: 100, lanes: 1 },
  { id: "batched-20-lanes-2", what: "batched, 20 per block, two lanes", executor: "batched", perBlock: 20, lanes: 2 },
  {
    id: "batched-100-lanes-2",
    what: "batched, 100 per block, two lanes",
    executor: "batched",
    perBlock: 100,
    lanes: 2,
  },
] as const;

const TITLES: Readonly<Record<Workload, string>> = {
  counter: "a trivial counter",
  pair: "swaps with Uniswap V2's pair itself, a transfer and a call each",
  swap: "swaps through Uniswap V2's router",
  aave: "supply, borrow and repay on Aave V3",
};

/** Calls per second. Ours and the peers take turns, so that a slow minute of the machine affects all of them. */
export async function throughputSections({ samples, calls }: Sizes): Promise<readonly Section[]> {
  const sections: Section[] = [];
  for (const workload of WORKLOADS) {
    const ours = new Map<string, number[]>(WAYS.map(({ id }) => [id, []]));
    const peers = { forge1: [] as number[], forge2: [] as number[], hardhat1: [] as number[] };
    for (let sample = 0; sample < samples; sample++) {
      for (const { id, executor, perBlock, lanes } of WAYS) {
        ours.get(id)?.push(...(await siegeThroughput(workload, { executor, perBlock, lanes, calls, samples: 1 })));
      }
      peers.forge1.push(...(await forgeThroughput(workload, { samples: 1 })));
      peers.forge2.push(...(await forgeThroughput(workload, { samples: 1, workers: 2 })));
      peers.hardhat1.push(...(await hardhatThroughput(workload, { samples: 1 })));
      console.error(`${workload}: ${sample + 1} of ${samples}`);
    }
    const forge = { name: "forge, one worker", samples: peers.forge1 };
    const compared = WAYS.map(({ id, what }) =>
      row({ id: `${workload}-${id}`, what, unit: "calls/s", more: true, ours: ours.get(id) ?? [], peer: forge }),
    );
    const best = ours.get("batched-100-lanes-2") ?? [];
    sections.push({
      title: `Calls per second: ${TITLES[workload]}`,
      about:
        "Ours builds blocks, reads the state after each of them in one call, runs the agents' policies and judges; the peers only " +
        "make the calls.",
      rows: [
        ...compared,
        row({
          id: `${workload}-two-of-each`,
          what: "batched, 100 per block, two lanes",
          unit: "calls/s",
          more: true,
          ours: best,
          peer: { name: "forge, two processes", samples: peers.forge2 },
        }),
        row({
          id: `${workload}-hardhat`,
          what: "batched, 100 per block",
          unit: "calls/s",
          more: true,
          ours: ours.get("batched-100") ?? [],
          peer: { name: "Hardhat's Solidity tests", samples: peers.hardhat1 },
        }),
      ],
    });
  }
  return sections;
}
