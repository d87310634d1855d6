import type { World } from "../../../src/engine/world/world.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { flashLoanAttacker } from "../../../src/agents/flash-loan-attacker.js";
import { Chain } from "../../../src/engine/chain/chain.js";
import { startView } from "../../../src/engine/run/views.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { encodeCall } from "../../../src/protocols/call.js";
import { morphoBlue } from "../../../src/protocols/morpho-blue/morpho-blue.js";
import { flashLenders } from "../../../src/protocols/roles/flash-lender.js";
import { raid } from "../../../src/protocols/roles/raid.js";
import { uniswapV3 } from "../../../src/protocols/uniswap-v3/uniswap-v3.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { thousandDollars } from "../../fixtures/flash-loans.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { deployMorphoBlue } from "../../mini-mainnet/cast/morpho-blue.js";
import { deployUniswapV3 } from "../../mini-mainnet/cast/uniswap-v3.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

describe("flash loans of the protocols", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let world: World;

  before(async () => {
    source = await miniMainnetSource();
    fork = await createSiegeFork(source);
    const { provider } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "fixed");
    const { pools, router, positionManager } = await deployUniswapV3(fork.chain, fork.addresses);
    const v3 = uniswapV3(pools.medium, { router, positionManager });
    const blue = await deployMorphoBlue(fork.chain, fork.addresses);
    const morpho = morphoBlue(blue.morpho, { market: blue.market });
    const scenario = buildScenario(thousandDollars(fork, flashLoanAttacker, { more: { v3, morpho } }));
    world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    await world.impersonate(world.frame.accounts.get("flash-loan attacker")!);
  });
  after(async () => {
    await world.close();
    await fork.close();
    await source.close();
  });

  for (const lender of ["pool", "aave", "v3", "morpho"]) {
    for (const token of ["USDC", "WETH"]) {
      it(`${lender} takes exactly the fee that the adapter says for ${token}`, async () => {
        const chain = new Chain(fork.connection.provider);
        const self = world.frame.accounts.get("flash-loan attacker")!;
        const view = startView(world);
        const from = view
          .all(flashLenders)
          .get(lender)!
          .find((one) => one.token.symbol === token)!;
        // as much as a thousand dollars, or an ether, pay the fee of, and no wei less than the fee
        const amount = from.available / 1_000n;
        const play = async (fee: bigint): Promise<boolean> => {
          const loan = { from: { ...from, fee: () => fee }, amount };
          const call = raid(self, loan, []);
          await chain.prepareBlock({
            timestamp: world.base.timestamp + 12,
            baseFee: 10n ** 9n,
            prevRandao: `0x${"01".padStart(64, "0")}`,
          });
          const sent = await chain.send({
            from: self,
            to: self,
            data: encodeCall(call),
            value: 0n,
            gas: 2_000_000n,
            maxFeePerGas: 2n * 10n ** 9n,
            maxPriorityFeePerGas: 1n,
          });
          await chain.mine();
          const receipt = "hash" in sent ? await chain.receipt(sent.hash) : undefined;
          await world.restore();
          return receipt?.success ?? false;
        };
        expect(await play(from.fee(amount)), "the fee").to.equal(true);
        // Morpho takes nothing
        if (lender === "morpho") expect(from.fee(amount)).to.equal(0n);
        else expect(await play(from.fee(amount) - 1n), "a unit less").to.equal(false);
      });
    }
  }
});
