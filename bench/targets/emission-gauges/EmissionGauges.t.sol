// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {EmissionGauges, EmissionGaugesChecks, EmissionGaugesFixed, EmissionGaugesToken} from "./EmissionGauges.sol";

contract EmissionGaugesHandler {
    EmissionGauges public immutable controller;
    EmissionGaugesToken public immutable token;
    address[3] public actors = [address(0xac1), address(0xac2), address(0xac3)];

    constructor(EmissionGauges controller_, EmissionGaugesToken token_) {
        controller = controller_;
        token = token_;
        for (uint256 i; i < 3; i++) {
            VM.prank(actors[i]);
            token.approve(address(controller), type(uint256).max);
        }
    }

    function lock(uint256 who, uint256 amount, uint256 term) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        term = bound(term, controller.MIN_TERM(), controller.MAX_TERM());
        VM.prank(actor);
        controller.lock(uint128(amount), uint64(term));
    }

    function increase(uint256 who, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        VM.prank(actor);
        controller.increase(uint128(amount));
    }

    function withdraw(uint256 who) external {
        VM.prank(_actor(who));
        controller.withdraw();
    }

    function vote(uint256 who, uint256 first, uint256 second, uint256 firstShare, uint256 secondShare) external {
        uint256 last = controller.gaugeCount() - 1;
        uint256[] memory ids = new uint256[](2);
        uint256[] memory shares = new uint256[](2);
        (ids[0], ids[1]) = (bound(first, 0, last), bound(second, 0, last));
        (shares[0], shares[1]) = (bound(firstShare, 1, 100), bound(secondShare, 1, 100));
        VM.prank(_actor(who));
        controller.vote(ids, shares);
    }

    function poke(uint256 who) external {
        VM.prank(_actor(who));
        controller.poke();
    }

    function reset(uint256 who) external {
        VM.prank(_actor(who));
        controller.reset();
    }

    function distribute() external {
        controller.distribute();
    }

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        VM.prank(actor);
        token.transfer(_actor(to), amount);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12, 1 weeks));
    }

    function _actor(uint256 who) internal view returns (address) {
        return actors[bound(who, 0, 2)];
    }
}

abstract contract EmissionGaugesSetUp {
    EmissionGaugesHandler internal handler;
    EmissionGaugesChecks internal checks;

    function _deploy(EmissionGaugesToken token) internal virtual returns (EmissionGauges);

    function setUp() external {
        VM.warp(1_750_000_000);
        EmissionGaugesToken token = new EmissionGaugesToken();
        EmissionGauges controller = _deploy(token);
        checks = new EmissionGaugesChecks(controller);
        token.transfer(address(controller), 5_000_000e18);
        for (uint160 i; i < 4; i++) controller.addGauge(address(0x9001 + i));
        _lock(controller, token, address(0xa11ce), 3_000_000e18, 52 weeks);
        _lock(controller, token, address(0xb0b), 2_000_000e18, 26 weeks);
        _lock(controller, token, address(0xca401), 700_000e18, 12 weeks);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory shares = new uint256[](2);
        (ids[0], ids[1], shares[0], shares[1]) = (0, 1, 60, 40);
        VM.prank(address(0xa11ce));
        controller.vote(ids, shares);
        (ids[0], ids[1], shares[0], shares[1]) = (1, 2, 60, 40);
        VM.prank(address(0xb0b));
        controller.vote(ids, shares);
        VM.warp(1_750_000_000 + 1 weeks);
        controller.distribute();
        handler = new EmissionGaugesHandler(controller, token);
        token.transfer(handler.actors(0), 2_000_000e18);
        token.transfer(handler.actors(1), 250_000e18);
        token.transfer(handler.actors(2), 250_000e18);
    }

    function _lock(EmissionGauges controller, EmissionGaugesToken token, address account, uint128 amount, uint64 term)
        internal
    {
        token.transfer(account, amount);
        VM.startPrank(account);
        token.approve(address(controller), amount);
        controller.lock(amount, term);
        VM.stopPrank();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_weightsAndLocks() external view {
        require(checks.invariant_weightWithinPower());
        require(checks.invariant_locksAreHeld());
    }
}

contract EmissionGaugesTest is EmissionGaugesSetUp {
    function _deploy(EmissionGaugesToken token) internal override returns (EmissionGauges) {
        return new EmissionGauges(token, 100_000e18);
    }
}

contract EmissionGaugesFixedTest is EmissionGaugesSetUp {
    function _deploy(EmissionGaugesToken token) internal override returns (EmissionGauges) {
        return new EmissionGaugesFixed(token, 100_000e18);
    }
}
