import type { Provider } from "./chain.js";

/** A private in-process network, forked from a URL, on which nothing of the user's config has an effect. */
export interface HermeticNetwork {
  readonly connection: { readonly provider: Provider };
  close(): Promise<void>;
}

/** What a hermetic network forks and the rules that it follows. */
export interface HermeticNetworkParameters {
  readonly url: string;
  readonly chainId: number;
  readonly blockNumber: number;
  readonly hardfork: string;
  /** Gas a block may use; `false` for any amount. Default: EDR's. */
  readonly blockGasLimit?: bigint | false;
}

/** Opens one. The engine is given it: which program executes blocks is not its business. */
export type OpenHermeticNetwork = (parameters: HermeticNetworkParameters) => Promise<HermeticNetwork>;
