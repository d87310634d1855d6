import type { Cascade, CascadeNode } from "../../engine/explain/cascade.js";

/** Measures of the drawing. */
export const BOX = 268;
export const GAP = 18;
export const RISE = 28;
const PADDING = 12;
const LABEL_LINE = 17;
const WHY_LINE = 15;

/** Letters in the first line of a label, which has the block at its end, in its other lines, and in a reason. */
const FIRST_LETTERS = 23;
const LABEL_LETTERS = 30;
const WHY_LETTERS = 42;

/** A box of the drawing. */
export interface Box {
  readonly node: CascadeNode;
  /** What others refer to it by: the number of a step, or a letter. */
  readonly tag: string;
  readonly isOwn: boolean;
  readonly layer: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly label: readonly string[];
  /** Why it came: from whom, and the evidence. */
  readonly why: readonly (readonly string[])[];
}

/** Where boxes are. */
export interface Layout {
  readonly boxes: readonly Box[];
  readonly width: number;
  readonly height: number;
}

/**
 * Puts causes above what they caused: each box one layer below the lowest of its causes, beside others of its layer in the order
 * of their causes. Layers begin on the left, where a phone begins to show them.
 *
 * @param numbers - of steps, by their index
 */
export function layoutOf({ nodes, edges }: Cascade, numbers: ReadonlyMap<number, number>): Layout {
  const tags = tagsOf(nodes, numbers);
  const layers = new Map<string, number>();
  // nodes are in the order of their causes
  for (const { id } of nodes) {
    const above = edges.flatMap(({ from, to }) => (to === id ? [layers.get(from) ?? 0] : []));
    layers.set(id, above.length === 0 ? 0 : 1 + Math.max(...above));
  }
  const rows = lowered(nodes, edges, layers);
  const most = Math.max(1, ...rows.map(({ length }) => length));
  const width = most * BOX + (most - 1) * GAP;
  const boxes = new Map<string, Box>();
  let y = 0;
  for (const [layer, row] of rows.entries()) {
    const middleOf = (node: CascadeNode): number => {
      const causes = edges.flatMap(({ from, to }) => (to === node.id ? [boxes.get(from)?.x ?? 0] : []));
      return causes.length === 0 ? 0 : causes.reduce((sum, x) => sum + x, 0) / causes.length;
    };
    const ordered = row.toSorted((one, other) => middleOf(one) - middleOf(other));
    let height = 0;
    for (const [place, node] of ordered.entries()) {
      const label = wrapped(arrows(node.label), LABEL_LETTERS, 3, FIRST_LETTERS);
      const why = reasonsOf(node, edges, tags).map((reason) => wrapped(arrows(reason), WHY_LETTERS, 3));
      const lines = why.reduce((sum, one) => sum + one.length, 0);
      const own = 2 * PADDING + label.length * LABEL_LINE + lines * WHY_LINE + (lines > 0 ? 4 : 0);
      height = Math.max(height, own);
      boxes.set(node.id, {
        node,
        tag: tags.get(node.id) ?? "",
        isOwn: node.step !== undefined && numbers.has(node.step),
        layer,
        x: place * (BOX + GAP),
        y,
        height: own,
        label,
        why,
      });
    }
    y += height + RISE;
  }
  return { boxes: [...boxes.values()], width, height: Math.max(0, y - RISE) };
}

/** The rows of the drawing. A cause without causes of its own stands right above what it causes first. */
function lowered(
  nodes: Cascade["nodes"],
  edges: Cascade["edges"],
  layers: ReadonlyMap<string, number>,
): readonly (readonly CascadeNode[])[] {
  const rows = new Map<number, CascadeNode[]>();
  for (const node of nodes) {
    const isRoot = edges.every(({ to }) => to !== node.id);
    const below = edges.flatMap(({ from, to }) => (from === node.id ? [layers.get(to) ?? 0] : []));
    const layer = isRoot && below.length > 0 ? Math.min(...below) - 1 : (layers.get(node.id) ?? 0);
    rows.set(layer, [...(rows.get(layer) ?? []), node]);
  }
  return [...rows].toSorted(([one], [other]) => one - other).map(([, row]) => row);
}

function tagsOf(nodes: Cascade["nodes"], numbers: ReadonlyMap<number, number>): ReadonlyMap<string, string> {
  let letters = 0;
  return new Map(
    nodes.map(({ id, step }) => {
      const number = step === undefined ? undefined : numbers.get(step);
      return [id, number === undefined ? letter(letters++) : String(number)] as const;
    }),
  );
}

/** `a` … `z`, `aa`, `ab` … */
function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : `${letter(Math.floor(index / 26) - 1)}${last}`;
}

/** `1, 2: reads $2,000.00 from the ETH feed`: what has the same reason is told once. */
function reasonsOf({ id }: CascadeNode, edges: Cascade["edges"], tags: ReadonlyMap<string, string>): readonly string[] {
  const from = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.to !== id) continue;
    from.set(edge.because, [...(from.get(edge.because) ?? []), tags.get(edge.from) ?? ""]);
  }
  return [...from].map(([because, causes]) => `${causes.join(", ")}: ${because}`);
}

/** Where there is more than ASCII, arrows are arrows. */
function arrows(text: string): string {
  return text.replaceAll("->", "→");
}

/**
 * Breaks a text between words; what does not fit on the lines ends in `…`.
 *
 * @param first - letters of the first line, if it is shorter
 */
export function wrapped(text: string, letters: number, most: number, first: number = letters): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => chunks(one, letters, first))) {
    const room = lines.length === 0 ? first : letters;
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? "";
  return [...lines.slice(0, most - 1), `${last.slice(0, letters - 1)}…`];
}

/** A long word in pieces: after a dot of it, if there is one. */
function chunks(word: string, letters: number, first: number): readonly string[] {
  if (word.length <= first) return [word];
  const dot = word.lastIndexOf(".", first - 1) + 1;
  if (dot === 0 && word.length <= letters) return [word];
  const at = dot > 0 ? dot : letters;
  return [word.slice(0, at), ...chunks(word.slice(at), letters, first)];
}
