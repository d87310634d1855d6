import { symlinkSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";

import { takePipes } from "./pipe-stock.js";

/** A pair of pipes through which lines go, under names in a folder. */
export interface Pipes {
  /** Sends a line. */
  send(line: string): void;
  close(): Promise<void>;
}

/**
 * Places the pipes `in` and `out` in a folder.
 *
 * @param received - called with every line that comes out of `out`
 */
export async function makePipes(folder: string, received: (line: string) => void): Promise<Pipes> {
  const [input, output] = await takePipes();
  symlinkSync(input.path, path.join(folder, "in"));
  symlinkSync(output.path, path.join(folder, "out"));
  const writer = new Socket({ fd: input.fd, readable: false, writable: true });
  const reader = new Socket({ fd: output.fd, readable: true, writable: false });
  reader.setEncoding("latin1");
  let parts: string[] = [];
  reader.on("data", (text: string) => {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      parts.push(text.slice(from, end));
      const line = parts.join("");
      parts = [];
      from = end + 1;
      received(line);
    }
    if (from < text.length) parts.push(text.slice(from));
  });
  return {
    send: (line) => {
      writer.write(`${line}\n`, "latin1");
    },
    close: async () => {
      writer.destroy();
      reader.destroy();
      await Promise.all([input.release(), output.release()]);
    },
  };
}
