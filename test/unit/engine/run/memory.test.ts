import { expect } from "chai";

import { defineAgent } from "../../../../src/agents/agent.js";
import { memoryOf } from "../../../../src/engine/run/memory.js";
import { failsWith } from "../../../helpers/errors.js";

describe("an agent's memory", () => {
  it("starts as the agent's definition says, separately for each agent", () => {
    const agent = defineAgent({ role: "counter", memory: { seen: [1] } });
    const memories = new Map<string, unknown>([["other", 7]]);
    const { memory, remember } = memoryOf("counter", agent, memories);
    expect(memory).to.deep.equal({ seen: [1] });
    remember({ seen: [1, 2] });
    expect(memories).to.deep.equal(
      new Map<string, unknown>([
        ["other", 7],
        ["counter", { seen: [1, 2] }],
      ]),
    );
    expect(memoryOf("counter", agent, memories).memory).to.deep.equal({ seen: [1, 2] });
  });

  it("can be reset to nothing", () => {
    const agent = defineAgent<number | undefined>({ role: "counter", memory: 1 });
    const memories = new Map<string, unknown>();
    memoryOf("counter", agent, memories).remember(undefined);
    expect(memoryOf("counter", agent, memories).memory).to.equal(undefined);
  });

  it("cannot be changed afterwards, at any depth", () => {
    const kept = { seen: [{ price: 1 }] };
    const memories = new Map<string, unknown>();
    memoryOf("counter", defineAgent({ role: "counter" }), memories).remember(kept);
    expect(() => (kept.seen[0]!.price = 2)).to.throw(TypeError);
    expect(() => kept.seen.push({ price: 2 })).to.throw(TypeError);
  });

  it("is plain data", async () => {
    const { remember } = memoryOf("counter", defineAgent({ role: "counter" }), new Map());
    for (const value of [new Map(), [new Date(0)], { act: () => 1 }, Symbol("x")]) {
      await failsWith("AGENT_FAILED", () => {
        remember(value);
      });
    }
  });
});
