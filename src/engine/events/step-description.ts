import type { GasData } from "./block-space-demand.js";
import type { BuilderData } from "./builder-act.js";
import type { CallData } from "./call-data.js";
import type { IntervalData } from "./interval.js";
import type { OracleData } from "./oracle-fault.js";
import type { OwnData } from "./own-event.js";
import type { PauseData } from "./pause.js";
import type { MarketData } from "./price-move.js";

export type { GasData, BuilderData, CallData, IntervalData, OracleData, OwnData, PauseData, MarketData };

/** A step as data: decoded arguments, numbers with their units, its outcome. */
export type StepData = PauseData | IntervalData | MarketData | OracleData | GasData | BuilderData | OwnData | CallData;

/** How one step of a trace reads to a person, and the data that its sentences are made from. */
export interface StepDescription {
  readonly step: number;
  readonly block: number;
  /** Set in the block that replaces one of that height after a reorganisation. */
  readonly again?: true;
  /** Set for what an honest agent did, which follows from the other steps. */
  readonly reaction?: true;
  /** `market`, the oracle's name, or the agent's name */
  readonly actor: string;
  /** `ETH falls 12.5 %`, `liquidationCall(WETH, USDC, alice, 410 USDC, false)` */
  readonly action: string;
  /** The calls that the transaction makes, one line each. */
  readonly inner?: readonly string[];
  /** Its consequence: `(12.4 % survives)`, `reverts`, `pays 1 WETH` */
  readonly consequence: string | undefined;
  readonly data: StepData;
}
