import type { ShardResult, ShardResults } from "../../../../src/engine/shards/result.js";
import type { CampaignResult } from "../../../../src/types.js";
import type { Shown } from "../../../helpers/dealt-campaigns.js";

import { expect } from "chai";
import fc from "fast-check";

import { toJson } from "../../../../src/engine/json.js";
import { soFar, withoutFurther } from "../../../../src/engine/shards/enough.js";
import { join, joinAll } from "../../../../src/engine/shards/join.js";
import { merge } from "../../../../src/engine/shards/merge.js";
import { campaigns, played } from "../../../helpers/dealt-campaigns.js";
import { codeOf } from "../../../helpers/errors.js";

/** A campaign and the number of shards it is dealt to. */
const dealt = campaigns.chain((shown) =>
  fc.record({ shown: fc.constant(shown), count: fc.integer({ min: 2, max: shown.strands.length }) }),
);

/** All shards, in an order of their own. */
const shuffled = dealt.chain(({ shown, count }) =>
  fc.record({
    shown: fc.constant(shown),
    count: fc.constant(count),
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, at) => at + 1),
      { minLength: count },
    ),
  }),
);

function named(results: ShardResults): { origin: string; results: ShardResults } {
  return { origin: `${results.shards.map(({ index }) => index).join("+")}.json`, results };
}

function joined(shards: readonly ShardResults[]): ShardResults {
  const [first] = joinAll(shards.map(named));
  if (first === undefined) throw new Error("nothing was joined");
  return first;
}

async function merged(shards: readonly ShardResults[]): Promise<{ result: CampaignResult; text: string }> {
  const { result, ...rest } = await merge(joined(shards), ({ name }) => ({ file: `${name}.json`, unsaved: [] }));
  // the seconds are those of all shards together
  const text = toJson({ ...rest, result: { ...result, cost: { ...result.cost, seconds: 0, searchSeconds: 0 } } });
  return { result, text };
}

/** @param indices - of the shards. Default: all of them */
function all(shown: Shown, count: number, indices = Array.from({ length: count }, (_, at) => at + 1)) {
  return indices.map((index) => played(shown, index, count));
}

function withoutSeconds(result: CampaignResult): string {
  return toJson({ ...result, cost: { ...result.cost, seconds: 0, searchSeconds: 0 } });
}

describe("merging shards", () => {
  it("gives what a single shard gives, however the campaign was dealt", async () => {
    await fc.assert(
      fc.asyncProperty(dealt, async ({ shown, count }) => {
        const one = await merged([played(shown, 1, 1)]);
        const many = await merged(all(shown, count));
        const { further: _one, ...single } = JSON.parse(one.text) as Record<string, unknown>;
        const { further: _many, ...parts } = JSON.parse(many.text) as Record<string, unknown>;
        expect(parts).to.deep.equal(single);
        expect(toJson(parts)).to.equal(toJson(single));
      }),
    );
  });

  it("gives it as soon as enough of them are there, whichever came first", async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ shown, count, order }) => {
        const { result } = await merged([played(shown, 1, 1)]);
        const needed = order.findIndex((_, at) => soFar(joined(all(shown, count, order.slice(0, at + 1)))).isEnough);
        expect(needed).to.be.at.least(0);
        const there = joined(all(shown, count, order.slice(0, needed + 1)));
        const decided = await merged([withoutFurther(there)]);
        expect(withoutSeconds(decided.result)).to.equal(withoutSeconds(result));
      }),
    );
  });

  it("loses no cause that any shard has met", async () => {
    await fc.assert(
      fc.asyncProperty(dealt, async ({ shown, count }) => {
        const shards = all(shown, count);
        const met = shards
          .flatMap((results) => results.shards)
          .flatMap(({ opening, strands }) => [
            ...opening.findings.map(({ reproduction }) => reproduction.finding.violation.cause),
            ...strands.flatMap((strand) => strand.met.map(({ cause }) => cause)),
          ]);
        const { text } = await merged(shards);
        for (const cause of met) expect(text).to.include(JSON.stringify(cause));
      }),
    );
  });

  it("is commutative", () => {
    fc.assert(
      fc.property(shuffled, ({ shown, count, order }) => {
        const shards = all(shown, count);
        const inOrder = order.map((index) => shards[index - 1]!);
        expect(toJson(joined(inOrder))).to.equal(toJson(joined(shards)));
      }),
    );
  });

  it("is associative", () => {
    fc.assert(
      fc.property(shuffled, fc.nat(), ({ shown, count, order }, cut) => {
        const shards = order.map((index) => played(shown, index, count));
        const at = 1 + (cut % (count - 1));
        const halves = [joined(shards.slice(0, at)), joined(shards.slice(at))];
        expect(toJson(joined(halves))).to.equal(toJson(joined(shards)));
      }),
    );
  });

  it("counts a shard once that is given twice, whatever time it took", () => {
    fc.assert(
      fc.property(dealt, fc.nat(), ({ shown, count }, which) => {
        const shards = all(shown, count);
        const twice = changed(shards[which % count]!, (shard) => ({ ...shard, seconds: shard.seconds + 60 }));
        expect(toJson(joined([...shards, twice]))).to.equal(toJson(joined(shards)));
        expect(toJson(joined([twice, ...shards]))).to.equal(toJson(joined(shards)));
      }),
    );
  });

  it("never says that a target survived if a shard is missing, and says which one is", async () => {
    await fc.assert(
      fc.asyncProperty(dealt, fc.nat(), async ({ shown, count }, which) => {
        const missing = 1 + (which % count);
        const shards = all(shown, count).filter((_, at) => at + 1 !== missing);
        const { result } = await merged(shards);
        expect(result.kind).to.be.oneOf(["inconclusive", "violation"]);
        if (result.kind !== "inconclusive") return;
        expect(result.doubts[0]?.code).to.equal("SHARDS_MISSING");
        expect(result.doubts[0]?.message).to.equal(
          `This is ${count - 1} of ${count} shards; shard ${missing} is missing.`,
        );
      }),
    );
  });

  it("never says so if a shard was stopped, either", async () => {
    await fc.assert(
      fc.asyncProperty(dealt, fc.nat(), async ({ shown, count }, which) => {
        const shards = all(shown, count).map((results, at) =>
          at === which % count
            ? changed(results, (shard) => ({
                ...shard,
                strands: shard.strands.slice(1),
                cut: { reason: "time limit" },
              }))
            : results,
        );
        const { result } = await merged(shards);
        expect(result.kind).to.be.oneOf(["incomplete", "violation"]);
      }),
    );
  });

  it("refuses two different results of one shard", () => {
    fc.assert(
      fc.property(dealt, fc.nat(), ({ shown, count }, which) => {
        const shards = all(shown, count);
        const index = which % count;
        const other = changed(shards[index]!, ({ opening, ...shard }) => ({
          ...shard,
          opening: { ...opening, spent: { ...opening.spent, runs: 99 } },
        }));
        expect(codeOf(() => joined([...shards, other]))).to.equal("CONTRADICTING_SHARDS");
        expect(codeOf(() => joined([other, ...shards]))).to.equal("CONTRADICTING_SHARDS");
      }),
    );
  });

  const one = played({ runs: 200, findings: 1, saved: [], strands: [[], [], [], []] }, 1, 2);
  const two = played({ runs: 200, findings: 1, saved: [], strands: [[], [], [], []] }, 2, 2);
  const others: [what: string, field: string, value: unknown, shown: readonly [string, string]][] = [
    ["release of hardhat-siege", "release", "0.2.0", ["0.1.0", "0.2.0"]],
    ["scenario", "scenario", "bank run", ["flash crash", "bank run"]],
    ["seed", "seed", 7, ["1", "7"]],
    ["runs", "runs", 400, ["200", "400"]],
    ["fork block", "forkBlock", 8, ["7", "8"]],
    ["bytecode", "bytecode", `0x${"cd".repeat(32)}`, [`0x${"ab".repeat(32)}`, `0x${"cd".repeat(32)}`]],
    ["number of shards", "shards", 3, ["2", "3"]],
    ["saved reproductions", "corpus", `0x${"cd".repeat(32)}`, ["0xabab", "0xcdcd"]],
  ];
  for (const [what, field, value, [its, theirs]] of others) {
    it(`refuses another ${what}, and names both`, () => {
      const other = { ...two, campaign: { ...two.campaign, [field]: value } };
      let message = "";
      try {
        join(named(one), named(other));
      } catch (error) {
        message = String(error);
      }
      expect(message).to.include(`the ${what} is ${its}`).and.to.include(theirs);
      expect(message).to.include("1.json").and.to.include("2.json").and.to.include("[MIXED_CAMPAIGNS]");
    });
  }

  it("keeps the campaigns of several scenario files apart", () => {
    const other = { ...two, campaign: { ...two.campaign, file: "siege/run.scenario.ts" } };
    const files = joinAll([named(other), named(one)]).map(({ campaign, shards }) => [campaign.file, shards.length]);
    expect(files).to.deep.equal([
      ["siege/crash.scenario.ts", 1],
      ["siege/run.scenario.ts", 1],
    ]);
  });
});

function changed(results: ShardResults, change: (shard: ShardResult) => ShardResult): ShardResults {
  return { ...results, shards: results.shards.map(change) };
}
