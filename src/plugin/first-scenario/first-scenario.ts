import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Abi, Address } from "viem";

import type { KnownContract } from "../target/project-artifacts.js";
import type { AddressOf } from "./deployment.js";
import type { Shape } from "./shape.js";

import { isAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { requireSimulated } from "../simulated-network.js";
import { ProjectArtifacts } from "../target/project-artifacts.js";
import { resolveOnChain } from "../target/resolve-on-chain.js";

import { deploymentOf } from "./deployment.js";
import { assetsOnChain } from "./found-on-chain.js";
import { requireLinked, requireMoves, requireNoLibrary } from "./require-besiegeable.js";
import { assetsOf, inLines, scenarioText } from "./scenario-text.js";
import { hasInvariants, shapeOf } from "./shape.js";

/** The most names in a hint. */
const NAMED = 20;

/** A scenario file that is not written yet. */
export interface DraftedScenario {
  /** Of the target. */
  readonly name: string;
  readonly shape: Shape["kind"];
  readonly text: string;
  /** The condition that its author has to complete before anything is judged; absent if others fit. */
  readonly toComplete?: string;
  /** What was guessed, for the author to look at. */
  readonly guessed: readonly string[];
}

/**
 * Drafts a scenario for a contract of the project, which it deploys, or for one on the network, by its address.
 *
 * @param argument - a name, `contracts/Vault.sol:Vault`, or an address
 * @throws SiegeError `INVALID_TARGET` if there is no such contract, it cannot be deployed, or nobody can change anything there;
 * `NO_CODE`
 */
export async function draftScenario(
  argument: string | undefined,
  hre: HardhatRuntimeEnvironment,
): Promise<DraftedScenario> {
  const contracts = await new ProjectArtifacts(hre.artifacts).all();
  if (argument !== undefined && isAddress(argument, { strict: false })) return ofAddress(argument, hre);
  const contract = contractNamed(argument, contracts);
  requireNoLibrary(contract);
  requireMoves(contract.name, contract.abi);
  const style = styleOf(hre);
  const deployment = deploymentOf(contract, contracts, style.addressOf);
  for (const one of deployment.contracts) requireLinked(one.contract);
  const setUp = [
    ...deployment.contracts.flatMap(({ variable, contract: { name, artifact }, args }) => {
      const isOnly = contracts.filter((one) => one.name === name).length === 1;
      const called = isOnly ? name : `${artifact.sourceName}:${name}`;
      const start = `const ${variable} = await ${style.library}.deployContract(${JSON.stringify(called)}`;
      return args.length === 0 ? `${start});` : inLines(`${start}, [`, args, "]);", "  ");
    }),
  ];
  const shape = shapeOf(contract.abi);
  const text = scenarioText({
    argument: contract.name,
    setUp,
    name: contract.name,
    abi: contract.abi,
    connection: [style.library],
    target: deployment.target,
    address: style.addressOf(deployment.target),
    shape,
    hasInvariants: hasInvariants(contract.abi),
    assets: withNative(assetsOf(deployment, style.addressOf), contract.abi),
  });
  return { name: contract.name, shape: shape.kind, ...text, guessed: deployment.guessed };
}

async function ofAddress(address: Address, hre: HardhatRuntimeEnvironment): Promise<DraftedScenario> {
  const connection = await hre.network.create();
  try {
    requireSimulated(connection);
    const { provider } = connection;
    if ((await provider.request({ method: "eth_getCode", params: [address, "latest"] })) === "0x") {
      throw new SiegeError("NO_CODE", {
        message: `There is no contract at ${address} on the network "${connection.networkName}".`,
        hint: "Check the address, and name the network that forks its chain: --network mainnetFork.",
      });
    }
    const target = await resolveOnChain({ address }, hre.artifacts, provider);
    requireMoves(target.name, target.abi);
    const shape = shapeOf(target.abi);
    const text = scenarioText({
      argument: address,
      setUp: [],
      name: target.name,
      abi: target.abi,
      connection: [],
      target: `{ address: ${JSON.stringify(address)} }`,
      address: JSON.stringify(address),
      shape,
      // they need an ABI, which is known in the campaign alone
      hasInvariants: false,
      assets: withNative(await assetsOnChain(target, provider), target.abi),
    });
    return { name: target.name, shape: shape.kind, ...text, guessed: [] };
  } finally {
    await connection.close();
  }
}

/** Native coin is an asset of what takes it. */
function withNative(assets: ReturnType<typeof assetsOf>, abi: Abi): ReturnType<typeof assetsOf> {
  const takesNative = abi.some((item) => item.type === "receive" || isPayable(item));
  const isNew = !assets.some(({ symbol }) => symbol === "ETH");
  return takesNative && isNew ? [...assets, { symbol: "ETH", price: 2_000 }] : assets;
}

function isPayable(item: Abi[number]): boolean {
  return (item.type === "function" || item.type === "fallback") && item.stateMutability === "payable";
}

function contractNamed(argument: string | undefined, contracts: readonly KnownContract[]): KnownContract {
  const deployable = contracts.filter(({ artifact }) => artifact.bytecode !== "0x");
  const names = [...new Set(deployable.map(({ name }) => name))];
  const listed = names.slice(0, NAMED).join(", ");
  const hint =
    names.length === 0
      ? "Compile a contract first, or give the address of one on the fork that --network names."
      : `Give one of: ${listed}${names.length > NAMED ? ", …" : ""}; or an address.`;
  if (argument === undefined) {
    throw new SiegeError("INVALID_TARGET", { message: "siege init was given no contract.", hint });
  }
  const matching = contracts.filter(
    ({ name, artifact }) => name === argument || `${artifact.sourceName}:${name}` === argument,
  );
  const [contract, ...others] = matching;
  const called = legible(argument, NAME_WIDTH);
  if (contract === undefined) {
    throw new SiegeError("INVALID_TARGET", { message: `There is no contract "${called}" in the project.`, hint });
  }
  if (others.length > 0) {
    throw new SiegeError("INVALID_TARGET", {
      message: `There are ${matching.length} contracts "${called}" in the project.`,
      hint: `Give one of: ${matching.map(({ name, artifact }) => `${artifact.sourceName}:${name}`).join(", ")}.`,
    });
  }
  if (contract.artifact.bytecode === "0x") {
    throw new SiegeError("INVALID_TARGET", {
      message: `"${called}" is an interface or an abstract contract, which cannot be deployed.`,
      hint,
    });
  }
  return contract;
}

/** How a project's scenarios deploy contracts. */
interface DeployStyle {
  readonly library: "viem" | "ethers";
  readonly addressOf: AddressOf;
}

const VIEM: DeployStyle = {
  library: "viem",
  addressOf: (variable) => `${variable}.address`,
};

const ETHERS: DeployStyle = {
  library: "ethers",
  // scenarios take addresses of viem's type
  addressOf: (variable) => `getAddress(await ${variable}.getAddress())`,
};

/** By the plugins of the config; viem is there wherever this plugin is. */
function styleOf({ config }: Pick<HardhatRuntimeEnvironment, "config">): DeployStyle {
  const ids = new Set(config.plugins.map(({ id }) => id));
  return ids.has("hardhat-ethers") && !ids.has("hardhat-viem") ? ETHERS : VIEM;
}
