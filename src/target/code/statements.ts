import type { AstNode, Called } from "./ast.js";
import type { Statement } from "./source-code.js";

import { calledIn, childrenOf, functionName, isNode, parametersOf, rangeOf } from "./ast.js";
import { LineStarts } from "./line-starts.js";

/** A source file with its syntax tree. */
export interface ParsedSource {
  readonly file: string;
  readonly isDependency: boolean;
  readonly content: string;
  readonly ast: AstNode;
}

/** A statement and its part of the source. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly start: number;
  readonly end: number;
  /** The compiler's id of the function that it is in; `undefined` outside of all. */
  readonly functionId: number | undefined;
  /** The id of the block that it is in. */
  readonly blockId: number | undefined;
  /** What it calls without leaving the contract, as far as it is named: functions, and modifiers. */
  readonly calls: readonly Called[];
}

/** Where a statement is written. */
interface Home {
  readonly contract: string;
  readonly isShared: boolean;
  readonly isArithmetic: boolean;
  readonly function: string;
  readonly functionId: number | undefined;
  readonly blockId: number | undefined;
}

/** Statements that are made of others, and the field with what is their own. */
const HEADS: Readonly<Record<string, string>> = {
  IfStatement: "condition",
  WhileStatement: "condition",
  DoWhileStatement: "condition",
  TryStatement: "externalCall",
};

/** Statements that are nothing but a list of others. */
const LISTS = new Set(["Block", "UncheckedBlock", "ForStatement", "TryCatchClause"]);

/** The parts of a loop that are statements although they are written as expressions. */
const LOOP = ["condition", "loopExpression"];

const NOWHERE: Home = {
  contract: "",
  isShared: true,
  isArithmetic: false,
  function: "",
  functionId: undefined,
  blockId: undefined,
};

/** All statements of a source that can do something: the inner ones after those that they are in. */
export function statementsIn(source: ParsedSource): readonly PlacedStatement[] {
  const lines = new LineStarts(source.content);
  return statementsOf(source.ast, NOWHERE).map(({ start, end, home, own }) => {
    const { functionId, blockId, ...written } = home;
    const { line, column } = lines.placeOf(start);
    const statement: Statement = {
      id: `${source.file}:${start}`,
      file: source.file,
      isDependency: source.isDependency,
      ...written,
      line,
      column,
      endLine: lines.placeOf(Math.max(start, end - 1)).line,
      excerpt: lines.textOf(line),
    };
    return { statement, start, end, functionId, blockId, calls: calledIn(own) };
  });
}

/** The innermost statement that holds a range: the shortest one. */
export function innermost(
  statements: readonly PlacedStatement[],
  { start, length }: { readonly start: number; readonly length: number },
): PlacedStatement | undefined {
  const end = start + length;
  let best: PlacedStatement | undefined;
  for (const placed of statements) {
    if (placed.start > start || placed.end < end) continue;
    if (best === undefined || placed.end - placed.start <= best.end - best.start) best = placed;
  }
  return best;
}

/** A statement in the tree. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly home: Home;
  /** The part of the tree that is its own. */
  readonly own: unknown;
}

function statementsOf(node: AstNode, home: Home): readonly Found[] {
  const inside = (child: Home, without: readonly string[] = []): readonly Found[] =>
    childrenOf(node, without).flatMap((one) => statementsOf(one, child));
  switch (node.nodeType) {
    case "ContractDefinition":
      return inside({ ...home, contract: node.name ?? "", isShared: node.contractKind === "library" });
    case "FunctionDefinition":
    case "ModifierDefinition":
      return ofFunction(node, home, inside);
    case "ModifierInvocation":
      return [{ ...rangeOf(node), home, own: node }];
    // neither an event nor a variable without a value does anything
    case "EmitStatement":
    case "VariableDeclaration":
      return [];
    case "VariableDeclarationStatement":
      return isNode(node.initialValue) ? [{ ...rangeOf(node), home, own: node }] : [];
    default:
  }
  // a branch without braces is a block, too
  const block = { ...home, blockId: node.id };
  const head = HEADS[node.nodeType];
  if (head !== undefined) return [...ofHead(node, head, home), ...inside(block, [head])];
  if (LISTS.has(node.nodeType)) return [...ofLoop(node, home), ...inside(block, LOOP)];
  return isStatement(node) ? [{ ...rangeOf(node), home, own: node }] : inside(home);
}

function ofFunction(node: AstNode, home: Home, inside: (home: Home) => readonly Found[]): readonly Found[] {
  const isArithmetic = node.stateMutability === "pure" && parametersOf(node).length > 0;
  const own = { ...home, isArithmetic, function: functionName(node), functionId: node.id, blockId: undefined };
  const { body } = node;
  if (!isNode(body) || !Array.isArray(body.statements) || body.statements.length > 0) return inside(own);
  // a function that does nothing has something to point at, too
  return [{ start: rangeOf(node).start, end: rangeOf(body).end, home: own, own: [] }, ...inside(own)];
}

/** What a branch or a loop decides by. */
function ofHead(node: AstNode, head: string, home: Home): readonly Found[] {
  const own = node[head];
  if (!isNode(own)) return [];
  const { start, end } = rangeOf(own);
  // the condition of `do … while` stands at its end
  return [{ start: node.nodeType === "DoWhileStatement" ? start : rangeOf(node).start, end, home, own }];
}

function ofLoop(node: AstNode, home: Home): readonly Found[] {
  return LOOP.flatMap((field) => {
    const own = node[field];
    return isNode(own) ? [{ ...rangeOf(own), home, own }] : [];
  });
}

function isStatement({ nodeType }: AstNode): boolean {
  return /Statement$|^(Return|Break|Continue|InlineAssembly)$/.test(nodeType);
}
