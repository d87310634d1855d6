import type { Server } from "node:http";

import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** Ways in which an endpoint fails. HTTP errors are left out here: EDR retries such requests for 40 seconds. */
const FAULTS = {
  "responds to every request with an error": () =>
    JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32005, message: "daily request count exceeded" } }),
  "returns invalid responses": () => "<html>Service unavailable</html>",
};

/** A real endpoint in front of the mini mainnet, which a real fork reads through until it fails. */
describe("an upstream that fails midway", () => {
  let source: MiniMainnetSource;

  before(async () => {
    source = await miniMainnetSource();
  });
  after(() => source.close());

  for (const [what, fault] of Object.entries(FAULTS)) {
    it(`${what}: the campaign is incomplete, and says why`, async () => {
      let failing = false;
      const proxy = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
          void (async () => {
            if (failing) return fault();
            const headers = { "content-type": "application/json" };
            return (await fetch(source.url, { method: "POST", headers, body: Buffer.concat(chunks) })).text();
          })().then((body) => response.end(body));
        });
      });
      const url = await listen(proxy);
      const cache = await mkdtemp(path.join(tmpdir(), "siege-upstream-"));
      const fork = await createSiegeFork({ ...source, url, cache });
      try {
        const { siege } = fork.connection;
        const vault = await deploySpotLendingVault(fork, "fixed");
        const definition = spotPriceManipulation(fork);
        const scenario = siege.scenario({
          ...definition,
          agents: definition.agents.map((agent) => ({
            ...agent,
            // the endpoint fails in the ninth block of the first run
            act: ({ view }) => {
              if (view.block === 9) failing = true;
            },
          })),
        });
        const result = await siege.run(vault, scenario, { runs: 50 });
        expect(result.kind).to.equal("incomplete");
        expect(result.kind === "incomplete" && result.error?.code).to.equal("RPC_FAILED");
        expect(result.cost.runs).to.be.lessThan(50);
      } finally {
        await fork.close();
        proxy.close();
        proxy.closeAllConnections();
        await rm(cache, { recursive: true, force: true });
      }
    });
  }
});

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on TCP has a port");
  return `http://127.0.0.1:${String(address.port)}`;
}
