import type { Round } from "../../../../src/engine/run/rounds.js";
import type { MinedBlock } from "../../../../src/engine/run/state.js";

import { expect } from "chai";

import { RoundWatch } from "../../../../src/engine/explain/placed-rounds.js";

type Watched = ConstructorParameters<typeof RoundWatch>[0];

/** A world with two feeds. */
const world = {
  oracles: new Map(),
  scenario: { assets: new Map() },
} as unknown as Watched;

const round = (feed: string, shown: number, more: Partial<Round> = {}): Round => ({
  feed,
  outcome: "published",
  offered: shown,
  before: shown + 500,
  shown,
  fair: shown,
  ...more,
});

/** What was executed: a letter for a call of an agent, `-` for one that was not included, the name of a feed for its round. */
function block(height: number, order: readonly string[], steps: number, more: Partial<MinedBlock> = {}): MinedBlock {
  const isFeed = (name: string): boolean => name.length > 1;
  return {
    block: height,
    calls: order.map((name) => ({ sender: isFeed(name) ? `${name} feed` : name })),
    intents: order.map((name) => (isFeed(name) ? undefined : { agent: name })),
    inclusions: order.map((name) => ({ kind: name === "-" ? "refused" : "transaction" })),
    rounds: [],
    state: { steps: Array.from({ length: steps }, () => ({ kind: "call" })) },
    ...more,
  } as unknown as MinedBlock;
}

function placed(
  ...blocks: readonly MinedBlock[]
): readonly (readonly [actor: string, before: number, block: number])[] {
  const watch = new RoundWatch(world);
  for (const one of blocks) watch.after(one);
  return watch.rounds.map(({ actor, before, block: height }) => [actor, before, height]);
}

describe("the place of a feed's round among the steps", () => {
  it("is behind the calls that were executed before it", () => {
    for (const [order, before] of [
      [["ETH", "a", "b"], 0],
      [["a", "ETH", "b"], 1],
      [["a", "b", "ETH"], 2],
    ] as const) {
      expect(placed(block(1, order, 2, { rounds: [round("ETH", 1_500)] })), order.join()).to.deep.equal([
        ["ETH feed", before, 1],
      ]);
    }
  });

  it("counts the steps of the blocks before, and those of its own that are no calls", () => {
    const first = block(1, ["a"], 3);
    const second = block(2, ["b", "ETH", "c"], 6, { rounds: [round("ETH", 1_500)] });
    // a price move comes before the calls of its block
    expect(placed(first, second)).to.deep.equal([["ETH feed", 5, 2]]);
  });

  it("does not count calls that were not included", () => {
    const rounds = [round("ETH", 1_500)];
    expect(placed(block(1, ["-", "a", "-", "ETH", "-", "b"], 2, { rounds }))).to.deep.equal([["ETH feed", 1, 1]]);
  });

  it("is in the order of execution, whatever the order in which feeds are asked", () => {
    const rounds = [round("ETH", 1_500), round("BTC", 30_000)];
    expect(placed(block(1, ["BTC", "a", "ETH"], 1, { rounds }))).to.deep.equal([
      ["BTC feed", 0, 1],
      ["ETH feed", 1, 1],
    ]);
  });

  it("is behind the pause at whose end it was published, and before all else of the block", () => {
    const steps = [{ kind: "call" }, { kind: "pause" }, { kind: "market" }, { kind: "call" }];
    const rest = { feeds: { rounds: [round("ETH", 1_500)] } };
    const second = block(2, ["a"], 0, { rest, state: { steps } } as unknown as Partial<MinedBlock>);
    expect(placed(block(1, ["b"], 1), second)).to.deep.equal([["ETH feed", 2, 2]]);
  });
});
