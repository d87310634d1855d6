import type { Subject } from "../../../../src/protocols/action.js";

import { expect } from "chai";

import { aboutTheSame, namesTwo } from "../../../../src/engine/search/same-subjects.js";
import { createRandom } from "../../../../src/market/random.js";

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

function about(at: number, kind: Subject["kind"], ...words: readonly string[]): Subject {
  return { at, kind, words, operands: 1 };
}

/** The share of seeds in which the moves satisfy something. */
function share(
  moves: Parameters<typeof aboutTheSame>[0],
  isSo: (operands: readonly (readonly number[])[]) => boolean,
): number {
  return SEEDS.filter((seed) => isSo(aboutTheSame(moves, createRandom(seed)))).length / SEEDS.length;
}

describe("moves that belong together", () => {
  it("mostly say the same of what goes by the same name, and what else they say is theirs", () => {
    const first = { subjects: [about(0, "word", "market", "id")], operands: [11, 12] };
    const second = { subjects: [about(1, "word", "market")], operands: [21, 22] };
    const is = (second: number) => (all: readonly (readonly number[])[]) => all[1]?.[1] === second;
    expect(share([first, second], is(11))).to.be.within(0.5, 0.7);
    expect(share([first, second], is(22))).to.be.within(0.3, 0.5);
    expect(share([first, second], ([one, other]) => one?.[1] === 12 && other?.[0] === 21)).to.equal(1);
  });

  it("say something else of what goes by another name, or is of another kind", () => {
    const position = { subjects: [about(0, "word", "position", "id")], operands: [1] };
    const token = { subjects: [about(0, "word", "token", "id")], operands: [2] };
    const contract = { subjects: [about(0, "contract", "position")], operands: [3] };
    expect(share([position, token, contract], (all) => all.flat().join() === "1,2,3")).to.equal(1);
  });

  it("name two different things where one move names two of a kind, either of which others may name", () => {
    const three = (at: number, ...words: readonly string[]): Subject => ({ at, kind: "id", words, operands: 3 });
    const put = { subjects: [three(0, "sub")], operands: [500_001, 1, 2] };
    const moved = { subjects: [three(0, "from", "sub"), three(3, "to", "sub")], operands: [3, 4, 5, 6, 7, 8] };
    const all = [put, moved, put];
    const subs = ([first = [], second = [], third = []]: readonly (readonly number[])[]): readonly string[] =>
      [first, second.slice(0, 3), second.slice(3), third].map(String);
    const from = share(all, (made) => new Set(subs(made).filter((_sub, at) => at !== 2)).size === 1);
    const to = share(all, (made) => subs(made)[0] === subs(made)[1] && subs(made)[3] === subs(made)[2]);
    expect(from).to.be.within(0.1, 0.4);
    expect(to).to.be.within(0.1, 0.4);
    expect(share(all, (made) => subs(made)[1] === subs(made)[2])).to.equal(0);
  });

  it("take from and to, and what an account is called, for the same thing", () => {
    const id = { subjects: [about(0, "id", "account", "id")], operands: [500_001] };
    const moved = { subjects: [about(0, "id", "from"), about(1, "id", "to")], operands: [2, 3] };
    expect(share([id, moved], ([one, other]) => other?.includes(one?.[0] ?? -1) === true)).to.be.within(0.4, 0.8);
    expect(namesTwo(moved.subjects)).to.equal(true);
    expect(namesTwo([about(0, "id", "position", "id"), about(1, "id", "token", "id")])).to.equal(false);
  });

  it("are about something else where they are to be", () => {
    const put = { subjects: [{ ...about(0, "word", "sub"), operands: 3 }], operands: [1, 2, 3] };
    const another = { ...put, operands: [4, 5, 6], isOther: true };
    const isSame = ([one = [], other = []]: readonly (readonly number[])[]): boolean => one.join() === other.join();
    expect(share([another, put, put], ([, one = [], two = []]) => isSame([one, two]))).to.be.greaterThan(0.5);
    expect(share([put, another], isSame)).to.equal(0);
    expect(share([another, { ...another, operands: [7, 8, 9] }], isSame)).to.be.within(0.65, 0.85);
  });
});
