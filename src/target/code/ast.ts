/** A node of the compiler's syntax tree, of which little is needed. */
export interface AstNode {
  readonly nodeType: string;
  readonly id?: number;
  /** `start:length:source`, in bytes. */
  readonly src: string;
  readonly name?: string;
  readonly kind?: string;
  readonly [field: string]: unknown;
}

/** A function that is called without leaving the contract. */
export interface Called {
  readonly id: number;
  /** Whether a contract that overrides it runs its own: not if it is called by `super` or by a contract's name. */
  readonly isVirtual: boolean;
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

/** The nodes that a node is made of. */
export function childrenOf(node: AstNode, without: readonly string[] = []): readonly AstNode[] {
  return Object.entries(node).flatMap(([field, value]) =>
    without.includes(field) ? [] : (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isNode),
  );
}

/** Its first byte, and the one after its last. */
export function rangeOf({ src }: AstNode): { readonly start: number; readonly end: number } {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

/** The name of a function; of a constructor and the like, what it is. */
export function functionName({ name, kind }: AstNode): string {
  return name === undefined || name === "" ? (kind ?? "") : name;
}

/** The parameters of a function or a modifier. */
export function parametersOf({ parameters: list }: AstNode): readonly AstNode[] {
  return isNode(list) ? (list.parameters as readonly AstNode[]) : [];
}

/** The functions that are called in a part of the tree. */
export function calledIn(part: unknown): readonly Called[] {
  if (Array.isArray(part)) return (part as readonly unknown[]).flatMap(calledIn);
  if (!isNode(part)) return [];
  const inner = Object.values(part).flatMap(calledIn);
  const callee = part.nodeType === "FunctionCall" ? part.expression : part.modifierName;
  if (!isNode(callee) || typeof callee.referencedDeclaration !== "number") return inner;
  // what an external call runs is another contract's code
  const { typeIdentifier = "" } = (callee.typeDescriptions ?? {}) as { readonly typeIdentifier?: string };
  if (typeIdentifier.startsWith("t_function_external")) return inner;
  return [{ id: callee.referencedDeclaration, isVirtual: callee.nodeType !== "MemberAccess" }, ...inner];
}
