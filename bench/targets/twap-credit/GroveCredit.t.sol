// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {GroveCredit, GroveCreditFixed, GroveCreditGrv, GroveCreditUsdc} from "./GroveCredit.sol";

contract GroveCreditHandler {
    uint256 private constant HORIZON = 576;

    GroveCredit private immutable credit;
    GroveCreditGrv private immutable grv;
    GroveCreditUsdc private immutable usdc;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    uint256 private passed;

    constructor(GroveCredit credit_, GroveCreditGrv grv_, GroveCreditUsdc usdc_) {
        credit = credit_;
        grv = grv_;
        usdc = usdc_;
        for (uint256 i; i < actors.length; i++) {
            grv.mint(actors[i], i == 2 ? 100_000e18 : 20_000e18);
            usdc.mint(actors[i], i == 2 ? 2_000_000e6 : 20_000e6);
            VM.startPrank(actors[i]);
            grv.approve(address(credit), type(uint256).max);
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

    function swap(uint256 who, bool sellsGrv, uint256 amount) external {
        address a = actor(who);
        uint256 balance = sellsGrv ? grv.balanceOf(a) : usdc.balanceOf(a);
        if (balance == 0) return;
        VM.prank(a);
        credit.swap(sellsGrv, bound(amount, 1, balance), 0);
    }

    function depositCollateral(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 balance = grv.balanceOf(a);
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
        uint256 limit = (credit.collateralOf(a) * credit.averagePrice()) / 2e18;
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

    function observe() external {
        credit.observe();
    }

    function passTime(uint256 time) external {
        time = bound(time, 1, 48);
        if (passed + time > HORIZON) return;
        passed += time;
        VM.warp(block.timestamp + time);
    }
}

abstract contract GroveCreditTestBase {
    GroveCredit private credit;
    GroveCreditHandler private handler;

    function deploy(GroveCreditGrv grv, GroveCreditUsdc usdc) internal virtual returns (GroveCredit);

    function setUp() external {
        GroveCreditGrv grv = new GroveCreditGrv();
        GroveCreditUsdc usdc = new GroveCreditUsdc();
        credit = deploy(grv, usdc);
        grv.mint(address(this), 2_000_000e18);
        usdc.mint(address(this), 10_000_000e6);
        grv.approve(address(credit), type(uint256).max);
        usdc.approve(address(credit), type(uint256).max);
        uint256 start = 1_700_000_000;
        VM.warp(start);
        credit.addLiquidity(1_000_000e18, 2_000_000e6);
        credit.fund(3_000_000e6);
        VM.warp(start + 3_600);
        credit.observe();
        credit.depositCollateral(550_000e18);
        credit.borrow(340_000e6);
        VM.warp(start + 4_800);
        credit.swap(false, 12_000e6, 0);
        VM.warp(start + 5_000);
        credit.swap(true, 5_950e18, 0);
        VM.warp(start + 8_000);
        handler = new GroveCreditHandler(credit, grv, usdc);
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(handler);
    }

    /// @dev GRV is worth 2 dollars; bad debt of up to a dollar is ignored.
    function invariant_noBadDebt() external view {
        address[3] memory people = handler.people();
        for (uint256 i; i < 3; i++) {
            require(credit.debtOf(people[i]) <= (credit.collateralOf(people[i]) * 2e6) / 1e18 + 1e6);
        }
        require(credit.debtOf(address(this)) <= (credit.collateralOf(address(this)) * 2e6) / 1e18 + 1e6);
    }
}

contract GroveCreditTest is GroveCreditTestBase {
    function deploy(GroveCreditGrv grv, GroveCreditUsdc usdc) internal override returns (GroveCredit) {
        return new GroveCredit(grv, usdc);
    }
}

contract GroveCreditFixedTest is GroveCreditTestBase {
    function deploy(GroveCreditGrv grv, GroveCreditUsdc usdc) internal override returns (GroveCredit) {
        return new GroveCreditFixed(grv, usdc);
    }
}
