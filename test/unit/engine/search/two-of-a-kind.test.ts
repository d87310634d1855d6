import type { Link } from "../../../../src/engine/search/link.js";

import { expect } from "chai";

import { withTwo } from "../../../../src/engine/search/two-of-a-kind.js";
import { createRandom } from "../../../../src/market/random.js";

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);
const actions = {
  takesTwo: (action: string) => action === "move",
  pays: (action: string) => action === "deposit",
};

function link(action: string): Link {
  return { action, extent: "most" };
}

function chains(...before: readonly Link[]): ReturnType<typeof withTwo>[] {
  return SEEDS.map((seed) => withTwo(before, actions, createRandom(seed)));
}

describe("two of a kind", () => {
  const chain = [link("deposit"), link("borrow"), link("move"), link("withdraw")];

  it("are mostly there before something goes from one to the other", () => {
    const made = chains(...chain);
    const twice = made.filter(({ others }) => others === 2);
    expect(twice.length / made.length).to.be.within(0.5, 0.7);
    for (const { chain: grown } of twice) {
      expect(grown.map(({ action }) => action).join()).to.equal("deposit,borrow,deposit,borrow,move,withdraw");
      expect(grown.slice(2)).to.deep.equal(chain);
    }
  });

  it("leave something for the second: the first deposit is of any amount, the first loan to the limit", () => {
    const [deposit, borrow] = chains(...chain).find(({ others }) => others > 0)?.chain ?? [];
    expect(deposit).to.deep.equal({ action: "deposit", extent: undefined });
    expect(borrow).to.deep.equal(link("borrow"));
  });

  it("are not there where nothing takes two, nothing comes before it, or something is done in a callback", () => {
    const inside = { ...link("withdraw"), depth: 1 };
    for (const alone of [
      [link("deposit"), link("borrow")],
      [link("move"), link("borrow")],
      [...chain, inside],
    ]) {
      for (const made of chains(...alone)) expect(made).to.deep.equal({ chain: alone, others: 0 });
    }
  });
});
