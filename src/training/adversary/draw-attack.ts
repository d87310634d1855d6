import type {
  ProposedStep,
  ProposerAction,
  ProposerBrief,
  ProposerMoment,
  ProposerRun,
} from "../../agents/proposer.js";
import type { Random } from "../../market/random.js";
import type { AttackShape, CallShape } from "./attack-shape.js";
import type { Kind, PolicyTables, When } from "./policy.js";

import { kindOf, rarityOf } from "./attack-shape.js";

/** An attack to be proposed, and its features. */
export interface DrawnAttack {
  readonly steps: readonly ProposedStep[];
  readonly shape: AttackShape;
}

/** What stands for a moment among what an action needs. */
const MOMENT = "moment";

/** How far a price or time has to have moved. */
const AFTER: Readonly<Record<string, (moment: ProposerMoment) => boolean>> = {
  fall: ({ what, change = 0 }) => what === "price" && change < 0,
  rise: ({ what, change = 0 }) => what === "price" && change > 0,
  pause: ({ what }) => what === "pause",
};

interface Known extends ProposerAction {
  readonly kind: Kind;
  readonly rarity: CallShape["rarity"];
}

/**
 * Draws an attack of one agent on whatever a brief describes: kinds of calls from the policy, and for each an action that is of this
 * kind here, after those that it was seen to need.
 *
 * @param longest - the most calls besides those that others need
 * @returns `undefined` if nothing is known of the agent's actions yet
 */
export function drawAttack(
  tables: PolicyTables,
  { agents, actions, blocks }: Pick<ProposerBrief, "agents" | "actions" | "blocks">,
  run: ProposerRun,
  longest: number,
  random: Random,
): DrawnAttack | undefined {
  if (agents.length === 0) return undefined;
  const agent = random.pick(agents);
  const offered = knownActions(actions.filter(({ name, isLoan }) => agent.actions.includes(name) && isLoan !== true));
  if (offered.every(({ kind }) => kind === "unseen")) return undefined;
  const byName = new Map(offered.map((action) => [action.name, action]));
  const moment = run.moments.length === 0 ? undefined : random.pick(run.moments);
  const at = moment?.block ?? random.integer(1, blocks);
  const length = Math.min(longest, Number(drawn(tables.length, random)));
  const steps: ProposedStep[] = [];
  const shape: CallShape[] = [];
  const done = new Set<string>();
  const opened = new Set<string>();
  let isAfter = moment === undefined;
  let last: keyof PolicyTables["kind"] = "start";
  const make = (action: Known, wanted: Partial<CallShape> = {}): void => {
    const { kind, name, needs = [] } = action;
    opened.add(name);
    for (const need of needs) {
      const other = byName.get(need);
      // two that come before each other need neither
      if (other !== undefined && !opened.has(need)) make(other);
    }
    const when: When =
      isAfter || needs.includes(MOMENT) ? afterOf(moment) : (wanted.when ?? whenOf(tables, kind, moment, random));
    isAfter = when !== "before";
    const amount = drawn(tables.amount[kind], random);
    const before = steps.at(-1);
    const isInside =
      agent.isCalledBack &&
      before !== undefined &&
      actions.some(({ name: other, callsBack }) => callsBack && other === before.action) &&
      drawn(tables.place[kind], random) === "inside";
    const block = isInside ? before.block : isAfter ? at : Math.max(1, at - 1);
    steps.push({
      block,
      agent: agent.name,
      action: name,
      amount,
      position: !isInside && !isAfter && at === 1 ? "front" : "back",
      ...(isInside ? { inside: true } : {}),
    });
    const place = isInside ? "inside" : "outside";
    shape.push({ kind, when, amount, rarity: action.rarity, place, repeat: done.has(name) ? "same" : "other" });
    done.add(name);
    last = kind;
  };
  while (shape.length < length) {
    const kinds = tables.kind[last];
    const kind = drawnAmong(kinds, new Set(offered.map((action) => action.kind)), random);
    const among = offered.filter((action) => action.kind === kind);
    const again = among.filter(({ name }) => done.has(name));
    const isAgain = again.length > 0 && drawn(tables.repeat[kind], random) === "same";
    const rarity = drawnAmong(tables.rarity[kind], new Set(among.map((action) => action.rarity)), random);
    make(random.pick(isAgain ? again : among.filter((action) => action.rarity === rarity)));
  }
  return { steps, shape };
}

function knownActions(actions: readonly ProposerAction[]): readonly Known[] {
  const kinds = actions.map((action) => ({
    ...action,
    kind: kindOf({ pays: action.pays.length > 0, gets: action.gets.length > 0, succeeded: action.succeeded > 0 }),
  }));
  return kinds.map((action) => {
    const counts = kinds.filter(({ kind }) => kind === action.kind).map(({ succeeded }) => succeeded);
    return { ...action, rarity: rarityOf(action.succeeded, counts) };
  });
}

function whenOf(tables: PolicyTables, kind: Kind, moment: ProposerMoment | undefined, random: Random): When {
  return drawnAmong(tables.when[kind], new Set<When>(["before", afterOf(moment)]), random);
}

function afterOf(moment: ProposerMoment | undefined): When {
  if (moment === undefined) return "flat";
  const [name] = Object.entries(AFTER).find(([, is]) => is(moment)) ?? [];
  // the names are those of `When`
  return (name ?? "flat") as When;
}

function drawn<Name extends string>(row: Readonly<Record<Name, number>>, random: Random): Name {
  return drawnAmong(row, new Set(Object.keys(row) as Name[]), random);
}

/** One of the names that are possible here, at least one of which is. */
function drawnAmong<Name extends string>(
  row: Readonly<Record<Name, number>>,
  possible: ReadonlySet<Name>,
  random: Random,
): Name {
  const entries = (Object.entries(row) as [Name, number][]).filter(([name]) => possible.has(name));
  const total = entries.reduce((sum, [, one]) => sum + one, 0);
  let left = random.next() * total;
  for (const [name, one] of entries) {
    left -= one;
    if (left < 0) return name;
  }
  const [[name] = []] = total > 0 ? entries.toReversed() : [[random.pick([...possible])] as const];
  if (name === undefined) throw new TypeError("There is nothing to choose from.");
  return name;
}
