import type { IncomingMessage, Server, ServerResponse } from "node:http";

import type { Patience } from "../../../../src/engine/chain/upstream.js";
import type { CampaignEnvironment } from "../../../../src/engine/world/campaign-environment.js";
import type { CampaignResult } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { runCampaign } from "../../../../src/engine/campaign/campaign.js";
import { openHermeticNetwork } from "../../../../src/plugin/hermetic-network.js";
import { rpcEndpointOf } from "../../../../src/plugin/rpc-endpoint.js";
import { requireSimulated } from "../../../../src/plugin/simulated-network.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** What an endpoint does instead of answering; it is given the true answer. */
type Fault = (response: ServerResponse, answer: string, request: IncomingMessage) => void;

const error =
  (code: number, message: string): Fault =>
  (response) =>
    response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code, message } }));

const status =
  (code: number): Fault =>
  (response) =>
    response.writeHead(code).end("no");

const FAULTS: Readonly<Record<string, Fault>> = {
  "says that a limit is exceeded": error(-32005, "daily request count exceeded"),
  "does not find a header": error(-32000, "header not found"),
  "answers with HTML": (response) => response.end("<html>Service unavailable</html>"),
  "truncates its answer": (response, answer) => response.end(answer.slice(0, answer.length / 2)),
  "answers with nothing": (response) => response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: null })),
  "resets the connection": (_response, _answer, request) => void request.socket.destroy(),
  "is overloaded": status(503),
  "has had too many requests": status(429),
};

const SECRET = "v3-secret-key";

/** A real endpoint in front of the mini mainnet, which a real fork reads through. */
describe("an upstream with faults", () => {
  let source: MiniMainnetSource;
  let proxy: Server;
  let cache: string;
  let fork: SiegeFork;
  /** Decides about each request whether it meets a fault. */
  let faultOf: (method: string) => Fault | undefined;
  let host: string;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    faultOf = () => undefined;
    proxy = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        void (async () => {
          const body = Buffer.concat(chunks);
          const { method } = JSON.parse(body.toString()) as { readonly method: string };
          const headers = { "content-type": "application/json" };
          const answer = await (await fetch(source.url, { method: "POST", headers, body })).text();
          const fault = faultOf(method);
          if (fault === undefined) response.end(answer);
          else fault(response, answer, request);
        })();
      });
    });
    host = await listen(proxy);
    cache = await mkdtemp(path.join(tmpdir(), "siege-upstream-"));
    fork = await createSiegeFork({ ...source, url: `http://${host}/${SECRET}`, cache });
  });
  afterEach(async () => {
    await fork.close();
    proxy.close();
    proxy.closeAllConnections();
    await rm(cache, { recursive: true, force: true });
  });
  after(() => source.close());

  /** A campaign that waits for milliseconds where others wait for seconds. */
  async function impatientCampaign(
    at: (block: number) => void,
    patience: Patience = { notice: 20, limit: 200, pause: 5 },
  ): Promise<{
    readonly result: CampaignResult;
    readonly notices: readonly string[];
  }> {
    const vault = await deploySpotLendingVault(fork, "fixed");
    const definition = spotPriceManipulation(fork);
    const scenario = buildScenario({
      ...definition,
      agents: definition.agents.map((agent) => ({
        ...agent,
        act: ({ view }) => {
          at(view.block);
        },
      })),
    });
    const notices: string[] = [];
    const endpoint = await rpcEndpointOf(requireSimulated(fork.connection));
    if (endpoint === undefined) throw new Error("it forks");
    const environment: CampaignEnvironment = {
      provider: fork.connection.provider,
      upstream: { ...endpoint, notice: (message) => void notices.push(message) },
      patience,
      hardfork: "osaka",
      openNetwork: openHermeticNetwork,
      projectRoot: fork.reproductions,
      reproductions: ".",
      impersonated: new Set(),
      intervalMining: 0,
      clock: () => 0,
    };
    return { result: await runCampaign(environment, vault, scenario, { runs: 50 }), notices };
  }

  for (const [what, fault] of Object.entries(FAULTS)) {
    it(`that ${what} once in a while is asked again`, async () => {
      let requests = 0;
      let faults = 0;
      const vault = await deploySpotLendingVault(fork, "fixed");
      const scenario = fork.connection.siege.scenario(spotPriceManipulation(fork));
      faultOf = (method) => {
        requests += 1;
        if (requests % 20 !== 7 || faults === 4 || method === "eth_chainId") return undefined;
        faults += 1;
        return fault;
      };
      const result = await fork.connection.siege.run(vault, scenario, { runs: 10 });
      expect(faults).to.be.greaterThan(1);
      expect(result.kind).to.equal("survived");
      expect(result.cost.runs).to.equal(10);
    });
  }

  for (const what of ["says that a limit is exceeded", "answers with HTML", "truncates its answer"]) {
    it(`that only ${what} is waited for, named and given up: the campaign is incomplete`, async () => {
      const { result, notices } = await impatientCampaign((block) => {
        // it fails in the ninth block of the first run
        if (block === 9) faultOf = () => FAULTS[what];
      });
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.error?.code).to.equal("RPC_FAILED");
      expect(result.cost.runs).to.be.lessThan(50);
      expect(result.error?.message).to.include(host).and.to.not.include(SECRET);
      expect(notices).to.include(`waiting for the RPC endpoint ${host} …`);
    });
  }

  it("that does not answer at all is given up as well", async () => {
    const held: ServerResponse[] = [];
    const { result, notices } = await impatientCampaign((block) => {
      if (block === 9) faultOf = () => (response) => void held.push(response);
    });
    for (const response of held) response.destroy();
    if (result.kind !== "incomplete") throw new Error(result.kind);
    expect(result.error?.code).to.equal("RPC_FAILED");
    expect(result.error?.message).to.include(`The RPC endpoint ${host} does not answer`);
    expect(notices).to.include(`waiting for the RPC endpoint ${host} …`);
  });

  it("that refuses the key is not asked again", async () => {
    let refused = 0;
    const { result, notices } = await impatientCampaign(
      (block) => {
        if (block !== 9) return;
        faultOf = () => {
          refused += 1;
          return status(401);
        };
        // repeating it would take longer than until the notice
      },
      { notice: 5_000, limit: 10_000, pause: 5 },
    );
    if (result.kind !== "incomplete") throw new Error(result.kind);
    expect(result.error?.message).to.include("401").and.to.include(host);
    expect(notices).to.deep.equal([]);
    expect(refused).to.be.greaterThan(0);
  });

  it("that serves another chain than before is noticed, before the campaign or at its end", async () => {
    const other = JSON.stringify({ jsonrpc: "2.0", id: 1, result: "0x89" });
    for (const from of [0, 9]) {
      faultOf = () => undefined;
      const another = (method: string): Fault | undefined =>
        method === "eth_chainId" ? (response) => response.end(other) : undefined;
      if (from === 0) faultOf = another;
      const { result } = await impatientCampaign((block) => {
        if (block === from) faultOf = another;
      });
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.error?.code).to.equal("RPC_INVALID_RESPONSE");
      expect(result.error?.message).to.include(`${host} serves chain 137 now`).and.to.not.include(SECRET);
    }
  });
});

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on TCP has a port");
  return `127.0.0.1:${String(address.port)}`;
}
