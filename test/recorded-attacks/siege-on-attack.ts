import type { Address, Hex } from "viem";

import type { AccountState, StateBundle } from "../../src/engine/chain/state-upstream/state-bundle.js";
import type { StateSource } from "../../src/engine/chain/state-upstream/state-source.js";
import type { MainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { pad } from "viem";

import { addressOf } from "../../src/agents/index.js";
import { serveState } from "../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../src/engine/chain/state-upstream/state-source.js";
import siegePlugin from "../../src/index.js";
import { MAINNET } from "../mini-mainnet/address-book.js";
import { createFork } from "../mini-mainnet/fork.js";

import { NewcomersSlots } from "./newcomers.js";
import { refusing, UNRECORDED, UNRECORDED_ACCOUNT } from "./refusing-code.js";

/** The last one whose blocks need nothing that older ones do not have. */
const HARDFORK = "shanghai";

/** Where proxies of ERC-1967 keep their implementation and their beacon; the engine looks for them in every contract. */
const ERC_1967: readonly Hex[] = [
  "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc",
  "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50",
  // those of ERC-1822 and ZeppelinOS
  "0xc5f16f0fcc639fa48a6947836d9850f504798523bf8c9a3a87d5876cf622bcf7",
  "0x7050c9e0f4ca769c69bd3a8ef740bc37934f8e2c036e5a723fd8ee048ed3f8c3",
];

const EMPTY: AccountState = { balance: "0x0", nonce: "0x0", code: "0x", storage: {} };

/** State that something asked for and that was not recorded: an account, or one of its slots. */
export interface Unrecorded {
  readonly address: Address;
  readonly slot?: Hex;
}

/** A fork of the state before an attack. */
export interface AttackFork extends Fork<MainnetSource> {
  /** What was asked for in vain, in order; each but once. A call that needs it reverts. */
  unrecorded(): readonly Unrecorded[];
  /** Removes what was found, with which the next campaign would start. */
  forget(): Promise<void>;
}

/** More of what is known of the chain. */
export interface AttackOptions {
  /** Names of the agents, whose accounts are empty and whose entries in mappings are zero. */
  readonly agents: readonly string[];
  /** Slots that a siege reads and the attack did not, as they are on the chain: names and decimals of tokens. */
  readonly facts?: Readonly<Record<Address, Readonly<Record<Hex, Hex>>>>;
}

/**
 * A fork of the state before an attack, of which only what the attack touched is known. A call that needs a slot or an account
 * that was not recorded reverts with `UnrecordedSlot` or `UnrecordedAccount`, which a campaign's activity counts like every
 * reason to revert: contracts are served with {@link refusing} code. Scenarios must not list oracles: the code that replaces a
 * feed does not refuse.
 */
export async function siegeOnAttack(state: StateBundle, options: AttackOptions): Promise<AttackFork> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  const reproductions = path.join(folder, "reproductions");
  const asked = new Map<string, Unrecorded>();
  const upstream = await serveState(strict(state, options, (one) => asked.set(`${one.address} ${one.slot}`, one)));
  const source: MainnetSource = {
    chain: "mainnet",
    url: upstream.url,
    chainId: state.chainId,
    blockNumber: Number(state.block.number),
    addresses: MAINNET,
    cache: path.join(folder, "cache"),
    close: () => upstream.close(),
  };
  const fork = await createFork({
    source,
    plugins: [siegePlugin],
    config: {
      siege: { reproductions },
      // for all blocks: siege needs those since the merge
      chainDescriptors: {
        [state.chainId]: { name: "recorded", chainType: "l1", hardforkHistory: { [HARDFORK]: { blockNumber: 0 } } },
      },
    },
    network: { chainId: state.chainId, hardfork: HARDFORK, accounts: [] },
  });
  return {
    ...fork,
    unrecorded: () => [...asked.values()],
    forget: () => rm(reproductions, { recursive: true, force: true }),
    close: async () => {
      await fork.close();
      await upstream.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function strict(
  state: StateBundle,
  { agents, facts = {} }: AttackOptions,
  miss: (unrecorded: Unrecorded) => void,
): StateSource {
  const newcomers = agents.map((name) => addressOf(name));
  const slots = new NewcomersSlots(
    newcomers,
    // the keys of a bundle are addresses
    Object.keys(state.accounts) as Address[],
  );
  const accounts = {
    ...Object.fromEntries(newcomers.map((address) => [address.toLowerCase(), EMPTY])),
    ...Object.fromEntries(
      Object.entries(state.accounts).map(([address, account]) => [
        address,
        {
          ...account,
          code: refusing(account.code),
          storage: { ...account.storage, ...facts[address as Address] },
        },
      ]),
    ),
  };
  const source = bundleSource({ ...state, accounts });
  return {
    ...source,
    account: async (address) => {
      const known = await source.account(address);
      if (known !== undefined) return known;
      if (isEngines(address)) return EMPTY;
      miss({ address });
      return { ...EMPTY, nonce: "0x1", code: UNRECORDED_ACCOUNT };
    },
    slot: async (address, slot) => {
      const known = await source.slot(address, slot);
      if (known !== undefined) return known;
      const code = (await source.account(address))?.code ?? UNRECORDED_ACCOUNT;
      // nothing reads a slot by name that its code does not name
      const isUnused = code === "0x" || (ERC_1967.includes(slot) && !code.includes(slot.slice(2)));
      if (isUnused || slots.has(slot)) return pad("0x", { size: 32 });
      miss({ address, slot });
      return UNRECORDED;
    },
  };
}

/** Precompiles, the engine's own accounts, and who builds its blocks. */
function isEngines(address: Address): boolean {
  return BigInt(address) < 2n ** 40n;
}
