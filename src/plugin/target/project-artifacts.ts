import type { Artifact, ArtifactManager } from "hardhat/types/artifacts";
import type { Abi, Hex } from "viem";

import type { AnyAbi } from "../../target/abi.js";

import { formatAbiItem } from "viem/utils";

import { normaliseAbi } from "../../target/abi.js";

import { contractsWithCode } from "./artifact-code.js";

/** What is needed of Hardhat's artifacts. */
export type Artifacts = Pick<ArtifactManager, "getAllFullyQualifiedNames" | "readArtifact">;

/** An artifact with its ABI in current form. */
export interface KnownContract {
  readonly name: string;
  readonly abi: Abi;
  readonly artifact: Artifact;
}

/** The contracts of a project, read when they are first needed. */
export class ProjectArtifacts {
  readonly #artifacts: Artifacts;
  #all: Promise<readonly KnownContract[]> | undefined;

  constructor(artifacts: Artifacts) {
    this.#artifacts = artifacts;
  }

  async all(): Promise<readonly KnownContract[]> {
    this.#all ??= this.#read();
    return this.#all;
  }

  /** The contracts that have this code once deployed; more than one if they differ in name alone. */
  async withCode(code: Hex): Promise<readonly KnownContract[]> {
    return contractsWithCode(code, await this.all());
  }

  /** The custom errors of all contracts, each once. */
  async errors(): Promise<Abi> {
    const errors = (await this.all()).flatMap(({ abi }) => abi.filter((item) => item.type === "error"));
    return [...new Map(errors.map((item) => [formatAbiItem(item), item])).values()];
  }

  async #read(): Promise<readonly KnownContract[]> {
    const names = await this.#artifacts.getAllFullyQualifiedNames();
    // in one order on every machine: the order of functions decides what a seed draws
    const all = await Promise.all([...names].sort().map((name) => this.#artifacts.readArtifact(name)));
    return all.map((artifact) => ({
      name: artifact.contractName,
      // Hardhat leaves the items of an artifact's ABI untyped
      abi: normaliseAbi(artifact.abi as AnyAbi, artifact.contractName),
      artifact,
    }));
  }
}
