import type { Provider } from "./rpc.js";

/** A private in-process network, forked from a URL and unaffected by the user's config. */
export interface HermeticNetwork {
  readonly connection: { readonly provider: Provider };
  close(): Promise<void>;
}

/** What a hermetic network forks, and the rules it follows. */
export interface HermeticNetworkParameters {
  readonly url: string;
  readonly chainId: number;
  readonly blockNumber: number;
  readonly hardfork: string;
  /** Block gas limit; `false` for none. Default: EDR's. */
  readonly blockGasLimit?: bigint | false;
}

/** Opens a hermetic network. The engine is given this function, so that it does not depend on what executes blocks. */
export type OpenHermeticNetwork = (parameters: HermeticNetworkParameters) => Promise<HermeticNetwork>;
