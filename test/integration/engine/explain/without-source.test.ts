import type { Abi, Address, Hex } from "viem";

import type { LocalSiege } from "../../../helpers/local-siege.js";

import { expect } from "chai";
import { encodeDeployData } from "viem";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { read } from "../../../../src/protocols/read-plan.js";
import { createLocalSiege } from "../../../helpers/local-siege.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

const CAP = 1_000n;

const valueAbi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
] as const;

describe("the code behind a finding, without its source", () => {
  let local: LocalSiege;

  before(async () => {
    local = await createLocalSiege();
  });
  after(() => local.close());

  async function deployed(): Promise<{ readonly address: Address; readonly abi: Abi }> {
    const { abi, bytecode }: { readonly abi: unknown; readonly bytecode: string } = await (
      await shellEnvironment({})
    ).artifacts.readArtifact("LeakyBox");
    const { provider } = local.connection;
    const [from] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
    const data = encodeDeployData({ abi: abi as Abi, bytecode: bytecode as Hex, args: [CAP] });
    const hash: unknown = await provider.request({ method: "eth_sendTransaction", params: [{ from, data }] });
    const receipt: unknown = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
    return { address: (receipt as { contractAddress: Address }).contractAddress, abi: abi as Abi };
  }

  it("is named by the functions that were called", async () => {
    const { siege } = local.connection;
    const box = await deployed();
    const scenario = siege.scenario({
      name: "anybody sets the box",
      blocks: 3,
      assets: {},
      agents: [{ role: "attacker", moves: { kind: "any" } }],
      conditions: [
        defineCondition({
          id: "underCap",
          observe: (_facts, { target }) => read({ address: target.address, abi: valueAbi, functionName: "value" }),
          judge: ({ reading }) =>
            reading > CAP ? { summary: `value ${String(reading)} above the cap`, quantities: [] } : undefined,
        }),
      ],
    });
    const result = await siege.run({ ...box, name: "LeakyBox" }, scenario, { runs: 20 });
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    const [step] = result.finding.steps;
    const [point] = result.finding.code ?? [];
    expect(point).to.deep.equal({
      contract: "LeakyBox",
      function: step?.data.kind === "call" ? step.data.function : "none",
      score: 1,
      survivors: { executing: 0, of: 1 },
    });
  });
});
