import type { ViewArgument } from "../../../src/conditions/index.js";

import { expect } from "chai";

import { fairShare, liquidatable, liveness } from "../../../src/conditions/index.js";
import { failsWith } from "../../helpers/errors.js";

import { ALICE, bind, BOB, contract, TARGET, USDC, WETH } from "./fake-chain.js";

const accounts = { alice: ALICE, bob: BOB } as const;

/** A target whose function takes a struct and a list before the amount. */
const signatures = [
  "function balanceOf(address account) view returns (uint256)",
  "function total() view returns (uint256)",
  "function flags(uint256 id) view returns (uint256)",
  "function withdraw(uint256 amount)",
  "function withdraw(uint256 amount, address to)",
  "function take((uint256 id, bool flag) request, uint256[2] pair, bytes note, uint256 amount, address to)",
  "function liquidate(address account, uint256 amount) payable",
  "function debtOf(address account) view returns (uint256)",
  "function owed(address token, address account) view returns (uint256)",
  "function sharesOf(address account, uint256 id) view returns (uint256)",
  "function closed(address token) view returns (bool)",
  "function claim()",
  "function claimableOf(address account) view returns (uint256)",
];

describe("conditions for what people suffer, their options", () => {
  const functions = {
    balanceOf: () => 7n,
    total: () => 7n,
    debtOf: () => 7n,
    owed: ([token, account]: readonly unknown[]) =>
      String(token).toLowerCase() === USDC.address && String(account).toLowerCase() !== USDC.address ? 7n : 8n,
    sharesOf: ([, id]: readonly unknown[]) => (id === 3n ? 1_000n : 0n),
    closed: ([token]: readonly unknown[]) => String(token).toLowerCase() === USDC.address,
    withdraw: ([amount]: readonly unknown[]) => {
      if (amount !== 7n) throw new Error(`not ${String(amount)}`);
    },
  };
  const world = { contracts: { [TARGET]: contract(signatures, functions) }, accounts };

  it("liveness puts the number of a view where it belongs, and names addresses", async () => {
    const args = [{ view: "balanceOf" }, "bob"];
    const bound = await bind(liveness({ function: "withdraw(uint256,address)", args }), world);
    expect(bound.judge()).to.equal(undefined);
    const wrong = await bind(liveness({ function: "withdraw(uint256,address)", args: [8n, "account"] }), world);
    expect(wrong.judge()?.summary).to.equal('alice cannot call withdraw(8, alice): it reverts ("not 8"), and 1 more');
    expect(wrong.failures().map(({ cause }) => cause)).to.deep.equal([
      "liveness(withdraw(uint256,address))/alice",
      "liveness(withdraw(uint256,address))/bob",
    ]);
  });

  it("liveness asks those who are owed something, where no argument tells", async () => {
    const owed: Record<string, bigint> = { [ALICE]: 0n, [BOB]: 0n };
    const state = { isOpen: true };
    const faucet = contract(signatures, {
      claimableOf: ([account]) => owed[String(account).toLowerCase()] ?? 0n,
      claim: (_args, from) => {
        if ((owed[String(from).toLowerCase()] ?? 0n) === 0n) throw new Error("nothing");
        if (!state.isOpen) throw new Error("closed");
      },
    });
    const besieged = { contracts: { [TARGET]: faucet }, accounts };
    const bound = await bind(liveness({ function: "claim", owed: "claimableOf" }), besieged);
    expect(bound.unjudged().why).to.equal("no account needs claim()");
    owed[BOB] = 5n;
    expect(bound.judge()).to.equal(undefined);
    state.isOpen = false;
    expect(bound.judge()?.summary).to.equal('bob cannot call claim(): it reverts ("closed")');
    const everybody = await bind(liveness({ function: "claim" }), besieged);
    expect(everybody.judge()?.summary).to.equal('alice cannot call claim(): it reverts ("nothing"), and 1 more');
    await failsWith("UNSUPPORTED_TARGET", () => bind(liveness({ function: "claim", owed: "withdraw()" }), besieged));
    await failsWith("INVALID_OPTION", () => liveness({ function: "claim", owed: 1 as never }));
  });

  it("asks views that take more than the account with the arguments that are given", async () => {
    const name = "withdraw(uint256,address)";
    const args = [{ view: "owed", args: [USDC.address, "account"] }, "bob"];
    expect((await bind(liveness({ function: name, args }), world)).judge()).to.equal(undefined);
    const other = [{ view: "owed", args: [WETH.address, "account"] }, "bob"];
    const wrong = await bind(liveness({ function: name, args: other }), world);
    expect(wrong.judge()?.summary).to.equal('alice cannot call withdraw(8, bob): it reverts ("not 8"), and 1 more');
    const unless = { function: "closed", args: [USDC.address] };
    const closed = await bind(liveness({ function: name, args: other, unless }), world);
    expect(closed.unjudged().why).to.equal("no account needs withdraw()");
    const claim = { function: "sharesOf", args: ["account", 3n] };
    expect((await bind(fairShare({ claim, accounts: ["alice"] }), world)).judge()).to.equal(undefined);
  });

  it("refuses arguments that a view does not take", async () => {
    const binding = (view: Pick<ViewArgument, "args">) => () =>
      bind(liveness({ function: "withdraw(uint256,address)", args: [{ view: "owed", ...view }, "bob"] }), world);
    await failsWith("INVALID_OPTION", binding({ args: ["account"] }));
    await failsWith("INVALID_OPTION", binding({ args: ["account", 7n] }));
    await failsWith("UNKNOWN_ACCOUNT", binding({ args: ["carol", "account"] }));
    const bare = await failsWith("UNSUPPORTED_TARGET", () => bind(fairShare({ claim: "sharesOf" }), world));
    expect(bare.hint).to.include('{ function: "sharesOf", args: ["account", id] }');
    const claim = { function: "owed", args: ["bob", "alice"] };
    const nobody = await failsWith("UNSUPPORTED_TARGET", () => bind(fairShare({ claim }), world));
    expect(nobody.summary).to.equal("fairShare needs the claim of an account, but owed() of Vault is not given one.");
    await failsWith("INVALID_OPTION", () => fairShare({ claim: { function: "owed", args: "account" } as never }));
    await failsWith("INVALID_OPTION", () => fairShare({ claim: { view: "owed" } as never }));
  });

  it("liveness has nothing to judge where all are refused for a reason that is allowed, and says which", async () => {
    const errors = ["not 8"];
    const all = await bind(liveness({ function: "withdraw(uint256)", args: [8n], errors }), world);
    expect(() => all.judge()).to.throw(
      'not judged: every withdraw() is refused for a reason that errors allows: "not 8"',
    );
    const balanceOf = ([account]: readonly unknown[]): bigint => (String(account).toLowerCase() === BOB ? 8n : 7n);
    const one = { contracts: { [TARGET]: contract(signatures, { ...functions, balanceOf }) }, accounts };
    const args = [{ view: "balanceOf" }];
    const some = await bind(liveness({ function: "withdraw(uint256)", args, errors }), one);
    expect(some.judge()).to.equal(undefined);
    const other = await bind(liveness({ function: "withdraw(uint256)", args: [8n], errors: ["not 9"] }), world);
    expect(other.judge()).to.have.property("summary");
  });

  it("liveness refuses what it cannot call", async () => {
    await failsWith("INVALID_OPTION", () => liveness({ function: "" }));
    await failsWith("INVALID_OPTION", () => liveness({ function: "withdraw", within: { seconds: -1 } }));
    await failsWith("INVALID_OPTION", () => liveness({ function: "withdraw", within: { hours: 1 } as never }));
    const binding = (options: Parameters<typeof liveness>[0]) => () => bind(liveness(options), world);
    const several = await failsWith("UNSUPPORTED_TARGET", binding({ function: "withdraw" }));
    expect(several.summary).to.equal("liveness needs withdraw of Vault, which has several of that name.");
    await failsWith("UNSUPPORTED_TARGET", binding({ function: "exit" }));
    const name = "withdraw(uint256,address)";
    const missing = await failsWith("INVALID_OPTION", binding({ function: name }));
    expect(missing.summary).to.equal(
      `liveness does not know what to call ${name} with: nothing says what its uint256 is.`,
    );
    expect(missing.hint).to.equal('Pass all of its arguments, for example args: [{ view: "balanceOf" }, "account"].');
    await failsWith("INVALID_OPTION", binding({ function: name, args: [1n] }));
    await failsWith("INVALID_OPTION", binding({ function: name, args: ["many", "account"] }));
    await failsWith("INVALID_OPTION", binding({ function: name, args: [{ view: "total" }, { view: "total" }] }));
    await failsWith("UNSUPPORTED_TARGET", binding({ function: name, args: [{ view: "flags" }, "account"] }));
    await failsWith("UNKNOWN_ACCOUNT", binding({ function: name, args: [1n, "carol"] }));
    await failsWith("UNKNOWN_ASSET", binding({ function: name, args: [1n, "account"], pays: "DAI" }));
    await failsWith("INVALID_OPTION", binding({ function: name, args: [1n, "account"], accounts: [TARGET] }));
    const long = await failsWith(
      "INVALID_OPTION",
      binding({ function: name, args: [1n, "account"], within: { seconds: 240 } }),
    );
    expect(long.summary).to.equal(
      "liveness: within is 240 seconds, but a run has only 20 blocks of 12 seconds: nothing could be judged.",
    );
  });

  it("fairShare refuses targets and options that do not fit", async () => {
    await failsWith("INVALID_OPTION", () => fairShare({ tolerance: 2 }));
    await failsWith("INVALID_OPTION", () => fairShare({ view: "balanceOf" } as never));
    const binding = (options: Parameters<typeof fairShare>[0]) => () => bind(fairShare(options), world);
    await failsWith("UNSUPPORTED_TARGET", binding({}));
    await failsWith("UNSUPPORTED_TARGET", binding({ claim: "total" }));
    await failsWith("UNSUPPORTED_TARGET", binding({ claim: "balanceOf", losses: "balanceOf" }));
    await failsWith("UNKNOWN_ASSET", binding({ claim: "balanceOf", asset: "DAI" }));
    await failsWith("UNKNOWN_ACCOUNT", binding({ claim: "balanceOf", accounts: ["carol"] }));
  });

  it("counts claims in native coin, which no simulated call pays with", async () => {
    const state = { claim: 4n * 10n ** 18n };
    const bank = contract(signatures, { balanceOf: () => state.claim });
    const coin = { assetTokens: [USDC], nativeAsset: "ETH" };
    const besieged = { contracts: { [TARGET]: bank }, accounts, prices: { ETH: 2_000 } };
    const bound = await bind(fairShare({ claim: "balanceOf", asset: "ETH", accounts: ["alice"] }), besieged, coin);
    expect(bound.judge()).to.equal(undefined);
    state.claim = 3n * 10n ** 18n;
    expect(bound.judge()?.summary).to.equal("alice, who did nothing, has 3 ETH of 4 ETH left (lost 25.0 %)");
    const paying = liveness({ function: "withdraw(uint256,address)", args: [1n, "account"], pays: "ETH" });
    const error = await failsWith("UNKNOWN_ASSET", () => bind(paying, besieged, coin));
    expect(error.summary).to.equal(
      'liveness: "pays" is "ETH", native coin without a token, which simulated calls do not send.',
    );
  });

  it("fairShare measures claims without a unit, and allows for a booked loss", async () => {
    const state = { claim: 1_000n, losses: 0n };
    const bank = contract(signatures, { balanceOf: () => state.claim, total: () => state.losses });
    const options = { claim: "balanceOf", accounts: ["alice"], losses: "total" };
    const bound = await bind(fairShare(options), { contracts: { [TARGET]: bank }, accounts });
    expect(bound.judge()).to.equal(undefined);
    Object.assign(state, { claim: 900n, losses: 1n });
    expect(bound.judge()).to.equal(undefined);
    state.claim = 898n;
    expect(bound.judge()).to.equal(undefined);
    state.claim = 890n;
    expect(bound.judge()?.summary).to.equal("alice, who did nothing, has 890 of 900 left (lost 1.1 %)");
    Object.assign(state, { claim: 0n, losses: 2n });
    expect(bound.unjudged().why).to.equal("no account that does not act has a claim");
  });

  it("liquidatable refuses options that do not fit", async () => {
    const debt = { function: "debtOf", asset: "USDC" };
    const collateral = { function: "balanceOf", asset: "ETH" };
    await failsWith("INVALID_OPTION", () => liquidatable({ debt }));
    await failsWith("INVALID_OPTION", () => liquidatable({ liquidate: "liquidate", debt }));
    await failsWith("INVALID_OPTION", () =>
      liquidatable({ liquidate: "liquidate", debt, collateral, lending: "aave" }),
    );
    const whole = { liquidate: "liquidate", debt, collateral };
    await failsWith("INVALID_OPTION", () => liquidatable({ ...whole, health: { function: "debtOf" } as never }));
    await failsWith("INVALID_OPTION", () =>
      liquidatable({ ...whole, health: { function: "debtOf", below: 1n }, threshold: 0.8 }),
    );
    const error = await failsWith("UNSUPPORTED_TARGET", () => bind(liquidatable(whole), world));
    expect(error.summary).to.include("it is payable, and simulated calls send no native coin");
    await failsWith("UNKNOWN_PROTOCOL", async () => (await bind(liquidatable(), world)).judge());
  });
});
