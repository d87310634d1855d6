import type { MapOptions, SensitivityOptions, SensitivityResult, SiegeMap } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/index.js";
import { path as along } from "../../../src/market/index.js";
import { read } from "../../../src/protocols/index.js";
import { parameter } from "../../../src/scenario/index.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

describe("a file of points", () => {
  let local: LocalSiege;
  let note: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed");
  });
  after(() => local.close());

  const lowest = defineCondition({
    id: "lowest",
    observe: (_facts, { target }) => read({ address: target.address, abi: note.abi, functionName: "missing" }),
    judge: ({ reading }) => (Number(reading) > 0 ? "below the barrier" : undefined),
    margin: ({ view }) => Math.max(0, view.price("X") / 100 - 0.8),
  });

  function scenario(blocks = 4) {
    const fall = parameter({
      range: [0.1, 0.5],
      step: 0.1,
      set: (value) => ({ assets: { X: { price: 100, process: along([100, 100 * (1 - value)], 100) } } }),
    });
    return local.connection.siege.scenario({ ...thirtyDays(note), blocks, conditions: [lowest], parameters: { fall } });
  }

  function mapped(options: Partial<MapOptions>, blocks?: number): Promise<SiegeMap> {
    return local.connection.siege.map(note, scenario(blocks), { along: "fall", points: 3, runs: 1, ...options });
  }

  function driven(options: SensitivityOptions): Promise<SensitivityResult> {
    const own = { runs: 1, samples: 3, output: { margin: "lowest" } } as const;
    return local.connection.siege.sensitivity(note, scenario(), { ...own, ...options });
  }

  const essence = ({ seconds: _seconds, ...result }: SiegeMap | SensitivityResult): unknown => result;

  async function linesOf(file: string): Promise<readonly string[]> {
    return (await readFile(path.join(local.root, file), "utf8")).trimEnd().split("\n");
  }

  it("of a map is written point by point, and they are not played again: a finer map plays those in between", async () => {
    const resume = "points/map.jsonl";
    const coarse = await mapped({ resume, precision: 0.2 });
    expect(await linesOf(resume)).to.have.lengthOf(1 + coarse.points.length);
    let campaigns = 0;
    const progress: MapOptions["progress"] = ({ phase }) => {
      if (phase === "opening") campaigns += 1;
    };
    const again = await mapped({ resume, precision: 0.2, progress });
    expect(campaigns).to.equal(0);
    expect(essence(again)).to.deep.equal(essence(coarse));
    const finer = await mapped({ resume, precision: 0.1, progress });
    expect(campaigns)
      .to.equal(finer.points.length - coarse.points.length)
      .and.to.be.above(0);
    expect(essence(finer)).to.deep.equal(essence(await mapped({ precision: 0.1 })));
  });

  it("goes on where a map was stopped, also in the middle of a line", async () => {
    const resume = "points/stopped.jsonl";
    const stop = new AbortController();
    let campaigns = 0;
    const stopped = await mapped({
      resume,
      precision: 0.1,
      signal: stop.signal,
      progress: ({ phase }) => {
        if (phase === "opening" && (campaigns += 1) === 3) stop.abort();
      },
    });
    expect(stopped.cut).to.equal("interrupted");
    // killed while it wrote
    await appendFile(path.join(local.root, resume), '{"values":{"fa');
    const whole = await mapped({ resume, precision: 0.1 });
    expect(essence(whole)).to.deep.equal(essence(await mapped({ precision: 0.1 })));
  });

  it("of sensitivities keeps what was measured", async () => {
    const resume = "points/sensitivity.jsonl";
    const first = await driven({ resume });
    expect(await linesOf(resume)).to.have.lengthOf(1 + first.points.length);
    const before = await linesOf(resume);
    expect(essence(await driven({ resume }))).to.deep.equal(essence(first));
    expect(await linesOf(resume)).to.deep.equal(before);
    // of more trajectories, those that are known are not measured again
    const more = await driven({ resume, samples: 5 });
    expect(essence(more)).to.deep.equal(essence(await driven({ samples: 5 })));
  });

  it("is refused if it is of other points, or of something else", async () => {
    const resume = "points/other.jsonl";
    await mapped({ resume, points: 2, precision: 0.4 });
    for (const [change, what] of [
      [() => mapped({ resume, seed: 2 }), "its seed is 1, not 2"],
      [() => mapped({ resume, runs: 2 }), "its runs is 1, not 2"],
      [() => mapped({ resume, rest: 0 }), "were others"],
      [() => mapped({ resume }, 5), "were others"],
      [() => driven({ resume }), 'its of is "map", not "sensitivity"'],
    ] as const) {
      expect((await failsWith("PATHS_FILE_INVALID", change)).summary).to.include(what);
    }
    await mkdir(path.join(local.root, "points"), { recursive: true });
    await writeFile(path.join(local.root, "points/none.jsonl"), "{}\n");
    await failsWith("PATHS_FILE_INVALID", () => mapped({ resume: "points/none.jsonl" }));
    await failsWith("PATHS_FILE_INVALID", () => mapped({ resume: "points" }));
    await appendFile(path.join(local.root, resume), '{"values":{"fall":0.2},"end":"held","runs":1}\n');
    expect((await failsWith("PATHS_FILE_INVALID", () => mapped({ resume }))).summary).to.include(
      "line 4 is not a point",
    );
    await failsWith("INVALID_OPTION", () => mapped({ resume: "" }));
  });
});
