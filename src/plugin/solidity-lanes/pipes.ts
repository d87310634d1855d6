import { execFile } from "node:child_process";
import { constants, openSync, symlinkSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import { promisify } from "node:util";

/** A pair of named pipes through which lines go. */
export interface Pipes {
  /** Sends a line. */
  send(line: string): void;
  /** Called when the other end has opened `in`, which it does once; `out` is opened for every line. */
  opened(): void;
  close(): void;
}

/**
 * Makes the pipes `in` and `out` in a folder.
 *
 * @param received - called with every line that comes out of `out`
 */
export async function makePipes(folder: string, received: (line: string) => void): Promise<Pipes> {
  const names = ["in", "out"].map((name) => path.join(folder, name));
  // Node cannot make them
  await promisify(execFile)("mkfifo", ["-m", "600", ...names]);
  // open for both, a pipe waits for nobody at its other end
  const [input = -1, output = -1] = names.map((name) => openSync(name, constants.O_RDWR | constants.O_NONBLOCK));
  const [readFrom = "", writtenTo = ""] = names;
  if (process.platform === "linux") {
    // the process's own list of its open files takes the place of the name, so that nothing is left if it is killed
    unlinkSync(writtenTo);
    symlinkSync(`/proc/self/fd/${output}`, writtenTo);
  }
  const writer = new Socket({ fd: input, readable: false, writable: true });
  const reader = new Socket({ fd: output, readable: true, writable: false });
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
    opened: () => {
      unlinkSync(readFrom);
    },
    close: () => {
      writer.destroy();
      reader.destroy();
    },
  };
}
