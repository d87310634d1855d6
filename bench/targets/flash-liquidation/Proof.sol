// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {HarborMarket, IHarborLiquidator} from "./HarborMarket.sol";

/// @notice The liquidator of proof.test.ts.
contract HarborMarketProofLiquidator is IHarborLiquidator {
    HarborMarket private immutable market;

    constructor(HarborMarket market_) {
        market = market_;
        market_.usdc().approve(address(market_), type(uint256).max);
    }

    function attack(address borrower, uint256 amount) external {
        market.liquidate(borrower, amount, hex"01");
    }

    function onLiquidation(address borrower, uint256 repaid, uint256, bytes calldata) external {
        market.liquidate(borrower, repaid, "");
    }
}
