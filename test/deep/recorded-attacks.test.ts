import type { CampaignResult } from "../../src/types.js";
import type { Attack } from "../recorded-attacks/attacks.js";
import type { AttackFork } from "../recorded-attacks/siege-on-attack.js";

import { expect } from "chai";

import { renderResult } from "../../src/report/terminal.js";
import { CREAM, EARNING_FARM, ONYX, RIKKEI } from "../recorded-attacks/attacks.js";
import { hasRecordedAttacks, recordedAttack } from "../recorded-attacks/recorded-attack.js";
import { CREAM_SCRIPT, EARNING_FARM_SCRIPT, ONYX_SCRIPT, RIKKEI_SCRIPT } from "../recorded-attacks/scripts.js";
import { siegeOnAttack } from "../recorded-attacks/siege-on-attack.js";

const SEEDS = [1, 2, 3];

/** About a minute of one processor's time, most of it in tries of calls. */
const RUNS = 64;

const ATTACKS = [
  // history's took 268.9 ETH
  { attack: EARNING_FARM, script: EARNING_FARM_SCRIPT, steps: 3, least: 268 * 1_300, most: 269 * 1_300 },
  // one market of the eight that history's emptied
  { attack: ONYX, script: ONYX_SCRIPT, steps: 6, least: 333 * 1_810, most: 335 * 1_810 },
  // 19,480,000 AMP and 355 ETH for 500 ETH of collateral
  { attack: CREAM, script: CREAM_SCRIPT, steps: 4, least: 650_000, most: 660_000 },
  { attack: RIKKEI, script: RIKKEI_SCRIPT, steps: 4, least: 195_000, most: 196_000 },
];

for (const { attack, script, steps, least, most } of ATTACKS) {
  describe(`the attack on ${attack.name} (needs ../shared/recorded-state)`, () => {
    let fork: AttackFork;

    before(function () {
      if (!hasRecordedAttacks()) this.skip();
    });
    beforeEach(async () => {
      fork = await siegeOnAttack(recordedAttack(attack.name), { agents: ["attacker"] });
    });
    afterEach(() => fork.close());

    function besiege({ target, scenario }: Attack, options: object): Promise<CampaignResult> {
      const { siege } = fork.connection;
      return siege.run(target, siege.scenario(scenario), { lanes: 1, ...options });
    }

    it("is expressible: by hand it takes what it took, in as few steps, and replays", async () => {
      const byHand = { ...attack, scenario: { ...attack.scenario, agents: [script] } };
      const result = await besiege(byHand, { runs: 1 });
      if (result.kind !== "violation") throw new Error(renderResult(result));
      const { violation, trace, certificate, reproduction } = result.finding;
      expect(trace.steps, renderResult(result)).to.have.lengthOf(steps);
      expect(certificate?.kind).to.equal("1-minimal");
      expect(violation.evidence.quantities[0]?.value).to.be.within(least, most);
      expect((await fork.connection.siege.replay(reproduction!)).kind).to.equal("violation");
    });

    it("is looked for without a hint, and calls that need what was not recorded are refused and counted", async function () {
      const ends: string[] = [];
      for (const seed of SEEDS) {
        const result = await besiege(attack, { runs: RUNS, seed });
        if (result.kind === "incomplete") throw result.error ?? new Error("incomplete");
        const refused = result.activity.calls
          .flatMap(({ reverts }) => reverts)
          .filter(({ reason }) => /^Unrecorded(Slot|Account)\(/.test(reason));
        expect(refused, renderResult(result)).to.have.length.greaterThan(0);
        ends.push(`seed ${String(seed)}: ${result.kind}`);
        await fork.forget();
      }
      expect(fork.unrecorded()).to.have.length.greaterThan(0);
      this.test!.title += ` (${ends.join(", ")})`;
    });
  });
}
