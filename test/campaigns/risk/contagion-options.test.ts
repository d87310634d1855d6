import type { Address } from "viem";

import type { ProtocolFactory } from "../../../src/protocols/index.js";
import type { ContagionResult } from "../../../src/types.js";

import { expect } from "chai";
import { erc20Abi, maxUint256, parseAbi, parseUnits } from "viem";

import { defineAgent } from "../../../src/agents/index.js";
import { noShortfall } from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { chainlink } from "../../../src/oracles/index.js";
import { poolAbi } from "../../../src/protocols/aave-v3/abi.js";
import { aaveV3, call } from "../../../src/protocols/index.js";
import { shock } from "../../../src/scenario/index.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { give, person } from "../../fixtures/give.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

interface Collateral {
  readonly token: Address;
  readonly lentOn?: { readonly pool: Address; readonly borrowers: readonly Address[] };
}

/** What docs/contagion.md exports. */
interface Documented {
  readonly optionsVault: ProtocolFactory<Collateral, number>;
}

const vaultAbi = parseAbi(["function buyPut(uint256 notional)", "function reserved() view returns (uint256)"]);
const VARIABLE = 2n;

/** Two quiet blocks, then ether falls by 4 % a block. */
const PRICES = Array.from({ length: 12 }, (_value, index) => 2_000 * 0.96 ** Math.max(0, index - 1));

/** Dollars that the vault has when its put is sold: a fifth of all that is lent on Aave then. */
const HELD = 2_500_000;
/** Dollars that a put insures, and its price: 5 %. */
const PUT = { notional: 100_000, premium: 5_000 };

describe("contagion from a lending market to options", () => {
  const theFork = siegeForkForSuite();
  let code: Documented;
  before(async () => {
    code = (await documentedCode("docs/contagion.md", (text) =>
      text.includes("optionsVault"),
    )) as unknown as Documented;
  });

  /** A vault that has lent its dollars on Aave, or keeps them; and somebody who buys a put of it as soon as it sells one. */
  async function measured(isLent: boolean): Promise<ContagionResult> {
    const fork = theFork();
    const { addresses, chain, connection } = fork;
    const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = addresses;
    const token = isLent ? aave.aUsdc : usdc;
    const vault = await fork.deploy(await fixtureArtifact("OptionsVault"), [token, feeds.ethUsd]);
    const buyer = await person(fork, "buyer");
    for (const [account, amount] of [
      [vault, HELD - PUT.premium],
      [buyer, PUT.premium],
    ] as const) {
      if (!isLent) {
        await give(fork, "USDC", account, amount);
        continue;
      }
      const units = parseUnits(String(amount), 6);
      await give(fork, "USDC", users.whale, amount);
      await chain.write(users.whale, { address: usdc, abi: erc20Abi }, "approve", [aave.pool, units]);
      await chain.write(users.whale, { address: aave.pool, abi: poolAbi }, "supply", [usdc, units, account, 0]);
    }
    await chain.write(buyer, { address: token, abi: erc20Abi }, "approve", [vault, maxUint256]);

    const more = call({
      address: aave.pool,
      abi: poolAbi,
      functionName: "borrow",
      args: [usdc, parseUnits("1000", 6), VARIABLE, 0, users.alice],
    });
    const insured = defineAgent({
      role: "insured",
      at: buyer,
      honest: true,
      act: ({ view, submit }) => {
        const args = [parseUnits(String(PUT.notional), 6)] as const;
        if (view.block === 3) submit(call({ address: vault, abi: vaultAbi, functionName: "buyPut", args }));
      },
    });
    const { siege } = connection;
    return siege.contagion(
      { address: vault, abi: vaultAbi },
      siege.scenario({
        name: "ether falls by 4 % per block",
        blocks: PRICES.length,
        // the sale opens after four hours
        blockTime: 7_200,
        pauses: { most: 0 },
        assets: { ETH: { token: weth, process: path(PRICES, 2_000) }, USDC: { price: 1, token: usdc } },
        protocols: {
          aave: aaveV3(aave.addressesProvider),
          options: code.optionsVault(
            vault,
            isLent ? { token, lentOn: { pool: aave.pool, borrowers: [users.alice] } } : { token },
          ),
        },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [insured],
        accounts: { alice: users.alice },
        conditions: [noShortfall()],
        shocks: { aave: shock({ words: "alice has borrowed $1,000 more", calls: more, as: users.alice }) },
      }),
      { paths: 2, tolerance: 10, minimise: 0 },
    );
  }

  it("is the vault's share of what the lenders lose, where they share the collateral", async () => {
    const { matrix, unshocked } = await measured(true);
    expect(matrix.map(({ from, to }) => `${from} ${to}`)).to.deep.equal(["aave aave", "aave options"]);
    const [toAave, toOptions] = matrix;
    // but for the interest of a day
    expect(toAave?.added.value).to.be.closeTo(1_000, 2);
    expect(toOptions?.added.value).to.be.closeTo(200, 1);
    // alice owes 158,500 dollars against a hundred ether
    const short = 158_500 - 100 * PRICES.at(-1)!;
    expect(unshocked.map(({ loss }) => loss.value)[0]).to.be.closeTo(short, 100);
    expect(unshocked.map(({ loss }) => loss.value)[1]).to.be.closeTo(short / 5, 50);
  });

  it("vanishes where the vault keeps its dollars", async () => {
    const { matrix, unshocked } = await measured(false);
    const [toAave, toOptions] = matrix;
    expect(toAave?.added.value).to.be.closeTo(1_000, 2);
    expect([toOptions?.loss.value, toOptions?.added.value, unshocked[1]?.loss.value]).to.deep.equal([0, 0, 0]);
  });
});
