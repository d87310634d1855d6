import type { Agent } from "../../../src/agents/index.js";
import type { Protocol } from "../../../src/protocols/protocol.js";

import { expect } from "chai";

import { borrower, depositor } from "../../../src/agents/index.js";
import { erc4626 } from "../../../src/protocols/index.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

describe("depositors", () => {
  const theFork = forkForEach();

  describe("of a vault", () => {
    /** One who leaves in the second block, if at all, and three who get nervous one after the other. */
    async function play(impatience: number) {
      const { address } = await deployInflatableVault(theFork(), "fixed");
      const common = { vault: "vault", asset: "USDC" };
      const agents = [
        depositor({ ...common, name: "first", capital: 20_000, impatience, withdrawals: 1 }),
        depositor({ ...common, name: "nervous", capital: 30_000, withdrawals: 0.1 }),
        depositor({ ...common, name: "calm", capital: 40_000, withdrawals: 0.4 }),
        depositor({ ...common, name: "last", capital: 110_000, withdrawals: 0.95 }),
      ];
      const protocols = { vault: erc4626(address) as Protocol };
      return playAgents(theFork(), { agents, blocks: 7, protocols, seed: 3 });
    }

    it("run one after the other, once one of them needs its money", async () => {
      const { deeds, view } = await play(0.2);
      const runs = deeds.filter((deed) => deed.includes("redeem"));
      expect(runs.map((deed) => deed.split(" ")[1])).to.deep.equal(["first", "nervous"]);
      const [first, nervous] = runs.map((deed) => Number(deed.split(" ")[0]));
      expect(nervous).to.equal(first! + 1);
      expect(view.at(erc4626).sharesOf(agentAddress("first"))).to.equal(0n);
      // 50 of the 160 that others had: not enough for the calm one
      expect(view.at(erc4626).assetsOf(agentAddress("calm"))).to.equal(40_000_000_000n);
    });

    it("stay if no one withdraws", async () => {
      const { deeds } = await play(0);
      expect(deeds.map((deed) => deed.split(" ")[2])).to.deep.equal(["deposit", "deposit", "deposit", "deposit"]);
    });
  });

  describe("of a lending market", () => {
    const common = { market: "lending", asset: "USDC", capital: 200_000 };
    const early = depositor({ ...common, name: "early", tip: 50 });
    const late = depositor({ ...common, name: "late", tip: 2 });
    /** The same deposits, with no account that asks for them back. */
    const stays = depositor({ ...common, name: "early", utilisation: 1, withdrawals: 1 });

    // 10 million and these 400 thousand are supplied, 738.5 thousand of them lent; then 9.54 million more
    const large = borrower({ collateral: "ETH", debt: "USDC", capital: 7_000, ltv: 0.6814 });

    it("are served in order of arrival when almost everything is lent out, and the last one gets nothing", async () => {
      const { usdc } = theFork().addresses;
      const { deeds, view } = await playAgents(theFork(), { agents: [late, early, large], blocks: 5 });
      expect(deeds).to.include("2 borrower borrow");
      expect(deeds.filter((deed) => deed.startsWith("3 "))).to.deep.equal([
        "3 early withdraw",
        "3 late withdraw failed",
      ]);
      const left = (name: string) => view.all(lendingMarket).get("lending")!.supplied(agentAddress(name), usdc);
      const paid = (name: string) => Number(view.balance(usdc, agentAddress(name))) / 1e6;
      expect(paid("early")).to.be.within(100_000, 200_000);
      expect(Number(left("early") + left("late")) / 1e6).to.be.closeTo(400_000 - paid("early") - paid("late"), 10);
      expect(paid("late")).to.be.lessThan(10);
    });

    it("who are late are paid what is left, if no one is faster", async () => {
      const { usdc } = theFork().addresses;
      const paid = async (rival: Agent): Promise<number> => {
        const { view } = await playAgents(theFork(), { agents: [late, rival, large], blocks: 5 });
        return Number(view.balance(usdc, agentAddress("late"))) / 1e6;
      };
      expect(await paid(early)).to.be.lessThan(10);
      expect(await paid(stays)).to.be.within(100_000, 200_000);
    });

    it("stay if enough is left", async () => {
      const small = borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.7 });
      const { deeds } = await playAgents(theFork(), { agents: [late, early, small], blocks: 5 });
      expect(deeds.filter((deed) => deed.includes("withdraw"))).to.deep.equal([]);
    });
  });
});
