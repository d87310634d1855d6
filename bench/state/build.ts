import type { Address, Hex } from "viem";

/**
 * Writes the state on which the peers run: one genesis file for each fixture and its twin, and one for the throughput
 * measurements, with an address file beside each. They are the forks that our own half of the benchmark runs on.
 */
import type { Siegeable } from "../../test/fixtures/all.js";
import type { Variant } from "../../test/fixtures/fixture.js";
import type { MiniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import type { Fork } from "../../test/mini-mainnet/fork.js";
import type { Request, Touched } from "./dump.js";

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { numberToHex } from "viem";

import { FIXTURES } from "../../test/fixtures/all.js";
import { aggregatorProxyAbi } from "../../test/mini-mainnet/abis.js";
import { ACCOUNTS } from "../../test/mini-mainnet/accounts.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import { createFork } from "../../test/mini-mainnet/fork.js";

import { counterArtifact } from "./counter.js";
import { allocsOf, merge, noteCheats, requestOf, requestTo, touchedBy } from "./dump.js";
import { ACTOR_CAPITAL, ACTORS, CAPITAL, fund } from "./people.js";
import { stateRoot } from "./state-root.js";

/** Where the files are: `throughput.json`, `CoupledVault-flawed.json`, and `….addresses.json`. */
export const STATE: string = path.resolve(import.meta.dirname, "../cache/state");

/** Rebuilds all files. @returns the number of accounts and slots of each */
export async function buildState(): Promise<Readonly<Record<string, { accounts: number; slots: number }>>> {
  await mkdir(STATE, { recursive: true });
  const source = await miniMainnetSource();
  const remote = await touchedBy(requestTo(source.url), [1, source.blockNumber]);
  await requireComplete(source, remote);
  const sizes: Record<string, { accounts: number; slots: number }> = {};
  sizes.throughput = await write(source, remote, "throughput", async (fork) => {
    for (const actor of ACTORS) await fund(fork, actor, ACTOR_CAPITAL);
    return { counter: await fork.deploy(await counterArtifact()) };
  });
  for (const fixture of FIXTURES) {
    for (const variant of ["flawed", "fixed"] as const) {
      const name = `${fixture.name}-${variant}`;
      sizes[name] = await write(source, remote, name, async (fork) => besiege(fork, fixture, variant));
    }
  }
  await source.close();
  return sizes;
}

/** Rebuilds them once per process: files of an earlier day may be of other contracts. */
export async function ensureState(): Promise<void> {
  built ??= buildState();
  await built;
}

let built: ReturnType<typeof buildState> | undefined;

/** Accounts of the genesis block that no transaction touches: two system contracts, and accounts that hold nothing. */
const UNTOUCHED: readonly Address[] = [
  "0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02",
  "0x0000F90827F1C53a10cb7A02335B175320002935",
  ACCOUNTS.treasury,
];

/** Makes sure that nothing of the mini mainnet is missing: the touched state has its block's state root. */
async function requireComplete({ url, blockNumber }: MiniMainnetSource, touched: Touched): Promise<void> {
  const request = requestTo(url);
  const genesis: Touched = new Map(UNTOUCHED.map((address) => [address, new Set()]));
  const block = (await request("eth_getBlockByNumber", [numberToHex(blockNumber), false])) as { stateRoot: Hex };
  // the blocks on top of it are empty
  const found = stateRoot(await allocsOf(request, merge(touched, genesis)));
  if (found !== block.stateRoot) {
    throw new Error(`The dumped state of the mini mainnet is incomplete: ${found} instead of ${block.stateRoot}.`);
  }
}

async function besiege(
  fork: Fork<MiniMainnetSource>,
  fixture: Siegeable,
  variant: Variant,
): Promise<Readonly<Record<string, Address>>> {
  const vault = await fixture.deploy(fork, variant);
  for (const [name, capital] of Object.entries(CAPITAL[fixture.name] ?? {})) await fund(fork, name, capital);
  return { vault: vault.address, ...vault.accounts };
}

async function write(
  source: MiniMainnetSource,
  remote: Touched,
  name: string,
  prepare: (fork: Fork<MiniMainnetSource>) => Promise<Readonly<Record<string, Address>>>,
): Promise<{ accounts: number; slots: number }> {
  const fork = await createFork({ source });
  const request: Request = requestOf(fork.connection.provider);
  const cheats: Touched = new Map();
  noteCheats(fork, cheats);
  const more = await prepare(fork);
  const { number, timestamp } = await fork.chain.latest();
  const local = await touchedBy(request, [source.blockNumber + 1, Number(number)]);
  const allocs = await allocsOf(request, merge(remote, local, cheats));
  const { weth, usdc, uniswapV2, aaveV3, chainlink } = fork.addresses;
  const aggregator = await fork.chain.read({ address: chainlink.ethUsd, abi: aggregatorProxyAbi }, "aggregator", []);
  const addresses = {
    weth,
    usdc,
    router: uniswapV2.router,
    pair: uniswapV2.usdcWeth,
    pool: aaveV3.pool,
    feed: chainlink.ethUsd,
    aggregator,
    oracle: ACCOUNTS.oracle,
    ...more,
    block: Number(number),
    timestamp: Number(timestamp),
  };
  await writeFile(path.join(STATE, `${name}.json`), JSON.stringify(allocs));
  await writeFile(path.join(STATE, `${name}.addresses.json`), JSON.stringify(addresses, undefined, 2));
  await fork.close();
  const slots = Object.values(allocs).reduce((sum, { storage = {} }) => sum + Object.keys(storage).length, 0);
  return { accounts: Object.keys(allocs).length, slots };
}

if (process.argv[1] === import.meta.filename) console.log(await buildState());
