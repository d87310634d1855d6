import type { Address } from "viem";

import type { CompoundV2View } from "../../../src/protocols/compound-v2/view.js";
import type { MorphoBlueView } from "../../../src/protocols/morpho-blue/view.js";
import type { ChainAddend, ChainNumber } from "../../../src/protocols/on-chain.js";

import { expect } from "chai";
import fc from "fast-check";

import { underlyingOf } from "../../../src/protocols/compound-v2/math.js";
import { compoundV2OnChain } from "../../../src/protocols/compound-v2/on-chain.js";
import { toAssetsDown, toAssetsUp } from "../../../src/protocols/morpho-blue/math.js";
import { morphoBlueOnChain } from "../../../src/protocols/morpho-blue/on-chain.js";

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const [MORPHO, ALICE, CTOKEN] = [address("a"), address("b"), address("c")];
const USDC = { address: address("d"), symbol: "USDC", decimals: 6, asset: "USDC" };
const WETH = { address: address("e"), symbol: "WETH", decimals: 18, asset: "ETH" };

/** What a number comes to where views return these words. */
function valueOf(number: ChainNumber, words: Readonly<Record<string, readonly bigint[]>>): bigint {
  if (number.kind === "native") return 0n;
  if (number.kind === "view") return words[number.function.name]?.[number.word ?? 0] ?? 0n;
  const of = ({ number: part, plus }: ChainAddend): bigint => plus + (part === undefined ? 0n : valueOf(part, words));
  const [one, other, over] = [of(number.factors[0]), of(number.factors[1]), of(number.over)];
  return (one * other + (number.rounds === "up" ? over - 1n : 0n)) / over;
}

const amount = fc.bigInt(0n, 10n ** 30n);

describe("positions as numbers of the chain", () => {
  it("of Morpho Blue are what its view says, rounded as it rounds", () => {
    fc.assert(
      fc.property(fc.tuple(amount, amount, amount, amount, amount, amount, amount), (words) => {
        const [lends, borrows, pledged, supply, supplyShares, borrow, borrowShares] = words;
        const supplied = toAssetsDown(lends, { assets: supply, shares: supplyShares });
        const owed = toAssetsUp(borrows, { assets: borrow, shares: borrowShares });
        const view = {
          morpho: MORPHO,
          id: "0x01",
          params: {},
          loan: USDC,
          collateral: WETH,
          accounts: new Map([[ALICE, { supplied, owed, collateral: pledged }]]),
        } as unknown as MorphoBlueView;
        const told = {
          position: [lends, borrows, pledged],
          market: [supply, supplyShares, borrow, borrowShares],
        };
        const said = morphoBlueOnChain(view, ALICE);
        for (const [{ number }, was] of [
          [said.lent, supplied],
          [said.pledged, pledged],
          [said.borrowed, owed],
        ] as const) {
          expect([valueOf(number, told), number.was]).to.deep.equal([was, was]);
        }
      }),
    );
  });

  it("of Compound v2 are what its view says, rounded as it rounds", () => {
    fc.assert(
      fc.property(amount, amount, amount, (cTokens, owed, exchangeRate) => {
        const view = {
          markets: [{ underlying: USDC, cToken: { ...USDC, address: CTOKEN }, exchangeRate }],
          accounts: new Map([[ALICE, { cTokens: new Map([[CTOKEN, cTokens]]), owed: new Map([[CTOKEN, owed]]) }]]),
        } as unknown as CompoundV2View;
        const told = { getAccountSnapshot: [0n, cTokens, owed], exchangeRateStored: [exchangeRate] };
        const { supplied, owed: debts } = compoundV2OnChain(view, ALICE);
        const amounts = [...supplied, ...debts].map(({ number }) => [valueOf(number, told), number.was]);
        const worth = underlyingOf(cTokens, exchangeRate);
        expect(amounts).to.deep.equal([
          [worth, worth],
          [owed, owed],
        ]);
      }),
    );
  });
});
