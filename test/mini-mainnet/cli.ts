import { startMiniMainnet } from "./start.js";

// `tsx test/mini-mainnet/cli.ts [port]` serves the mini mainnet until it is interrupted
const port = Number(process.argv[2] ?? 8545);
const miniMainnet = await startMiniMainnet({ port });
console.log(JSON.stringify(miniMainnet, undefined, 2));

// the server does not keep the process alive, so a timer does
setInterval(() => undefined, 60_000);
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());

async function stop(): Promise<void> {
  await miniMainnet.close();
  process.exit();
}
