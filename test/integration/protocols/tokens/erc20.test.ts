import { expect } from "chai";
import { erc20Abi } from "viem";

import { erc20 } from "../../../../src/protocols/index.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { callByCall } from "../../../helpers/call-by-call.js";
import { forkForEach } from "../../../helpers/play-agents.js";

/** The adapter against the real contracts: each number is compared with the protocol's own. */
describe("erc20", () => {
  const theFork = forkForEach();
  const { bind, send, balanceOf, moveContext } = callByCall(theFork);
  let fork: ReturnType<typeof theFork>;
  beforeEach(() => {
    fork = theFork();
  });

  it("transfers to accounts and contracts that the scenario knows", async () => {
    const { usdc, users } = fork.addresses;
    const bound = await bind(erc20(usdc));
    const view = await bound.view();
    expect(view.totalSupply).to.equal(await fork.chain.read({ address: usdc, abi: erc20Abi }, "totalSupply", []));
    const context = await moveContext(view, users.alice);
    const call = bound.actions[0]!.build([999_999, 500_000], context)!;
    await send(users.alice, call);
    expect(await balanceOf(usdc, users.alice)).to.equal(context.balance(usdc) - context.balance(usdc) / 2n);
    // the last of the choices: a donation to the pool
    expect(call.args[0]).to.equal(fork.addresses.uniswapV2.usdcWeth);
  });

  it("goes without a supply that the token does not tell", async () => {
    const { alice } = fork.addresses.users;
    const token = await fork.deploy(await fixtureArtifact("UntoldSupply"), [alice]);
    const bound = await bind(erc20(token));
    expect((await bound.view()).totalSupply).to.equal(0n);
  });
});
