import type { Address, Hex } from "viem";

import { expect } from "chai";
import { parseAbi } from "viem";

import { dictionaryPlan, questionsFor, unansweredPlan } from "../../../src/target/dictionary.js";

const views = (prefix: string, count: number) =>
  parseAbi(
    Array.from({ length: count }, (_, at) => `function ${prefix}${String(at)}() view returns (uint256)`) as never,
  );

const large: Address = "0x00000000000000000000000000000000000000aa";
const small: Address = "0x00000000000000000000000000000000000000bb";

describe("the views that are asked in each block", () => {
  it("are those of all contracts in turn, if there are too many", () => {
    const { asked, left } = questionsFor(
      [
        { name: "large", address: large, abi: views("a", 200) },
        { name: "small", address: small, abi: views("b", 10) },
      ],
      [],
    );
    expect(asked.filter(({ to }) => to === small)).to.have.lengthOf(10);
    expect(asked).to.have.lengthOf(56);
    expect(left).to.deep.equal({ large: 154 });
  });

  it("are also those of contracts that are created, which share the turns of one, and have no answer before", () => {
    const [first, second]: readonly Address[] = [
      "0x00000000000000000000000000000000000000c1",
      "0x00000000000000000000000000000000000000c2",
    ];
    const kind = { name: "Child", addresses: [first!, second!], abi: views("c", 20) };
    const own = { name: "large", address: large, abi: views("a", 100) };
    const { asked, left } = questionsFor([own], [], [kind]);
    expect(asked.filter(({ of }) => of === "Child")).to.have.lengthOf(28);
    expect(asked.filter(({ to }) => to === second)).to.have.lengthOf(14);
    expect(left).to.deep.equal({ large: 72, Child: 12 });
    const plan = dictionaryPlan(asked);
    const five = `0x${"5".padStart(64, "0")}` as const;
    const saidBy = (answers: (to: Address) => Hex) =>
      plan.decode([], [asked.map(({ to }) => ({ success: true, data: answers(to) }))]).numbers;
    // places of those that are always there stay
    expect(saidBy((to) => (to === large ? five : "0x"))).to.have.lengthOf(28);
    expect(saidBy((to) => (to === second ? "0x" : five))).to.have.lengthOf(42);
  });

  it("without any answer are counted, by their names", () => {
    const own = {
      name: "vault",
      address: large,
      abi: parseAbi([
        "function ok() view returns (uint256)",
        "function rateOf(uint256) view returns (uint256)",
        "function no(uint256) view returns (uint256)",
      ]),
    };
    const { asked } = questionsFor([own], []);
    const answers = asked.map(({ item, args }) => ({
      // one answer is enough
      success: item.name === "ok" || (item.name === "rateOf" && args[0] === 2n),
      data: "0x" as const,
    }));
    expect(unansweredPlan(asked).decode([], [answers])).to.deep.equal(["vault.no"]);
  });

  it("are in the order of the contracts, if there are few", () => {
    const { asked, left } = questionsFor(
      [
        { name: "large", address: large, abi: views("a", 2) },
        { name: "small", address: small, abi: views("b", 2) },
      ],
      [],
    );
    expect(asked.map(({ item }) => item.name)).to.deep.equal(["a0", "a1", "b0", "b1"]);
    expect(left).to.deep.equal({});
  });
});
