// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {VaultLoans, VaultLoansFixed, VaultLoansDai, VaultLoansDollar, VaultLoansVault} from "./VaultLoans.sol";

contract VaultLoansHandler {
    VaultLoans immutable loans;
    VaultLoansDai immutable dai;
    VaultLoansDollar immutable dollar;
    VaultLoansVault[2] vaults;
    address[3] actors = [address(0xA11), address(0xB0B), address(0xCA7)];

    constructor(VaultLoans loans_, VaultLoansDai dai_, VaultLoansVault[2] memory vaults_) {
        (loans, dai, dollar, vaults) = (loans_, dai_, loans_.dollar(), vaults_);
        for (uint256 i = 0; i < 3; i++) {
            dai.mint(actors[i], 100_000e18);
            VM.startPrank(actors[i]);
            for (uint256 id = 0; id < 2; id++) {
                dai.approve(address(vaults_[id]), type(uint256).max);
                vaults_[id].approve(address(loans), type(uint256).max);
            }
            VM.stopPrank();
        }
    }

    function deposit(uint256 who, uint256 id, uint256 assets) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        assets = bound(assets, 0, dai.balanceOf(actor));
        VM.prank(actor);
        vaults[market].deposit(assets, actor);
    }

    function mint(uint256 who, uint256 id, uint256 shares) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        shares = bound(shares, 0, vaults[market].convertToShares(dai.balanceOf(actor)));
        VM.prank(actor);
        vaults[market].mint(shares, actor);
    }

    function withdraw(uint256 who, uint256 id, uint256 assets) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        assets = bound(assets, 0, vaults[market].maxWithdraw(actor));
        VM.prank(actor);
        vaults[market].withdraw(assets, actor, actor);
    }

    function redeem(uint256 who, uint256 id, uint256 shares) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        shares = bound(shares, 0, vaults[market].balanceOf(actor));
        VM.prank(actor);
        vaults[market].redeem(shares, actor, actor);
    }

    function donate(uint256 who, uint256 id, uint256 assets) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        assets = bound(assets, 0, dai.balanceOf(actor));
        VM.prank(actor);
        dai.transfer(address(vaults[market]), assets);
    }

    function addCollateral(uint256 who, uint256 id, uint256 shares) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        shares = bound(shares, 0, vaults[market].balanceOf(actor));
        VM.prank(actor);
        loans.addCollateral(market, shares);
    }

    function removeCollateral(uint256 who, uint256 id, uint256 shares) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        shares = bound(shares, 0, loans.collateralOf(market, actor));
        VM.prank(actor);
        loans.removeCollateral(market, shares);
    }

    function borrow(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        amount = bound(amount, 1_000e18, 200_000e18);
        VM.prank(actor);
        loans.borrow(market, amount);
    }

    function repay(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        amount = bound(amount, 0, dollar.balanceOf(actor));
        VM.prank(actor);
        loans.repay(market, amount);
    }

    function liquidate(uint256 who, uint256 whom, uint256 id, uint256 amount) external {
        (address actor, uint256 market) = (actors[who % 3], id % 2);
        amount = bound(amount, 0, dollar.balanceOf(actor));
        VM.prank(actor);
        loans.liquidate(market, actors[whom % 3], amount);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12 seconds, 3 hours));
    }
}

abstract contract VaultLoansBase {
    VaultLoans loans;
    VaultLoansHandler handler;

    function _create() internal virtual returns (VaultLoans);

    function setUp() public {
        VaultLoansDai dai = new VaultLoansDai();
        VaultLoansVault[2] memory vaults =
            [new VaultLoansVault(dai, "svDAI"), new VaultLoansVault(dai, "svDAI-2")];
        loans = _create();
        address[2] memory others = [address(0xA11CE), address(0xB0BB1)];
        for (uint256 i = 0; i < 2; i++) {
            dai.mint(others[i], 3_000_000e18);
            VM.startPrank(others[i]);
            dai.approve(address(vaults[0]), type(uint256).max);
            vaults[0].approve(address(loans), type(uint256).max);
            vaults[0].deposit(3_000_000e18, others[i]);
            VM.stopPrank();
        }
        dai.mint(address(vaults[0]), 150_000e18);
        loans.addMarket(vaults[0], 4_000_000e18);
        VM.startPrank(others[0]);
        loans.addCollateral(0, 1_500_000e18);
        loans.borrow(0, 1_200_000e18);
        VM.stopPrank();
        loans.addMarket(vaults[1], 2_000_000e18);
        handler = new VaultLoansHandler(loans, dai, vaults);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_loansAreBacked() public view {
        require(loans.invariant_loansAreBacked(), "loans are not backed");
    }
}

contract VaultLoansTest is VaultLoansBase {
    function _create() internal override returns (VaultLoans) {
        return new VaultLoans();
    }
}

contract VaultLoansFixedTest is VaultLoansBase {
    function _create() internal override returns (VaultLoans) {
        return new VaultLoansFixed();
    }
}
