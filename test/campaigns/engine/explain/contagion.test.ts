import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { noBadDebt } from "../../../../src/conditions/no-bad-debt.js";
import { noShortfall } from "../../../../src/conditions/no-shortfall.js";
import { path } from "../../../../src/market/processes/path.js";
import { chainlink } from "../../../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../../../src/protocols/aave-v3/aave-v3.js";
import { compoundV2 } from "../../../../src/protocols/compound-v2/compound-v2.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { deployCompoundV2 } from "../../../mini-mainnet/cast/compound-v2.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

describe("two markets with the same collateral", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
    fork = await createSiegeFork(source);
  });
  after(async () => {
    await fork.close();
    await source.close();
  });

  it("lose one after the other in a slow fall, each once its riskiest borrower is under water", async () => {
    const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
    const compound = await deployCompoundV2(fork.chain, fork.addresses);
    const { siege } = fork.connection;
    // 4 % per block; on Compound, `brave` owes 155,000 dollars against 100 ether: below 1,550 the rest is lost
    const prices = Array.from({ length: 10 }, (_value, index) => 2_000 * 0.96 ** (index + 1));
    const result = await siege.run(
      { address: compound.comptroller, abi: [] },
      siege.scenario({
        name: "ether falls by 4 % per block",
        blocks: 10,
        assets: { ETH: { token: weth, process: path(prices, 2_000) }, USDC: { price: 1, token: usdc } },
        protocols: {
          aave: aaveV3(aave.addressesProvider),
          compound: compoundV2(compound.comptroller),
        },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [],
        accounts: { alice: users.alice, brave: compound.users.brave },
        // the later of the two losses
        conditions: [noShortfall({ protocols: ["compound"], tolerance: 20_000 })],
      }),
      { runs: 1 },
    );
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const { losses } = result.finding;
    const first = prices.findIndex((price) => 155_000 > 100 * price) + 1;
    const [compoundLoss] = losses.filter(({ protocol }) => protocol === "compound");
    expect(compoundLoss?.block).to.equal(first);
    // give or take the interest of a few blocks
    expect(compoundLoss?.first.value).to.be.closeTo(155_000 - 100 * prices[first - 1]!, 5);
    expect(losses.map(({ protocol }) => protocol)).to.have.members(["aave", "compound"]);
    expect(losses.map(({ block }) => block)).to.deep.equal(losses.map(({ block }) => block).sort((a, b) => a - b));
    expect(renderFailure(result)).to.match(/contagion {2}.* -> /);
  });

  it("are two findings, and the later loss is not minimised to the earlier one", async () => {
    const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
    const compound = await deployCompoundV2(fork.chain, fork.addresses);
    const { siege } = fork.connection;
    const prices = Array.from({ length: 10 }, (_value, index) => 2_000 * 0.96 ** (index + 1));
    const result = await siege.run(
      { address: compound.comptroller, abi: [] },
      siege.scenario({
        name: "ether falls by 4 % per block, two markets",
        blocks: 10,
        assets: { ETH: { token: weth, process: path(prices, 2_000) }, USDC: { price: 1, token: usdc } },
        protocols: { aave: aaveV3(aave.addressesProvider), compound: compoundV2(compound.comptroller) },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [],
        accounts: { alice: users.alice, brave: compound.users.brave },
        conditions: [noShortfall({ tolerance: 20_000 })],
      }),
      { runs: 1, findings: "all" },
    );
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    expect(result.findings.map(({ found, violation }) => [found.cause, violation.cause])).to.deep.equal([
      ["noShortfall/aave", "noShortfall/aave"],
      ["noShortfall/compound", "noShortfall/compound"],
    ]);
    for (const { violation } of result.findings)
      expect(violation.evidence.summary).to.match(/^(aave|compound) is short of/);
    expect(new Set(result.findings.map(({ reproduction }) => reproduction)).size).to.equal(2);
  });

  it("has the bad debt that noBadDebt reports, on either", async () => {
    const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
    const compound = await deployCompoundV2(fork.chain, fork.addresses);
    const { siege } = fork.connection;
    for (const [lending, name, owes] of [
      ["aave", "alice", 158_500],
      ["compound", "brave", 155_000],
    ] as const) {
      // half a dollar below what each of the hundred ether has to be worth
      const price = owes / 100 - 0.5;
      const result = await siege.run(
        { address: compound.comptroller, abi: [] },
        siege.scenario({
          name: `ether falls to ${String(price)}`,
          blocks: 2,
          // debts would grow
          pauses: { most: 0 },
          assets: { ETH: { token: weth, process: path([2_000, price], 2_000) }, USDC: { price: 1, token: usdc } },
          protocols: { aave: aaveV3(aave.addressesProvider), compound: compoundV2(compound.comptroller) },
          oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
          agents: [],
          accounts: { alice: users.alice, brave: compound.users.brave },
          conditions: [noBadDebt({ lending, accounts: [name] })],
        }),
        { runs: 1 },
      );
      if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
      expect(result.finding.found.block).to.equal(2);
      expect(result.finding.found.evidence.summary).to.match(new RegExp(`^bad debt \\$5\\d\\.\\d\\d: ${name} owes`));
    }
  });
});
