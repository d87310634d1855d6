import type { AbiFunction, Address, Hex } from "viem";

import type { ChainStatement } from "../../../src/conditions/on-chain.js";
import type { StateBundle } from "../../../src/engine/chain/state-upstream/state-bundle.js";
import type { Reproduction } from "../../../src/engine/reproduction/reproduction.js";
import type { Condition } from "../../../src/types.js";

import { expect } from "chai";
import { encodeFunctionData, parseAbiItem } from "viem";

import { liquidatable, liveness, noBadDebt, withdrawable } from "../../../src/conditions/index.js";
import { said } from "../../../src/engine/reproduction/on-chain.js";
import { addressKey } from "../../../src/quantity/address.js";
import { exportFoundry } from "../../../src/report/foundry/export-foundry.js";
import { literal, numberLiteral, textLiteral } from "../../../src/report/foundry/literals.js";
import { AddressNames } from "../../../src/report/foundry/names.js";
import { failsWith } from "../../helpers/errors.js";

const VAULT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const ALICE = "0xd81C32C245C0141d9DdbeA2DBB0dda1A2521346C";
const WORD: Hex = `0x${"00".repeat(32)}`;

const withdraw = parseAbiItem("function withdraw(uint256 amount, address to)");
const totalAssets = parseAbiItem("function totalAssets() view returns (uint256)");

const solvent: ChainStatement = {
  kind: "shortfalls",
  says: "the assets cover the liabilities",
  shortfalls: [
    {
      of: "Vault",
      plus: 10n ** 19n,
      terms: [
        {
          what: "assets",
          number: { kind: "view", to: VAULT, function: totalAssets, args: [], was: 8n * 10n ** 18n },
          times: -1n,
          over: 1n,
        },
      ],
    },
  ],
  most: 0n,
  unit: { symbol: "WETH", decimals: 18 },
};

const ACCOUNTS: StateBundle["accounts"] = {
  [addressKey(VAULT)]: { balance: "0x0", nonce: "0x1", code: "0x6001", storage: { [WORD]: WORD } },
  [addressKey(ALICE)]: { balance: "0xde0b6b3a7640000", nonce: "0x0", code: "0x", storage: {} },
};

interface Call {
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
}

/** A confirmed reproduction of one call. */
function reproductionOf(
  { function: item, args }: Call = { function: withdraw, args: [1_500_000n, ALICE] },
  changes: Partial<Reproduction> = {},
): Reproduction {
  const data = encodeFunctionData({ abi: [item], functionName: item.name, args });
  const evidence = { summary: "assets 8 WETH < liabilities 10 WETH", quantities: [] };
  const violation = { condition: "solvent", target: "Vault", block: 1, cause: "solvent", evidence };
  return {
    format: "hardhat-siege reproduction",
    version: 2,
    status: "minimal",
    scenario: "flash crash",
    target: { name: "Vault", address: VAULT },
    forkBlock: 20,
    seed: 1,
    run: 1,
    finding: {
      violation,
      found: violation,
      genome: { seed: 1, blocks: 1, muted: [], market: [], oracles: [], moves: [] },
      trace: {
        blocks: 1,
        steps: [
          { kind: "market", block: 1, asset: "ETH", change: -125_000 },
          {
            kind: "call",
            block: 1,
            agent: "alice",
            to: VAULT,
            function: item,
            args,
            value: 0n,
            tip: 1n,
            gas: 100_000n,
            note: undefined,
          },
        ],
      },
      certificate: undefined,
      thresholds: [],
      steps: [
        {
          step: 0,
          block: 1,
          actor: "market",
          action: "ETH falls 12.5 %",
          consequence: undefined,
          data: { kind: "market", asset: "ETH", change: { value: -12.5, unit: "percent" } },
        },
        {
          step: 1,
          block: 1,
          actor: "alice",
          action: "Vault.withdraw(1.5 USDC, alice)",
          consequence: undefined,
          data: {
            kind: "call",
            target: { name: "Vault", address: VAULT },
            function: item.name,
            arguments: [],
            value: 0n,
            outcome: "succeeds",
            effects: [],
          },
        } as never,
      ],
      coupling: undefined,
      losses: [],
      interferences: [],
    },
    hermetic: {
      hardfork: "prague",
      state: {
        chainId: 1,
        block: { number: "0x14", timestamp: "0x64", hash: WORD },
        accounts: ACCOUNTS,
      },
      script: {
        blocks: [
          {
            environment: { timestamp: 112, baseFee: 10n, prevRandao: WORD },
            transactions: [
              { from: ALICE, to: VAULT, data, value: 0n, gas: 100_000n, maxFeePerGas: 20n, maxPriorityFeePerGas: 1n },
            ],
            receipts: [{ success: true, gasUsed: 21_000n, logs: WORD }],
          },
        ],
        read: { to: VAULT, data: "0x", gas: "0x0", overrides: {} },
        answer: "0x",
      },
    },
    onChain: {
      names: { [addressKey(VAULT)]: "Vault", [addressKey(ALICE)]: "alice" },
      statement: solvent,
    },
    ...changes,
  };
}

/** The lines of the test function, without what every file has. */
function bodyOf(text: string): string {
  return text.slice(text.indexOf("    function test_"), text.indexOf("    struct Known"));
}

describe("the Foundry export", () => {
  it("has the instructions of the chain, by forge's name", () => {
    const versionOf = (hardfork: string): string | undefined => {
      const { hermetic } = reproductionOf();
      if (hermetic === null) throw new Error("it is confirmed");
      const text = exportFoundry(reproductionOf(undefined, { hermetic: { ...hermetic, hardfork } }));
      return /setEvmVersion\("(\w+)"\)/.exec(text)?.[1];
    };
    expect(["merge", "prague", "bedrock", "ecotone", "isthmus"].map(versionOf)).to.deep.equal([
      "paris",
      "prague",
      "paris",
      "cancun",
      "prague",
    ]);
  });

  it("tells the steps, makes typed calls between named addresses, and states the condition", () => {
    const text = exportFoundry(reproductionOf());
    expect(text).to.include('// Written by hardhat-siege. Vault did not survive "flash crash":');
    expect(text).to.include("interface IVault {\n    function withdraw(uint256 amount, address to) external;");
    expect(text).to.include(`    address constant VAULT = ${VAULT};\n    address constant ALICE = ${ALICE};\n`);
    expect(bodyOf(text)).to.equal(`    function test_solvent() public {
        bytes memory code = fix();
        _isFixed = code.length > 0;
        if (_isFixed) VM.etch(VAULT, code);
        VM.startStateDiffRecording();

        // block 1
        _mine(21, 112, 10, ${WORD});
        // 1  market: ETH falls 12.5 %
        // 2  alice: Vault.withdraw(1.5 USDC, alice)
        _send({
            from: ALICE,
            to: VAULT,
            value: 0,
            data: abi.encodeCall(IVault.withdraw, (1_500_000, ALICE)),
            gasCost: 231_000,
            succeeds: true
        });

        // solvent: the assets cover the liabilities
        string memory failure = _failure();
        _requireKnown(VM.stopAndReturnStateDiff());
        if (bytes(failure).length == 0) return;
        if (_isFixed) revert(string.concat("still violated with the fix: solvent: ", failure));
        revert("solvent: assets 8 WETH < liabilities 10 WETH");
    }

    // Why "the assets cover the liabilities" is not so; empty if it is.
    function _failure() private returns (string memory) {
        // in WETH, 18 decimals
        int256 total = 0;
        // Vault
        {
            int256 short = 10e18;
            short -= _part(_same(IVault(VAULT).totalAssets(), 8e18), 1, 1); // assets
            if (short > 0) total += short;
        }
        if (total > 0) {
            return string.concat("short of ", _decimal(total, 18), " WETH, where ", _decimal(0, 18), " may be");
        }
        return "";
    }

`);
  });

  it("says of calls made again after a reorganisation which of them remain", () => {
    const { finding, ...rest } = reproductionOf();
    const [market, call] = finding.trace.steps;
    const [, told] = finding.steps;
    const text = exportFoundry({
      ...rest,
      finding: {
        ...finding,
        trace: { blocks: 1, steps: [market!, call!, call!] },
        steps: [...finding.steps, { ...told!, step: 2 }],
      },
    });
    const [first, again] = [2, 3].map((step) => `// ${step}  alice: Vault.withdraw(1.5 USDC, alice)`);
    expect(bodyOf(text)).to.include(`${first} (not in these blocks)\n        ${again}\n        _send({`);
  });

  it("tries what must be possible, each way alone, with its reasons to refuse", () => {
    const balanceOf = parseAbiItem("function balanceOf(address account) view returns (uint256)");
    const order = parseAbiItem(["function claim(Order order, uint256 amount)", "struct Order { uint256 id; }"]);
    const number = { kind: "view", to: VAULT, function: balanceOf, args: [ALICE] } as const;
    const call = {
      from: ALICE,
      to: VAULT,
      function: withdraw,
      args: [0n, ALICE],
      argument: { at: 0, number },
    } as const;
    const raw = { ...call, function: order, args: [{ id: 7n }, 0n], argument: { at: 1, number } };
    const statement: ChainStatement = {
      kind: "possible",
      says: "whoever needs withdraw() can call it",
      possibilities: [
        {
          of: "alice",
          when: [{ kind: "number", number, is: "above zero" }],
          ways: [
            { first: [], call },
            { first: [], call: raw },
          ],
          failed: true,
        },
      ],
      errors: ["0x12345678"],
    };
    const { onChain, ...rest } = reproductionOf();
    const text = exportFoundry({ ...rest, onChain: { ...onChain!, statement } });
    const balance = "_number(VAULT, abi.encodeCall(IVault.balanceOf, (ALICE)), 0)";
    expect(text).to.include(`bool isStuck = ${balance} > 0;`);
    expect(text).to.include(`bytes memory data = abi.encodeCall(IVault.withdraw, (${balance}, ALICE));`);
    // structs are bytes, with the number in its place
    expect(text).to.match(/bytes memory data = bytes\.concat\(hex"[0-9a-f]{8}0{63}7", bytes32\(_number\(/);
    expect(text).to.include('if (success || !(_is(returned, hex"12345678"))) isAllowed = false;');
    expect(text).to.include('if (_stuck(isStuck, true)) return "alice cannot";');
  });

  it("brings numbers up to date once, and divides products", () => {
    const shares = parseAbiItem("function sharesOf(address account) view returns (uint256)");
    const books = parseAbiItem("function books() view returns (uint128 assets, uint128 shares)");
    const accrue = parseAbiItem("function accrue()");
    const after = [{ to: VAULT, function: accrue, args: [] }] as const;
    const word = (at: number) => ({ kind: "view", to: VAULT, function: books, args: [], word: at, after }) as const;
    const number = {
      kind: "ratio",
      factors: [
        { number: { kind: "view", to: VAULT, function: shares, args: [ALICE] }, plus: 0n },
        { number: word(0), plus: 1n },
      ],
      over: { number: word(1), plus: 1_000_000n },
      rounds: "up",
      was: 7n,
    } as const;
    const owed = { what: "owed", number, times: 1n, over: 1n };
    const statement: ChainStatement = {
      ...solvent,
      shortfalls: [{ of: "alice", when: [{ kind: "number", number, is: "readable" }], terms: [owed, owed], plus: 0n }],
    };
    const { onChain, ...rest } = reproductionOf();
    const text = exportFoundry({ ...rest, onChain: { ...onChain!, statement } });
    const told = bodyOf(text);
    const update = "_update(VAULT, abi.encodeCall(IVault.accrue, ())); // accrue\n";
    expect(told.split(update)).to.have.length(2);
    const wordText = "_word(VAULT, abi.encodeCall(IVault.books, ()), ";
    expect(told).to.include(
      `short += _part(_same(_ratio(IVault(VAULT).sharesOf(ALICE), ${wordText}0) + 1, ${wordText}1) + 1e6, true), 7), 1, 1); // owed`,
    );
    // readable if all of its parts are
    expect(told.match(/_answers\(/g)).to.have.length(3);
    expect(text).to.include("function _ratio(").and.to.include("function _update(");
    expect(exportFoundry(reproductionOf())).to.not.match(/_ratio|_update/);
  });

  it("refuses what is not of its types", async () => {
    const { onChain, ...rest } = reproductionOf();
    const number = { kind: "view", to: VAULT, function: withdraw, args: ["none", 1] } as const;
    const terms = [{ what: "assets", number, times: 1n, over: 1n }];
    const statement = { ...solvent, shortfalls: [{ of: "Vault", plus: 0n, terms }] } as ChainStatement;
    const error = await failsWith("EXPORT_UNAVAILABLE", async () =>
      exportFoundry({ ...rest, onChain: { ...onChain!, statement } }),
    );
    expect(error.message).to.include("The reproduction of Vault cannot be written");
  });

  it("puts the fix behind a proxy where the proxy looks for it", () => {
    const { hermetic, ...rest } = reproductionOf();
    const implementation = "0x1111111111111111111111111111111111111111";
    const slot: Hex = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
    const storage: StateBundle["accounts"][Address]["storage"] = {
      [slot]: `0x${"00".repeat(12)}${implementation.slice(2)}`,
    };
    const accounts: StateBundle["accounts"] = {
      ...ACCOUNTS,
      [addressKey(VAULT)]: { balance: "0x0", nonce: "0x1", code: "0x6001", storage },
      [implementation]: { balance: "0x0", nonce: "0x1", code: "0x6002", storage: {} },
    };
    const text = exportFoundry({ ...rest, hermetic: { ...hermetic!, state: { ...hermetic!.state, accounts } } });
    expect(text).to.include("if (_isFixed) VM.etch(IMPLEMENTATION, code);");
    expect(text).to.include(`address constant IMPLEMENTATION = ${implementation};`);
  });

  describe("refuses by name", () => {
    const confirmed = reproductionOf();
    const block = confirmed.hermetic!.script.blocks[0]!;
    const withBlock = (change: Partial<typeof block>): Reproduction => ({
      ...confirmed,
      hermetic: {
        ...confirmed.hermetic!,
        script: { ...confirmed.hermetic!.script, blocks: [{ ...block, ...change }] },
      },
    });
    const refused: readonly [
      what: string,
      Reproduction,
      code: "EXPORT_INEXACT" | "EXPORT_UNAVAILABLE",
      says: string,
    ][] = [
      [
        "what is not confirmed",
        reproductionOf(undefined, { hermetic: null }),
        "EXPORT_UNAVAILABLE",
        "was not confirmed",
      ],
      [
        "files of earlier releases",
        (({ onChain: _onChain, ...old }) => old)(confirmed),
        "EXPORT_UNAVAILABLE",
        "an earlier release",
      ],
      [
        "conditions that no contract can check",
        reproductionOf(undefined, { onChain: { names: {} } }),
        "EXPORT_UNAVAILABLE",
        'What "solvent" judges of Vault',
      ],
      [
        "conditions that say why",
        reproductionOf(undefined, { onChain: { names: {}, unavailable: "the adapter works it out" } }),
        "EXPORT_UNAVAILABLE",
        'A contract cannot check what "solvent" judges of Vault: the adapter works it out.',
      ],
      [
        "transactions that ran out of gas",
        withBlock({ receipts: [{ success: false, gasUsed: 99_000n, logs: WORD }] }),
        "EXPORT_INEXACT",
        "Transaction 1 of block 1 ran out of gas",
      ],
      [
        "recorded order flow",
        withBlock({
          transactions: [{ ...block.transactions[0]!, from: `0x${"22".repeat(20)}`, to: `0x${"33".repeat(20)}` }],
        }),
        "EXPORT_INEXACT",
        "is recorded order flow",
      ],
      [
        "contracts that are created",
        withBlock({ transactions: [{ ...block.transactions[0]!, to: undefined }] }),
        "EXPORT_INEXACT",
        "creates a contract",
      ],
    ];
    const target = {
      liquidate: "liquidate",
      debt: { function: "d", asset: "E" },
      collateral: { function: "c", asset: "E" },
    };
    const unsaid: readonly [what: string, Condition, why: string][] = [
      ["liquidations of lending markets", liquidatable(), "worked out from the market's rules, not tried by a call"],
      ["bad debt of margin markets", noBadDebt({ market: "perp" }), "from its mark price and the fair one"],
      ["liquidations with a wait", liquidatable({ ...target, within: 2 }), "how long something has been impossible"],
      ["liveness with a wait", liveness({ function: "claim", within: 2 }), "how long something has been impossible"],
      ["withdrawals with a wait", withdrawable({ within: 2 }), "how long something has been impossible"],
    ];
    for (const [what, { definition }, why] of unsaid) {
      it(what, async () => {
        const { unavailable } = said(definition.onChain?.({} as never, {} as never));
        const refusal = reproductionOf(undefined, { onChain: { names: {}, ...(unavailable && { unavailable }) } });
        const { message } = await failsWith("EXPORT_UNAVAILABLE", async () => exportFoundry(refusal));
        expect(message).to.include("A contract cannot check what").and.to.include(why);
      });
    }
    for (const [what, reproduction, code, says] of refused) {
      it(what, async () => {
        const error = await failsWith(code, async () => exportFoundry(reproduction));
        expect(error.message).to.include(says);
      });
    }
  });

  describe("of hostile texts", () => {
    const hostile = '"; selfdestruct(msg.sender); //\n}\u202e contract X {';

    it("keeps names, sentences and scenarios within their lines", () => {
      const { finding, ...rest } = reproductionOf();
      const violation = { ...finding.violation, condition: hostile, evidence: { summary: hostile, quantities: [] } };
      const steps = finding.steps.map((step) => ({ ...step, actor: hostile, action: hostile }));
      const text = exportFoundry({
        ...rest,
        scenario: hostile,
        target: { name: hostile, address: VAULT },
        finding: { ...finding, violation, steps },
        onChain: { names: { [addressKey(ALICE)]: hostile }, statement: { ...solvent, says: hostile } },
      });
      expect(text).to.not.include("\u202e");
      const code = text.split("\n").filter((line) => !/^\s*\/\//.test(line));
      // what is left of it are identifiers and strings
      expect(
        code.filter((line) => line.includes("selfdestruct(")).every((line) => line.includes('\\"; selfdestruct(')),
      ).to.equal(true);
      expect(code.filter((line) => /^\s*contract /.test(line))).to.have.length(1);
    });

    it("writes a function with a name that is none as bytes", () => {
      const item = { ...withdraw, name: "withdraw() external; function x" } as AbiFunction;
      const text = exportFoundry(reproductionOf({ function: item, args: [1n, ALICE] }));
      expect(text).to.not.include("function x");
      expect(text).to.match(/data: hex"[0-9a-f]{136}",/);
    });
  });

  it("writes lists as variables, and structs as bytes", () => {
    const swap = parseAbiItem("function swap(uint256 least, address[] path, bytes data)");
    const lists = exportFoundry(reproductionOf({ function: swap, args: [0n, [VAULT, ALICE], "0x1234"] }));
    expect(lists).to.include("address[] memory path = new address[](2);");
    expect(lists).to.include("path[1] = ALICE;");
    expect(lists).to.include('data: abi.encodeCall(IVault.swap, (0, path, hex"1234")),');
    const order = parseAbiItem(["function fill(Order order)", "struct Order { uint256 amount; }"]);
    expect(exportFoundry(reproductionOf({ function: order, args: [{ amount: 1n }] }))).to.match(
      /data: hex"[0-9a-f]{72}",/,
    );
  });
});

describe("Solidity literals", () => {
  it("write numbers as people do", () => {
    expect(
      [0n, 7n, 1_234_567n, 430n * 10n ** 9n, 16n * 10n ** 15n, -1_500n * 10n ** 6n, 2n ** 256n - 1n].map(numberLiteral),
    ).to.deep.equal(["0", "7", "1_234_567", "430e9", "16e15", "-1_500e6", "type(uint256).max"]);
  });

  it("write texts that Solidity takes", () => {
    expect(textLiteral('say "no"\n')).to.equal('"say \\"no\\" "');
    expect(textLiteral("5 €")).to.equal('unicode"5 €"');
  });

  it("write no value of another type", () => {
    const named = (address: string): string => address;
    expect(literal("bool", "true); x(", named)).to.equal(undefined);
    expect(literal("bytes4", "0x12345678", named)).to.equal('bytes4(hex"12345678")');
    expect(literal("bytes4", "0x1234", named)).to.equal(undefined);
    expect(literal("address", "0x12", named)).to.equal(undefined);
    expect(literal("string", "a\u202eb", named)).to.equal('string(hex"61e280ae62")');
  });
});

describe("names of addresses", () => {
  it("are constants, no two alike", () => {
    const address = (digit: string): Address => `0x${digit.repeat(40)}`;
    const names = new AddressNames(
      new Map([
        [address("1"), "attacker's desk"],
        [address("2"), "Attackers Desk"],
        [address("3"), "0x333333"],
        [address("4"), "→"],
      ]),
    );
    expect(["1", "2", "3", "4"].map((digit) => names.of(address(digit), "CONTRACT"))).to.deep.equal([
      "ATTACKERS_DESK",
      "ATTACKERS_DESK_2",
      "CONTRACT",
      "CONTRACT_2",
    ]);
  });
});
