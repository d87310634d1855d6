import type { CampaignResult, Finding } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { Player } from "../../../../src/engine/run/player.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../../../fixtures/all.js";
import { deployCoupledVault } from "../../../fixtures/coupled-vault.js";
import { fallAlone, silenceAlone } from "../../../fixtures/scenarios.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** How many seeds to try; `npm run measure` tries 20 of each and writes the results to docs/cost.md. */
const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 2) }, (_value, index) => index + 1);

describe("survival", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  for (const fixture of FIXTURES) {
    describe(fixture.name, () => {
      for (const seed of SEEDS) {
        it(`breaks ${fixture.condition} in at most ${String(fixture.steps)} steps, seed ${String(seed)}: ${fixture.why}`, async () => {
          const { siege } = fork.connection;
          const vault = await fixture.deploy(fork, "flawed");
          const definition = fixture.scenario(fork, vault);
          const finding = found(await siege.run(vault, siege.scenario(definition), { seed }));

          expect(finding.violation.condition).to.equal(fixture.condition);
          expect(finding.trace.steps.length).to.be.at.most(fixture.steps);
          expect(finding.certificate?.deletions.map(({ step }) => step)).to.deep.equal([...finding.trace.steps.keys()]);
          expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");

          // an independent check of the certificate: in a fresh world, without each step, and with all of them
          const scenario = buildScenario(definition);
          const { provider } = fork.connection;
          const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
          try {
            const player = new Player(world, () => undefined);
            const conditionOf = async (kept: (index: number) => boolean): Promise<string | undefined> => {
              const steps = finding.trace.steps.filter((_step, index) => kept(index));
              const outcome = await player.trace({ ...finding.trace, steps });
              return outcome.kind === "violation" ? outcome.violation.condition : undefined;
            };
            expect(await conditionOf(() => true)).to.equal(fixture.condition);
            for (const left of finding.trace.steps.keys()) {
              expect(await conditionOf((index) => index !== left), `without step ${String(left + 1)}`).to.not.equal(
                fixture.condition,
              );
            }
          } finally {
            await world.close();
          }
        });
      }

      it("survives the same budget once fixed", async () => {
        const { siege } = fork.connection;
        const vault = await fixture.deploy(fork, "fixed");
        const result = await siege.run(vault, siege.scenario(fixture.scenario(fork, vault)), { seed: 1 });
        expect(result.kind, JSON.stringify(result.kind === "violation" ? result.finding.steps : [])).to.equal(
          "survived",
        );
        expect(result.cost.runs).to.equal(200);
      });
    });
  }

  describe("CoupledVault, with only one of its two preconditions", () => {
    for (const [missing, scenario] of [
      ["silence", fallAlone],
      ["fall", silenceAlone],
    ] as const) {
      it(`survives without the ${missing}`, async () => {
        const { siege } = fork.connection;
        const vault = await deployCoupledVault(fork, "flawed");
        const result = await siege.run(vault, siege.scenario(scenario(fork)), { seed: 1 });
        expect(result.kind).to.equal("survived");
      });
    }
  });
});

function found(result: CampaignResult): Finding {
  if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
  return result.finding;
}
