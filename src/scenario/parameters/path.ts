import { shown } from "../../options.js";
import { invalid, isRecord } from "../build/check.js";

/** What a path leads through: something with named entries. */
interface Place {
  /** The entry of this name. */
  get(name: string): unknown;
  /** A copy with another entry. */
  with(name: string, value: unknown): unknown;
  readonly names: readonly string[];
  /** Whether a name that is not there may be set: what is misspelt is noticed when the scenario is built. */
  readonly isChecked: boolean;
}

/** Parts of a definition whose names are checked when it is built, so that a default can be replaced. */
const CHECKED: ReadonlySet<string> = new Set(["", "pauses", "oracleFaults", "gas", "mempool", "builder"]);

/** Amounts that are bigints. */
const BIGINTS: ReadonlySet<string> = new Set(["gas.baseFee", "gas.gasLimit"]);

/**
 * A copy of a definition, or of a preset's options, with another number at a path. What lies beside the path is shared.
 *
 * @param parameter - its name, for errors
 * @throws SiegeError `INVALID_SCENARIO` if there is no number
 */
export function withNumberAt(given: object, path: string, value: number, parameter: string): object {
  const names = path.split(".");
  const set = (holder: unknown, depth: number): unknown => {
    const before = names.slice(0, depth).join(".");
    const name = names[depth] ?? "";
    const place = placeOf(holder, before);
    if (place === undefined) throw nowhere(parameter, path, `${before} is ${shown(holder)}`, []);
    const current = place.get(name);
    if (depth < names.length - 1) {
      const isMissing = current === undefined && CHECKED.has(names.slice(0, depth + 1).join("."));
      return place.with(name, set(isMissing ? {} : current, depth + 1));
    }
    if (typeof current === "bigint" || (current === undefined && BIGINTS.has(path))) {
      return place.with(name, BigInt(Math.round(value)));
    }
    if (typeof current === "number" || (current === undefined && place.isChecked)) return place.with(name, value);
    throw nowhere(parameter, path, `${path} is ${shown(current)}`, place.names);
  };
  // a copy of the object that it was given
  return set(given, 0) as object;
}

function placeOf(holder: unknown, path: string): Place | undefined {
  if (Array.isArray(holder)) return listed(holder);
  if (!isRecord(holder)) return undefined;
  return isAdapter(holder) ? optionsOf(holder) : plain(holder, CHECKED.has(path));
}

function plain(holder: Readonly<Record<string, unknown>>, isChecked: boolean): Place {
  return {
    get: (name) => (Object.hasOwn(holder, name) ? holder[name] : undefined),
    with: (name, value) => ({ ...holder, [name]: value }),
    names: Object.keys(holder),
    isChecked,
  };
}

/** The members of a list, by what they are called: an agent's name or role, an oracle's asset; or by their place, from 0. */
function listed(list: readonly unknown[]): Place {
  const called = list.map(nameIn);
  const indexOf = (name: string): number => {
    const byName = called.indexOf(name);
    return byName < 0 && /^\d+$/.test(name) ? Number(name) : byName;
  };
  return {
    get: (name) => list[indexOf(name)],
    with: (name, value) => list.map((one, index) => (index === indexOf(name) ? value : one)),
    names: called.map((name, index) => name ?? String(index)),
    isChecked: false,
  };
}

function nameIn(member: unknown): string | undefined {
  if (!isRecord(member)) return undefined;
  const options = isRecord(member.options) ? member.options : {};
  return [member.name, member.role, options.name, options.asset].find((name) => typeof name === "string");
}

/** A protocol or an oracle: what a path names in it are the options that it was made with. */
interface Adapter {
  readonly options: unknown;
  readonly definition: { validate?(options: unknown): void };
}

function isAdapter(holder: Readonly<Record<string, unknown>>): holder is Readonly<Record<string, unknown>> & Adapter {
  return isRecord(holder.definition) && "options" in holder && typeof holder.address === "string";
}

function optionsOf(adapter: Readonly<Record<string, unknown>> & Adapter): Place {
  const { options, definition } = adapter;
  const own = plain(isRecord(options) ? options : {}, definition.validate !== undefined);
  return {
    ...own,
    with: (name, value) => {
      const changed = own.with(name, value);
      // as its factory does
      definition.validate?.(changed);
      return Object.freeze({ ...adapter, options: changed });
    },
  };
}

function nowhere(parameter: string, path: string, why: string, names: readonly string[]): ReturnType<typeof invalid> {
  const there = names.length === 0 ? "" : ` There: ${names.join(", ")}.`;
  return invalid({
    message: `parameters.${parameter}.set is "${path}", where the scenario has no number: ${why}.`,
    hint: `Name a number that is written there, or use a function: set: (value, definition) => ({ assets: { … } }).${there}`,
  });
}
