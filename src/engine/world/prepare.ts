import type { Preparation } from "../../protocols/preparation.js";
import type { Chain } from "../chain/chain.js";

/** Makes the changes that a protocol needs before the siege. They belong to the base, not to any trace. */
export async function prepare(chain: Chain, preparations: readonly Preparation[]): Promise<void> {
  for (const preparation of preparations) {
    const { account } = preparation;
    switch (preparation.kind) {
      case "code":
        await chain.setCode(account, preparation.code);
        break;
      case "copy":
        await chain.setCode(account, await chain.code(preparation.from));
        break;
      case "fund": {
        const { balance } = await chain.account(account);
        if (BigInt(balance) < preparation.wei) await chain.setBalance(account, preparation.wei);
        break;
      }
    }
  }
}
