import { closeSync, existsSync, readSync, writeSync } from "node:fs";

import { expect } from "chai";

import { takePipes } from "../../../../src/plugin/solidity-lanes/pipe-stock.js";

describe("the stock of pipes", () => {
  /** Takes pairs as long as that starts no program. */
  async function takenWithoutPrograms(): Promise<number> {
    const { PATH } = process.env;
    process.env.PATH = "/nowhere";
    try {
      for (let taken = 0; ; taken++) {
        const pair = await takePipes().catch(() => undefined);
        if (pair === undefined) return taken;
        for (const { fd } of pair) closeSync(fd);
      }
    } finally {
      process.env.PATH = PATH;
    }
  }

  before(function () {
    // elsewhere, pipes need names, and are made for one lane at a time
    if (process.platform !== "linux") this.skip();
  });

  it("is for eight lanes: no program is started for each", async () => {
    await takenWithoutPrograms();
    const [input, output] = await takePipes();
    expect(await takenWithoutPrograms()).to.equal(7);
    // and the next one starts one again
    const [another, last] = await takePipes();
    for (const { fd, path } of [input, output, another, last]) {
      expect(existsSync(path)).to.equal(true);
      writeSync(fd, "a line\n");
      const read = Buffer.alloc(7);
      expect(readSync(fd, read)).to.equal(7);
      expect(read.toString()).to.equal("a line\n");
      closeSync(fd);
    }
  });
});
