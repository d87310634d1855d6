import type { Address } from "viem";

import type { ContractCall, FlashLender, FlashRequest, Token, Venue } from "../../../../src/protocols/index.js";

import { expect } from "chai";
import { erc20Abi, parseAbi, parseEther } from "viem";

import { arbitrageur, defineAgent, whale } from "../../../../src/agents/index.js";
import { Chain } from "../../../../src/engine/chain/chain.js";
import { startView } from "../../../../src/engine/run/views.js";
import { encodeCall } from "../../../../src/protocols/call.js";
import {
  all,
  call,
  defineProtocol,
  defineRole,
  flashLenders,
  map,
  plays,
  read,
  venue,
} from "../../../../src/protocols/index.js";
import { raid } from "../../../../src/protocols/roles/raid.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { failsWith } from "../../../helpers/errors.js";
import { forkForEach, openMarket, playAgents, secondPool } from "../../../helpers/play-agents.js";

const NEVER = 2n ** 256n - 1n;

const pairAbi = parseAbi([
  "function token0() view returns (address)",
  "function token1() view returns (address)",
  "function getReserves() view returns (uint112, uint112, uint32)",
]);
const routerAbi = parseAbi([
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
]);

interface PairFacts {
  readonly pair: Address;
  readonly router: Address;
  readonly tokens: readonly [Token, Token];
}

interface PairView extends PairFacts {
  readonly reserves: readonly [bigint, bigint];
}

/** What a user would write for a pool that hardhat-siege does not know; here, a pair of Uniswap V2. */
const constantProduct = defineProtocol<{ readonly router: Address }, PairFacts, PairView>({
  kind: "constantProduct",
  inspect: async ({ read: ask, token }, pair, { router }) => {
    const { one, other } = await ask(
      all({
        one: read({ address: pair, abi: pairAbi, functionName: "token0" }),
        other: read({ address: pair, abi: pairAbi, functionName: "token1" }),
      }),
    );
    return { pair, router, tokens: [await token(one), await token(other)] };
  },
  tokens: ({ tokens }) => tokens,
  approvals: ({ router, tokens }) => tokens.map(({ address }) => ({ token: address, spender: router })),
  observe: (facts) =>
    map(read({ address: facts.pair, abi: pairAbi, functionName: "getReserves" }), ([one, other]) => ({
      ...facts,
      reserves: [one, other],
    })),
  roles: [plays(venue, venueOf)],
});

function venueOf({ router, tokens, reserves }: PairView): Venue {
  const place = (token: Address): number =>
    tokens.findIndex(({ address }) => address.toLowerCase() === token.toLowerCase());
  const sides = (tokenIn: Address, tokenOut: Address) => {
    const [from, to] = [place(tokenIn), place(tokenOut)];
    return from < 0 || to < 0 || from === to ? undefined : { own: reserves[from]!, others: reserves[to]!, from, to };
  };
  return {
    tokens,
    swapGas: 115_000n,
    quote: (tokenIn, tokenOut, amountIn) => {
      const found = sides(tokenIn, tokenOut);
      if (found === undefined || amountIn <= 0n) return 0n;
      return (amountIn * 997n * found.others) / (found.own * 1_000n + amountIn * 997n);
    },
    spotPrice: (tokenIn, tokenOut) => {
      const found = sides(tokenIn, tokenOut);
      if (found === undefined) return 0;
      const whole = (amount: bigint, at: number): number => Number(amount) / 10 ** tokens[at]!.decimals;
      return whole(found.others, found.to) / whole(found.own, found.from);
    },
    swap: ({ tokenIn, tokenOut, amountIn, minOut = 0n, self }) =>
      call({
        address: router,
        abi: routerAbi,
        functionName: "swapExactTokensForTokens",
        args: [amountIn, minOut, [tokenIn, tokenOut], self, NEVER],
      }),
  };
}

/** A role of a user: what turns a token into another one at a fixed rate. */
interface Wrapper {
  readonly wrapped: Token;
  unwrap(amount: bigint): ContractCall;
}
const wrapper = defineRole<Wrapper>("wrapper", { example: "{ weth: weth9(address) }" });

const wethAbi = parseAbi(["function withdraw(uint256 amount)"]);

const weth9 = defineProtocol<undefined, { readonly token: Token }, Wrapper>({
  kind: "weth9",
  inspect: async ({ token }, address) => ({ token: await token(address) }),
  tokens: ({ token }) => [token],
  observe: ({ token }) =>
    map(read({ address: token.address, abi: erc20Abi, functionName: "totalSupply" }), () => ({
      wrapped: token,
      unwrap: (amount) => call({ address: token.address, abi: wethAbi, functionName: "withdraw", args: [amount] }),
    })),
  roles: [plays(wrapper, (view) => view)],
});

const lenderAbi = parseAbi([
  "function maxFlashLoan(address token) view returns (uint256)",
  "function flashLoan(address receiver, address token, uint256 value, bytes data) returns (bool)",
]);

/** A lender of ERC-3156, whose callback, `onFlashLoan`, has to return a hash. */
const erc3156 = defineProtocol<undefined, { readonly token: Token }, LenderView>({
  kind: "erc3156",
  inspect: async ({ token }, address) => ({ token: await token(address) }),
  tokens: ({ token }) => [token],
  observe: ({ token }) =>
    map(
      read({ address: token.address, abi: lenderAbi, functionName: "maxFlashLoan", args: [token.address] }),
      (most) => ({ token, most }),
    ),
  roles: [plays(flashLenders, lendersOf)],
});

interface LenderView {
  readonly token: Token;
  readonly most: bigint;
}

function lendersOf({ token, most }: LenderView): readonly FlashLender[] {
  return [
    {
      lender: token.address,
      token,
      available: most,
      fee: (amount) => amount / 1_000n,
      borrow: ({ amount, receiver, data }) =>
        call({
          address: token.address,
          abi: lenderAbi,
          functionName: "flashLoan",
          args: [receiver, token.address, amount, data],
        }),
      repayment: "approve",
      // keccak256("ERC3156FlashBorrower.onFlashLoan")
      reply: "0x439148f0bbc682ca079e46d6e2c2f0c1e3b820f1a291b069d8882abf8cf18dd9",
    },
  ];
}

describe("protocols of users", () => {
  const theFork = forkForEach();

  it("play a built-in role: an arbitrageur trades on a venue that it does not know as on one that it knows", async () => {
    const buyer = whale({
      asset: "USDC",
      against: "ETH",
      venues: ["other"],
      capital: { USDC: 100_000 },
      maxSlippage: 1,
    });
    const known = await secondPool(theFork());
    const { router } = known.options as { readonly router: Address };
    const own = constantProduct(known.address, { router });
    const played = [];
    for (const other of [known, own]) {
      const agents = [buyer, arbitrageur({ capital: { USDC: 500_000 } })];
      const { deeds, view, worthOf } = await playAgents(theFork(), { agents, blocks: 4, protocols: { other } });
      const { weth, usdc } = theFork().addresses;
      const spots = ["pool", "other"].map((name) => view.all(venue).get(name)!.spotPrice(weth, usdc));
      played.push({ deeds, spots, worth: worthOf("arbitrageur") });
    }
    expect(played[1]).to.deep.equal(played[0]);
    expect(played[1]!.deeds.filter((deed) => deed.includes("arbitrageur"))).to.have.length(2);
  });

  it("define a role of their own, which agents of users ask for", async () => {
    const unwrapper = defineAgent({
      role: "unwrapper",
      capital: { ETH: 5 },
      act: ({ view, self, submit }) => {
        for (const one of view.all(wrapper).values()) {
          const held = view.balance(one.wrapped.address, self.address);
          if (held > 0n) submit(one.unwrap(held));
        }
      },
    });
    const { weth } = theFork().addresses;
    const play = (protocols: Parameters<typeof playAgents>[1]["protocols"]) =>
      playAgents(theFork(), { agents: [unwrapper], blocks: 2, protocols: protocols ?? {}, baseFee: 1 });
    const { deeds, views } = await play({ weth: weth9(weth) });
    expect(deeds).to.deep.equal(["1 unwrapper withdraw"]);
    const [before, after] = [views[0]!, views[2]!];
    const self = before.accounts.get("unwrapper")!;
    expect([before.balance(weth, self), after.balance(weth, self)]).to.deep.equal([parseEther("5"), 0n]);
    const gained = Number(after.nativeBalance(self) - before.nativeBalance(self)) / 1e18;
    // gas is paid of it
    expect(gained).to.be.within(4.99, 4.9999999);
    // without a protocol that plays it, there is none
    expect((await play({})).deeds).to.deep.equal([]);
  });

  it("are not taken for those that play another role of the same name", async () => {
    const homonym = defineRole<Wrapper>("wrapper");
    const world = await openMarket(theFork(), {
      agents: [],
      blocks: 1,
      protocols: { weth: weth9(theFork().addresses.weth) },
    });
    try {
      const view = startView(world);
      expect([...view.all(wrapper).keys()]).to.deep.equal(["weth"]);
      await failsWith("INVALID_ROLE", () => view.all(homonym));
    } finally {
      await world.close();
    }
  });

  it("lend through a callback unknown to the Raider, for exactly their fee", async () => {
    const fork = theFork();
    const { users } = fork.addresses;
    const token = await fork.deploy(await fixtureArtifact("FlashMintToken"), [users.alice]);
    const borrower = defineAgent({ role: "borrower", flashLoans: true });
    const world = await openMarket(fork, { agents: [borrower], blocks: 1, protocols: { mint: erc3156(token) } });
    try {
      const self = world.frame.accounts.get("borrower")!;
      const from = startView(world).all(flashLenders).get("mint")![0]!;
      const amount = parseEther("250000");
      const chain = new Chain(fork.connection.provider);
      await world.impersonate(self);
      await world.impersonate(users.alice);
      // all the borrower has is the fee; what it borrows, it sends to itself
      const fee = from.fee(amount);
      const give = call({ address: token, abi: erc20Abi, functionName: "transfer", args: [self, fee] });
      const use = call({ address: token, abi: erc20Abi, functionName: "transfer", args: [self, amount] });
      const play = async (paid: bigint): Promise<readonly (boolean | undefined)[]> => {
        const loan = { from: { ...from, fee: () => paid }, amount };
        const calls = [
          { sender: users.alice, made: give },
          { sender: self, made: raid(self, loan, [use]) },
        ];
        const receipts = [];
        for (const { sender, made } of calls) {
          await chain.prepareBlock({
            timestamp: world.base.timestamp + 12 * (receipts.length + 1),
            baseFee: 10n ** 9n,
            prevRandao: `0x${"01".padStart(64, "0")}`,
          });
          const sent = await chain.send({
            from: sender,
            to: made.to,
            data: encodeCall(made),
            value: 0n,
            gas: 2_000_000n,
            maxFeePerGas: 2n * 10n ** 9n,
            maxPriorityFeePerGas: 1n,
          });
          await chain.mine();
          const receipt = "hash" in sent ? await chain.receipt(sent.hash) : undefined;
          receipts.push(receipt?.success);
        }
        await world.restore();
        return receipts;
      };
      expect(await play(fee), "the fee").to.deep.equal([true, true]);
      expect(await play(fee - 1n), "a unit less").to.deep.equal([true, false]);
      const forgetful = {
        ...from,
        borrow: ({ amount: asked }: FlashRequest) => from.borrow({ amount: asked, receiver: self, data: "0x" }),
      };
      await failsWith("INVALID_INTENT", () => raid(self, { from: forgetful, amount }, [use]));
    } finally {
      await world.close();
    }
  });
});
