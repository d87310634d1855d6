import type { Agent, Condition } from "../../../src/types.js";
import type { Fixture, Variant } from "../../fixtures/fixture.js";

import { expect } from "chai";
import { erc20Abi, parseUnits } from "viem";

import { attacker, retail } from "../../../src/agents/index.js";
import { invariants, withdrawable } from "../../../src/conditions/index.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { runsOf } from "../../helpers/twin.js";

describe("conditions and time", () => {
  const theFork = siegeForkForEach();

  /** A vault with a depositor of 1,000 USDC. */
  async function vaultOf(variant: Variant, name = "EpochVault"): Promise<Fixture> {
    const fork = theFork();
    const { usdc } = fork.addresses;
    const vault = await deployVariant(fork, name, variant, [usdc]);
    const alice = await person(fork, "alice");
    await give(fork, "USDC", alice, 1_000);
    const amount = parseUnits("1000", 6);
    await fork.chain.write(alice, { address: usdc, abi: erc20Abi }, "approve", [vault.address, amount]);
    await fork.chain.write(alice, vault, "deposit", [amount, alice]);
    return { ...vault, accounts: { alice } };
  }

  async function besiege(
    target: Fixture,
    condition: Condition,
    others: readonly Agent[] = [],
    runs = 60,
  ): Promise<string> {
    const { siege } = theFork().connection;
    const result = await siege.run(
      target,
      siege.scenario({
        name: "waiting",
        blocks: 12,
        assets: { USDC: { price: 1, token: theFork().addresses.usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } }), ...others],
        accounts: target.accounts,
        conditions: [condition],
      }),
      { runs },
    );
    if (result.kind !== "violation") return result.kind;
    expect((await siege.replay(result.finding.reproduction ?? "")).kind).to.equal("violation");
    return renderFailure(result);
  }

  it("withdrawable({ within }): an epoch may be waited for, but not for ever", async () => {
    expect(await besiege(await vaultOf("fixed"), withdrawable({ within: 2 }), [], runsOf(60))).to.equal("survived");
  });

  it("withdrawable({ within }): deposits that begin the epoch again keep everybody waiting", async () => {
    const report = await besiege(await vaultOf("flawed"), withdrawable({ within: 2 }));
    expect(report).to.match(
      /alice cannot redeem shares worth .* USDC: redeem reverts \(Closed\(\)\), in every block since/,
    );
    expect(report).to.include("(2 blocks allowed)");
  });

  it("withdrawable({ within }): an account that withdraws and deposits again waits again", async () => {
    const others = [retail({ capital: { USDC: 1_000 } })];
    const vault = await vaultOf("fixed", "CooldownVault");
    expect(await besiege(vault, withdrawable({ within: 3 }), others, runsOf(60))).to.equal("survived");
  });

  it("withdrawable({ within }): somebody else's deposits must not prolong a wait", async () => {
    const report = await besiege(await vaultOf("flawed", "CooldownVault"), withdrawable({ within: 3 }));
    expect(report).to.match(/alice cannot redeem shares worth .* USDC: redeem reverts \(CoolingDown\(\)\)/);
  });

  it("a violation that takes nothing but time says so, and counts no steps", async () => {
    const promise = await deployVariant(theFork(), "ExpiringPromise", "flawed", []);
    const report = await besiege(promise, invariants(promise));
    expect(report).to.include("block 4 of 12; no step is needed");
    expect(report).to.include("time alone is enough");
    expect(report).to.not.match(/\b0 steps/);
  });

  it("the same promise, of a year, survives", async () => {
    const promise = await deployVariant(theFork(), "ExpiringPromise", "fixed", []);
    expect(await besiege(promise, invariants(promise), [], runsOf(60))).to.equal("survived");
  });
});
