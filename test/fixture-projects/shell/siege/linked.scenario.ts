import { noShortfall } from "../../../../src/conditions/no-shortfall.js";
import { call, defineProtocol, map, read } from "../../../../src/protocols/index.js";
import { defineScenario, shock } from "../../../../src/scenario/index.js";

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
  {
    type: "function",
    name: "set",
    stateMutability: "nonpayable",
    inputs: [{ name: "newValue", type: "uint256" }],
    outputs: [],
  },
] as const;

/** A box that lacks its value, dollars. */
const debtor = defineProtocol({
  kind: "debtor",
  inspect: (_context, address) => Promise.resolve({ address }),
  observe: ({ address }) => map(read({ address, abi, functionName: "value" }), Number),
  shortfall: () => (value) => value,
});

/** Two boxes: whoever makes the first fail fills both; the second takes nothing above its cap. */
export default defineScenario(async ({ viem, siege }) => {
  const first = await viem.deployContract("CappedBox", [1_000n]);
  const second = await viem.deployContract("CappedBox", [1_000n]);
  const set = (address: typeof first.address, value: bigint) =>
    call({ address, abi, functionName: "set", args: [value] });
  const as = "0x000000000000000000000000000000000000a11e";
  return {
    target: first,
    scenario: siege.scenario({
      name: "boxes that lack",
      blocks: 3,
      assets: {},
      protocols: { first: debtor(first.address), second: debtor(second.address) },
      agents: [],
      conditions: [noShortfall()],
      shocks: {
        first: shock({ calls: [set(first.address, 400n), set(second.address, 100n)], as }),
        second: shock({ calls: set(second.address, 2_000n), as }),
      },
    }),
  };
});
