import { expect } from "chai";

import { statementsIn } from "../../../../src/target/code/statements.js";
import { compiledSource } from "../../../helpers/compiled-source.js";

describe("the statements of a source", () => {
  it("are those that can do something, with their function and their lines", () => {
    const { parsed } = compiledSource(`
contract Till {
    uint256 public cash;
    event Paid(uint256 amount);
    modifier open() {
        require(cash > 0, "shut");
        _;
    }
    function pay(uint256 amount) external open {
        uint256 left;
        if (amount > cash) revert("too much");
        left = cash -
            amount;
        for (uint256 i = 0; i < 2; i++) cash = left;
        emit Paid(amount);
        _nothing();
    }
    function _nothing() internal {}
}`);
    const found = statementsIn(parsed).map(({ statement }) => statement);
    expect(found.map((one) => `${one.function} ${one.line}-${one.endLine} ${one.excerpt}`).sort()).to.deep.equal([
      "_nothing 20-20 function _nothing() internal {}",
      'open 8-8 require(cash > 0, "shut");',
      "open 9-9 _;",
      "pay 11-11 function pay(uint256 amount) external open {",
      'pay 13-13 if (amount > cash) revert("too much");',
      'pay 13-13 if (amount > cash) revert("too much");',
      "pay 14-15 left = cash -",
      "pay 16-16 for (uint256 i = 0; i < 2; i++) cash = left;",
      "pay 16-16 for (uint256 i = 0; i < 2; i++) cash = left;",
      "pay 16-16 for (uint256 i = 0; i < 2; i++) cash = left;",
      "pay 16-16 for (uint256 i = 0; i < 2; i++) cash = left;",
      "pay 18-18 _nothing();",
    ]);
    expect(found.every(({ contract }) => contract === "Till")).to.equal(true);
  });

  it("only compute on arguments in pure functions that have some", () => {
    const { parsed } = compiledSource(`
contract Terms {
    uint256 public debt;
    function half(uint256 amount) internal pure returns (uint256) {
        return amount / 2;
    }
    function share() internal pure returns (uint256) {
        return 50;
    }
    function due(uint256 amount) internal view returns (uint256) {
        return amount + debt;
    }
}`);
    const found = statementsIn(parsed).map(({ statement }) => statement);
    expect(found.map((one) => [one.function, one.isArithmetic])).to.deep.equal([
      ["half", true],
      ["share", false],
      ["due", false],
    ]);
  });

  it("are counted in bytes, as the compiler does", () => {
    const { parsed } = compiledSource(`
contract Sum {
    uint256 public sum; // für die Summe, 合計
    function add(uint256 more) external {
        sum += more;
    }
}`);
    const [{ statement } = never()] = statementsIn(parsed);
    expect([statement.line, statement.column, statement.excerpt]).to.deep.equal([7, 9, "sum += more;"]);
  });
});

function never(): never {
  throw new Error("there is no statement");
}
