import type { GasData } from "./block-space-demand.js";
import type { BuilderData } from "./builder-act.js";
import type { CallData } from "./call-data.js";
import type { OracleData } from "./oracle-fault.js";
import type { OwnData } from "./own-event.js";
import type { MarketData } from "./price-move.js";

export type { GasData, BuilderData, CallData, OracleData, OwnData, MarketData };

/** What a step is, as data: decoded arguments, numbers with their units, what came of it. */
export type StepData = MarketData | OracleData | GasData | BuilderData | OwnData | CallData;

/** How one step of a trace reads to a person, and the data of which its sentences are made. */
export interface StepDescription {
  readonly step: number;
  readonly block: number;
  /** Whether it is in the block that replaces one of that height after a reorganisation. */
  readonly again?: true;
  /** Whether it follows from the other steps: what an honest agent did. */
  readonly reaction?: true;
  /** `market`, the oracle's name, or the agent's name */
  readonly actor: string;
  /** `ETH falls 12.5 %`, `liquidationCall(WETH, USDC, alice, 410 USDC, false)` */
  readonly action: string;
  /** What the transaction does in turn, a line each. */
  readonly inner?: readonly string[];
  /** What follows from it: `(12.4 % survives)`, `reverts`, `pays 1 WETH` */
  readonly consequence: string | undefined;
  readonly data: StepData;
}
