import type { PlainAmount } from "../../quantity/amount.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { BuilderAct } from "../run/block-building/builder.js";
import type { Circumstances, DrawnMove, EventKind } from "./kind.js";

import { z } from "zod";

import { blocks as blockCount } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";
import { choose } from "../../quantity/share.js";
import { FEED } from "../run/oracle-desk.js";

import { draws, each, maybe } from "./draw.js";
import { again, block, name } from "./fields.js";

/** What an adversarial builder does. */
export interface BuilderGene extends BuilderAct {
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** What an adversarial builder does, see `BuilderAct`. */
export interface BuilderStep extends BuilderAct {
  readonly kind: "builder";
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** An act of a builder, described. */
export interface BuilderData {
  readonly kind: "builder";
  readonly act: BuilderAct["act"];
  /** The sender that it targets; `undefined` for a reorganisation. */
  readonly sender: string | undefined;
  /** How many blocks it keeps a sender out for, or how many it replaces. */
  readonly duration?: PlainAmount<"blocks">;
}

/** The most acts of one kind per run. */
const MAX_ACTS = 6;

const fields = {
  block,
  again,
  act: z.enum(["censor", "first", "last", "reorg"]),
  sender: name,
  blocks: block,
};

/** A builder censors, reorders and reorganises. */
export const builderAct: EventKind<BuilderGene, BuilderStep, BuilderData> = {
  kind: "builder",
  genes: {
    field: "builder",
    schema: z.object(fields),
    draw: ({ scenario }) => drawnActs(scenario),
    placed: placedActs,
  },
  schema: z.object({ kind: z.literal("builder"), ...fields }),
  happens: {
    step: ({ block: at, again: replacing, act, sender, blocks }) => ({
      kind: "builder",
      block: at,
      ...(replacing === undefined ? {} : { again: replacing }),
      act,
      sender,
      blocks,
    }),
    apply: (step, now) => {
      const { act, sender, blocks } = step;
      return { ...now, acts: [...now.acts, { act, sender, blocks }], desk: withoutCensored(step, now) };
    },
    reorganisation: ({ act, block: at, blocks }) => (act === "reorg" ? { block: at, depth: blocks } : undefined),
  },
  tells: {
    actor: () => "builder",
    data: ({ act, sender, blocks }) => ({
      kind: "builder",
      act,
      sender: act === "reorg" ? undefined : sender,
      ...(act === "first" || act === "last" ? {} : { duration: blockCount(blocks) }),
    }),
    words: (data) => ({ action: actWords(data), consequence: undefined }),
    noun: () => "an adversarial builder",
  },
  shrinks: {
    group: () => "builder",
    duration: {
      of: ({ blocks }) => blocks,
      with: (step, at, blocks) => ({ ...step, block: at, blocks }),
    },
  },
};

/** A feed that the builder censors is silent. */
function withoutCensored(
  { act, sender, blocks, block: at }: BuilderStep,
  { desk }: Circumstances,
): Circumstances["desk"] {
  if (act !== "censor" || !sender.endsWith(FEED)) return desk;
  return desk.failing({ oracle: sender.slice(0, -FEED.length), fault: "silent", blocks }, at);
}

function actWords({ act, sender = "", duration }: BuilderData): string {
  const span = format(duration ?? blockCount(0));
  switch (act) {
    case "censor":
      return `keeps ${sender} out for ${span}`;
    case "first":
      return `puts ${sender} first`;
    case "last":
      return `puts ${sender} last`;
    case "reorg":
      return `replaces the last ${span}`;
  }
}

/** An act of a builder, in a block or together with an agent's move. */
interface LooseAct extends BuilderGene {
  /** Which free move it accompanies: its place among all of them, parts per million; `undefined`: none. */
  readonly with: number | undefined;
}

/**
 * A builder that colludes with an agent acts in the block of one of its moves: it puts that agent first, and what it replaces
 * begins with that block.
 */
function placedActs(
  acts: readonly BuilderGene[],
  moves: readonly DrawnMove[],
  { blocks: horizon }: Scenario,
): readonly BuilderGene[] {
  // what `drawnActs` draws
  return (acts as readonly LooseAct[])
    .map(({ with: place, ...act }) => {
      const partner = place === undefined ? undefined : choose(place, moves);
      if (partner === undefined) return act;
      if (act.act === "reorg") return { ...act, block: Math.min(horizon, partner.block + act.blocks - 1) };
      return { ...act, block: partner.block, ...(act.act === "first" ? { sender: partner.agent } : {}) };
    })
    .sort((a, b) => a.block - b.block);
}

/** What an adversarial builder does: against any sender, feeds included, and at most one reorganisation. */
function drawnActs({ builder, agents, oracles, blocks }: Scenario): Draw<readonly LooseAct[]> {
  const senders = [...agents.keys(), ...[...oracles.keys()].map((asset) => `${asset}${FEED}`)];
  const at = draws.integer(1, blocks);
  // with odds of one in one it is always nothing, so no builder colludes; other odds would change every genome
  const together = maybe(draws.integer(0, PPM), { of: 1 });
  const kinds: Draw<readonly LooseAct[]>[] = [];
  const several = (act: Draw<LooseAct>, max: number): void => void kinds.push(draws.list(act, { max }));
  if (builder.censors > 0 && senders.length > 0) {
    several(
      draws.record<LooseAct>({
        block: at,
        act: draws.constant("censor"),
        sender: draws.oneOf(...senders),
        blocks: draws.integer(1, builder.censors),
        with: together,
      }),
      MAX_ACTS,
    );
  }
  if (builder.reorders && senders.length > 0) {
    several(
      draws.record<LooseAct>({
        block: at,
        act: draws.oneOf("first", "last"),
        sender: draws.oneOf(...senders),
        blocks: draws.constant(0),
        with: together,
      }),
      MAX_ACTS,
    );
  }
  if (builder.reorganises > 0) {
    several(
      draws.record<LooseAct>({
        block: at,
        act: draws.constant("reorg"),
        sender: draws.constant(""),
        blocks: draws.integer(1, builder.reorganises),
        with: together,
      }),
      1,
    );
  }
  return each(kinds).map((acts) => acts.flat());
}
