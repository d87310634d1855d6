import type { Provider } from "../../../../src/engine/chain/rpc.js";
import type { CampaignEnvironment } from "../../../../src/engine/world/campaign-environment.js";
import type { CampaignOptions, CampaignResult, ScenarioDefinition } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { readdir } from "node:fs/promises";

import { expect } from "chai";

import { attacker, defineAgent } from "../../../../src/agents/index.js";
import { defineCondition, noBadDebt, solvent } from "../../../../src/conditions/index.js";
import { runCampaign } from "../../../../src/engine/campaign/campaign.js";
import { openHermeticNetwork } from "../../../../src/plugin/hermetic-network.js";
import { constant, defineProtocol, map } from "../../../../src/protocols/index.js";
import { uniswapV2 } from "../../../../src/protocols/uniswap-v2/uniswap-v2.js";
import { renderIncomplete } from "../../../../src/report/terminal.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** Whatever goes wrong ends in one readable, coded error, is never a verdict, and loses none of the findings. */
describe("faults", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let vault: Fixture;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
    vault = await deploySpotLendingVault(fork, "flawed");
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** A campaign on a provider that the test has tampered with. */
  function campaign(
    change: Partial<ScenarioDefinition>,
    options: CampaignOptions = {},
    provider: Provider = fork.connection.provider,
    clock: () => number = () => 0,
  ): Promise<CampaignResult> {
    const environment: CampaignEnvironment = {
      provider,
      hardfork: "osaka",
      openNetwork: openHermeticNetwork,
      projectRoot: fork.reproductions,
      reproductions: ".",
      impersonated: new Set(),
      intervalMining: 0,
      clock,
    };
    return runCampaign(environment, vault, buildScenario({ ...spotPriceManipulation(fork), ...change }), options);
  }

  const acting = (act: NonNullable<Parameters<typeof defineAgent>[0]["act"]>): Partial<ScenarioDefinition> => ({
    agents: [defineAgent({ role: "odd", act })],
  });

  describe("of the user's code", () => {
    const cases: readonly (readonly [
      string,
      Parameters<typeof failsWith>[0],
      string,
      () => Partial<ScenarioDefinition>,
    ])[] = [
      [
        "a policy that throws",
        "AGENT_FAILED",
        "odd",
        () =>
          acting(() => {
            throw new Error("stumbled");
          }),
      ],
      // TypeScript refuses it; JavaScript does not
      [
        "a policy that is asynchronous",
        "AGENT_FAILED",
        "odd", // eslint-disable-next-line @typescript-eslint/no-misused-promises -- what this case is about
        () => acting(async () => undefined),
      ],
      [
        "an intent that is none",
        "INVALID_INTENT",
        "odd",
        () =>
          acting(({ submit }) => {
            submit("garbage" as never);
          }),
      ],
      [
        "an intent to nowhere",
        "INVALID_INTENT",
        "0x12",
        () =>
          acting(({ submit }) => {
            submit({ to: "0x12", function: { type: "function" } as never, args: [] });
          }),
      ],
      [
        "an intent with too much gas",
        "INVALID_INTENT",
        "99999999",
        () =>
          acting(({ view, self, submit }) => {
            const call = view
              .at(uniswapV2)
              .swap({ tokenIn: view.tokenOf("USDC").address, amountIn: 1n, to: self.address });
            submit({ call, gas: 99_999_999n });
          }),
      ],
      [
        "a policy that asks for an asset that is not there",
        "UNKNOWN_ASSET",
        "ETH, USDC",
        () =>
          acting(({ view }) => {
            view.price("DOGE");
          }),
      ],
      [
        "a policy that asks for a protocol that is not there",
        "UNKNOWN_PROTOCOL",
        "pool",
        () =>
          acting(({ view }) => {
            view.at(uniswapV2, "pond");
          }),
      ],
      [
        "a condition that throws",
        "CONDITION_FAILED",
        "touchy",
        () => ({
          conditions: [
            defineCondition({
              id: "touchy",
              observe: () => constant(undefined),
              judge: ({ view }) => {
                if (view.block > 0) throw new Error("I cannot look");
                return undefined;
              },
            }),
          ],
        }),
      ],
      // TypeScript refuses most of these; JavaScript does not
      ...([7, true, {}, null, [7], () => undefined] as const).map(
        (answer) =>
          [
            `a condition that judges with ${typeof answer === "function" ? "a function" : JSON.stringify(answer)}`,
            "CONDITION_FAILED",
            "return undefined, a sentence, or { summary, quantities }",
            () => ({
              conditions: [
                defineCondition({ id: "odd", observe: () => constant(undefined), judge: () => answer as never }),
              ],
            }),
          ] as const,
      ),
      [
        "a condition that judges asynchronously, and rejects",
        "CONDITION_FAILED",
        'The condition "late" is asynchronous: judge() after block 0 returned a promise',
        () => ({
          conditions: [
            defineCondition({
              id: "late",
              observe: () => constant(undefined),
              judge: async () => {
                throw new Error("nobody hears it");
              },
            } as never),
          ],
        }),
      ],
      [
        "a condition that observes asynchronously",
        "CONDITION_FAILED",
        'The condition "late" is asynchronous: observe() returned a promise',
        () => ({
          conditions: [
            defineCondition({ id: "late", observe: async () => constant(1), judge: () => undefined } as never),
          ],
        }),
      ],
      ...(
        [undefined, 3, { calls: 1 }, { calls: [{ to: "0x12", data: "0x" }], simulations: [], decode: String }] as const
      ).map(
        (plan) =>
          [
            `a condition that observes ${plan === undefined ? "nothing" : JSON.stringify(plan)}`,
            "CONDITION_FAILED",
            "observe() returned",
            () => ({
              conditions: [defineCondition({ id: "blind", observe: () => plan as never, judge: () => undefined })],
            }),
          ] as const,
      ),
      [
        "a condition whose reading cannot be decoded",
        "CONDITION_FAILED",
        "decode() threw",
        () => ({
          conditions: [
            defineCondition({
              id: "puzzled",
              observe: () =>
                map(constant(1), () => {
                  throw new Error("no idea");
                }),
              judge: () => undefined,
            }),
          ],
        }),
      ],
      [
        "a condition that cannot inspect",
        "CONDITION_FAILED",
        "inspect() threw no idea",
        () => ({
          conditions: [
            defineCondition({
              id: "short-sighted",
              inspect: async () => {
                throw new Error("no idea");
              },
              observe: () => constant(1),
              judge: () => undefined,
            }),
          ],
        }),
      ],
      ...(
        [
          ["inspects nothing", "inspect() threw", { inspect: () => Promise.reject(new Error("no idea")) }],
          ["observes asynchronously", "observe() returned a promise", { observe: async () => constant(1) }],
          ["cannot decode", "decode() threw", { observe: () => map(constant(1), () => BigInt("one")) }],
          ["is worth NaN", "value() returned NaN", { value: () => () => Number.NaN }],
          [
            "builds no call",
            "noise.build() returned an object",
            { actions: () => [{ name: "noise", operands: 0, ordinary: true, build: () => ({}) }] },
          ],
          ["cannot name its tokens", "tokens() threw", { tokens: () => BigInt("one") }],
        ] as const
      ).map(
        ([what, mentioned, change]) =>
          [
            `a protocol that ${what}`,
            "PROTOCOL_FAILED",
            mentioned,
            () => {
              const odd = defineProtocol<undefined, unknown, unknown>({
                kind: "odd",
                inspect: async () => undefined,
                observe: () => constant(1),
                actions: () => [{ name: "rest", operands: 0, ordinary: true, build: () => undefined }],
                ...(change as object),
              });
              return {
                protocols: { odd: odd(fork.addresses.usdc) },
                agents: [attacker({ only: ["odd.*"] })],
                conditions: [
                  defineCondition({
                    id: "looks",
                    observe: () => constant(undefined),
                    judge: ({ view, worth }) => {
                      view.at(odd);
                      worth(fork.addresses.usdc, "now");
                      return undefined;
                    },
                  }),
                ],
              };
            },
          ] as const,
      ),
      [
        "a condition that does not hold before anything happened",
        "BROKEN_AT_START",
        "pessimist",
        () => ({
          conditions: [
            defineCondition({
              id: "pessimist",
              observe: () => constant(undefined),
              judge: () => ({ summary: "all is lost", quantities: [] }),
            }),
          ],
        }),
      ],
      [
        "a condition that the target cannot answer",
        "UNSUPPORTED_TARGET",
        "totalLiabilities",
        () => ({ conditions: [solvent({ asset: "USDC" })] }),
      ],
      ["a condition without what it looks at", "UNKNOWN_PROTOCOL", "aaveV3", () => ({ conditions: [noBadDebt()] })],
    ];
    for (const [what, code, mentioned, change] of cases) {
      it(`${what}: ${code}`, async () => {
        const error = await failsWith(code, () => campaign(change(), { runs: 3 }));
        expect(error.message).to.include(mentioned);
      });
    }
  });

  describe("of the target and the addresses", () => {
    it("a target without code is NO_CODE", async () => {
      vault = { ...vault, address: "0x00000000000000000000000000000000000000aa" };
      const error = await failsWith("NO_CODE", () => campaign({}));
      expect(error.message).to.include("0x00000000000000000000000000000000000000aa");
    });

    it("a pair that is not one is UNSUPPORTED_PROTOCOL", async () => {
      const { usdc, uniswapV2: uniswap } = fork.addresses;
      const error = await failsWith("UNSUPPORTED_PROTOCOL", () =>
        campaign({ protocols: { pool: uniswapV2(usdc, { router: uniswap.router }) } }),
      );
      expect(error.message).to.include(usdc);
    });
  });

  describe("of the chain", () => {
    /** A provider that fails from the n-th request of a method on. */
    function failing(method: string, after: number, fail: () => unknown): Provider {
      let count = 0;
      return {
        request: async (request) => {
          if (request.method === method && ++count > after) return fail();
          return (await fork.connection.provider.request(request)) as unknown;
        },
      };
    }

    it("an endpoint failing midway ends in an incomplete result, not in a verdict", async () => {
      const provider = failing("eth_call", 20, () => {
        throw new Error("HTTP 503 from upstream");
      });
      const result = await campaign({ agents: [] }, {}, provider);
      expect(result.kind).to.equal("incomplete");
      if (result.kind !== "incomplete") return;
      expect(result.error?.code).to.equal("RPC_FAILED");
      expect(result.error?.message).to.include("eth_call").and.to.include("503");
      expect(renderIncomplete(result)).to.include("incomplete").and.to.not.include("survived");
    });

    it("so does an endpoint that returns invalid responses midway", async () => {
      const result = await campaign(
        { agents: [] },
        {},
        failing("eth_call", 20, () => "<html>Service unavailable</html>"),
      );
      expect(result.kind === "incomplete" && result.error?.code).to.equal("RPC_INVALID_RESPONSE");
    });

    for (const lanes of [1, 2]) {
      it(`so does one that fails while ${lanes} lanes read the connection's state`, async () => {
        // a lane requests state that it has not read yet from the user's connection
        const provider = failing("eth_getStorageAt", 12, () => {
          throw new Error("HTTP 503 from upstream");
        });
        const result = await campaign({}, { lanes }, provider);
        expect(result.kind).to.equal("incomplete");
        if (result.kind !== "incomplete") return;
        expect(result.error?.code).to.equal("RPC_FAILED");
        expect(result.error?.message).to.include("503");
      });
    }

    it("one that fails before there are any results to lose is an error", async () => {
      const provider = failing("eth_call", 0, () => {
        throw new Error("connection refused");
      });
      await failsWith("RPC_FAILED", () => campaign({}, {}, provider));
    });

    it("one that fails while a finding is minimised keeps the finding, on disk and in the result", async () => {
      const blocks = await blocksUntilFound();
      const other = await createSiegeFork(source);
      fork = other;
      vault = await deploySpotLendingVault(fork, "flawed");
      const provider = failing("evm_mine", blocks + 20, () => {
        throw new Error("HTTP 503 from upstream");
      });
      const result = await campaign({}, { seed: 1 }, provider);
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.error?.code).to.equal("RPC_FAILED");
      expect(result.finding?.violation.condition).to.equal("noBadDebt");
      expect(result.finding?.certificate).to.equal(undefined);
      expect(renderIncomplete(result)).to.include("noBadDebt").and.to.include("not minimal");
      const files = (await readdir(fork.reproductions)).filter((name) => name.endsWith(".json"));
      expect(files).to.have.length(1);

      // and the next campaign continues from it
      const next = await campaign({}, { seed: 99 });
      expect(next.kind === "violation" && next.finding.run).to.equal(0);
      expect(next.kind === "violation" && next.finding.certificate?.kind).to.equal("1-minimal");
    });

    /** Blocks that a campaign mines before its first finding: preparing, and searching. */
    async function blocksUntilFound(): Promise<number> {
      let mined = 0;
      let atFinding = 0;
      const enough = new AbortController();
      const other = await createSiegeFork(source);
      const counting: Provider = {
        request: async (request) => {
          if (request.method === "evm_mine") {
            mined += 1;
            if ((await readdir(other.reproductions)).length > 0) {
              atFinding = mined;
              enough.abort();
            }
          }
          return (await other.connection.provider.request(request)) as unknown;
        },
      };
      const before = fork;
      fork = other;
      vault = await deploySpotLendingVault(fork, "flawed");
      const result = await campaign({}, { seed: 1, signal: enough.signal }, counting);
      expect(result.kind === "incomplete" && result.reason).to.equal("interrupted");
      await before.close();
      return atFinding;
    }
  });

  describe("of time", () => {
    it("a time limit ends in an incomplete result that says so", async () => {
      let now = 0;
      // every look at the clock advances it by a tenth of a second: no test waits for time to pass
      const result = await campaign({ agents: [] }, { timeLimit: 5 }, fork.connection.provider, () => (now += 100));
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.reason).to.equal("time limit");
      expect(renderIncomplete(result)).to.include("time limit").and.to.not.include("survived");
    });

    it("so does an interruption", async () => {
      const controller = new AbortController();
      const stopper = acting(({ view }) => {
        if (view.block === 9) controller.abort();
      });
      const result = await campaign(stopper, { signal: controller.signal });
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.reason).to.equal("interrupted");
      expect(result.cost.runs).to.equal(0);
    });
  });
});
