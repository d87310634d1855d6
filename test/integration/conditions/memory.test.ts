import { expect } from "chai";

import { attacker } from "../../../src/agents/index.js";
import { defineCondition } from "../../../src/conditions/index.js";
import { constant } from "../../../src/protocols/read-plan.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

describe("what conditions remember", () => {
  const theFork = siegeForkForEach();

  it("is of the block before, in every run, after a reorganisation and where the minimiser resumes one", async () => {
    const { connection, addresses } = theFork();
    const { siege } = connection;
    let last = 0;
    let wentBack = 0;
    const remembers = (end: number) =>
      defineCondition<undefined, undefined, { readonly block: number }>({
        id: "remembers",
        observe: () => constant(undefined),
        judge: ({ view, memory, remember }) => {
          const { block } = view;
          if (block === 0) return undefined;
          // not by what is remembered: it looks at the search from outside
          if (block > 1 && block <= last) wentBack += 1;
          last = block;
          if ((memory?.block ?? 0) !== block - 1) return `remembers block ${String(memory?.block)} in block ${block}`;
          remember({ block });
          return block === end ? "the end" : undefined;
        },
      });
    const lay = (end: number) =>
      siege.run(
        { address: addresses.usdc, abi: [] },
        siege.scenario({
          name: "memory",
          blocks: 8,
          assets: { USDC: { price: 1, token: addresses.usdc } },
          agents: [attacker({ capital: { USDC: 10 } })],
          builder: { reorganises: 3 },
          conditions: [remembers(end)],
        }),
        { runs: 30, executor: "faithful", lanes: 1 },
      );
    expect((await lay(9)).kind).to.equal("survived");
    expect(wentBack).to.be.greaterThan(0);
    const result = await lay(5);
    if (result.kind !== "violation") throw new Error(result.kind);
    expect(result.finding.violation.evidence.summary).to.equal("the end");
  });
});
