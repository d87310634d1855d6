// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {
    GavelLoans, GavelLoansFixed, GavelLoansInvariants, GavelLoansWeth, GavelLoansUsdc, GavelLoansEthUsd
} from "./GavelLoans.sol";

contract GavelLoansHandler {
    GavelLoans private immutable loans;
    GavelLoansWeth private immutable weth;
    GavelLoansUsdc private immutable usdc;
    GavelLoansEthUsd private immutable feed;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    address[] private borrowers;
    int256 private price = 2_500e8;

    constructor(
        GavelLoans loans_, GavelLoansWeth weth_, GavelLoansUsdc usdc_, GavelLoansEthUsd feed_, address[] memory others
    ) {
        loans = loans_;
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
        borrowers = others;
        for (uint256 i; i < actors.length; i++) {
            weth.mint(actors[i], i == 2 ? 100e18 : 20e18);
            usdc.mint(actors[i], i == 2 ? 500_000e6 : 20_000e6);
            VM.startPrank(actors[i]);
            weth.approve(address(loans), type(uint256).max);
            usdc.approve(address(loans), type(uint256).max);
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
        loans.deposit(bound(amount, 1, balance));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 collateral = loans.collateralOf(a);
        if (collateral == 0) return;
        VM.prank(a);
        loans.withdraw(bound(amount, 1, collateral));
    }

    function borrow(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 limit = (loans.collateralOf(a) * loans.ethPrice() * 7) / 10e20;
        if (limit == 0) return;
        VM.prank(a);
        loans.borrow(bound(amount, 1, limit));
    }

    function repay(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 debt = loans.debtOf(a);
        if (debt == 0) return;
        VM.prank(a);
        loans.repay(bound(amount, 1, debt));
    }

    function start(uint256 who, uint256 whom) external {
        VM.prank(actor(who));
        loans.start(borrowers[whom % borrowers.length]);
    }

    function take(uint256 who, uint256 id, uint256 amount) external {
        uint256 count = loans.auctionCount();
        if (count == 0) return;
        id = bound(id, 0, count - 1);
        uint256 unsold = loans.unsold(id);
        if (unsold == 0) return;
        VM.prank(actor(who));
        loans.take(id, bound(amount, 1, unsold));
    }

    function restart(uint256 who, uint256 id) external {
        uint256 count = loans.auctionCount();
        if (count == 0) return;
        VM.prank(actor(who));
        loans.restart(bound(id, 0, count - 1));
    }

    function movePrice(uint256 to) external {
        price = int256(bound(to, 1_750e8, 2_500e8));
        feed.setAnswer(price);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 2 hours));
        feed.setAnswer(price);
    }
}

abstract contract GavelLoansTestBase {
    GavelLoansInvariants private checker;
    address private handler;

    function deploy(GavelLoansWeth weth, GavelLoansUsdc usdc, GavelLoansEthUsd feed) internal virtual returns (GavelLoans);

    function setUp() external {
        GavelLoansWeth weth = new GavelLoansWeth();
        GavelLoansUsdc usdc = new GavelLoansUsdc();
        GavelLoansEthUsd feed = new GavelLoansEthUsd(2_500e8);
        GavelLoans loans = deploy(weth, usdc, feed);
        checker = new GavelLoansInvariants(loans);
        usdc.mint(address(this), 5_000_000e6);
        usdc.approve(address(loans), 5_000_000e6);
        loans.fund(5_000_000e6);
        address[] memory others = new address[](3);
        (others[0], others[1], others[2]) = (address(0xA1), address(0xB1), address(0xC1));
        uint256[3] memory collateral = [uint256(400e18), 600e18, 250e18];
        uint256[3] memory debt = [uint256(650_000e6), 600_000e6, 420_000e6];
        for (uint256 i; i < 3; i++) {
            weth.mint(others[i], collateral[i]);
            VM.startPrank(others[i]);
            weth.approve(address(loans), collateral[i]);
            loans.deposit(collateral[i]);
            loans.borrow(debt[i]);
            VM.stopPrank();
        }
        handler = address(new GavelLoansHandler(loans, weth, usdc, feed, others));
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = handler;
    }

    function invariant_collateralIsThere() external view {
        require(checker.invariant_collateralIsThere());
    }
}

contract GavelLoansTest is GavelLoansTestBase {
    function deploy(GavelLoansWeth weth, GavelLoansUsdc usdc, GavelLoansEthUsd feed) internal override returns (GavelLoans) {
        return new GavelLoans(weth, usdc, feed);
    }
}

contract GavelLoansFixedTest is GavelLoansTestBase {
    function deploy(GavelLoansWeth weth, GavelLoansUsdc usdc, GavelLoansEthUsd feed) internal override returns (GavelLoans) {
        return new GavelLoansFixed(weth, usdc, feed);
    }
}
