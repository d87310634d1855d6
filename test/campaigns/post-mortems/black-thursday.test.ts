import { expect } from "chai";

import { blackThursday, PUBLISHED } from "../../../examples/post-mortems/black-thursday.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

/** MakerDAO's auctions of 12 March 2020, against what was published about them (examples/post-mortems/README.md). */
describe("the post-mortem of Black Thursday", function () {
  // a day of auctions
  this.timeout(300_000);
  const theFork = siegeForkForEach();

  it("sells about as many lots for nothing as on the day", async () => {
    const { target, scenario } = await blackThursday(theFork());
    const { siege } = theFork().connection;
    const result = await siege.run(target, siege.scenario(scenario), { runs: 1, explain: false });
    if (result.kind !== "violation") throw new Error(result.kind);
    const { found, coupling } = result.finding;
    expect(found.condition).to.equal("soldAtAPrice");
    const share = Number(found.evidence.quantities.find(({ label }) => label === "lots for nothing")!.value);
    expect(share / 100).to.be.within(PUBLISHED.forNothing - 0.03, PUBLISHED.forNothing + 0.03);
    expect(coupling, "neither the low bids nor the full blocks alone").to.have.members(["call", "gas"]);
  });

  it("sells none for nothing with a least bid", async () => {
    const { target, scenario } = await blackThursday(theFork(), "fixed");
    const { siege } = theFork().connection;
    expect((await siege.run(target, siege.scenario(scenario), { runs: 1 })).kind).to.equal("survived");
  });
});
