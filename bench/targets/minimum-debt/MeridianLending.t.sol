// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {
    MeridianLending, MeridianLendingFixed, MeridianLendingInvariants, MeridianLendingWeth, MeridianLendingUsdc,
    MeridianLendingEthUsd
} from "./MeridianLending.sol";

contract MeridianLendingHandler {
    MeridianLending private immutable market;
    MeridianLendingWeth private immutable weth;
    MeridianLendingUsdc private immutable usdc;
    MeridianLendingEthUsd private immutable feed;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    address[] private borrowers;
    int256 private price = 2_500e8;

    constructor(
        MeridianLending market_, MeridianLendingWeth weth_, MeridianLendingUsdc usdc_, MeridianLendingEthUsd feed_,
        address[] memory others
    ) {
        market = market_;
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
        borrowers = others;
        for (uint256 i; i < actors.length; i++) {
            weth.mint(actors[i], i == 2 ? 20e18 : 10e18);
            usdc.mint(actors[i], i == 2 ? 50_000e6 : 10_000e6);
            VM.startPrank(actors[i]);
            weth.approve(address(market), type(uint256).max);
            usdc.approve(address(market), type(uint256).max);
            VM.stopPrank();
            borrowers.push(actors[i]);
        }
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
        uint256 collateral = market.collateralOf(a);
        if (collateral == 0) return;
        VM.prank(a);
        market.withdraw(bound(amount, 1, collateral));
    }

    function borrow(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 limit = (market.collateralOf(a) * market.ethPrice() * 3) / 4e20;
        if (limit < 5_000e6) return;
        VM.prank(a);
        market.borrow(bound(amount, 5_000e6, limit));
    }

    function repay(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 debt = market.debtOf(a);
        if (debt == 0) return;
        VM.prank(a);
        market.repay(bound(amount, 1, debt));
    }

    function liquidate(uint256 who, uint256 whom, uint256 amount) external {
        address borrower = borrowers[whom % borrowers.length];
        uint256 debt = market.debtOf(borrower);
        if (debt == 0) return;
        VM.prank(actor(who));
        market.liquidate(borrower, bound(amount, 1, debt));
    }

    function accrue() external {
        market.accrue();
    }

    function movePrice(uint256 to) external {
        price = int256(bound(to, 1_875e8, 2_500e8));
        feed.setAnswer(price);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 2 hours));
        feed.setAnswer(price);
    }
}

abstract contract MeridianLendingTestBase {
    MeridianLendingInvariants private checker;
    address private handler;

    function deploy(MeridianLendingWeth weth, MeridianLendingUsdc usdc, MeridianLendingEthUsd feed)
        internal virtual returns (MeridianLending);

    function setUp() external {
        MeridianLendingWeth weth = new MeridianLendingWeth();
        MeridianLendingUsdc usdc = new MeridianLendingUsdc();
        MeridianLendingEthUsd feed = new MeridianLendingEthUsd(2_500e8);
        MeridianLending market = deploy(weth, usdc, feed);
        checker = new MeridianLendingInvariants(market);
        usdc.mint(address(checker), 50_000_000e6);
        usdc.mint(address(this), 4_000_000e6);
        usdc.approve(address(market), 4_000_000e6);
        market.fund(4_000_000e6);
        address[] memory others = new address[](3);
        (others[0], others[1], others[2]) = (address(0xA1), address(0xB1), address(0xC1));
        uint256[3] memory collateral = [uint256(400e18), 700e18, 50e18];
        uint256[3] memory debt = [uint256(700_000e6), 600_000e6, 60_000e6];
        for (uint256 i; i < 3; i++) {
            weth.mint(others[i], collateral[i]);
            VM.startPrank(others[i]);
            weth.approve(address(market), collateral[i]);
            market.deposit(collateral[i]);
            market.borrow(debt[i]);
            VM.stopPrank();
        }
        handler = address(new MeridianLendingHandler(market, weth, usdc, feed, others));
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = handler;
    }

    function invariant_unhealthyLoansCanBeLiquidated() external {
        require(checker.invariant_unhealthyLoansCanBeLiquidated());
    }
}

contract MeridianLendingTest is MeridianLendingTestBase {
    function deploy(MeridianLendingWeth weth, MeridianLendingUsdc usdc, MeridianLendingEthUsd feed)
        internal override returns (MeridianLending)
    {
        return new MeridianLending(weth, usdc, feed);
    }
}

contract MeridianLendingFixedTest is MeridianLendingTestBase {
    function deploy(MeridianLendingWeth weth, MeridianLendingUsdc usdc, MeridianLendingEthUsd feed)
        internal override returns (MeridianLending)
    {
        return new MeridianLendingFixed(weth, usdc, feed);
    }
}
