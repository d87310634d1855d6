import type { ChildProcess } from "node:child_process";

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { Redis } from "ioredis";

/** Whether this machine has the server. */
export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** A Redis server of its own, with an append-only file. */
export interface RedisServer {
  readonly url: string;
  /** Ends it at once, as a crash does, and starts it again with what its file holds. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server on a free port of loopback. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const flags = [
      "--port",
      `${port}`,
      "--dir",
      folder,
      "--appendonly",
      "yes",
      "--appendfsync",
      "always",
      "--save",
      "",
    ];
    child = spawn("redis-server", flags, { stdio: "ignore" });
    await answering(url);
  };
  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
    child = undefined;
  };
  await start();
  return {
    url,
    start,
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on("error", () => undefined);
  // it says LOADING while it reads its file
  while ((await redis.ping().catch(() => undefined)) !== "PONG") await setTimeout(50);
  redis.disconnect();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("a server without a port");
  return address.port;
}
