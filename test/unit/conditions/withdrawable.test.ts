import type { Address } from "viem";

import type { ActionResult } from "../../../src/view/view.js";

import { expect } from "chai";
import { encodeErrorResult, erc20Abi, erc4626Abi, getAddress, parseAbi } from "viem";

import { sharePriceHolds, withdrawable } from "../../../src/conditions/index.js";
import { call } from "../../../src/protocols/call.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { failsWith } from "../../helpers/errors.js";

import { ALICE, bind, BOB, contract, Reverted, TARGET, USDC } from "./fake-chain.js";

const STRANGER = getAddress("0x00000000000000000000000000000000000000f1");

/** A vault with 6 decimals, whose state a simulation changes and restores. */
class FakeVault {
  shares: Record<string, bigint> = { [ALICE]: 600_000_000n, [BOB]: 400_000_000n };
  /** The share value that the vault reports, and its balance. */
  price = 1_000_000n;
  cash = 1_000_000_000n;
  locked = false;
  #paid: Record<string, bigint> = {};
  #left = 0n;

  readonly contracts = {
    [TARGET]: {
      abi: [...erc4626Abi, ...erc20Abi],
      functions: {
        asset: () => USDC.address,
        decimals: () => 6,
        totalSupply: () => Object.values(this.shares).reduce((sum, shares) => sum + shares, 0n),
        balanceOf: ([account]: readonly unknown[]) => {
          // the first read of every simulation
          this.#paid = {};
          this.#left = this.cash;
          return this.shares[lower(account)] ?? 0n;
        },
        convertToAssets: ([shares]: readonly unknown[]) => ((shares as bigint) * this.price) / 1_000_000n,
        redeem: ([shares, receiver, owner]: readonly unknown[], from: Address | undefined) => {
          if (this.locked) throw new Error("locked");
          if (lower(owner) !== lower(from)) throw new Error("not yours");
          if ((shares as bigint) !== this.shares[lower(owner)]) throw new Error("not everything");
          const wanted = ((shares as bigint) * this.price) / 1_000_000n;
          const paid = wanted < this.#left ? wanted : this.#left;
          this.#left -= paid;
          this.#paid[lower(receiver)] = paid;
          return wanted;
        },
      },
    },
    [USDC.address]: {
      abi: erc20Abi,
      functions: { balanceOf: ([account]: readonly unknown[]) => 5n + (this.#paid[lower(account)] ?? 0n) },
    },
  };
}

function lower(address: unknown): string {
  return String(address).toLowerCase();
}

const accounts = { alice: ALICE, bob: BOB } as const;
const signatures = ["function totalAssets() view returns (uint256)"];

describe("withdrawable", () => {
  it("holds if every depositor gets what its shares convert to", async () => {
    const vault = new FakeVault();
    const bound = await bind(withdrawable(), { contracts: vault.contracts, accounts });
    expect(bound.judge()).to.equal(undefined);
    vault.cash -= 2n;
    expect(bound.judge()).to.equal(undefined);
  });

  it("allows for a wait of so many blocks in a row, of each depositor", async () => {
    const vault = new FakeVault();
    const world = { contracts: vault.contracts, accounts, block: 0 };
    const bound = await bind(withdrawable({ within: 2 }), world);
    const after = (block: number): string | undefined => {
      world.block = block;
      return bound.judge()?.summary;
    };
    vault.locked = true;
    expect([after(1), after(2)]).to.deep.equal([undefined, undefined]);
    vault.locked = false;
    expect(after(3)).to.equal(undefined);
    vault.locked = true;
    expect([after(4), after(5)]).to.deep.equal([undefined, undefined]);
    expect(after(6)).to.equal(
      'alice cannot redeem shares worth 600 USDC: redeem reverts ("locked"), in every block since block 4 (2 blocks allowed), and 1 more',
    );
    await failsWith("INVALID_OPTION", () => withdrawable({ within: 1.5 }));
  });

  describe("counts the blocks of a wait from the last time that the account itself moved", () => {
    const vault = new FakeVault();
    const world = {
      contracts: vault.contracts,
      accounts,
      block: 0,
      results: [] as readonly ActionResult[],
    };
    let bound: Awaited<ReturnType<typeof bind>>;

    beforeEach(async () => {
      vault.locked = true;
      vault.shares = { [ALICE]: 600_000_000n };
      bound = await bind(withdrawable({ within: 2 }), world);
    });

    /** Whether it holds after blocks 1 to 3, in the second of which something happens. */
    function holds(results: readonly ActionResult[], happens: () => void = () => undefined): boolean {
      return [1, 2, 3].every((block) => {
        world.block = block;
        world.results = block === 2 ? results : [];
        if (block === 2) happens();
        return bound.judge() === undefined;
      });
    }

    type Move = "deposit" | "mint" | "withdraw" | "redeem";
    const called = (
      agent: string,
      functionName: Move,
      amount: bigint,
      whose: Address,
      success = true,
    ): ActionResult => {
      const args = functionName === "deposit" || functionName === "mint" ? [amount, whose] : [amount, BOB, whose];
      const made = call({ address: TARGET, abi: erc4626Abi, functionName, args: args as never });
      return { agent, call: made, included: true, success, returned: "0x" };
    };

    it("which is never, if nothing happens", () => expect(holds([])).to.equal(false));

    it("its own withdrawal, though it deposits the same again in the block", () =>
      expect(holds([called("alice", "withdraw", 1n, ALICE), called("alice", "mint", 1n, ALICE)])).to.equal(true));

    it("its own deposit", () =>
      expect(holds([called("alice", "deposit", 1n, ALICE)], () => (vault.shares[ALICE] = 700_000_000n))).to.equal(
        true,
      ));

    it("whatever made its shares fewer", () =>
      expect(holds([], () => (vault.shares[ALICE] = 500_000_000n))).to.equal(true));

    it("not what somebody else deposits for it", () =>
      expect(holds([called("bob", "deposit", 1n, ALICE)], () => (vault.shares[ALICE] = 600_000_001n))).to.equal(false));

    it("not calls that fail, are for nothing, or for somebody else", () => {
      for (const result of [
        called("alice", "redeem", 1n, ALICE, false),
        called("alice", "redeem", 0n, ALICE),
        called("alice", "deposit", 1n, BOB),
        called("alice", "withdraw", 1n, BOB),
      ]) {
        expect(holds([result]), `${result.call.function.name}(${result.call.args.join()})`).to.equal(false);
      }
    });

    it("nor what was before a block in which nobody had shares", () =>
      expect(
        [600n, 0n, 600n].every((shares, index) => {
          world.block = index + 1;
          world.results = [];
          vault.shares[ALICE] = shares * 1_000_000n;
          if (shares === 0n) return bound.unjudged().why === "no account holds shares";
          return bound.judge() === undefined;
        }),
      ).to.equal(true));
  });

  it("refuses a wait as long as a run, in which nothing could be judged", async () => {
    const world = { contracts: new FakeVault().contracts, accounts };
    const error = await failsWith("INVALID_OPTION", () => bind(withdrawable({ within: 10 }), world, { blocks: 10 }));
    expect(error.summary).to.equal(
      "withdrawable: within is 10, but a run has only 10 blocks: nothing could be judged.",
    );
    await bind(withdrawable({ within: 9 }), world, { blocks: 10 });
  });

  it("takes an accepted request for a withdrawal", async () => {
    const vault = new FakeVault();
    vault.locked = true;
    let asked: readonly unknown[] = [];
    let isOpen = true;
    const target = vault.contracts[TARGET]!;
    const abi = [
      ...target.abi,
      ...parseAbi(["function requestRedeem(uint256 shares, address controller, address owner) returns (uint256)"]),
    ];
    const requestRedeem = (args: readonly unknown[]): bigint => {
      if (!isOpen) throw new Error("paused");
      asked = args;
      return 0n;
    };
    const functions = { ...target.functions, requestRedeem };
    const world = { contracts: { ...vault.contracts, [TARGET]: { abi, functions } }, accounts };
    const bound = await bind(withdrawable({ request: "requestRedeem" }), world);
    expect(bound.judge()).to.equal(undefined);
    expect(asked.map(String)).to.deep.equal(["400000000", ...[BOB, BOB].map((account) => getAddress(account))]);
    isOpen = false;
    expect(bound.judge()?.summary).to.include("alice cannot redeem");
    await failsWith("UNSUPPORTED_TARGET", () => bind(withdrawable({ request: "cooldown" }), world));
  });

  it("counts what arrives, not what the vault reports", async () => {
    const vault = new FakeVault();
    const bound = await bind(withdrawable(), { contracts: vault.contracts, accounts });
    vault.cash = 900_000_000n;
    const evidence = bound.judge();
    const unit = { symbol: "USDC", decimals: 6 };
    expect(evidence?.summary).to.equal("bob gets 300 USDC for shares worth 400 USDC (75.0 %)");
    expect(evidence?.quantities).to.deep.equal([
      {
        kind: "value of shares",
        of: "bob",
        label: "value of shares of bob",
        value: 400_000_000n,
        unit,
        text: "400 USDC",
      },
      { kind: "payout", of: "bob", label: "payout of bob", value: 300_000_000n, unit, text: "300 USDC" },
    ]);
  });

  it("says why a withdrawal reverts", async () => {
    const vault = new FakeVault();
    vault.locked = true;
    const bound = await bind(withdrawable(), { contracts: vault.contracts, accounts });
    expect(bound.judge()?.summary).to.equal(
      'alice cannot redeem shares worth 600 USDC: redeem reverts ("locked"), and 1 more',
    );
    expect(bound.judge()?.quantities.map(({ label, text }) => `${label}: ${text}`)).to.deep.equal([
      "value of shares of alice: 600 USDC",
      'redeem of alice: reverts ("locked")',
      "value of shares of bob: 400 USDC",
      'redeem of bob: reverts ("locked")',
    ]);
  });

  it("tells first of who misses most, and then of accounts that the scenario names", async () => {
    const vault = new FakeVault();
    vault.locked = true;
    const agent = agentAddress("attacker");
    vault.shares = { [agent.toLowerCase()]: 3n, [ALICE]: 600_000_000n, [BOB]: 600_000_000n };
    const world = { contracts: vault.contracts, accounts: { attacker: agent, bob: BOB, alice: ALICE } };
    const causes = async (): Promise<readonly string[]> =>
      (await bind(withdrawable(), world)).failures().map(({ cause }) => cause);
    expect(await causes()).to.deep.equal(["withdrawable/bob", "withdrawable/alice", "withdrawable/attacker"]);
    vault.shares[agent.toLowerCase()] = 600_000_000n;
    expect(await causes()).to.deep.equal(["withdrawable/bob", "withdrawable/alice", "withdrawable/attacker"]);
    vault.shares[ALICE] = 700_000_000n;
    expect((await causes())[0]).to.equal("withdrawable/alice");
  });

  it("names those whom a custom error is about, and decodes those of the asset", async () => {
    const vault = new FakeVault();
    const abi = parseAbi(["error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)"]);
    const bound = await bind(withdrawable(), { contracts: vault.contracts, accounts });
    const summaries = [TARGET, USDC.address, BOB, STRANGER].map((sender) => {
      const data = encodeErrorResult({ abi, errorName: "ERC20InsufficientBalance", args: [sender, 98n, 99n] });
      vault.contracts[TARGET]!.functions.redeem = () => {
        throw new Reverted(data);
      };
      return bound.judge()?.summary.replace(/^.*redeem /, "");
    });
    const reverts = (name: string): string => `reverts (ERC20InsufficientBalance(${name}, 98, 99)), and 1 more`;
    expect(summaries).to.deep.equal(["Vault", "USDC", "bob", STRANGER].map(reverts));
  });

  it("skips those without shares, and shares worth nothing", async () => {
    const vault = new FakeVault();
    vault.locked = true;
    vault.shares = { [ALICE]: 0n, [BOB]: 1n };
    expect((await bind(withdrawable(), { contracts: vault.contracts, accounts })).judge()).to.equal(undefined);
  });

  it("accepts a lower minimum, and other depositors, as options", async () => {
    const vault = new FakeVault();
    vault.cash = 900_000_000n;
    const world = { contracts: vault.contracts, accounts };
    expect((await bind(withdrawable({ minimum: 0.7 }), world)).judge()).to.equal(undefined);
    expect((await bind(withdrawable({ depositors: [BOB] }), world)).judge()).to.equal(undefined);
    expect((await bind(withdrawable({ depositors: ["bob", "alice"] }), world)).judge()?.summary).to.include("alice");
  });

  it("skips contracts", async () => {
    const vault = new FakeVault();
    vault.locked = true;
    const contracts = { ...vault.contracts, [ALICE]: contract(signatures, {}), [BOB]: contract(signatures, {}) };
    expect((await bind(withdrawable(), { contracts, accounts })).unjudged().why).to.equal("no account holds shares");
  });

  it("refuses targets and options that do not fit", async () => {
    const world = { contracts: { [TARGET]: contract(signatures, {}) }, accounts };
    const error = await failsWith("UNSUPPORTED_TARGET", () => bind(withdrawable(), world));
    expect(error.summary).to.include("redeem(uint256,address,address)");
    // not the functions that the target has instead: none of them could take their place
    expect(error.hint).to.equal(
      "It judges contracts of ERC-4626: use another condition, or pass the complete ABI if this is one.",
    );
    const vault = { contracts: new FakeVault().contracts, accounts };
    await failsWith("UNKNOWN_ACCOUNT", () => bind(withdrawable({ depositors: ["carol"] }), vault));
    await failsWith("INVALID_OPTION", () => bind(withdrawable({ depositors: ["target"] }), vault));
    await failsWith("INVALID_OPTION", () => withdrawable({ minimum: 1.1 }));
    await failsWith("INVALID_OPTION", () => withdrawable({ depositors: [] }));
  });
});

describe("sharePriceHolds", () => {
  it("compares with the start of the run", async () => {
    const vault = new FakeVault();
    const bound = await bind(sharePriceHolds(), { contracts: vault.contracts, accounts });
    vault.price = 1_200_000n;
    expect(bound.judge()).to.equal(undefined);
    vault.price = 999_000n;
    expect(bound.judge()).to.equal(undefined);
    vault.price = 900_000n;
    expect(bound.judge()?.summary).to.equal("a share is worth 0.9 USDC < 1 USDC at the start (fell 10.0 %)");
  });

  it("holds once all shares are gone, and has nothing to judge without shares at the start", async () => {
    const vault = new FakeVault();
    const bound = await bind(sharePriceHolds(), { contracts: vault.contracts, accounts });
    vault.price = 0n;
    vault.shares = {};
    expect(bound.judge()).to.equal(undefined);
    const empty = await bind(sharePriceHolds(), { contracts: vault.contracts, accounts });
    vault.shares = { [ALICE]: 1n };
    expect(empty.unjudged()).to.deep.equal({ unjudged: "nothing", why: "there are no shares at the start" });
  });

  it("refuses targets and options that do not fit", async () => {
    const world = { contracts: { [TARGET]: contract(signatures, {}) }, accounts };
    await failsWith("UNSUPPORTED_TARGET", () => bind(sharePriceHolds(), world));
    await failsWith("INVALID_OPTION", () => sharePriceHolds({ maxFall: -1 }));
  });
});
