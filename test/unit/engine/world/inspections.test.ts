import type { InspectContext } from "../../../../src/protocols/contexts.js";

import { expect } from "chai";

import { Stop } from "../../../../src/engine/campaign/stop.js";
import { Inspections } from "../../../../src/engine/world/inspections.js";
import { failsWith } from "../../../helpers/errors.js";

const after = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, value));

describe("an inspection after the time limit", () => {
  const late = (): never => {
    throw new Stop("time limit");
  };

  it("goes on as long as it waits for the chain", async () => {
    const inspections = new Inspections(late);
    const { hasCode } = inspections.noting({ hasCode: () => after(400, true) } as unknown as InspectContext);
    const inspect = async (): Promise<boolean> => (await hasCode("0x")) && (await hasCode("0x"));
    expect(await inspections.of("the protocol", inspect())).to.equal(true);
  });

  it("is given up once it waits for nothing of the chain", async () => {
    const inspections = new Inspections(late);
    const { hasCode } = inspections.noting({ hasCode: () => after(1, true) } as unknown as InspectContext);
    const inspect = async (): Promise<unknown> => (await hasCode("0x")) && new Promise(() => undefined);
    const { message } = await failsWith("INCOMPLETE", () => inspections.of("the protocol", inspect()));
    expect(message).to.include("inspect() of the protocol has not answered");
  });

  it("fails as it fails, and does so once", async () => {
    const inspections = new Inspections(() => undefined);
    let seen: unknown;
    await inspections.of("the protocol", Promise.reject(new Error("no pool"))).catch((error: unknown) => {
      seen = error;
    });
    expect(String(seen)).to.equal("Error: no pool");
  });
});
