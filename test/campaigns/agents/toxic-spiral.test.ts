import type { ObservedView } from "../../../src/engine/world/observed-view.js";
import type { LendingPosition } from "../../../src/protocols/roles/lending-market.js";

import { expect } from "chai";

import { liquidators } from "../../../src/agents/index.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { pricePoolInAave, setPool } from "../../fixtures/pool-priced-aave.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** WETH on one side of the pool: three decades in equal steps. */
const DEPTHS = Array.from({ length: 8 }, (_nothing, step) => Math.round(10 * 1000 ** (step / 7)));
/** The price at which alice, with 100 WETH and 158,500 USDC of debt, has a health factor of 0.989. */
const PRICE = 1_900;
/** What a liquidator gets on top, of WETH on the mini mainnet. */
const BONUS = 0.05;
/** From here on a liquidation takes more collateral than debt: Warmuz, Chaudhary & Pinna 2022, *Toxic Liquidation Spirals*. */
const TOXIC_LTV = 1 / (1 + BONUS);

/** What happened in a market. */
interface Spiral {
  readonly views: readonly ObservedView[];
  /** What is owed beyond collateral, US dollars at the pool's price, which is the market's. */
  readonly badDebt: number;
  /** The same at the price before, as if the market came back. */
  readonly atOldPrice: number;
  /** US dollars. */
  readonly price: number;
}

interface Terms {
  readonly source: "pool" | "feed";
  /** Of ether in the pool at the start, US dollars. */
  readonly price: number;
  /** Liquidators, and what each has, US dollars. */
  readonly count: number;
  readonly capital: number;
  readonly blocks: number;
}

/** Liquidators sell what they seize into the pool that tells Aave the price of what they seize. */
describe("a toxic liquidation spiral", () => {
  const theFork = forkForEach();

  async function liquidate(
    depth: number,
    { source = "pool", price: at = PRICE, count = 3, capital = 2_000_000, blocks = 40 }: Partial<Terms> = {},
  ): Promise<Spiral> {
    const fork = theFork();
    const { weth, usdc, users } = fork.addresses;
    await setPool(fork, depth, at);
    if (source === "pool") await pricePoolInAave(fork);
    const { view, views } = await playAgents(fork, {
      agents: liquidators({ count, capital: { USDC: capital }, bid: 0 }),
      blocks,
      moves: [{ block: 1, change: -50_000 }],
      accounts: { bob: users.bob, carol: users.carol },
      baseFee: 1,
    });
    const price = view.all(venue).get("pool")!.spotPrice(weth, usdc);
    const badDebt = positionsOf(view).reduce(
      (sum, { debtUsd, collateralUsd }) => sum + Math.max(0, debtUsd - collateralUsd),
      0,
    );
    return { views, badDebt, atOldPrice: view.shortfalls.get("lending")!, price };
  }

  function positionsOf(view: ObservedView): readonly LendingPosition[] {
    return view
      .all(lendingMarket)
      .get("lending")!
      .positions.filter(({ debt }) => debt.length > 0);
  }

  it("leaves less bad debt the deeper the pool, and none beyond a certain depth", async () => {
    const spirals: Spiral[] = [];
    for (const depth of DEPTHS) spirals.push(await liquidate(depth));
    if (process.env.SHOW === "1") {
      console.table(
        spirals.map(({ badDebt, atOldPrice, price }, step) => ({ depth: DEPTHS[step], badDebt, atOldPrice, price })),
      );
    }
    const bad = spirals.map(({ badDebt }) => badDebt);
    for (const [step, amount] of bad.slice(1).entries()) expect(amount).to.be.at.most(bad[step]!);
    expect(bad[0]).to.be.greaterThan(100_000);
    expect(bad.at(-1)).to.equal(0);
  });

  it("begins where the pool gets thinner than 720 ether", async () => {
    expect((await liquidate(700)).badDebt).to.be.greaterThan(10_000);
    expect((await liquidate(720)).badDebt).to.equal(0);
  });

  it("is due to the coupling: at a feed's price there is no shortfall, however thin the pool", async () => {
    const { badDebt, atOldPrice } = await liquidate(DEPTHS[2]!, { source: "feed" });
    expect([badDebt, atOldPrice]).to.deep.equal([0, 0]);
    expect((await liquidate(DEPTHS[2]!)).badDebt).to.be.greaterThan(100_000);
  });

  it("ends when a round no longer pays its gas, first where the pool is thinnest", async () => {
    const [thinnest, next] = [await liquidate(DEPTHS[0]!, { blocks: 60 }), await liquidate(DEPTHS[1]!, { blocks: 60 })];
    expect(thinnest.badDebt).to.be.lessThan(next.badDebt);
    // the interest of ten blocks is all that is added
    expect(thinnest.badDebt).to.be.closeTo((await liquidate(DEPTHS[0]!, { blocks: 50 })).badDebt, 0.1);
  });

  it("moves the price by the bonus and the fee in each round, whatever the depth", async () => {
    // 0.3 % of the pool's fee; a tenth of the bonus is the protocol's
    const [fee, bonus] = [0.997, 0.9 * BONUS];
    const sold = (Math.sqrt(fee * (1 + bonus)) - 1) / fee;
    const expected = (PRICE * (1 - (fee * sold) / (1 + fee * sold))) / (1 + sold);
    for (const depth of [DEPTHS[2]!, DEPTHS[4]!]) {
      expect((await liquidate(depth, { count: 1, blocks: 2 })).price).to.be.closeTo(expected, 1e-3);
    }
  });

  it("raises the loan-to-value by a liquidation exactly above 1 / (1 + bonus)", async () => {
    const { views } = await liquidate(DEPTHS[4]!);
    const steps = views.slice(1).flatMap((view, index) => changesOf(views[index]!, view));
    const toxic = steps.filter(({ before }) => before > TOXIC_LTV);
    const healing = steps.filter(({ before }) => before < TOXIC_LTV);
    for (const { before, after } of toxic) expect(after).to.be.greaterThan(before);
    for (const { before, after } of healing) expect(after).to.be.lessThan(before);
    expect([toxic.length, healing.length]).to.deep.equal([7, 4]);
  });

  for (const [word, ltv] of [
    ["raises", 0.953],
    ["lowers", 0.952],
  ] as const) {
    it(`${word} a loan-to-value of ${String(ltv)}, a thousandth from there`, async () => {
      // alice is the only one who can be liquidated, by 20,000 dollars: too little to close her position
      const price = 158_500 / (100 * ltv);
      const { views } = await liquidate(10_000, { price, count: 1, capital: 20_000, blocks: 1 });
      const [[change, ...others]] = [changesOf(views[0]!, views[1]!)] as const;
      expect(others).to.deep.equal([]);
      expect(change!.before).to.be.closeTo(ltv, 1e-6);
      expect(Math.sign(change!.after - change!.before)).to.equal(Math.sign(ltv - TOXIC_LTV));
    });
  }

  /** Loan-to-value before and after the liquidations of a block in which the price did not move. */
  function changesOf(earlier: ObservedView, later: ObservedView) {
    const { weth } = theFork().addresses;
    const [before, after] = [earlier, later].map((view) => view.all(lendingMarket).get("lending")!.price(weth));
    if (before !== after) return [];
    return positionsOf(earlier).flatMap((position) => {
      const next = positionsOf(later).find(({ account }) => account === position.account);
      if (next === undefined || position.debtUsd - next.debtUsd < 1) return [];
      return [{ before: position.debtUsd / position.collateralUsd, after: next.debtUsd / next.collateralUsd }];
    });
  }
});
