import type { AstNode } from "../../src/target/code/ast.js";

/** The compiler's view of one source. */
export interface Source {
  /** Relative to the project's root. */
  readonly file: string;
  readonly content: string;
  readonly ast: AstNode;
}

/** Where a flaw is: what its fixed twin changes. */
export interface Planted {
  /** `file:line` */
  readonly lines: ReadonlySet<string>;
  /** `contract.function` */
  readonly functions: ReadonlySet<string>;
}

interface Definition {
  readonly source: Source;
  readonly contract: AstNode;
  readonly node: AstNode;
}

/** A line of a function that says something. */
interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of the flawed contract that the fixed one does otherwise: of every function that is another one there, the lines
 * that are changed or missing and, where lines were added, the two between which they belong.
 */
export function plantedLines(sources: readonly Source[], flawed: string, fixed: string): Planted {
  const lines = new Set<string>();
  const functions = new Set<string>();
  const theirs = functionsOf(sources, fixed);
  for (const [signature, own] of functionsOf(sources, flawed)) {
    const other = theirs.get(signature);
    if (other?.node.src === own.node.src && other.source === own.source) continue;
    if (own.node.kind === "constructor" || own.node.implemented !== true) continue;
    const { name } = own.contract;
    functions.add(`${name ?? ""}.${own.node.name ?? ""}`);
    for (const line of changedLines(own, other)) lines.add(`${own.source.file}:${line}`);
  }
  return { lines, functions };
}

/** The functions that a contract has, inherited ones included, by signature. */
function functionsOf(sources: readonly Source[], name: string): ReadonlyMap<string, Definition> {
  const contracts = sources.flatMap((source) =>
    nodesOf(source.ast).flatMap((node) => (node.nodeType === "ContractDefinition" ? [{ source, node }] : [])),
  );
  const contract = contracts.find(({ node }) => node.name === name);
  if (contract === undefined) throw new Error(`There is no contract ${name}.`);
  const found = new Map<string, Definition>();
  for (const id of contract.node.linearizedBaseContracts as readonly number[]) {
    const base = contracts.find(({ node }) => node.id === id);
    if (base === undefined) continue;
    for (const node of nodesOf(base.node)) {
      if (node.nodeType !== "FunctionDefinition") continue;
      const signature = signatureOf(node);
      if (!found.has(signature)) found.set(signature, { source: base.source, contract: base.node, node });
    }
  }
  return found;
}

function signatureOf(node: AstNode): string {
  const parameters = (node.parameters as { readonly parameters: readonly AstNode[] }).parameters;
  const types = parameters.map((one) => (one.typeDescriptions as { readonly typeString?: string }).typeString ?? "");
  return `${node.name ?? ""}${String(node.kind)}(${types.join(",")})`;
}

function changedLines(own: Definition, other: Definition | undefined): readonly number[] {
  const before = linesOf(own);
  if (other === undefined) return before.map(({ number }) => number);
  const [header, ...body] = before;
  const after = withSuper(linesOf(other), body);
  const kept = commonLines(before, after);
  const removed = before.filter((_line, index) => !kept.some(([one]) => one === index)).map(({ number }) => number);
  const added = kept.flatMap(([one, two], index): number[] => {
    const [nextOne, nextTwo] = kept[index + 1] ?? [before.length, after.length];
    // only where nothing was taken away: what was changed is there already
    if (nextTwo - two < 2 || nextOne - one > 1) return [];
    return [before[one], before[nextOne]].flatMap((line) => (line === undefined ? [] : [line.number]));
  });
  // a modifier belongs to what comes first in the body, too
  const first = header !== undefined && removed.includes(header.number) ? [body[0]?.number ?? header.number] : [];
  return [...new Set([...removed, ...added, ...first])].sort((a, b) => a - b);
}

/** The header as its first line, and the lines of the body that are more than a brace. */
function linesOf({ source, node }: Definition): readonly Line[] {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  const bytes = Buffer.from(source.content, "utf8");
  const number = bytes.subarray(0, start).toString("utf8").split("\n").length;
  const text = bytes.subarray(start, start + length).toString("utf8");
  const open = bodyStart(node, start) - start;
  const header = Buffer.from(text, "utf8").subarray(0, open).toString("utf8");
  const rest = text
    .slice(header.length)
    .replace(/^\{/, "")
    .replace(/\}\s*$/, "");
  const offset = number + header.split("\n").length - 1;
  return [
    { number, text: plain(header.replace(/\b(virtual|override(\([^)]*\))?|view|pure)\b/g, "")) },
    ...rest
      .split("\n")
      .map((line, index) => ({ number: offset + index, text: plain(line) }))
      .filter((line) => !/^[{}]*$/.test(line.text)),
  ];
}

function bodyStart({ body, src }: AstNode, start: number): number {
  const of = (body as AstNode | undefined)?.src;
  return of === undefined ? start + Number(src.split(":")[1]) : Number(of.split(":")[0]);
}

function plain(line: string): string {
  return line.replace(/\/\/.*$/, "").replace(/\s+/g, "");
}

/** A fixed function that calls the flawed one is that with something before it or after it. */
function withSuper(lines: readonly Line[], body: readonly Line[]): readonly Line[] {
  return lines.flatMap((line) => (/^(return)?super\.\w+\(.*\);$/.test(line.text) ? body : [line]));
}

/** The longest common subsequence, as pairs of indices. */
function commonLines(one: readonly Line[], two: readonly Line[]): readonly (readonly [number, number])[] {
  const lengths = Array.from({ length: one.length + 1 }, () => Array.from({ length: two.length + 1 }, () => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = one.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? [];
    for (let j = two.length - 1; j >= 0; j--) {
      row[j] = one[i]?.text === two[j]?.text ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < one.length && j < two.length;) {
    if (one[i]?.text === two[j]?.text) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

function nodesOf(node: AstNode): readonly AstNode[] {
  return (node.nodes as readonly AstNode[] | undefined) ?? [];
}
