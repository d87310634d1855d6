// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {
    HarborMarket, HarborMarketFixed, HarborMarketInvariants, HarborMarketWeth, HarborMarketUsdc, HarborMarketEthUsd,
    IHarborLiquidator
} from "./HarborMarket.sol";

/// @notice A liquidator with a contract, which makes another call to the market before it pays.
contract HarborMarketLiquidator is IHarborLiquidator {
    HarborMarket private immutable market;

    constructor(HarborMarket market_) {
        market = market_;
        market_.weth().approve(address(market_), type(uint256).max);
        market_.usdc().approve(address(market_), type(uint256).max);
    }

    function liquidate(address borrower, uint256 amount, bytes calldata inside) external {
        market.liquidate(borrower, amount, inside);
    }

    /// @param data a call to the market
    function onLiquidation(address, uint256, uint256, bytes calldata data) external {
        (bool done, ) = address(market).call(data);
        done;
    }
}

contract HarborMarketHandler {
    HarborMarket private immutable market;
    HarborMarketWeth private immutable weth;
    HarborMarketUsdc private immutable usdc;
    HarborMarketEthUsd private immutable feed;
    HarborMarketLiquidator private immutable liquidator;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    address[] private borrowers;
    int256 private price = 2_500e8;

    constructor(
        HarborMarket market_, HarborMarketWeth weth_, HarborMarketUsdc usdc_, HarborMarketEthUsd feed_,
        address[] memory others
    ) {
        market = market_;
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
        borrowers = others;
        for (uint256 i; i < actors.length; i++) {
            weth.mint(actors[i], i == 2 ? 100e18 : 20e18);
            usdc.mint(actors[i], i == 2 ? 400_000e6 : 20_000e6);
            VM.startPrank(actors[i]);
            weth.approve(address(market), type(uint256).max);
            usdc.approve(address(market), type(uint256).max);
            VM.stopPrank();
            borrowers.push(actors[i]);
        }
        liquidator = new HarborMarketLiquidator(market_);
        usdc.mint(address(liquidator), 400_000e6);
        borrowers.push(address(liquidator));
    }

    function actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }

    function deposit(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 balance = weth.balanceOf(a);
        if (balance == 0) return;
        VM.prank(a);
        market.deposit(bound(amount, 1, balance));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address a = actor(who);
        (uint256 collateral, , , ) = market.positions(a);
        if (collateral == 0) return;
        VM.prank(a);
        market.withdraw(bound(amount, 1, collateral));
    }

    function borrow(uint256 who, uint256 amount) external {
        address a = actor(who);
        (uint256 collateral, , , ) = market.positions(a);
        uint256 limit = (collateral * market.ethPrice() * 3) / 4e20;
        if (limit == 0) return;
        VM.prank(a);
        market.borrow(bound(amount, 1, limit));
    }

    function repay(uint256 who, uint256 amount) external {
        address a = actor(who);
        (, uint256 debt, , ) = market.positions(a);
        if (debt == 0) return;
        VM.prank(a);
        market.repay(bound(amount, 1, debt));
    }

    function liquidate(uint256 who, uint256 whom, uint256 amount) external {
        address borrower = borrowers[whom % borrowers.length];
        (, uint256 debt, , ) = market.positions(borrower);
        if (debt == 0) return;
        VM.prank(actor(who));
        market.liquidate(borrower, bound(amount, 1, debt), "");
    }

    /// @notice A liquidation with a callback, in which the liquidator deposits, withdraws, borrows, repays or liquidates.
    function liquidateWithCallback(uint256 whom, uint256 amount, uint256 what, uint256 inWhom, uint256 inAmount) external {
        address borrower = borrowers[whom % borrowers.length];
        (, uint256 debt, , ) = market.positions(borrower);
        if (debt == 0) return;
        amount = bound(amount, 1, debt);
        what = what % 5;
        bytes memory inside;
        if (what == 0) inside = abi.encodeCall(market.deposit, (bound(inAmount, 1, 400e18)));
        else if (what == 1) inside = abi.encodeCall(market.withdraw, (bound(inAmount, 1, 400e18)));
        else if (what == 2) inside = abi.encodeCall(market.borrow, (bound(inAmount, 1, 500_000e6)));
        else if (what == 3) inside = abi.encodeCall(market.repay, (bound(inAmount, 1, 500_000e6)));
        else inside = abi.encodeCall(market.liquidate, (borrowers[inWhom % borrowers.length], bound(inAmount, 1, 500_000e6), ""));
        liquidator.liquidate(borrower, amount, inside);
    }

    function movePrice(uint256 to) external {
        price = int256(bound(to, 2_000e8, 2_500e8));
        feed.setAnswer(price);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 1 hours));
        feed.setAnswer(price);
    }
}

abstract contract HarborMarketTestBase {
    HarborMarketInvariants private checker;
    address private handler;

    function deploy(HarborMarketWeth weth, HarborMarketUsdc usdc, HarborMarketEthUsd feed)
        internal virtual returns (HarborMarket);

    function setUp() external {
        HarborMarketWeth weth = new HarborMarketWeth();
        HarborMarketUsdc usdc = new HarborMarketUsdc();
        HarborMarketEthUsd feed = new HarborMarketEthUsd(2_500e8);
        HarborMarket market = deploy(weth, usdc, feed);
        checker = new HarborMarketInvariants(market);
        usdc.mint(address(this), 4_000_000e6);
        usdc.approve(address(market), 4_000_000e6);
        market.fund(4_000_000e6);
        address[] memory others = new address[](3);
        (others[0], others[1], others[2]) = (address(0xA1), address(0xB1), address(0xC1));
        uint256[3] memory collateral = [uint256(400e18), 700e18, 120e18];
        uint256[3] memory debt = [uint256(720_000e6), 600_000e6, 210_000e6];
        for (uint256 i; i < 3; i++) {
            weth.mint(others[i], collateral[i]);
            VM.startPrank(others[i]);
            weth.approve(address(market), collateral[i]);
            market.deposit(collateral[i]);
            market.borrow(debt[i]);
            VM.stopPrank();
        }
        handler = address(new HarborMarketHandler(market, weth, usdc, feed, others));
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = handler;
    }

    function invariant_collateralIsThere() external view {
        require(checker.invariant_collateralIsThere());
    }
}

contract HarborMarketTest is HarborMarketTestBase {
    function deploy(HarborMarketWeth weth, HarborMarketUsdc usdc, HarborMarketEthUsd feed)
        internal override returns (HarborMarket)
    {
        return new HarborMarket(weth, usdc, feed);
    }
}

contract HarborMarketFixedTest is HarborMarketTestBase {
    function deploy(HarborMarketWeth weth, HarborMarketUsdc usdc, HarborMarketEthUsd feed)
        internal override returns (HarborMarket)
    {
        return new HarborMarketFixed(weth, usdc, feed);
    }
}
