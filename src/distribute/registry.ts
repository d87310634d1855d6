import type { Hex } from "viem";

import type { QueueConnection } from "./connection.js";

import { z } from "zod";

import { PREFIX } from "./connection.js";

/** How long somebody who is no longer heard of counts as there, seconds. */
const LASTS = 15;

/** How often whoever is there says so, milliseconds. */
export const HEARTBEAT = 4_000;

/** How long a snapshot stays, seconds: a week. */
const SNAPSHOT_LASTS = 7 * 24 * 3600;

/** A worker, or whoever asks. */
export interface Presence {
  /** What it calls itself. */
  readonly name: string;
  readonly commit: string;
  readonly release: string;
}

const presenceSchema = z.object({
  name: z.string().max(200),
  commit: z.string().max(64),
  release: z.string().max(100),
});

type Kind = "worker" | "campaign";

/** Says that somebody is there. */
export async function announce(
  { redis }: Pick<QueueConnection, "redis">,
  kind: Kind,
  presence: Presence,
): Promise<void> {
  await redis.set(`${PREFIX}:${kind}:${presence.name}`, JSON.stringify(presence), "EX", LASTS);
}

/** Says that somebody has left. */
export async function leave({ redis }: QueueConnection, kind: Kind, { name }: Presence): Promise<void> {
  await redis.del(`${PREFIX}:${kind}:${name}`);
}

/** Who is there, in the order of their names. */
export async function present({ redis }: QueueConnection, kind: Kind): Promise<readonly Presence[]> {
  const keys: string[] = [];
  let cursor = "0";
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", `${PREFIX}:${kind}:*`, "COUNT", 500);
    cursor = next;
    keys.push(...found);
  } while (cursor !== "0");
  const values = keys.length === 0 ? [] : await redis.mget(keys.sort());
  return values.flatMap((value) => {
    const parsed = presenceSchema.safeParse(parse(value));
    return parsed.success ? [parsed.data] : [];
  });
}

/** Shares a snapshot's file under its checksum. */
export async function shareSnapshot({ redis }: QueueConnection, checksum: Hex, content: Buffer): Promise<void> {
  await redis.set(snapshotKey(checksum), content, "EX", SNAPSHOT_LASTS);
}

/** A snapshot's file that was shared; whether it is that snapshot is for the reader to check. */
export async function sharedSnapshot({ redis }: QueueConnection, checksum: Hex): Promise<Buffer | undefined> {
  return (await redis.getBuffer(snapshotKey(checksum))) ?? undefined;
}

function snapshotKey(checksum: Hex): string {
  return `${PREFIX}:snapshot:${checksum}`;
}

function parse(value: string | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value);
  } catch {
    return undefined;
  }
}
