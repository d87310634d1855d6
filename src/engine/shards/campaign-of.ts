import type { Facts } from "../activity/facts.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { ShardJob } from "./job.js";
import type { Campaign } from "./result.js";

import { createHash } from "node:crypto";
import path from "node:path";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { toJson } from "../json.js";
import { checksumOf } from "../reproduction/reproduction.js";
import { listReproductions } from "../reproduction/store.js";
import { genomeSource } from "../search/genome-source.js";

/** What a world and a job have in common with those of the other shards. */
export async function campaignOf(
  world: World,
  facts: Facts,
  { version: _version, shard, ...shared }: ShardJob,
  environment: CampaignEnvironment & { readonly release: string },
): Promise<Campaign> {
  const { target, scenario, forkBlock } = world;
  return {
    ...shared,
    shards: shard.count,
    release: environment.release,
    scenario: scenario.name,
    target: { name: target.name, address: target.address },
    forkBlock,
    blocks: scenario.blocks,
    bytecode: digestOf(await codesOf(world)),
    definition: digestOf([facts, scenario.blocks, genomeSource(world, shared.seed)(0)]),
    corpus: digestOf(await corpusIn(path.resolve(environment.projectRoot, environment.reproductions))),
  };
}

/** The code of the target and of the scenario's protocols. */
async function codesOf({ chain, target, frame }: World): Promise<readonly (readonly [string, string])[]> {
  const protocols = [...frame.protocols.values()].flatMap(({ bound }) => [
    bound.address,
    ...Object.values(bound.contracts),
  ]);
  const addresses = [...new Set([target.address, ...protocols].map(addressKey))].sort();
  return Promise.all(addresses.map(async (address) => [address, await chain.code(address)] as const));
}

/** What is in the folder of reproductions. */
async function corpusIn(folder: string): Promise<readonly (readonly [string, string])[]> {
  const saved = await listReproductions(folder);
  return saved.map(({ file, reproduction }) => [
    path.basename(file),
    SiegeError.isSiegeError(reproduction) ? reproduction.code : checksumOf(reproduction),
  ]);
}

function digestOf(value: unknown): string {
  return `0x${createHash("sha256").update(toJson(value)).digest("hex")}`;
}
