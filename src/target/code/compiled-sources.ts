import type { AstNode, Called } from "./ast.js";
import type { ParsedSource, PlacedStatement } from "./statements.js";

import { grouped } from "../../quantity/grouped.js";

import { functionName, isNode, parametersOf } from "./ast.js";
import { statementsIn } from "./statements.js";

/** A function or a modifier of a source. */
interface Definition {
  readonly id: number;
  /** Its name and the types of its parameters: an overriding one has the same. */
  readonly signature: string;
  /** Four bytes, without `0x`; `undefined` if it cannot be called from outside. */
  readonly selector: string | undefined;
}

/** A contract with the ids of those that it inherits from, itself first. */
interface Inheritance {
  readonly bases: readonly number[];
  readonly functions: readonly Definition[];
}

/** The sources of one run of the compiler, by the ids in its source maps. Each is looked through when it is first needed. */
export class CompiledSources {
  readonly #sources: ReadonlyMap<number, ParsedSource>;
  readonly #statements = new Map<number, readonly PlacedStatement[]>();
  /** By source, and in it by function. */
  readonly #byFunction = new Map<number, ReadonlyMap<number, readonly PlacedStatement[]>>();
  readonly #sourceOf = new Map<number, number>();
  #contracts: ReadonlyMap<number, Inheritance> | undefined;
  #names: ReadonlyMap<string, number> | undefined;

  constructor(sources: ReadonlyMap<number, ParsedSource>) {
    this.#sources = sources;
  }

  /** The statements of a source. */
  statements(source: number): readonly PlacedStatement[] {
    const known = this.#statements.get(source);
    if (known !== undefined) return known;
    const parsed = this.#sources.get(source);
    const found = parsed === undefined ? [] : statementsIn(parsed);
    this.#statements.set(source, found);
    return found;
  }

  /** The statements of a function, in the order of the source. */
  statementsOf(functionId: number): readonly PlacedStatement[] {
    this.#read();
    const source = this.#sourceOf.get(functionId);
    if (source === undefined) return [];
    const known = this.#byFunction.get(source) ?? grouped(this.statements(source), (placed) => placed.functionId);
    this.#byFunction.set(source, known);
    return known.get(functionId) ?? [];
  }

  /** The function that a call runs in a contract, which may override it. */
  resolved(file: string, contract: string, { id: called, isVirtual }: Called): number {
    if (!isVirtual) return called;
    const overriding = this.#inherited(file, contract);
    const own = overriding.find(({ id }) => id === called);
    return overriding.find(({ signature }) => signature === own?.signature)?.id ?? called;
  }

  /** The function of a contract that a selector calls; `undefined` if it has none that is written down. */
  called(file: string, contract: string, selector: string): number | undefined {
    return this.#inherited(file, contract).find((one) => one.selector === selector)?.id;
  }

  /** All functions of a contract, those that override others before them. */
  #inherited(file: string, contract: string): readonly Definition[] {
    this.#read();
    const id = this.#names?.get(`${file}:${contract}`);
    const bases = id === undefined ? [] : (this.#contracts?.get(id)?.bases ?? []);
    return bases.flatMap((base) => this.#functionsOf(base));
  }

  #functionsOf(contract: number): readonly Definition[] {
    return this.#contracts?.get(contract)?.functions ?? [];
  }

  #read(): void {
    if (this.#contracts !== undefined) return;
    const contracts = new Map<number, Inheritance>();
    const names = new Map<string, number>();
    for (const [source, { file, ast }] of this.#sources) {
      for (const one of [ast, ...nodesOf(ast)].flatMap(nodesOf))
        if (isFunction(one)) this.#sourceOf.set(one.id, source);
      for (const node of nodesOf(ast)) {
        if (node.nodeType !== "ContractDefinition" || node.id === undefined) continue;
        names.set(`${file}:${node.name ?? ""}`, node.id);
        contracts.set(node.id, {
          bases: node.linearizedBaseContracts as readonly number[],
          functions: nodesOf(node).flatMap((one) => (isFunction(one) ? [definitionOf(one)] : [])),
        });
      }
    }
    this.#contracts = contracts;
    this.#names = names;
  }
}

function isFunction(node: AstNode): node is AstNode & { readonly id: number } {
  return (node.nodeType === "FunctionDefinition" || node.nodeType === "ModifierDefinition") && node.id !== undefined;
}

function definitionOf(node: AstNode & { readonly id: number }): Definition {
  const { functionSelector: selector } = node;
  return { id: node.id, signature: signatureOf(node), selector: typeof selector === "string" ? selector : undefined };
}

function signatureOf(node: AstNode): string {
  const types = parametersOf(node).map(
    ({ typeDescriptions }) => (typeDescriptions as { readonly typeString?: string }).typeString,
  );
  return `${functionName(node)}(${types.join(",")})`;
}

function nodesOf({ nodes }: AstNode): readonly AstNode[] {
  return Array.isArray(nodes) ? nodes.filter(isNode) : [];
}
