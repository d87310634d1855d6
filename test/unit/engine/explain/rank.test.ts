import type { StatementSpectrum } from "../../../../src/engine/explain/code/spectrum.js";

import { expect } from "chai";

import { rankStatements } from "../../../../src/engine/explain/code/rank.js";
import { ochiai } from "../../../../src/engine/explain/code/spectrum.js";

const statement = (name: string, line: number, more: Partial<StatementSpectrum> = {}): StatementSpectrum => ({
  statement: {
    id: `Vault.sol:${line}`,
    contract: "Vault",
    file: "Vault.sol",
    isDependency: false,
    isShared: false,
    function: name,
    line,
    column: 1,
    endLine: line,
    excerpt: "",
  },
  isExecuted: true,
  isRead: false,
  isWriting: false,
  inSurvivors: [true, true, false],
  alike: [true, true, false],
  ...more,
});

const linesOf = (spectra: readonly StatementSpectrum[], called: readonly string[] = []): readonly number[] =>
  rankStatements(spectra, new Set(called)).map(({ spectrum }) => spectrum.statement.line);

describe("the rank of a statement", () => {
  it("is by Ochiai's coefficient, with one failing run", () => {
    // 1 / sqrt(1 · (1 + passing)): see Abreu, Zoeteweij and van Gemund, 2006
    expect(ochiai([false, false])).to.equal(1);
    expect(ochiai([true, true, true])).to.equal(0.5);
    const rare = statement("rare", 9, { inSurvivors: [false, false, false] });
    expect(linesOf([rare, statement("often", 1)])).to.deep.equal([9, 1]);
  });

  it("is one for each function", () => {
    expect(linesOf([statement("borrow", 1), statement("borrow", 2), statement("price", 7)])).to.deep.equal([7, 2]);
  });

  it("names the last statement of a function that writes", () => {
    const writing = statement("borrow", 2, { isWriting: true });
    expect(linesOf([statement("borrow", 1), writing, statement("borrow", 3)])).to.deep.equal([2]);
  });

  it("puts what is called by a step after what that calls", () => {
    expect(linesOf([statement("price", 1), statement("borrow", 5)], ["borrow"])).to.deep.equal([1, 5]);
  });

  it("puts libraries after contracts", () => {
    const { statement: own, ...rest } = statement("latest", 5);
    const ofLibrary = { ...rest, statement: { ...own, isShared: true } };
    expect(linesOf([statement("price", 1), ofLibrary])).to.deep.equal([1, 5]);
    expect(linesOf([statement("price", 1), { ...ofLibrary, inSurvivors: [false] }])).to.deep.equal([5, 1]);
  });

  it("puts what the conditions read first, among equals", () => {
    expect(linesOf([statement("price", 1, { isRead: true }), statement("pay", 5)])).to.deep.equal([1, 5]);
  });

  it("leaves out what only reads execute, unless there is nothing else", () => {
    const read = statement("price", 1, { isExecuted: false, isRead: true });
    expect(linesOf([read, statement("pay", 5)])).to.deep.equal([5]);
    expect(linesOf([read])).to.deep.equal([1]);
  });
});
