import type { AbiFunction, Hex } from "viem";

import type { MinedBlock } from "../../../../src/engine/run/state.js";
import type { World } from "../../../../src/engine/world/world.js";
import type { KnownValues } from "../../../../src/protocols/known-values.js";
import type { Probed } from "../../../helpers/probed.js";

import { expect } from "chai";
import { keccak256, parseAbi, stringToHex } from "viem";

import { attacker } from "../../../../src/agents/attacker.js";
import { Player } from "../../../../src/engine/run/player.js";
import { startOf } from "../../../../src/engine/run/state.js";
import { viewAfter } from "../../../../src/engine/run/views.js";
import { genomeSource } from "../../../../src/engine/search/genome-source.js";
import { agentAddress } from "../../../../src/view/accounts.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { probed } from "../../../helpers/probed.js";

const knownIn = (world: World): KnownValues => viewAfter(world, startOf(world)).known;

describe("what views say", () => {
  let on: Probed | undefined;

  afterEach(async () => {
    await on?.close();
    on = undefined;
  });

  it("is known, whatever they do: revert, loop, return megabytes, too little or no string", async () => {
    on = await probed("Babel", [attacker()]);
    const known = knownIn(on.world);
    const owed = BigInt(agentAddress("attacker")) % 1_000_000n;
    expect(known.of(agentAddress("attacker"))).to.include(owed);
    expect(known.of("0x0000000000000000000000000000000000000001")).to.deep.equal([]);
    expect(known.numbers).to.include.members([2n ** 256n - 1n, 77n, 0n]);
    expect(known.texts).to.include("the name of it");
    expect(known.words).to.include(keccak256(stringToHex("role")));
    expect(known.addresses).to.include.members([
      "0x000000000000000000000000000000000000beef",
      "0x000000000000000000000000000000000000cafe",
    ]);
    expect(known.addresses).to.not.include("0x0000000000000000000000000000000000000000");
    // a list of five hundred is too much, and a megabyte is cut off
    expect(known.numbers).to.have.length.below(100);
    expect(on.world.untold).to.deep.equal({
      questions: [],
      unanswered: ["target.loops", "target.megabytes", "target.refuses"],
      addresses: 0,
      constants: 0,
    });
  });

  it("gives ids of any size to calls that take one, in the user's world and on lanes", async () => {
    on = await probed("Babel", [attacker()]);
    const genome = genomeSource(on.world, 1);
    const played: string[][] = [];
    for (const world of [on.world, on.lane]) {
      const ids: string[] = [];
      const player = new Player(world, () => undefined);
      for (let index = 0; index < 8; index++) {
        await player.genome(genome(index), {
          mined: async ({ calls }) => {
            ids.push(...calls.map(({ call }) => String(call.args[0])));
          },
        });
        await world.restore();
      }
      played.push(ids);
    }
    expect(played[0]).to.include(String(2n ** 256n - 1n));
    expect(played[1]).to.deep.equal(played[0]);
  });

  it("is asked for up to a limit, and the rest is counted: an ABI with hundreds of functions", async () => {
    const { abi } = await fixtureArtifact("Babel");
    const [rate] = parseAbi(["function rate(uint256 id) view returns (uint256)"]);
    const more = Array.from({ length: 400 }, (_value, at): AbiFunction => ({ ...rate, name: `rate${at}` }));
    on = await probed("Babel", [attacker()], { abi: [...abi, ...more] });
    const [{ contract, count } = { contract: "", count: 0 }] = on.world.untold.questions;
    expect(contract).to.equal("target");
    expect(count).to.be.greaterThan(1_000);
    // views without an argument come first
    expect(knownIn(on.world).numbers).to.include(2n ** 256n - 1n);
  });

  it("may cost all that it is allowed to cost", async () => {
    const { abi } = await fixtureArtifact("Babel");
    const loops = abi.find((item): item is AbiFunction => item.type === "function" && item.name === "loops");
    const looping = Array.from({ length: 100 }, () => loops!);
    on = await probed("Babel", [attacker()], { abi: [...looping, ...abi] });
    expect(on.world.untold.questions[0]?.count).to.be.greaterThan(40);
    expect(knownIn(on.lane).numbers.every((number) => number === 0n)).to.equal(true);
  });

  it("is the same on a lane in the test runner, where a call has read before what is too much for a view to read", async () => {
    // whatever is called, it reads a hundred slots and returns 77
    const code: Hex = "0x60005b80545060010180606411600257604d60005260206000f3";
    const abi = parseAbi(["function read()", "function sum() view returns (uint256)"]);
    on = await probed("Babel", [attacker()], { abi, code, executor: "solidity" });
    const genome = genomeSource(on.world, 1)(0);
    const known = await Promise.all(
      [on.world, on.lane].map(async (world) => {
        const blocks: boolean[] = [];
        let calls = 0;
        const mined = async (block: MinedBlock): Promise<void> => {
          calls += block.calls.length;
          blocks.push(viewAfter(world, block.state).known.numbers.includes(77n));
        };
        await new Player(world, () => undefined).genome(genome, { mined });
        expect(calls).to.be.above(0);
        return blocks;
      }),
    );
    expect(known[1]).to.deep.equal(known[0]);
    expect(known[0]).to.not.include(true);
  });
});
