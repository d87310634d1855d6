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
    isArithmetic: false,
    function: name,
    line,
    column: 1,
    endLine: line,
    excerpt: "",
  },
  in: "transactions",
  isRead: false,
  isWriting: false,
  isReentrant: false,
  inSurvivors: [true, true, false],
  alike: [true, true, false],
  ...more,
});

const linesOf = (spectra: readonly StatementSpectrum[], named: readonly string[] = []): readonly number[] =>
  rankStatements(spectra, new Set(named)).map(({ spectrum }) => spectrum.statement.line);

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

  it("counts a function where survivors execute it least, in transactions or in the condition's read", () => {
    const read = { in: "read", isRead: true } as const;
    const seen = statement("repayable", 3, { ...read, inSurvivors: [false, false, false] });
    expect(linesOf([statement("pay", 5), seen])).to.deep.equal([3, 5]);
    const always = statement("price", 1, { ...read, inSurvivors: [true, true, true] });
    expect(linesOf([statement("pay", 5), always])).to.deep.equal([5, 1]);
    expect(linesOf([statement("price", 2), statement("pay", 5), always])).to.deep.equal([2, 5]);
  });

  it("puts what only computes on its arguments after the rest", () => {
    const { statement: own, ...rest } = statement("valueOf", 9);
    const arithmetic = { ...rest, statement: { ...own, isArithmetic: true } };
    expect(linesOf([statement("price", 1), arithmetic])).to.deep.equal([1, 9]);
  });

  it("puts where a contract is entered again first, even if a step calls it itself", () => {
    const again = statement("borrow", 1, { isReentrant: true });
    expect(linesOf([again, statement("accrue", 3)], ["borrow"])).to.deep.equal([1, 3]);
  });

  it("puts what begins later first, among equals", () => {
    // `limit` calls `terms` and goes on after it
    expect(linesOf([statement("limit", 1), statement("terms", 7), statement("limit", 2)])).to.deep.equal([7, 2]);
  });
});
