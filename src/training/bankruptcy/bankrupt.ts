import type { Proposer } from "../../agents/proposer.js";
import type { CampaignResult, Interruption } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { BankruptPlan } from "./bankrupt-options.js";
import type { Allowance, Attack, BankruptCampaign, BankruptResult, Costliest } from "./bankrupt-result.js";
import type { SeenBrief } from "./known-attack.js";

import { harmIn } from "../../engine/minimise/harm-in-evidence.js";
import { addressKey } from "../../quantity/address.js";
import { frontsOf } from "../optimisers/dominance.js";

import { costOf } from "./cost-of-attack.js";
import { knownAttacks } from "./known-attack.js";
import { isAttacker, scaled } from "./scaled-scenario.js";

/** What a search for cheaper ways works with. */
export interface BankruptWork {
  readonly scenario: Scenario;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  readonly campaign: (
    scenario: Scenario,
    how: { readonly runs: number; readonly seed: number; readonly proposers: readonly Proposer[] },
  ) => Promise<CampaignResult>;
  readonly progress?: ((done: number, wanted: number) => void) | undefined;
}

/** The least share of the capital that is looked for. */
const LEAST_CAPITAL = 1e-6;

/** Shares of price moves that are closer are the same. */
const PRICE_PRECISION = 0.02;

/** Shares of capital whose ratio is closer are the same. */
const CAPITAL_PRECISION = 1.2;

/**
 * Looks for the cheapest ways to break a target by the epsilon-constraint method (Haimes, Lasdon and Wismer, 1971): campaigns with
 * ever less capital, with ever smaller price moves, and with little of both, each of which tries first what worked with more. What
 * each finds is minimised, so that its steps are few and its amounts small.
 */
export async function bankrupt(plan: BankruptPlan, work: BankruptWork): Promise<BankruptResult> {
  const startedAt = work.clock();
  const campaigns: BankruptCampaign[] = [];
  const found: { readonly finding: Finding; readonly attack: Attack }[] = [];
  const seen: SeenBrief = { brief: undefined };
  let cut: Interruption["reason"] | undefined;
  let last: CampaignResult | undefined;

  /** @returns what it took; `undefined` if nothing broke */
  const attempt = async (allowed: Allowance): Promise<Attack | undefined> => {
    if (cut !== undefined || campaigns.length >= plan.campaigns) return undefined;
    const known = knownAttacks(
      found.map(({ finding }) => finding),
      seen,
    );
    const { runs, seed } = plan;
    const result = await work.campaign(scaled(work.scenario, allowed), { runs, seed, proposers: [known] });
    last = result;
    if (result.kind === "incomplete") cut = result.reason;
    const isBroken = result.kind === "violation";
    campaigns.push({
      ...allowed,
      outcome: isBroken ? "broken" : result.kind === "survived" ? "survived" : "undecided",
      runs: result.cost.runs,
    });
    work.progress?.(campaigns.length, plan.campaigns);
    if (!isBroken) return undefined;
    const attack = attackOf(result.finding, allowed, seen);
    found.push({ finding: result.finding, attack });
    return attack;
  };

  const first = await attempt({ capital: 1, prices: 1 });
  const whole = capitalOf(work.scenario, seen);
  const movesPrices = [...work.scenario.assets.values()].some(({ process }) => process !== undefined);
  if (first !== undefined) {
    // what costs nothing cannot cost less
    const capital = first.capital === 0 ? 1 : await leastCapital(attempt, shareOf(first, whole), 1);
    const prices = movesPrices ? await leastPrices(attempt, first.priceMove === 0 ? 0 : 1) : 1;
    // with little of both: where the two ends meet, and half of the way from there
    if (movesPrices && capital < 1 && prices < 1) {
      for (const share of [0, 1 / 3, 2 / 3]) {
        await attempt({ capital: capital ** (1 - share), prices: prices + (1 - prices) * (1 - share) });
      }
    }
  }
  const attacks = found.map(({ attack }) => attack);
  const scores = attacks.map(({ capital, priceMove, steps }) => ({
    objectives: [capital, priceMove, steps],
    violation: 0,
  }));
  const [places = []] = frontsOf(scores);
  const front = places
    .flatMap((place) => attacks[place] ?? [])
    .sort((a, b) => a.capital - b.capital || a.steps - b.steps);
  const costliest = costliestOf(found.map(({ finding }) => finding));
  const [decided] = campaigns;
  return {
    scenario: work.scenario.name,
    target: last?.target ?? "The target",
    seed: plan.seed,
    forkBlock: last?.forkBlock ?? 0,
    ...(Object.keys(plan.parameters).length === 0 ? {} : { parameters: plan.parameters }),
    outcome: attacks.length > 0 ? "broken" : cut !== undefined ? "incomplete" : (decided?.outcome ?? "undecided"),
    capital: whole,
    front: front.filter((attack, at) => front.findIndex((other) => isSame(attack, other)) === at),
    ...(costliest === undefined ? {} : { costliest }),
    campaigns,
    seconds: (work.clock() - startedAt) / 1000,
    ...(cut === undefined ? {} : { cut }),
  };
}

type Attempt = (allowed: Allowance) => Promise<Attack | undefined>;

/** The least share of the capital with which something broke: the first tenth that does not, and then between. */
async function leastCapital(attempt: Attempt, start: number, prices: number): Promise<number> {
  let [works, fails] = [Math.min(1, start), 0];
  while (works > LEAST_CAPITAL && works / Math.max(fails, LEAST_CAPITAL / 10) > CAPITAL_PRECISION) {
    const share = fails === 0 ? works / 10 : Math.sqrt(works * fails);
    const attack = await attempt({ capital: share, prices });
    if (attack === undefined) {
      // there is no budget left for another
      if (fails === share) break;
      fails = share;
    } else works = share;
    if (attack?.capital === 0) break;
    if (fails > 0 && works / fails <= 2) break;
  }
  return works;
}

/** The least share of price moves with which something broke: without any, and then between. */
async function leastPrices(attempt: Attempt, start: number): Promise<number> {
  if (start === 0 || (await attempt({ capital: 1, prices: 0 })) !== undefined) return 0;
  let [works, fails] = [start, 0];
  while (works - fails > Math.max(PRICE_PRECISION, 0.2 * works)) {
    const share = (works + fails) / 2;
    if ((await attempt({ capital: 1, prices: share })) === undefined) fails = share;
    else works = share;
  }
  return works;
}

function attackOf(finding: Finding, allowed: Allowance, { brief }: SeenBrief): Attack {
  const { violation, reproduction } = finding;
  const tokens = brief?.tokens ?? [];
  const prices = new Map(tokens.map(({ address, price }) => [addressKey(address) as string, price]));
  const native = tokens.find(({ asset }) => asset === "ETH")?.price ?? 0;
  return {
    condition: violation.condition,
    summary: violation.evidence.summary,
    ...costOf(finding, prices, native),
    allowed,
    ...(reproduction === undefined ? {} : { reproduction }),
  };
}

function capitalOf({ agents }: Scenario, { brief }: SeenBrief): number {
  const prices = new Map((brief?.tokens ?? []).map(({ asset, price }) => [asset, price]));
  return [...agents.values()]
    .filter(isAttacker)
    .reduce(
      (sum, { capital = {} }) =>
        sum + Object.entries(capital).reduce((own, [asset, all]) => own + all * (prices.get(asset) ?? 0), 0),
      0,
    );
}

/** No campaign needs more than what was needed, and a little for what minimising may have left out. */
function shareOf({ capital }: Attack, whole: number): number {
  return whole > 0 && capital > 0 ? Math.min(1, (1.5 * capital) / whole) : 1;
}

function costliestOf(findings: readonly Finding[]): Costliest | undefined {
  const worst = findings.flatMap(({ worst: most, violation, reproduction }) => {
    const shown = most?.violation ?? violation;
    const harm = harmIn(shown.evidence);
    return harm === undefined ? [] : [{ shown, harm, reproduction }];
  });
  const [most] = worst.sort((a, b) => b.harm - a.harm);
  if (most === undefined) return undefined;
  const { shown, reproduction } = most;
  return {
    condition: shown.condition,
    summary: shown.evidence.summary,
    ...(reproduction === undefined ? {} : { reproduction }),
  };
}

function isSame(one: Attack, other: Attack): boolean {
  return one.capital === other.capital && one.priceMove === other.priceMove && one.steps === other.steps;
}
