import { expect } from "chai";

import { FIXTURES } from "../../fixtures/all.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";
import { aggregatorProxyAbi, fluxAggregatorAbi } from "../../mini-mainnet/abis.js";

describe("a feed whose rounds one oracle alone cannot publish", () => {
  const theFork = siegeForkForSuite();

  it("follows the market in a campaign, replays from nothing, and is restored afterwards", async () => {
    const fork = theFork();
    const { chainlink, users } = fork.addresses;
    const { siege, provider } = fork.connection;
    const proxy = { address: chainlink.ethUsd, abi: aggregatorProxyAbi };
    const address = await fork.chain.read(proxy, "aggregator", []);
    const two = [[], [users.bob], [users.deployer], 2, 2, 0] as const;
    await fork.chain.write(users.deployer, { address, abi: fluxAggregatorAbi }, "changeOracles", two);
    const code = (): Promise<unknown> => provider.request({ method: "eth_getCode", params: [address, "latest"] });
    const before = await code();

    const fixture = FIXTURES.find(({ name }) => name === "LeveragedVault")!;
    const vault = await fixture.deploy(fork, "flawed");
    const result = await siege.run(vault, siege.scenario(fixture.scenario(fork, vault)), { seed: 1 });
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    expect(result.finding.violation.condition).to.equal(fixture.condition);
    expect((await siege.replay(result.finding.reproduction ?? "")).kind).to.equal("violation");
    expect(await code()).to.equal(before);
  });
});
