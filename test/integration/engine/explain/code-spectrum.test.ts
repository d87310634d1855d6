import type { Address, Hex } from "viem";

import type { Profiled } from "../../../../src/engine/explain/code/play-profile.js";
import type { SourceCode } from "../../../../src/target/code/source-code.js";
import type { LocalSiege } from "../../../helpers/local-siege.js";

import { expect } from "chai";
import { encodeFunctionData, parseAbi } from "viem";

import { Chain } from "../../../../src/engine/chain/chain.js";
import { walk } from "../../../../src/engine/explain/code/code-walk.js";
import { ExecutionProfile } from "../../../../src/engine/explain/code/execution-profile.js";
import { rankStatements } from "../../../../src/engine/explain/code/rank.js";
import { spectrumOf } from "../../../../src/engine/explain/code/spectrum.js";
import { compiledSource } from "../../../helpers/compiled-source.js";
import { createLocalSiege } from "../../../helpers/local-siege.js";

const [POOL, LENDER, VISITOR, DESK]: readonly [Address, Address, Address, Address] = [
  "0x00000000000000000000000000000000000000a1",
  "0x00000000000000000000000000000000000000a2",
  "0x00000000000000000000000000000000000000a3",
  "0x00000000000000000000000000000000000000a4",
];

const SOURCE = `
contract Pool {
    uint256 private ether_;
    function rate() external view returns (uint256) {
        return ether_ + 1;
    }
    function leave(Lender lender) external {
        Visitor(msg.sender).left(this, lender);
        ether_ = 0;
    }
}
contract Lender {
    uint256 public lent;
    function lend(Pool pool) external {
        lent += _rate(pool);
    }
    function _rate(Pool pool) internal view returns (uint256) {
        return pool.rate();
    }
}
contract Visitor {
    function visit(Pool pool, Lender lender) external {
        lender.lend(pool);
    }
    function sneak(Pool pool, Lender lender) external {
        pool.leave(lender);
    }
    function left(Pool pool, Lender lender) external {
        lender.lend(pool);
    }
}
/** Whatever is owed can be called in, in halves of at least 10. */
contract Desk {
    uint256 public owed;
    uint256 public calls;
    function owe(uint256 amount) external {
        owed = amount;
    }
    function invariant_callable() external returns (bool) {
        if (owed == 0) return true;
        return _call(owed);
    }
    function _call(uint256 amount) internal returns (bool) {
        calls++;
        return _half(amount) >= 10;
    }
    function _half(uint256 amount) internal view returns (uint256) {
        return (amount + calls) / 2;
    }
}`;

const abi = parseAbi([
  "function visit(address pool, address lender)",
  "function sneak(address pool, address lender)",
  "function owe(uint256 amount)",
  "function invariant_callable() returns (bool)",
]);

describe("what executions differ in", () => {
  const compiled = compiledSource(SOURCE);
  const contracts = new Map([
    [POOL, "Pool"],
    [LENDER, "Lender"],
    [VISITOR, "Visitor"],
    [DESK, "Desk"],
  ]);
  const sourceAt = (account: Address): Promise<SourceCode | undefined> => {
    const name = contracts.get(account);
    return Promise.resolve(name === undefined ? undefined : compiled.code(name));
  };
  let local: LocalSiege;
  let chain: Chain;

  before(async () => {
    local = await createLocalSiege();
    chain = new Chain(local.connection.provider);
    for (const [address, name] of contracts) await chain.setCode(address, compiled.deployed(name));
  });
  after(() => local.close());

  async function executed(to: Address, data: Hex): Promise<ExecutionProfile> {
    const profile = new ExecutionProfile();
    profile.add(await walk(await chain.opcodesOfCall({ to, data, gas: "0x100000" }), to, sourceAt));
    return profile;
  }

  it("is where a contract is entered again while a call of it is under way, and by whom", async () => {
    const reentrant = async (functionName: "visit" | "sneak"): Promise<readonly string[]> => {
      const { statements } = await executed(VISITOR, encodeFunctionData({ abi, functionName, args: [POOL, LENDER] }));
      return [...statements.values()].flatMap(({ statement, reentrant: isSo }) =>
        isSo ? [`${statement.contract}.${statement.function}`] : [],
      );
    };
    expect(await reentrant("visit")).to.deep.equal([]);
    // the pool hands over to its caller, whose lender asks the pool
    expect([...new Set(await reentrant("sneak"))].sort()).to.deep.equal([
      "Lender._rate",
      "Pool.leave",
      "Pool.rate",
      "Visitor.left",
    ]);
  });

  it("is what only the violated condition's read executes", async () => {
    const owe = encodeFunctionData({ abi, functionName: "owe", args: [12n] });
    const ask = encodeFunctionData({ abi, functionName: "invariant_callable" });
    const none = new ExecutionProfile();
    const survivor: Profiled = { profile: none, read: await executed(DESK, ask), calls: [] };
    const profile = await executed(DESK, owe);
    await chain.setStorage(DESK, `0x${"0".repeat(64)}`, `0x${"c".padStart(64, "0")}`);
    const failing: Profiled = { profile, read: await executed(DESK, ask), calls: [] };
    const ranked = rankStatements(spectrumOf(failing, [survivor]), new Set(["owe", "invariant_callable"]));
    expect(ranked.map(({ spectrum: { statement } }) => statement.function)).to.deep.equal([
      "_half",
      "_call",
      "invariant_callable",
      "owe",
    ]);
    expect(ranked.map(({ score }) => score)).to.deep.equal([1, 1, 1, 1]);
  });
});
