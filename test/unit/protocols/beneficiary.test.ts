import type { Abi } from "viem";

import type { ActionContext } from "../../../src/protocols/action.js";
import type { GovernorView } from "../../../src/protocols/governor/view.js";

import { expect } from "chai";
import { parseAbi, parseAbiParameters, zeroAddress } from "viem";

import { beneficiariesOf, namesAccount } from "../../../src/protocols/beneficiary.js";
import { call } from "../../../src/protocols/call.js";
import { governorActions } from "../../../src/protocols/governor/actions.js";

const [vault, alice, bob, carol] = [1, 2, 3, 4].map((digit): `0x${string}` => `0x${String(digit).repeat(40)}`) as [
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
];

describe("the beneficiaries of a call", () => {
  const abi: Abi = parseAbi([
    "function deposit(uint256 assets, address _receiver)",
    "function transferFrom(address from, address to, uint256 amount)",
    "function swap((address tokenIn, address recipient, uint256 amount) parameters)",
    "function airdrop(address[] users, uint256 each)",
    "function approve(address spender, uint256 amount)",
    "function odd(address, address collateralToken)",
  ]);

  it("are those whom its parameters name as such, in structs and lists, too", () => {
    const of = (functionName: string, args: readonly unknown[]): readonly string[] =>
      beneficiariesOf(call({ address: vault, abi, functionName, args }));
    expect(of("deposit", [1n, alice])).to.deep.equal([alice]);
    expect(of("transferFrom", [alice, bob, 1n])).to.deep.equal([bob]);
    expect(of("swap", [{ tokenIn: alice, recipient: bob, amount: 1n }])).to.deep.equal([bob]);
    expect(of("airdrop", [[alice, carol], 1n])).to.deep.equal([alice, carol]);
    expect(of("approve", [alice, 1n])).to.deep.equal([]);
    expect(of("odd", [alice, bob])).to.deep.equal([]);
  });

  it("are accounts; so are owners and spenders, but not tokens", () => {
    const named = (types: string): readonly boolean[] => parseAbiParameters(types).map((one) => namesAccount(one));
    expect(named("address from, address _to, address spender_, address[] users")).to.deep.equal([
      true,
      true,
      true,
      true,
    ]);
    expect(named("address, address collateralToken, address market")).to.deep.equal([false, false, false]);
  });

  it("are the delegates of votes: who acts for itself delegates to itself", () => {
    const [delegate] = governorActions();
    const view = { delegateOf: () => zeroAddress, delegate: (to: string) => ({ to }) } as unknown as GovernorView;
    const context: ActionContext<GovernorView> = {
      view,
      self: alice,
      balance: () => 0n,
      accounts: new Map([
        ["alice", alice],
        ["attacker", bob],
      ]),
      contracts: new Map(),
    };
    expect(delegate?.build([999_999], context)?.to).to.equal(bob);
    expect(delegate?.build([999_999], { ...context, actsFor: "itself" })?.to).to.equal(alice);
  });
});
