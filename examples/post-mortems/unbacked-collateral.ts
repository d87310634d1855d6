import type { Address } from "viem";

import type { Agent } from "../../src/agents/agent.js";
import type { Condition } from "../../src/conditions/condition.js";
import type { View } from "../../src/view/view.js";
import type { FixtureFork, Variant } from "../../test/fixtures/fixture.js";
import type { AddressBook } from "../../test/mini-mainnet/address-book.js";
import type { Setting } from "./post-mortem.js";

import { parseAbi, parseEther } from "viem";

import { addressOf } from "../../src/agents/address-of.js";
import { defineAgent } from "../../src/agents/agent.js";
import { depositor } from "../../src/agents/depositor.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { chainlink } from "../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../src/protocols/aave-v3/aave-v3.js";
import { call } from "../../src/protocols/call.js";
import { defineProtocol } from "../../src/protocols/protocol.js";
import { map, read } from "../../src/protocols/read-plan.js";
import { addressKey } from "../../src/quantity/address.js";
import { fixtureArtifact } from "../../test/fixtures/artifact.js";
import { deployVariant } from "../../test/fixtures/fixture.js";
import { give, person } from "../../test/fixtures/give.js";
import { erc20Abi, poolAbi } from "../../test/mini-mainnet/abis.js";
import { ACCOUNTS } from "../../test/mini-mainnet/accounts.js";
import { deployAaveV3 } from "../../test/mini-mainnet/deploy-aave-v3.js";

import { listOnAave } from "./list-on-aave.js";
import { openLoans } from "./loans.js";

/** What was published about the rsETH of 18 April 2026: rsETH and WETH, and US dollars. */
export const PUBLISHED = {
  /** Released without a burn, and the part of the supply that this was. */
  released: 116_500,
  ofSupply: 0.18,
  /** What remained in the lockbox. */
  left: 40_373,
  /** What the attacker supplied to Aave, and borrowed. */
  supplied: 89_567,
  borrowed: 82_650,
  /** rsETH that were collateral on Aave, the attacker's among them. */
  collateral: 666_000,
  /** What a rsETH loses, if all bear the loss, and Aave's bad debt then. */
  haircut: 0.15,
  badDebt: 123_700_000,
  /** What the attacker's rsETH and WETH were worth. */
  releasedUsd: 292_000_000,
  borrowedUsd: 190_000_000,
} as const;

/** Amounts here are a thousandth. */
const SCALE = 1_000;

/** US dollars for an ether, and ether for a rsETH, as the published amounts imply. */
export const ETHER = PUBLISHED.borrowedUsd / PUBLISHED.borrowed;
const RATE = PUBLISHED.releasedUsd / PUBLISHED.released / ETHER;

/** The most that Aave lent against rsETH. An assumption: that everybody has borrowed it. The threshold, at which nobody is here, is another one. */
const LOAN = 0.93;
const RISK = { ltv: 93_00n, liquidationThreshold: 95_00n, liquidationBonus: 101_00n };

/** Assumptions: two markets, with half of everything each; on one chain, where mainnet and others have their own. */
const MARKETS = ["core", "arbitrum"] as const;
const EACH = 1 / MARKETS.length;

/** Assumptions: loans in each market, and what each of two lenders has there on top of what is borrowed, WETH. */
const LOANS = 4;
const SPARE = 21;

/** A bridge that believes one verifier, two Aave V3 markets that lend against its token, and whoever deceives the verifier. */
export async function unbackedCollateral(fork: FixtureFork, variant: Variant = "flawed"): Promise<Setting> {
  const { weth, chainlink: feeds } = fork.addresses;
  const attacker = addressOf("attacker");
  const token = await fork.deploy(await fixtureArtifact("CollateralToken"), ["rsETH"]);
  const supply = PUBLISHED.released / PUBLISHED.ofSupply / SCALE;
  const target = await deployVariant(fork, "BridgeLockbox", variant, [
    token,
    parseEther(supply.toFixed(18)),
    [attacker, await person(fork, "an honest verifier")],
  ]);
  const locked = (PUBLISHED.released + PUBLISHED.left) / SCALE;
  await mint(fork, token, target.address, locked);

  const accounts: Record<string, Address> = {};
  const providers: Record<string, Address> = {};
  for (const name of MARKETS) {
    const aave = await deployMarket(fork, token);
    Object.assign(accounts, await openMarket(fork, name, aave, token));
    providers[name] = aave.addressesProvider;
  }
  // the rest is in other hands, here or on other chains: one token stands for all
  const others = supply - (PUBLISHED.collateral - PUBLISHED.supplied) / SCALE;
  await mint(fork, token, await person(fork, "other holders"), others);

  const [core, arbitrum] = MARKETS;
  return {
    target,
    scenario: {
      name: "a verifier is deceived",
      blocks: 8,
      pauses: { most: 0 },
      assets: { ETH: { token: weth }, rsETH: { token, price: 2_000 * RATE } },
      protocols: {
        bridge: bridge(target.address),
        [core]: aaveV3(providers[core]!),
        [arbitrum]: aaveV3(providers[arbitrum]!),
      },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      accounts,
      agents: [
        deceiver(token),
        // they withdraw what they can once 95 % is lent out
        ...MARKETS.map((market) => ({
          ...depositor({ name: `lender on ${market}`, market, asset: "ETH", capital: SPARE, utilisation: 0.95 }),
          honest: true,
        })),
      ],
      conditions: [marketsAreWhole(token)],
    },
  };
}

async function mint({ chain, account }: FixtureFork, token: Address, to: Address, amount: number): Promise<void> {
  const abi = parseAbi(["function mint(address to, uint256 amount)"]);
  await chain.write(account, { address: token, abi }, "mint", [to, parseEther(amount.toFixed(18))]);
}

/** A market of Aave's bytecode that prices the token by a ratio, which knows nothing of what stands behind it. */
async function deployMarket(fork: FixtureFork, token: Address): Promise<AddressBook["aaveV3"]> {
  const { weth, usdc, chainlink: feeds } = fork.addresses;
  const aave = await deployAaveV3(fork.chain, { weth, usdc, link: weth }, feeds);
  const unlimited = parseEther("1000");
  const source = await fork.deploy(await fixtureArtifact("RatioCapAdapter"), [
    feeds.ethUsd,
    ACCOUNTS.deployer,
    parseEther(RATE.toFixed(18)),
    0n,
    unlimited,
    0n,
  ]);
  await listOnAave(fork, aave, { token, symbol: "rsETH", source, risk: RISK });
  return aave;
}

/** Lends what the loans borrow, and opens them. */
async function openMarket(
  fork: FixtureFork,
  name: string,
  aave: AddressBook["aaveV3"],
  token: Address,
): Promise<Readonly<Record<string, Address>>> {
  const { weth } = fork.addresses;
  const collateral = ((PUBLISHED.collateral - PUBLISHED.supplied) / SCALE) * EACH;
  const lent = Math.ceil(collateral * RATE * LOAN) + SPARE;
  const lender = await person(fork, `first lender on ${name}`);
  await give(fork, "WETH", lender, lent);
  await fork.chain.write(lender, { address: weth, abi: erc20Abi }, "approve", [aave.pool, parseEther(String(lent))]);
  const pool = { address: aave.pool, abi: poolAbi };
  await fork.chain.write(lender, pool, "supply", [weth, parseEther(String(lent)), lender, 0]);
  const loans = Array.from({ length: LOANS }, (_, index) => ({
    name: `borrower ${index + 1} on ${name}`,
    collateral: collateral / LOANS,
    debt: (collateral / LOANS) * RATE * LOAN * 0.9999,
  }));
  return openLoans(fork, aave, token, loans);
}

const bridgeAbi = parseAbi([
  "function worth() view returns (uint256)",
  "function attest(address to, uint256 amount, uint256 nonce)",
  "function deliver(address to, uint256 amount, uint256 nonce)",
]);

const bridge = defineProtocol({
  kind: "bridge",
  inspect: async (_context, address) => address,
  observe: (address) =>
    map(read({ address, abi: bridgeAbi, functionName: "worth" }), (worth) => ({
      worth: Number(worth) / 1e18,
      attest: (to: Address, amount: bigint) =>
        call({ address, abi: bridgeAbi, functionName: "attest", args: [to, amount, 0n] }),
      deliver: (to: Address, amount: bigint) =>
        call({ address, abi: bridgeAbi, functionName: "deliver", args: [to, amount, 0n] }),
    })),
});

/** Has a burn attested that never was, and borrows against what it gets in both markets, as much as was borrowed. */
function deceiver(token: Address): Agent {
  const released = parseEther(String(PUBLISHED.released / SCALE));
  const each = (amount: number): bigint => parseEther(((amount / SCALE) * EACH).toFixed(18));
  return defineAgent({
    role: "attacker",
    act: ({ view, self, submit }) => {
      const { attest, deliver } = view.at(bridge);
      if (view.block === 2) {
        submit(attest(self.address, released));
        submit(deliver(self.address, released));
      }
      for (const name of MARKETS) {
        const market = view.at(aaveV3, name);
        if (view.block === 3) submit(market.supply(token, each(PUBLISHED.supplied), self.address));
        if (view.block === 4)
          submit(market.borrow(view.tokenOf("ETH").address, each(PUBLISHED.borrowed), self.address));
      }
    },
  });
}

/** At the end, no market has lent more than what stands behind its collateral. */
function marketsAreWhole(token: Address): Condition {
  return defineCondition<number, number>({
    id: "marketsAreWhole",
    inspect: async ({ blocks }) => blocks,
    observe: (_blocks, { target: { address } }) =>
      map(read({ address, abi: bridgeAbi, functionName: "worth" }), (worth) => Number(worth) / 1e18),
    judge: ({ view, reading: worth }, blocks) => {
      if (view.block < blocks) return undefined;
      const debts = MARKETS.map((name) => ({ name, ...stateOf(view, name, token, worth) }));
      const total = debts.reduce((sum, { badDebt }) => sum + badDebt, 0);
      if (total < 0.01) return undefined;
      const each = debts.map(
        ({ name, badDebt, lentOut }) =>
          `${badDebt.toFixed(1)} ETH on ${name}, where ${(100 * lentOut).toFixed(0)} % is lent out`,
      );
      return {
        summary: `a rsETH is worth ${(100 * (1 - worth)).toFixed(1)} % less: bad debt of ${each.join("; ")}`,
        quantities: [
          { label: "bad debt", value: total * view.price("ETH"), unit: "USD" },
          { label: "loss of value", value: 100 * (1 - worth), unit: "percent" },
          ...debts.map(({ name, badDebt }) => ({
            label: `bad debt on ${name}`,
            kind: "market",
            of: name,
            value: badDebt * view.price("ETH"),
            unit: "USD" as const,
          })),
          ...debts.map(({ name, lentOut }) => ({
            label: `lent out on ${name}`,
            kind: "utilisation",
            of: name,
            value: 100 * lentOut,
            unit: "percent" as const,
          })),
        ],
      };
    },
  });
}

/** Debt beyond what the collateral is worth, ETH, and the part of the WETH that is lent out. */
function stateOf(
  view: View,
  name: string,
  token: Address,
  worth: number,
): { readonly badDebt: number; readonly lentOut: number } {
  const { accounts, liquidity } = view.at(aaveV3, name);
  const weth = addressKey(view.tokenOf("ETH").address);
  let badDebt = 0;
  for (const { supplied, owed } of accounts.values()) {
    const collateral = (Number(supplied.get(addressKey(token)) ?? 0n) / 1e18) * RATE * worth;
    const lent = Number(supplied.get(weth) ?? 0n) / 1e18;
    badDebt += Math.max(0, Number(owed.get(weth) ?? 0n) / 1e18 - collateral - lent);
  }
  const pool = liquidity.get(weth);
  return { badDebt, lentOut: pool === undefined ? 0 : 1 - Number(pool.available) / Number(pool.supplied) };
}
