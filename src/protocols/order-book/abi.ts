import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// contracts/test-fixtures/venues/OrderBook.sol: there is no standard for order books, and docs/protocols.md has this interface
const book = [
  "struct Resting { uint256 id; address maker; uint256 price; uint256 amount; }",
  "function base() view returns (address)",
  "function quote() view returns (address)",
  "function resting(bool isBid, uint256 most) view returns (Resting[] found)",
  "function place(bool isBid, uint256 price, uint256 amount) returns (uint256 id)",
  "function cancel(uint256 id)",
  "function sell(uint256 amount, uint256 minOut) returns (uint256 out)",
  "function buy(uint256 spend, uint256 minOut) returns (uint256 out)",
] as const;
export const orderBookAbi: ParseAbi<typeof book> = parseAbi(book);
