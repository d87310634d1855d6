import type { Probed } from "../../../helpers/probed.js";

import { expect } from "chai";
import { keccak256, stringToHex } from "viem";

import { attacker } from "../../../../src/agents/attacker.js";
import { startOf } from "../../../../src/engine/run/state.js";
import { viewAfter } from "../../../../src/engine/run/views.js";
import { storedBy } from "../../../../src/engine/world/stored.js";
import { SiegeError } from "../../../../src/errors.js";
import { probed } from "../../../helpers/probed.js";

describe("what is known of contracts from the start", () => {
  let on: Probed;

  before(async () => {
    on = await probed("Hoard", [attacker()]);
  });
  after(() => on.close());

  it("is what private variables hold, packed ones among them, if nothing else tells it", () => {
    const { known } = viewAfter(on.world, startOf(on.world));
    expect(known.stored).to.include.members([4_242n, 777n]);
    expect(known.addresses).to.include("0xdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    expect(known.words).to.include(keccak256(stringToHex("open sesame")));
    // a view tells it, and a text is none; what lies further behind is not read
    for (const number of [123_456_789n, 5_555_555n, 0n, 1n]) expect(known.stored).to.not.include(number);
    expect(known.stored.filter((number) => number > 2n ** 100n)).to.deep.equal([]);
    // its own address has a name already
    const { addresses } = on.world.frame.fromStart.stored;
    expect(addresses.map((one) => one.toLowerCase())).to.not.include(on.target.address.toLowerCase());
  });

  it("is nothing of a state that a snapshot does not hold; another fault is one", async () => {
    const { chain } = on.world;
    const nothing = { addresses: new Set<string>(), numbers: new Set<bigint>(), words: new Set<never>() };
    const failing = (code: "RPC_FAILED" | "SNAPSHOT_MISSING_STATE"): typeof chain =>
      Object.assign(Object.create(chain) as typeof chain, {
        storage: () => Promise.reject(new SiegeError(code, { message: "no", hint: "none" })),
      });
    const { numbers } = await storedBy(failing("SNAPSHOT_MISSING_STATE"), [on.target.address], nothing);
    expect(numbers).to.deep.equal([]);
    let fault: unknown;
    await storedBy(failing("RPC_FAILED"), [on.target.address], nothing).catch((error: unknown) => {
      fault = error;
    });
    expect(fault).to.have.property("code", "RPC_FAILED");
  });

  it("is how many members enumerations have, though functions refuse some of them without a reason", () => {
    const { members } = viewAfter(on.world, startOf(on.world)).known;
    expect([...members].sort()).to.deep.equal([
      ["enum Hoard.Mood", 2],
      ["enum Hoard.Side", 3],
    ]);
  });

  it("are byte strings that views return", () => {
    const { known } = viewAfter(on.world, startOf(on.world));
    expect(known.payloads).to.have.lengthOf(1);
    expect(known.payloads[0]).to.have.lengthOf(2 + 2 * 160);
  });
});
