import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { Scenario, Target } from "../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { boxScenario } from "../fixture-projects/shell/siege/box-scenario.js";

import { shellEnvironment } from "./shell-project.js";

interface Box {
  readonly hre: HardhatRuntimeEnvironment;
  /** The folder for reproductions, which all tests of a suite share. */
  readonly reproductions: string;
  readonly connection: NetworkConnection;
  readonly target: Target;
  readonly scenario: Scenario;
}

/** A box with a cap on a fresh network before each test of a suite, and what besieges it. */
export function boxForEach(set: (box: Box) => void): void {
  let hre: HardhatRuntimeEnvironment;
  let reproductions: string;
  let connection: NetworkConnection;
  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions } });
  });
  after(() => rm(reproductions, { recursive: true, force: true }));
  beforeEach(async () => {
    connection = await hre.network.create();
    set({ hre, reproductions, connection, ...(await boxScenario("CappedBox")(connection)) });
  });
  afterEach(() => connection.close());
}
