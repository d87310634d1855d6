import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { Scenario, Target } from "../../../../src/types.js";

import { expect } from "chai";
import { zeroAddress } from "viem";

import { defineCondition } from "../../../../src/conditions/index.js";
import { constant, defineProtocol } from "../../../../src/protocols/index.js";
import { boxScenario } from "../../../fixture-projects/shell/siege/box-scenario.js";
import { failsWith } from "../../../helpers/errors.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

const never = (): Promise<never> => new Promise(() => undefined);

describe("an inspect() that never answers", () => {
  let hre: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;
  let target: Target;
  let scenario: Scenario;

  before(async () => {
    hre = await shellEnvironment();
  });
  beforeEach(async () => {
    connection = await hre.network.create();
    ({ target, scenario } = await boxScenario("CappedBox")(connection));
  });
  afterEach(() => connection.close());

  const condition = defineCondition({
    id: "slow",
    inspect: never,
    observe: () => constant(undefined),
    judge: () => undefined,
  });
  const protocol = defineProtocol({ kind: "slow pool", inspect: never, observe: () => constant(undefined) });

  const slow: [whose: string, change: (siege: NetworkConnection["siege"]) => Scenario][] = [
    ['the condition "slow"', () => ({ ...scenario, conditions: [condition] })],
    ['the protocol "pool"', () => ({ ...scenario, protocols: new Map([["pool", protocol(zeroAddress, {})]]) })],
  ];
  for (const [whose, change] of slow) {
    it(`ends the campaign with its time limit, and is named: ${whose}`, async () => {
      const before: unknown = await connection.provider.request({
        method: "eth_getBlockByNumber",
        params: ["latest", false],
      });
      const { summary } = await failsWith("INCOMPLETE", () =>
        connection.siege.run(target, change(connection.siege), { timeLimit: 0.2 }),
      );
      expect(summary)
        .to.include("The time limit was over before the first run")
        .and.to.include(`inspect() of ${whose}`);
      expect(
        await connection.provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] }),
      ).to.deep.equal(before);
    });
  }

  it("ends an estimate and an assertion as well", async () => {
    const [[, change] = []] = slow;
    if (change === undefined) throw new Error("no case");
    await failsWith("INCOMPLETE", () =>
      connection.siege.ruin(target, change(connection.siege), { paths: 2, timeLimit: 0.2 }),
    );
    await failsWith("INCOMPLETE", () =>
      connection.siege.assertSurvives(target, change(connection.siege), { timeLimit: 0.2 }),
    );
  });

  it("ends the campaign when that is interrupted", async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 200);
    const { summary } = await failsWith("INCOMPLETE", () =>
      connection.siege.run(target, { ...scenario, conditions: [condition] }, { signal: stop.signal }),
    );
    expect(summary).to.include("interrupted before the first run");
  });
});
