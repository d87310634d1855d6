// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {AurumCredit, AurumCreditFixed, AurumCreditGold, AurumCreditUsdc} from "./AurumCredit.sol";

contract AurumCreditHandler {
    uint256 private constant HORIZON = 1 hours;

    AurumCredit private immutable credit;
    AurumCreditGold private immutable gold;
    AurumCreditUsdc private immutable usdc;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    uint256 private passed;

    constructor(AurumCredit credit_, AurumCreditGold gold_, AurumCreditUsdc usdc_) {
        credit = credit_;
        gold = gold_;
        usdc = usdc_;
        for (uint256 i; i < actors.length; i++) {
            gold.mint(actors[i], i == 2 ? 100e18 : 20e18);
            usdc.mint(actors[i], i == 2 ? 100_000e6 : 20_000e6);
            VM.startPrank(actors[i]);
            gold.approve(address(credit), type(uint256).max);
            usdc.approve(address(credit), type(uint256).max);
            VM.stopPrank();
        }
    }

    function people() external view returns (address[3] memory) {
        return actors;
    }

    function actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }

    function report(uint256 who, uint256 price, uint256 bond) external {
        address a = actor(who);
        uint256 balance = usdc.balanceOf(a);
        if (balance < 5_000e6) return;
        VM.prank(a);
        credit.report(bound(price, 100e6, 100_000e6), bound(bond, 5_000e6, balance));
    }

    function dispute(uint256 who) external {
        VM.prank(actor(who));
        credit.dispute();
    }

    function finalise(uint256 who) external {
        VM.prank(actor(who));
        credit.finalise();
    }

    function depositCollateral(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 balance = gold.balanceOf(a);
        if (balance == 0) return;
        VM.prank(a);
        credit.depositCollateral(bound(amount, 1, balance));
    }

    function withdrawCollateral(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 collateral = credit.collateralOf(a);
        if (collateral == 0) return;
        VM.prank(a);
        credit.withdrawCollateral(bound(amount, 1, collateral));
    }

    function borrow(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 limit = (credit.collateralOf(a) * credit.price() * 7) / 10e18;
        if (limit == 0) return;
        VM.prank(a);
        credit.borrow(bound(amount, 1, limit));
    }

    function repay(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 debt = credit.debtOf(a);
        if (debt == 0) return;
        VM.prank(a);
        credit.repay(bound(amount, 1, debt));
    }

    function liquidate(uint256 who, uint256 whom, uint256 amount) external {
        address b = actor(whom);
        uint256 debt = credit.debtOf(b);
        if (debt == 0) return;
        VM.prank(actor(who));
        credit.liquidate(b, bound(amount, 1, debt));
    }

    function passTime(uint256 time) external {
        time = bound(time, 1, 1 hours);
        if (passed + time > HORIZON) return;
        passed += time;
        VM.warp(block.timestamp + time);
    }
}

abstract contract AurumCreditTestBase {
    AurumCredit private credit;
    AurumCreditHandler private handler;

    function deploy(AurumCreditGold gold, AurumCreditUsdc usdc) internal virtual returns (AurumCredit);

    function setUp() external {
        AurumCreditGold gold = new AurumCreditGold();
        AurumCreditUsdc usdc = new AurumCreditUsdc();
        credit = deploy(gold, usdc);
        gold.mint(address(this), 1_000e18);
        usdc.mint(address(this), 5_000_000e6);
        gold.approve(address(credit), type(uint256).max);
        usdc.approve(address(credit), type(uint256).max);
        VM.warp(1_700_000_000);
        credit.fund(4_000_000e6);
        credit.depositCollateral(950e18);
        credit.borrow(1_150_000e6);
        credit.report(2_404e6, 5_000e6);
        VM.warp(1_700_005_400);
        handler = new AurumCreditHandler(credit, gold, usdc);
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(handler);
    }

    /// @dev Gold is worth 2,400 dollars; bad debt of up to a dollar is ignored.
    function invariant_noBadDebt() external view {
        address[3] memory people = handler.people();
        for (uint256 i; i < 3; i++) {
            require(credit.debtOf(people[i]) <= (credit.collateralOf(people[i]) * 2_400e6) / 1e18 + 1e6);
        }
        require(credit.debtOf(address(this)) <= (credit.collateralOf(address(this)) * 2_400e6) / 1e18 + 1e6);
    }
}

contract AurumCreditTest is AurumCreditTestBase {
    function deploy(AurumCreditGold gold, AurumCreditUsdc usdc) internal override returns (AurumCredit) {
        return new AurumCredit(gold, usdc, 2_400e6);
    }
}

contract AurumCreditFixedTest is AurumCreditTestBase {
    function deploy(AurumCreditGold gold, AurumCreditUsdc usdc) internal override returns (AurumCredit) {
        return new AurumCreditFixed(gold, usdc, 2_400e6);
    }
}
