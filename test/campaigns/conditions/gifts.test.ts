import type { Address } from "viem";

import type { Agent, ContractCall } from "../../../src/types.js";
import type { Fixture, Variant } from "../../fixtures/fixture.js";

import { expect } from "chai";
import { erc20Abi, parseUnits } from "viem";

import { attacker, defineAgent, retail } from "../../../src/agents/index.js";
import { unprofitableToAttack } from "../../../src/conditions/index.js";
import { call, erc20, erc4626 } from "../../../src/protocols/index.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give } from "../../fixtures/give.js";
import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { firstDeposit } from "../../fixtures/scenarios.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { runsOf } from "../../helpers/twin.js";

describe("gifts are not an attack's profit", () => {
  const theFork = siegeForkForEach();

  /** Sends the attacker 50 USDC in the second block. */
  const donor = defineAgent({
    role: "donor",
    capital: { USDC: 1_000 },
    act: ({ view, submit }) => {
      const { USDC } = Object.fromEntries(view.tokens);
      if (view.block === 2 && USDC !== undefined) {
        submit(view.at(erc20, "USDC").transfer(view.accounts.get("attacker")!, parseUnits("50", 6)));
      }
    },
  });

  async function till(variant: Variant): Promise<Fixture> {
    const fork = theFork();
    const fixture = await deployVariant(fork, "OpenTill", variant, [fork.addresses.usdc]);
    await give(fork, "USDC", fixture.address, 500);
    return fixture;
  }

  async function besiege(target: Fixture, agents: readonly Agent[], runs = 40): Promise<string> {
    const { siege } = theFork().connection;
    const isVault = target.abi.some((item) => item.type === "function" && item.name === "convertToAssets");
    const result = await siege.run(
      target,
      siege.scenario({
        name: "gifts",
        blocks: 6,
        assets: { USDC: { price: 1, token: theFork().addresses.usdc } },
        protocols: isVault ? { vault: erc4626(target.address) } : {},
        agents: [attacker({ capital: { USDC: 1_000 } }), ...agents],
        conditions: [unprofitableToAttack()],
      }),
      { runs },
    );
    if (result.kind !== "violation") return result.kind;
    return result.finding.found.evidence.summary;
  }

  it("what is sent to an attacker", async () => {
    expect(await besiege(await till("fixed"), [donor], 10)).to.equal("survived");
  });

  it("what is deposited in an attacker's name", async () => {
    const vault = await deployVariant(theFork(), "InflatableVault", "fixed", [theFork().addresses.usdc, 6]);
    const patron = defineAgent({
      role: "patron",
      capital: { USDC: 1_000 },
      act: ({ view, submit }) => {
        if (view.block !== 2) return;
        const args = [parseUnits("500", 6), view.accounts.get("attacker")!] as const;
        submit(call({ address: vault.address, abi: vault.abi, functionName: "deposit", args }));
      },
    });
    expect(await besiege(vault, [patron], 10)).to.equal("survived");
  });

  /** Calls once, in the second block. */
  function once(make: (attacker: Address) => ContractCall): Agent {
    return defineAgent({
      role: "donor",
      capital: { USDC: 1_000 },
      act: ({ view, submit }) => {
        if (view.block === 2) submit(make(view.accounts.get("attacker")!));
      },
    });
  }

  /** Puts in 50 USDC for the attacker. */
  const putIn = ({ address, abi }: Fixture): Agent =>
    once((to) => call({ address, abi, functionName: "depositFor", args: [to, parseUnits("50", 6)] }));

  /** Sends 100 USDC straight to a contract. */
  const donation = ({ address }: Fixture): Agent =>
    once(() =>
      call({
        address: theFork().addresses.usdc,
        abi: erc20Abi,
        functionName: "transfer",
        args: [address, parseUnits("100", 6)],
      }),
    );

  it("what is put in for an attacker, who takes it later", async () => {
    const fixed = await till("fixed");
    expect(await besiege(fixed, [putIn(fixed)], runsOf(300))).to.equal("survived");
  });

  it("which hides nothing that it takes besides", async () => {
    const flawed = await till("flawed");
    expect(await besiege(flawed, [putIn(flawed)])).to.include("attacker gained $");
  });

  it("what is sent to an attacker, who puts it in at once", async () => {
    const fixed = await till("fixed");
    expect(await besiege(fixed, [attacker({ name: "donor", capital: { USDC: 1_000 } })], runsOf(300, 60))).to.equal(
      "survived",
    );
  });

  it("what is sent to a vault in which an attacker has shares", async () => {
    const vault = await deployVariant(theFork(), "InflatableVault", "fixed", [theFork().addresses.usdc, 6]);
    expect(await besiege(vault, [donation(vault)], runsOf(60))).to.equal("survived");
  });

  it("but not an attacker's own donation to a vault, which makes a deposit worthless", async () => {
    const { siege } = theFork().connection;
    const vault = await deployInflatableVault(theFork(), "flawed");
    const definition = firstDeposit(theFork(), vault);
    const scenario = siege.scenario({ ...definition, agents: [...definition.agents, donation(vault)] });
    expect((await siege.run(vault, scenario, { seed: 1 })).kind).to.equal("violation");
  });

  it("but what an attacker takes is, and it is told apart", async () => {
    expect(await besiege(await till("flawed"), [donor])).to.match(
      /gained \$[\d.,]+ at present prices( without gifts of \$50\.00)? \(allowed/,
    );
  });

  it("an ordinary user names nobody else, unless the scenario says so", async () => {
    expect(await besiege(await till("fixed"), [retail({ capital: { USDC: 1_000 } })], runsOf(40))).to.equal("survived");
  });
});
