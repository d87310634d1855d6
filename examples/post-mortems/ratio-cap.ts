import type { Address } from "viem";

import type { Agent } from "../../src/agents/agent.js";
import type { Condition } from "../../src/conditions/condition.js";
import type { ScenarioEvent } from "../../src/scenario/event.js";
import type { View } from "../../src/view/view.js";
import type { FixtureFork, Variant } from "../../test/fixtures/fixture.js";
import type { Loan } from "./loans.js";
import type { Setting } from "./post-mortem.js";

import { parseAbi, parseEther } from "viem";

import { defineAgent } from "../../src/agents/agent.js";
import { retail } from "../../src/agents/retail.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { noBadDebt } from "../../src/conditions/no-bad-debt.js";
import { chainlink } from "../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../src/protocols/aave-v3/aave-v3.js";
import { call } from "../../src/protocols/call.js";
import { constant } from "../../src/protocols/read-plan.js";
import { lendingMarket } from "../../src/protocols/roles/lending-market.js";
import { addressKey } from "../../src/quantity/address.js";
import { defineEvent } from "../../src/scenario/event.js";
import { fixtureArtifact } from "../../test/fixtures/artifact.js";
import { deployVariant } from "../../test/fixtures/fixture.js";
import { person } from "../../test/fixtures/give.js";

import { listOnAave } from "./list-on-aave.js";
import { openLoans } from "./loans.js";

/** What Aave's post-mortem of 10 March 2026 says. */
export const PUBLISHED = {
  /** The snapshot before the update, what it was cut to, and the market: ETH per wstETH. */
  before: 1.1572,
  after: 1.1919,
  market: 1.2282,
  /** Age of the new snapshot, days. */
  age: 7,
  /** The cap that the update led to, ETH per wstETH. */
  cap: 1.1939,
  accounts: 34,
  /** wstETH that were liquidated, and what that cost their owners, ETH: the wrong price, and the liquidations' bonus. */
  liquidated: 10_938,
  lostToPrice: 382.76,
  lostToBonus: 129.72,
} as const;

const DAY = 86_400;

/** 8.72 % a year, in basis points: Chaos Labs' recommendation for wstETH. With it the cap comes to the published 1.1939. */
const GROWTH = 872n;

/** An assumption: the old snapshot's age, at which its cap is above the market. */
const OLD_SNAPSHOT_DAYS = 300;

/** An assumption: about what loans of the ETH category had, with the bonus of 1 % that the published losses imply. Loans begin at the threshold. */
const RISK = { ltv: 95_50n, liquidationThreshold: 95_50n, liquidationBonus: 101_00n };
const THRESHOLD = 0.955;

/** An assumption: as many loans below the health factor at which the wrong price liquidates, 1.0287, as accounts were liquidated, and some above. */
const NEAR = PUBLISHED.accounts;
const FAR = 16;

/** The setting, and the rebuilt adapter in it. */
export interface RatioCap extends Setting {
  readonly adapter: Address;
}

/**
 * Aave V3's own bytecode with the rebuilt adapter as the price of wstETH; loans of WETH against it, at about a sixteenth of
 * the amounts; an update of the cap; and whoever liquidates.
 */
export async function ratioCap(fork: FixtureFork, variant: Variant = "flawed"): Promise<RatioCap> {
  const { addresses, account } = fork;
  const steward = await person(fork, "risk steward");
  const token = await fork.deploy(await fixtureArtifact("CollateralToken"), ["wstETH"]);
  const { address: adapter } = await deployVariant(fork, "RatioCapAdapter", variant, [
    addresses.chainlink.ethUsd,
    steward,
    parseEther(String(PUBLISHED.market)),
    GROWTH,
    parseEther(String(PUBLISHED.before)),
    BigInt(OLD_SNAPSHOT_DAYS * DAY),
  ]);
  await listOnAave(fork, addresses.aaveV3, { token, symbol: "wstETH", source: adapter, risk: RISK });
  const loans = [
    ...Array.from({ length: NEAR }, (_, index) => loan(index, 1.001 + (0.027 * index) / (NEAR - 1))),
    ...Array.from({ length: FAR }, (_, index) => loan(NEAR + index, 1.03 + 0.02 * index)),
  ];
  const accounts = await openLoans(fork, addresses.aaveV3, token, loans);
  return {
    target: { name: "Aave V3", address: addresses.aaveV3.pool, abi: [] },
    adapter,
    scenario: {
      name: "an update of the cap on wstETH",
      blocks: 8,
      pauses: { most: 0 },
      assets: {
        ETH: { token: addresses.weth },
        wstETH: { token, price: 2_000 * PUBLISHED.market },
      },
      protocols: { aave: aaveV3(addresses.aaveV3.addressesProvider, { watch: [account] }) },
      oracles: [chainlink(addresses.chainlink.ethUsd, { asset: "ETH" })],
      accounts,
      // the lender only shows that the market works while nobody is due
      agents: [liquidators(), retail({ name: "lender", capital: { ETH: 10 }, only: ["aave.supply", "aave.withdraw"] })],
      events: [capUpdate(adapter, steward)],
      conditions: [noBadDebt({ lending: "aave" }), healthyLoansStand(accounts, token)],
    },
  };
}

function loan(index: number, healthFactor: number): Loan {
  const collateral = 25 + 5 * (index % 5);
  return {
    name: `borrower ${index + 1}`,
    collateral,
    debt: (collateral * PUBLISHED.market * THRESHOLD) / healthFactor,
  };
}

const adapterAbi = parseAbi(["function update(uint256 ratio, uint256 age)"]);

/** The steward asks for the market's ratio, and gets 3 % more than the last one. */
function capUpdate(adapter: Address, steward: Address): ScenarioEvent {
  const update = (age: number) =>
    call({
      address: adapter,
      abi: adapterAbi,
      functionName: "update",
      args: [parseEther(String(PUBLISHED.market)), BigInt(age)],
    });
  return defineEvent({
    kind: "cap.update",
    actor: "risk steward",
    most: 1,
    values: { age: { type: "integer", min: 0, max: OLD_SNAPSHOT_DAYS * DAY, unit: "seconds" } },
    draw: (draws) => draws.constant([{ block: 2, values: { age: PUBLISHED.age * DAY } }]),
    sender: () => steward,
    call: ({ age }) => update(age),
    words: ({ age }) => `updates the cap with a snapshot of ${(age / DAY).toFixed(1)} days ago`,
    noun: "an update of the cap",
    size: {
      value: "age",
      from: () => OLD_SNAPSHOT_DAYS * DAY,
      resolution: DAY / 10,
      words: (age) => `${(age / DAY).toFixed(1)} days`,
    },
  });
}

/** Liquidates everybody who is due, in the next block, as often as it takes. Honest: they are part of the world. */
function liquidators(): Agent {
  return defineAgent({
    role: "liquidators",
    honest: true,
    capital: { ETH: 2_000 },
    act: ({ view, self, submit }) => {
      for (const market of view.all(lendingMarket).values()) {
        for (const position of market.positions) {
          const [option] = market.liquidations(position);
          if (option !== undefined) submit({ call: option.liquidate(option.maxRepay, self.address), gas: 1_000_000n });
        }
      }
    },
  });
}

/** What liquidations took from accounts that owe less than their collateral is worth at the market's ratio. */
export interface Taken {
  readonly accounts: number;
  /** Whole wstETH. */
  readonly seized: number;
  /** ETH that their owners lost: what was seized, at the market's ratio, less the debt that it repaid. */
  readonly lost: number;
}

/** At the end of a run, nobody has been liquidated who was healthy at the market's ratio, as everybody here is. */
function healthyLoansStand(accounts: Readonly<Record<string, Address>>, token: Address): Condition {
  return defineCondition<number, undefined>({
    id: "healthyLoansStand",
    inspect: async ({ blocks }) => blocks,
    observe: () => constant(undefined),
    judge: ({ view, startView }, blocks) => {
      if (view.block < blocks) return undefined;
      const { accounts: count, seized, lost } = taken(view, startView, Object.values(accounts), token);
      if (count === 0) return undefined;
      return {
        summary: `${count === 1 ? "a healthy account was" : `${count} healthy accounts were`} liquidated: ${seized.toFixed(1)} wstETH were seized, at a loss of ${lost.toFixed(2)} ETH`,
        quantities: [
          { label: "accounts", value: count, unit: "count" },
          { label: "loss", value: lost * view.price("ETH"), unit: "USD" },
          { label: "seized", value: seized * view.price("wstETH"), unit: "USD" },
        ],
      };
    },
  });
}

function taken(view: View, start: View, borrowers: readonly Address[], token: Address): Taken {
  const weth = addressKey(view.tokenOf("ETH").address);
  const of = (which: View, borrower: Address) => {
    const position = which.at(aaveV3).accounts.get(addressKey(borrower));
    return {
      collateral: Number(position?.supplied.get(addressKey(token)) ?? 0n) / 1e18,
      debt: Number(position?.owed.get(weth) ?? 0n) / 1e18,
    };
  };
  let result: Taken = { accounts: 0, seized: 0, lost: 0 };
  for (const borrower of borrowers) {
    const [before, after] = [of(start, borrower), of(view, borrower)];
    const seized = before.collateral - after.collateral;
    if (seized <= 0) continue;
    result = {
      accounts: result.accounts + 1,
      seized: result.seized + seized,
      lost: result.lost + seized * PUBLISHED.market - (before.debt - after.debt),
    };
  }
  return result;
}
