import { expect } from "chai";
import { parseAbi } from "viem";

import { liquidityCrowd, retail, whale } from "../../../src/agents/index.js";
import { sound } from "../../../src/conditions/index.js";
import { shock } from "../../../src/market/index.js";
import { map, read, uniswapV2 } from "../../../src/protocols/index.js";
import { deepPoolVault } from "../../fixtures/presets/depositors-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

describe("a pool whose depth follows a level", () => {
  const theFork = siegeForkForEach();

  async function besieged(variant: "flawed" | "fixed") {
    const { target, options } = await deepPoolVault.deploy(theFork(), variant);
    const { siege } = theFork().connection;
    const { capital: _capital, ...market } = options.market;
    const scenario = siege.scenario({
      ...market,
      name: "liquidity leaves at once",
      blocks: 10,
      pauses: { most: 0 },
      assets: { ...market.assets, DEPTH: { quote: "level", process: shock({ drop: 0.9 }) } },
      agents: [
        liquidityCrowd({ pool: "pool", depth: "DEPTH" }),
        // somebody who uses the vault
        retail({ capital: { USDC: 1_000 }, only: ["target.deposit"] }),
      ],
      conditions: [sound()],
    });
    return { target, scenario };
  }

  it("is among the Greeks of what is traded there: how far a sale moves the price responds to the depth", async () => {
    const fork = theFork();
    const { weth, usdc, uniswapV2: uniswap } = fork.addresses;
    const scenario = fork.connection.siege.scenario({
      name: "a sale",
      blocks: 3,
      assets: {
        ETH: { price: 2_000, token: weth },
        USDC: { price: 1, token: usdc },
        DEPTH: { quote: "level" },
      },
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
      agents: [
        liquidityCrowd({ pool: "pool", depth: "DEPTH", capital: { ETH: 100, USDC: 200_000 } }),
        whale({ asset: "ETH", capital: { ETH: 50 }, at: 3, maxSlippage: 1 }),
      ],
      conditions: [sound()],
    });
    const pairAbi = parseAbi(["function getReserves() view returns (uint112, uint112, uint32)"]);
    const reserves = read({ address: uniswap.usdcWeth, abi: pairAbi, functionName: "getReserves" });
    // dollars and ether, in the order of the mini mainnet's pair
    const price = map(reserves, ([one, other]) => {
      const [dollars, ether] = [Number(one) / 1e6, Number(other) / 1e18];
      return dollars / ether;
    });
    const { base, greeks } = await fork.connection.siege.greeks(
      { address: uniswap.usdcWeth, abi: [], name: "Pair" },
      scenario,
      { output: { reads: price }, of: ["price:DEPTH"], paths: 2 },
    );
    // 50 ether into 1,000: x' = x + 50 and y' = y / (1 + 0.997 · 50 / x)
    const after = (depth: number): number => {
      const ether = 1_000 * depth;
      return (2_000 * ether) / (1 + (0.997 * 50) / ether) / (ether + 50);
    };
    expect(base?.value).to.be.closeTo(after(1), 0.5);
    expect(greeks[0]?.response.value).to.be.closeTo((after(1.01) - after(0.99)) / 2, 0.05);
  });

  it("breaks a vault that has to sell into it, by the level alone, to its threshold; the twin survives", async () => {
    const fork = theFork();
    const sibling = await undone(fork, async () => {
      const { target, scenario } = await besieged("flawed");
      const result = await fork.connection.siege.run(target, scenario, { seed: 1, runs: 60 });
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const { finding } = result;
      const steps = finding.steps.filter(({ reaction }) => reaction !== true);
      expect(steps.map(({ actor, action }) => `${actor}: ${action.replace(/[\d.]+/, "n")}`)).to.deep.equal([
        "market: DEPTH falls n %",
      ]);
      expect(steps[0]!.consequence).to.match(/survives/);
      expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      return finding.violation.target;
    });
    await survivesItsSiblingsTrace(fork, { ...(await besieged("fixed")), sibling, refuses: false });
  });
});
