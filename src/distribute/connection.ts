import type * as Bullmq from "bullmq";
import type { Job, Queue, Worker } from "bullmq";
import type * as Ioredis from "ioredis";
import type { Redis } from "ioredis";

import { reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

import { QUEUE_VERSION } from "./queue-job.js";

/** What the names of all keys begin with. */
export const PREFIX = "hardhat-siege";

/** How long a server may take to answer for the first time, milliseconds. */
const ANSWERS_WITHIN = 5_000;

/** How long a command may take once it did. */
const COMMAND_WITHIN = 15_000;

/** The oldest Redis that has all that is used. */
const OLDEST_REDIS = "6.2.0";

/** The packages, which are optional. */
export interface QueuePackages {
  readonly bullmq: Pick<typeof Bullmq, "DelayedError" | "Queue" | "UnrecoverableError" | "Worker">;
  readonly ioredis: Pick<typeof Ioredis, "Redis">;
}

/** A connection to a queue's server. */
export interface QueueConnection {
  readonly packages: QueuePackages;
  /** All that may be printed of it: the rest of its URL may be a password. */
  readonly host: string;
  readonly redis: Redis;
  /** For BullMQ, which makes connections of its own. */
  readonly options: { readonly url: string; readonly maxRetriesPerRequest: null; readonly [key: string]: unknown };
  close(): Promise<void>;
}

export type { Job, Queue, Worker };

/**
 * Connects to the Redis of a queue.
 *
 * @throws SiegeError `INVALID_OPTION`, `QUEUE_UNAVAILABLE`, `QUEUE_UNREACHABLE`, `QUEUE_OTHER_VERSION`
 */
export async function connectQueue(url: string): Promise<QueueConnection> {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new SiegeError("INVALID_OPTION", {
      message: "The flag --queue is not the URL of a Redis server.",
      hint: "Write it like --queue redis://127.0.0.1:6379, or rediss:// with TLS.",
    });
  }
  const packages = await load();
  const { host } = new URL(url);
  let isThere = false;
  let fault: unknown;
  const redis = new packages.ioredis.Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWERS_WITHIN,
    commandTimeout: COMMAND_WITHIN,
    // not before the first answer
    retryStrategy: () => (isThere ? 500 : null),
    maxRetriesPerRequest: null,
  });
  redis.on("error", (error) => {
    // commands tell what does not work; without a listener, the process would end
    fault = error;
  });
  try {
    await redis.connect();
    const info = await redis.info("server");
    isThere = true;
    await requireVersions(redis, host, info);
  } catch (error) {
    redis.disconnect();
    if (SiegeError.isSiegeError(error)) throw error;
    throw unreachable(host, fault ?? error);
  }
  return {
    packages,
    host,
    redis,
    options: { url, maxRetriesPerRequest: null, retryStrategy: () => 500 },
    close: async () => {
      redis.disconnect();
    },
  };
}

/** The error of a server that does not answer. */
export function unreachable(host: string, cause: unknown): SiegeError {
  const why = cause === undefined ? "it does not answer" : reasonOf(cause);
  return new SiegeError("QUEUE_UNREACHABLE", {
    message: `The queue at ${host} cannot be reached: ${why}.`,
    hint: "Check that Redis runs there and that this machine may connect; what was played is kept, and running it again goes on with it.",
    cause,
  });
}

async function load(): Promise<QueuePackages> {
  try {
    return { bullmq: await import("bullmq"), ioredis: await import("ioredis") };
  } catch (cause) {
    throw new SiegeError("QUEUE_UNAVAILABLE", {
      message: "A queue needs the packages bullmq and ioredis, which cannot be loaded.",
      hint: "Install them: npm install --save-dev bullmq ioredis.",
      cause,
    });
  }
}

async function requireVersions(redis: Redis, host: string, info: string): Promise<void> {
  const [, server = "0"] = /^redis_version:(\S+)/m.exec(info) ?? [];
  if (server.localeCompare(OLDEST_REDIS, "en", { numeric: true }) < 0) {
    throw otherVersion(`The server at ${host} is Redis ${server}; a queue needs ${OLDEST_REDIS} or later`);
  }
  const key = `${PREFIX}:version`;
  await redis.setnx(key, String(QUEUE_VERSION));
  const version = await redis.get(key);
  if (version === String(QUEUE_VERSION)) return;
  throw otherVersion(
    `The queue at ${host} has version ${JSON.stringify(version?.slice(0, 20))}; this hardhat-siege has version ${QUEUE_VERSION}`,
  );
}

function otherVersion(message: string): SiegeError {
  return new SiegeError("QUEUE_OTHER_VERSION", {
    message: `${message}.`,
    hint: "Use the same release of hardhat-siege everywhere, or another database of the server, like redis://host:6379/1.",
  });
}
