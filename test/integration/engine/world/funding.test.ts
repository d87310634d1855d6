import type { CampaignResult } from "../../../../src/types.js";
import type { Fixture, Variant } from "../../../fixtures/fixture.js";

import { expect } from "chai";
import { erc20Abi, parseEther } from "viem";

import { attacker, retail } from "../../../../src/agents/index.js";
import { invariants } from "../../../../src/conditions/index.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { agentAddress } from "../../../../src/view/accounts.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { person } from "../../../fixtures/give.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";

const attackers = agentAddress("attacker");
const retails = agentAddress("retail");

/** Capital is written into storage. A contract that trusts its token must not be accused of that. */
describe("the agents' capital", () => {
  const theFork = siegeForkForEach();

  /** A token with a holder from before, and a box whose invariant is that the balances of everybody are the supply. */
  async function deploy(contract: string, variant: Variant): Promise<{ token: `0x${string}`; box: Fixture }> {
    const fork = theFork();
    const holder = await person(fork, "a holder from before");
    const token = await fork.deploy(await fixtureArtifact(contract), [holder]);
    const box = await deployVariant(fork, "SupplyBox", variant, [token, [holder, attackers, retails]]);
    return { token, box };
  }

  function definition(token: `0x${string}`, box: Fixture) {
    return {
      name: "capital",
      blocks: 5,
      assets: { TKN: { price: 1, token } },
      agents: [attacker({ capital: { TKN: 5_000 } }), retail({ capital: { TKN: 70 } })],
      conditions: [invariants(box)],
    };
  }

  async function besiege(token: `0x${string}`, box: Fixture, runs: number): Promise<CampaignResult> {
    const { siege } = theFork().connection;
    return siege.run(box, siege.scenario(definition(token, box)), { runs });
  }

  for (const contract of [
    "PlainSupply",
    "NamespacedSupply",
    "PackedSupply",
    "WrappedSupply",
    "ScaledSupply",
    "PottedSupply",
  ]) {
    it(`is in the total supply: ${contract}`, async () => {
      const { token, box } = await deploy(contract, "fixed");
      const result = await besiege(token, box, 4);
      expect(result.kind).to.equal("survived");
      expect(result.funding).to.deep.equal([]);
    });
  }

  it("leaves the other bits of a word, and other balances, as they are", async () => {
    const fork = theFork();
    for (const contract of ["PackedSupply", "ScaledSupply", "PottedSupply"]) {
      const { token, box } = await deploy(contract, "fixed");
      const holder = await person(fork, "a holder from before");
      const { abi } = await fixtureArtifact(contract);
      const asked = async (): Promise<readonly unknown[]> => [
        await fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [holder]),
        ...(contract === "PackedSupply"
          ? [
              await fork.chain.read({ address: token, abi }, "accounts", [holder]),
              await fork.chain.read({ address: token, abi }, "cap", []),
            ]
          : []),
        ...(contract === "ScaledSupply" ? [await fork.chain.read({ address: token, abi }, "index", [])] : []),
      ];
      const before = await asked();
      const world = await openWorld(
        { provider: fork.connection.provider, impersonated: new Set(), intervalMining: 0 },
        box,
        buildScenario(definition(token, box)),
      );
      expect(await asked(), contract).to.deep.equal(before);
      const held = await fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [attackers]);
      expect(held >= parseEther("5000") - 2n && held <= parseEther("5000") + 2n, contract).to.equal(true);
      await world.close();
    }
  });

  it("is still found out where tokens do disappear", async () => {
    const { token, box } = await deploy("PlainSupply", "flawed");
    expect((await besiege(token, box, 60)).kind).to.equal("violation");
  });

  for (const [contract, why] of [
    ["ConstantSupply", "the agents' capital is not in its totalSupply(), which nothing in its storage is"],
    [
      "VaultSupply",
      "the agents' capital is not in its totalSupply(): more of it would change what balances or shares are worth",
    ],
  ] as const) {
    it(`is said to be missing where it cannot be: ${contract}`, async () => {
      const fork = theFork();
      const { token } = await deploy(contract, "fixed");
      const other = await deploy("PlainSupply", "fixed");
      const result = await besiege(token, other.box, 1);
      const symbol = await fork.chain.read({ address: token, abi: erc20Abi }, "symbol", []);
      expect(result.funding).to.deep.equal([{ token: symbol, address: token, why }]);
      expect(renderResult(result)).to.include(`capital    ${symbol}: ${why}`);
    });
  }

  it("is in the supply of earlier blocks, of which a quorum is a part", async () => {
    const fork = theFork();
    for (const contract of ["VoteToken", "TimedVoteToken"]) {
      const { abi, bytecode } = await fixtureArtifact(contract);
      const token = await fork.deploy({ abi, bytecode }, [parseEther("1000")]);
      const { box } = await deploy("PlainSupply", "fixed");
      const result = await besiege(token, box, 1);
      expect(result.funding, contract).to.deep.equal([]);
    }
  });
});
