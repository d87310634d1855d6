import type { SplitProbability, WeightedProbability } from "../../../src/risk/index.js";
import type { RuinOptions, RuinResult, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import path from "node:path";

import { expect } from "chai";

import { bootstrap, gbm, merton } from "../../../src/market/index.js";
import { registerMatchers } from "../../../src/matchers/register.js";
import { renderRuin } from "../../../src/report/ruin.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { barrierProbability } from "../../helpers/barrier-probability.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { DAY } from "../../helpers/rare-events.js";

/** Half of the tilted paths reach $42. */
const DEEP: RuinOptions = { rare: { assets: { X: { deviations: -4 } } } };

describe("siege.ruin of what is rare", () => {
  let local: LocalSiege;
  let note: Fixture;
  let deep: Fixture;
  let guaranteed: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed");
    deep = await deployBarrierNote(local.connection.provider, "flawed", 41);
    guaranteed = await deployBarrierNote(local.connection.provider, "fixed", 41);
  });
  after(() => local.close());

  function ruin(target: Fixture, options: RuinOptions, change: Partial<ScenarioDefinition> = {}): Promise<RuinResult> {
    const { siege } = local.connection;
    return siege.ruin(target, siege.scenario({ ...thirtyDays(target), ...change }), options);
  }

  it("agrees with plain sampling on a probability that both can measure", async () => {
    const plain = await ruin(note, { paths: 300 });
    const tilted = await ruin(note, { paths: 300, rare: { assets: { X: { deviations: -1 } } } });
    for (const { probability } of [plain, tilted]) {
      expect(0.318505).to.be.within(probability.interval.lower, probability.interval.upper);
    }
    expect(tilted.probability.interval.method).to.equal("importance sampling");
    expect(Math.abs(tilted.rare!.meanRatio!.value - 1)).to.be.at.most(3 * tilted.rare!.meanRatio!.error);
  });

  it("measures one near 1e-4 with as many paths as plain sampling would hardly see it once in", async () => {
    const probability = barrierProbability({ barrier: 0.41, deviation: DAY, looks: 30 }, 12);
    const result = await ruin(deep, { ...DEEP, paths: 400 });
    const { interval, value } = result.probability;
    expect(probability).to.be.within(interval.lower, interval.upper);
    expect(result.doubts).to.deep.equal([]);
    expect(result.rare!.error! / value!).to.be.below(0.2);
    // a spread of 20 % takes plain sampling 1 / (0.2² p) paths
    expect(result.cost.blocks).to.be.below(30 / (0.04 * probability) / 50);
  });

  it("bounds the probability of a twin that survives by the weight that no path exceeds", async () => {
    const { probability, doubts, ruined } = await ruin(guaranteed, { ...DEEP, paths: 100 });
    expect([probability.value, ruined.length, doubts.length]).to.deep.equal([0, 0, 0]);
    // Clopper-Pearson's bound of the tilted paths, times 1 / 0.1
    expect(probability.interval.upper).to.be.closeTo(10 * (1 - 0.025 ** (1 / 100)), 1e-9);
  });

  it("doubts an interval that few paths decide", async () => {
    const { doubts, rare } = await ruin(deep, { paths: 40, rare: { assets: { X: { deviations: -7 } } } });
    expect(rare!.effectiveRuined).to.be.below(20);
    expect(doubts.map(({ code }) => code)).to.deep.equal(["FEW_EFFECTIVE_PATHS"]);
  });

  it("is the same on one lane and on two, and continued from a file, which keeps tilts apart", async () => {
    const essence = ({ cost: _cost, explored: _explored, ...result }: RuinResult): unknown => result;
    const alone = await ruin(deep, { ...DEEP, paths: 40, lanes: 1 });
    expect(essence(await ruin(deep, { ...DEEP, paths: 40, lanes: 2 }))).to.deep.equal(essence(alone));
    const file = path.join(local.root, "tilted.jsonl");
    await ruin(deep, { ...DEEP, paths: 20, resume: file });
    const resumed = await ruin(deep, { ...DEEP, paths: 40, resume: file });
    expect(essence(resumed)).to.deep.equal(essence(alone));
    const other = { rare: { assets: { X: { deviations: -5 } } }, paths: 40, resume: file };
    await failsWith("PATHS_FILE_INVALID", () => ruin(deep, other));
  });

  it("tilts what jumps, too, and minimises a tilted path", async () => {
    const process = merton({ volatility: 0.8, jumpsPerYear: 10, jumpMean: -0.1, jumpDeviation: 0.05 });
    const result = await ruin(
      deep,
      { rare: { assets: { X: { deviations: -3.5 } } }, paths: 60, minimise: 1 },
      { assets: { X: { price: 100, process } } },
    );
    expect(result.findings).to.have.length(1);
    expect(result.probability.value).to.be.within(5e-5, 5e-3);
    expect([result.timeToRuin, result.losses, result.unmeasured]).to.deep.equal([[], [], []]);
  });

  it("is what the matcher decides by, either way, unless few paths decide", async () => {
    await registerMatchers();
    const scenario = local.connection.siege.scenario(thirtyDays(deep));
    await expect(deep).toHaveRuinProbabilityBelow(0.001, scenario, { ...DEEP, paths: 400 });
    await expect(deep).not.toHaveRuinProbabilityBelow(0.00001, scenario, { ...DEEP, paths: 400 });
    const few: RuinOptions = { paths: 40, rare: { assets: { X: { deviations: -7 } } } };
    for (const assertion of [() => expect(deep), () => expect(deep).not]) {
      for (const limit of [0.5, 1e-20]) {
        const decide = (): PromiseLike<void> => assertion().toHaveRuinProbabilityBelow(limit, scenario, few);
        const { message } = await failsWith("INCONCLUSIVE", decide);
        expect(message).to.include("fewer than the 20 from which on the interval holds");
      }
    }
  });

  it("says in its report that paths were tilted, and what shows whether to believe it", async () => {
    const text = renderRuin(await ruin(deep, { ...DEEP, paths: 100 }));
    expect(text).to.match(/ruin +\d+ of 100 tilted paths ruined: 0\.\d+ %, between .* \(importance sampling\)/);
    expect(text).to.match(/tilted +the price of X by -4 standard deviations over the horizon, in 90 % of the paths/);
    expect(text).to.match(
      /standard error [\d.]+ % of the probability; [\d.]+ effective ruined paths; mean likelihood ratio/,
    );
  });

  it("does what docs/ruin.md shows", async () => {
    const { siege } = local.connection;
    const { rareRuin, split, sampled } = (await documentedCode("docs/ruin.md", (text) =>
      /rareRuin|multilevelSplitting/.test(text),
    )) as {
      readonly rareRuin: (...of: unknown[]) => Promise<RuinResult>;
      readonly split: SplitProbability;
      readonly sampled: WeightedProbability;
    };
    const page = textOf("docs/ruin.md");
    const shown = renderRuin(await rareRuin(siege, deep, siege.scenario(thirtyDays(deep)))).split("\n");
    for (const line of shown.slice(1, 4)) expect(page).to.include(line.trim());
    const probability = barrierProbability({ barrier: 0.41, deviation: DAY, looks: 30 }, 12);
    expect(page).to.include(`${(100 * probability).toFixed(5)} %`);
    for (const { value, error } of [split, sampled]) {
      expect(Math.abs(value! - probability)).to.be.at.most(3 * error!);
    }
  });

  it("refuses by code what cannot be tilted", async () => {
    const history = { prices: [100, 90, 95, 97, 99, 105, 101, 98, 97, 99], spacing: 86_400 };
    const without = { assets: { X: { price: 100 } } };
    const drawn = { assets: { X: { price: 100, process: bootstrap(history) } } };
    const moving = { price: 100, process: gbm({ volatility: 0.8 }) };
    const together: Partial<ScenarioDefinition> = {
      assets: { X: moving, Y: moving },
      correlations: { X: { Y: 0.5 } },
    };
    const assets = { X: { deviations: -1 } };
    for (const [code, rare, change] of [
      ["UNKNOWN_ASSET", { assets: { Z: { deviations: -1 } } }, {}],
      ["INVALID_OPTION", { assets: {} }, {}],
      ["INVALID_OPTION", { assets: { X: { deviations: Number.NaN } } }, {}],
      ["INVALID_OPTION", { assets, defensive: 0 }, {}],
      ["INVALID_OPTION", "splitting", {}],
      ["INVALID_OPTION", { assets }, without],
      ["INVALID_OPTION", { assets }, drawn],
      ["INVALID_OPTION", { assets }, together],
    ] as const) {
      await failsWith(code, () => ruin(note, { rare: rare as never, paths: 1 }, change));
    }
    await failsWith("INVALID_OPTION", () => ruin(note, { rare: { assets }, stopWhen: { limit: 0.1 }, paths: 1 }));
  });
});
