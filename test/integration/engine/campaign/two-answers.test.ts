import type { NetworkConnection } from "hardhat/types/network";

import type { Condition, Scenario, Target } from "../../../../src/types.js";

import { readdir, rm } from "node:fs/promises";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/index.js";
import { constant } from "../../../../src/protocols/index.js";
import { boxForEach } from "../../../helpers/box-for-each.js";
import { failsWith } from "../../../helpers/errors.js";

describe("a condition that has two answers for one state", () => {
  let reproductions: string;
  let connection: NetworkConnection;
  let target: Target;
  let scenario: Scenario;

  boxForEach((box) => {
    ({ reproductions, connection, target, scenario } = box);
  });

  /** @param answers - what it says when it is asked for the nth time, from 1 */
  const condition = (answers: (asked: number) => string | undefined): Condition => {
    let asked = 0;
    return defineCondition({
      id: "fickle",
      observe: () => constant(undefined),
      judge: () => answers((asked += 1)),
    });
  };

  const fickle: [name: string, answers: (asked: number) => string | undefined, when: string][] = [
    ["by chance", (asked) => (asked % 7 === 0 ? "bad luck" : undefined), "after block"],
    ["from a certain number of questions on", (asked) => (asked > 30 ? "tired" : undefined), "before the siege"],
    ["at the start", (asked) => (asked === 2 ? "nervous" : undefined), "before the siege"],
  ];
  for (const [name, answers, when] of fickle) {
    it(`is an error that names it, and no finding: ${name}`, async () => {
      const { summary } = await failsWith("CONDITION_FAILED", () =>
        connection.siege.run(target, { ...scenario, conditions: [condition(answers)] }, { runs: 30 }),
      );
      expect(summary).to.include('judge() of "fickle" is not a function of what it reads').and.to.include(when);
      expect(await readdir(reproductions)).to.deep.equal([]);
    });
  }

  it("is none if what it remembers makes the difference", async () => {
    const patient = defineCondition<undefined, undefined, number>({
      id: "patient",
      observe: () => constant(undefined),
      judge: ({ memory = 0, remember }) => {
        remember(memory + 1);
        return memory > 2 ? "three blocks are enough" : undefined;
      },
    });
    const { kind } = await connection.siege.run(target, { ...scenario, blocks: 5, conditions: [patient] }, { runs: 3 });
    expect(kind).to.equal("violation");
    await rm(reproductions, { recursive: true });
  });
});
