// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {
    StakeCouncil,
    StakeCouncilChecks,
    StakeCouncilFixed,
    StakeCouncilToken,
    StakeCouncilUsdc
} from "./StakeCouncil.sol";

contract StakeCouncilHandler {
    StakeCouncil public immutable council;
    StakeCouncilToken public immutable token;
    address[3] public actors = [address(0xac1), address(0xac2), address(0xac3)];
    address[4] internal _others = [address(0xa11ce), address(0xb0b), address(0xca401), address(0xda7e)];

    constructor(StakeCouncil council_, StakeCouncilToken token_) {
        council = council_;
        token = token_;
        for (uint256 i; i < 3; i++) {
            VM.prank(actors[i]);
            token.approve(address(council), type(uint256).max);
        }
    }

    function stake(uint256 who, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        VM.prank(actor);
        council.stake(amount);
    }

    function requestExit(uint256 who, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, council.staked(actor));
        VM.prank(actor);
        council.requestExit(amount);
    }

    function cancelExit(uint256 who) external {
        VM.prank(_actor(who));
        council.cancelExit();
    }

    function claimExit(uint256 who) external {
        VM.prank(_actor(who));
        council.claimExit();
    }

    function delegate(uint256 who, uint256 to) external {
        to = bound(to, 0, 7);
        address receiver = to == 7 ? address(0) : to < 3 ? actors[to] : _others[to - 3];
        VM.prank(_actor(who));
        council.delegate(receiver);
    }

    function propose(uint256 who, uint256 to, uint256 amount) external {
        address recipient = _actor(to);
        VM.prank(_actor(who));
        council.propose(recipient, uint128(bound(amount, 1, 800_000e6)), "");
    }

    function vote(uint256 who, uint256 id, bool support) external {
        id = bound(id, 0, council.proposalCount() - 1);
        VM.prank(_actor(who));
        council.vote(id, support);
    }

    function execute(uint256 id) external {
        council.execute(bound(id, 0, council.proposalCount() - 1));
    }

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        VM.prank(actor);
        token.transfer(_actor(to), amount);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12, 3 days));
    }

    function _actor(uint256 who) internal view returns (address) {
        return actors[bound(who, 0, 2)];
    }
}

abstract contract StakeCouncilSetUp {
    StakeCouncilHandler internal handler;
    StakeCouncilChecks internal checks;

    function _deploy(StakeCouncilToken token, StakeCouncilUsdc usdc) internal virtual returns (StakeCouncil);

    function setUp() external {
        VM.warp(1_750_000_000);
        StakeCouncilToken token = new StakeCouncilToken();
        StakeCouncilUsdc usdc = new StakeCouncilUsdc();
        StakeCouncil council = _deploy(token, usdc);
        checks = new StakeCouncilChecks(council);
        usdc.transfer(address(council), 8_000_000e6);
        _stake(council, token, address(0xa11ce), 3_500_000e18);
        _stake(council, token, address(0xb0b), 2_500_000e18);
        _stake(council, token, address(0xca401), 1_500_000e18);
        _stake(council, token, address(0xda7e), 500_000e18);
        VM.prank(address(0xda7e));
        council.delegate(address(0xb0b));
        VM.warp(1_750_086_400);
        VM.prank(address(0xca401));
        council.propose(address(0xca401), 300_000e6, "front end");
        VM.prank(address(0xca401));
        council.vote(0, true);
        VM.prank(address(0xb0b));
        council.requestExit(250_000e18);
        handler = new StakeCouncilHandler(council, token);
        for (uint256 i; i < 3; i++) token.transfer(handler.actors(i), i == 0 ? 400_000e18 : 100_000e18);
    }

    function _stake(StakeCouncil council, StakeCouncilToken token, address account, uint256 amount) internal {
        token.transfer(account, amount);
        VM.startPrank(account);
        token.approve(address(council), amount);
        council.stake(amount);
        VM.stopPrank();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_votesAndStakes() external view {
        require(checks.invariant_votesMatchStakes());
        require(checks.invariant_stakesAreHeld());
    }
}

contract StakeCouncilTest is StakeCouncilSetUp {
    function _deploy(StakeCouncilToken token, StakeCouncilUsdc usdc) internal override returns (StakeCouncil) {
        return new StakeCouncil(token, usdc);
    }
}

contract StakeCouncilFixedTest is StakeCouncilSetUp {
    function _deploy(StakeCouncilToken token, StakeCouncilUsdc usdc) internal override returns (StakeCouncil) {
        return new StakeCouncilFixed(token, usdc);
    }
}
