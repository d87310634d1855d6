import { expect } from "chai";
import { toFunctionSelector } from "viem";

import { compiledSource } from "../../../helpers/compiled-source.js";

/** A base whose fee the optimiser dissolves where it is a constant. */
const SOURCE = `
abstract contract Base {
    uint256 public total;
    function pay(uint256 amount) external {
        check(amount);
        uint256 fee = _fee();
        total += amount + fee;
    }
    function reset() external {
        total = 0;
    }
    function check(uint256 amount) internal view virtual;
    function _fee() internal pure virtual returns (uint256);
}
contract Free is Base {
    function check(uint256 amount) internal view override {}
    function _fee() internal pure override returns (uint256) {
        return 0;
    }
}
contract Priced is Base {
    function check(uint256 amount) internal view override {
        require(amount < 100);
    }
    function _fee() internal pure override returns (uint256) {
        return 7;
    }
}`;

describe("code with its source map", () => {
  const compiled = compiledSource(SOURCE);
  const statementAt = (text: string): string => {
    const lines = compiled.parsed.content.split("\n");
    const found = compiled.sources.statements(0).find(({ statement }) => lines[statement.line - 1]?.includes(text));
    return found?.statement.id ?? "none";
  };

  it("knows what was executed with something else, in the contract's own functions", () => {
    const code = compiled.code("Free");
    const implied = code.impliedBy(new Set([statementAt("total += amount")])).map(({ statement }) => statement);
    expect(implied.map((one) => `${one.contract}.${one.function}:${one.line}`)).to.include.members([
      "Base.pay:7",
      "Base.pay:8",
      "Free.check:18",
      "Free._fee:20",
    ]);
    expect(implied.map((one) => one.contract)).not.to.include("Priced");
  });

  it("tells which function an instruction can be of, as the optimiser shares them", () => {
    const code = compiled.code("Priced");
    const selector = toFunctionSelector("function reset()").slice(2);
    const statement = compiled.sources.statements(0).find(({ statement: one }) => one.excerpt.startsWith("total +="));
    if (statement === undefined) throw new Error("there is no such statement");
    expect(code.isReachable(statement.statement, selector)).to.equal(false);
    const pay = toFunctionSelector("function pay(uint256)").slice(2);
    expect(code.isReachable(statement.statement, pay)).to.equal(true);
    // a getter, or what a proxy answers itself
    expect(code.isReachable(statement.statement, "ffffffff")).to.equal(true);
  });
});
