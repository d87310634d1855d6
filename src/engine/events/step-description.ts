/** How one step of a trace reads to a person. */
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
  /** What follows from it: `12.4 % survives`, `reverted`, `pool price -8.1 %` */
  readonly consequence: string | undefined;
}
