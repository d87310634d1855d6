import type { Genome, MoveGene } from "../../../../../src/engine/events/genome.js";
import type { World } from "../../../../../src/engine/world/world.js";
import type { Probed } from "../../../../helpers/probed.js";

import { expect } from "chai";

import { attacker } from "../../../../../src/agents/attacker.js";
import { Player } from "../../../../../src/engine/run/player.js";
import { waysTo } from "../../../../../src/engine/run/resolving/alternatives.js";
import { startView } from "../../../../../src/engine/run/views.js";
import { probed } from "../../../../helpers/probed.js";

const NOT = ["target.burn", "target.setMost"];

/** A move of a block of its own. */
const move = (action: string, more: Partial<MoveGene> = {}): MoveGene => ({
  block: 1,
  agent: "attacker",
  action,
  operands: [500_000, 500_000, 500_000],
  position: "back",
  ...more,
});

describe("a move that the state refuses", () => {
  let on: Probed;

  before(async () => {
    on = await probed("Limits", [
      attacker({ except: NOT }),
      attacker({ name: "narrow", only: ["target.refuse", "target.time"] }),
      attacker({ name: "stubborn", only: ["target.refuse"] }),
    ]);
  });
  after(() => on.close());

  /** The functions that were called in a run of these moves, with their arguments and whether they succeeded. */
  async function played(
    world: World,
    moves: readonly MoveGene[],
    ranks?: readonly string[],
    pauses?: Genome["pauses"],
  ): Promise<readonly string[]> {
    const paused = pauses === undefined ? {} : { pauses };
    const genome = { seed: 1, blocks: 4, muted: [], market: [], oracles: [], moves, ...paused };
    const calls: string[] = [];
    await new Player(world, () => undefined).genome(ranks === undefined ? genome : { ...genome, ranks }, {
      mined: async (block) => {
        const results = await world.executor.results(block.inclusions);
        for (const [index, { call }] of block.calls.entries()) {
          const end = results[index]?.success === true ? "succeeds" : "reverts";
          calls.push(`${call.function.name}(${JSON.stringify(call.args, textOf)}) ${String(call.value)} ${end}`);
        }
      },
    });
    await world.restore();
    return calls;
  }

  /** On the user's connection and on a lane, which have to agree. */
  async function called(
    moves: readonly MoveGene[],
    ranks?: readonly string[],
    pauses?: Genome["pauses"],
  ): Promise<readonly string[]> {
    const faithful = await played(on.world, moves, ranks, pauses);
    expect(await played(on.lane, moves, ranks, pauses)).to.deep.equal(faithful);
    return faithful;
  }

  /** Moves that are made as they were drawn where the state accepts them. */
  const lucky = (action: string, count: number, more: Partial<MoveGene> = {}): readonly MoveGene[] =>
    Array.from({ length: count }, (_value, index) => move(action, { luck: 60 * index + 8, ...more }));
  const names = (calls: readonly string[]): readonly string[] => calls.map((call) => call.split("(")[0]!);

  it("becomes another one that it accepts", async () => {
    const calls = await called(lucky("target.refuse", 24));
    expect(calls).to.have.length(24);
    expect(names(calls)).to.not.include("refuse");
    expect(calls.filter((call) => call.endsWith("succeeds"))).to.deep.equal(calls);
    expect(new Set(names(calls)).size).to.be.greaterThan(4);
  });

  it("stays as it was drawn where it is accepted", async () => {
    expect(names(await called(lucky("target.time", 5)))).to.deep.equal(Array.from({ length: 5 }, () => "time"));
  });

  it("gives way one time in six to what has succeeded least often, in the first moves after a pause every other time", async () => {
    const all = [...on.world.catalogue.keys()].filter((name) => !NOT.includes(name) && name !== "target.time");
    const ranks = ["target.height", ...all.filter((name) => name !== "target.height"), "target.time"];
    const drawn = Array.from({ length: 30 }, (_value, luck) => move("target.time", { luck }));
    const instead = async (pauses?: Genome["pauses"]): Promise<number> => {
      const calls = names(await called(drawn, ranks, pauses));
      expect(calls).to.have.length(30);
      return calls.filter((name) => name !== "time").length;
    };
    expect(await instead()).to.equal(5);
    expect(await instead([{ block: 1, seconds: 86_400 }])).to.equal(15);
  });

  it("is made as it was drawn one time in twenty, and in genomes without luck: some conditions watch calls that fail", async () => {
    const anyway = [move("target.refuse", { luck: 0 }), move("target.refuse", { luck: 40 }), move("target.refuse")];
    expect(await called(anyway)).to.deep.equal([
      "refuse([]) undefined reverts",
      "refuse([]) undefined reverts",
      "refuse([]) undefined reverts",
    ]);
    const among = await called(Array.from({ length: 40 }, (_value, luck) => move("target.refuse", { luck })));
    expect(names(among).filter((name) => name === "refuse")).to.have.length(2);
  });

  it("becomes mostly what has succeeded least often so far", async () => {
    const all = [...on.world.catalogue.keys()].filter((name) => !NOT.includes(name));
    const others = all.filter((name) => name !== "target.height");
    const count = (calls: readonly string[]): number => names(calls).filter((name) => name === "height").length;
    const rarest = count(await called(lucky("target.refuse", 40), ["target.height", ...others]));
    const commonest = count(await called(lucky("target.refuse", 40), [...others, "target.height"]));
    expect(rarest).to.be.greaterThan(2 * commonest);
    // what nobody has counted comes first, too
    expect(count(await called(lucky("target.refuse", 40), others))).to.be.greaterThan(2 * commonest);
  });

  it("becomes a move that its agent may make, or nothing", async () => {
    const narrow = await called(lucky("target.refuse", 8, { agent: "narrow" }));
    expect(names(narrow)).to.deep.equal(narrow.map(() => "time"));
    expect(narrow).to.have.length(8);
    expect(await called(lucky("target.refuse", 8, { agent: "stubborn" }))).to.deep.equal([]);
    // a saved genome may name a function that the ABI no longer has
    expect(names(await called(lucky("target.gone", 3, { agent: "narrow" })))).to.deep.equal(["time", "time", "time"]);
  });

  it("is accepted with two amounts at their limits, whichever of them was guessed too large", async () => {
    const most = { operands: Array.from({ length: 6 }, () => 0), luck: 68 };
    const [call] = await called([move("target.both", most)]);
    expect(call).to.equal('both(["1234567890123456789","1234"]) undefined succeeds');
    // the last is sought first, and the other one where no amount of it is accepted
    const view = startView(on.world);
    const ways = waysTo(on.world, move("target.both", { operands: most.operands }), view);
    expect(ways.map(({ call: { open } }) => [open?.way, open?.next?.way])).to.deep.equal([
      [[1], [0]],
      [[0], [1]],
    ]);
  });

  it("is judged behind those before it, in front of the block or behind it", async () => {
    const borrow = (more: Partial<MoveGene>): MoveGene => move("target.borrow", { luck: 20, ...more });
    const deposit = (more: Partial<MoveGene>): MoveGene => move("target.deposit", { luck: 20, ...more });
    // the largest amounts that are accepted
    const most = { operands: [0, 0, 0] };
    const calls = await called([borrow({ ...most, position: "back" }), deposit({ ...most, position: "front" })]);
    expect(calls.map((call) => call.split(" ")[0])).to.deep.equal(['deposit(["1000"])', 'borrow(["800"])']);
    expect(calls.every((call) => call.includes("succeeds"))).to.equal(true);
  });
});

function textOf(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
