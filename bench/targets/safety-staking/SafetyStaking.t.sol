// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {SafetyStaking, SafetyStakingFixed, SafetyStakingToken} from "./SafetyStaking.sol";

contract SafetyStakingHandler {
    SafetyStaking public immutable staking;
    SafetyStakingToken public immutable weth;
    SafetyStakingToken public immutable arc;
    address[] public actors;

    constructor(SafetyStaking staking_, SafetyStakingToken weth_, SafetyStakingToken arc_, address[] memory actors_) {
        staking = staking_;
        weth = weth_;
        arc = arc_;
        actors = actors_;
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function stake(uint256 who, uint256 amount) external {
        address sender = actor(who);
        amount = bound(amount, 0, weth.balanceOf(sender));
        VM.prank(sender);
        staking.stake(amount);
    }

    function startCooldown(uint256 who, uint256 amount) external {
        address sender = actor(who);
        (uint256 staked, uint256 cooling,,,) = staking.positions(sender);
        amount = bound(amount, 0, staked - cooling);
        VM.prank(sender);
        staking.startCooldown(amount);
    }

    function cancelCooldown(uint256 who) external {
        VM.prank(actor(who));
        staking.cancelCooldown();
    }

    function withdraw(uint256 who) external {
        VM.prank(actor(who));
        staking.withdraw();
    }

    function claim(uint256 who) external {
        VM.prank(actor(who));
        staking.claim();
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 1 days));
    }
}

abstract contract SafetyStakingSetup {
    SafetyStaking staking;
    SafetyStakingHandler handler;

    function deploy(SafetyStakingToken weth, SafetyStakingToken arc) internal virtual returns (SafetyStaking);

    function setUp() public {
        SafetyStakingToken weth = new SafetyStakingToken("Wrapped Ether", "WETH");
        SafetyStakingToken arc = new SafetyStakingToken("Arc", "ARC");
        staking = deploy(weth, arc);
        address[] memory others = new address[](3);
        uint256[3] memory amounts = [uint256(900e18), 420e18, 75e18];
        for (uint256 i = 0; i < 3; i++) {
            others[i] = address(uint160(0xa11ce + i));
            weth.mint(others[i], amounts[i]);
            VM.startPrank(others[i]);
            weth.approve(address(staking), amounts[i]);
            staking.stake(amounts[i]);
            VM.stopPrank();
        }
        arc.mint(address(this), 250_000e18);
        arc.approve(address(staking), 250_000e18);
        staking.startPeriod(250_000e18);
        VM.warp(block.timestamp + 8 days);
        VM.prank(others[1]);
        staking.claim();

        address[] memory actors = new address[](3);
        actors[0] = address(0x57a4e4);
        actors[1] = address(0xbad);
        actors[2] = others[2];
        weth.mint(actors[0], 40e18);
        weth.mint(actors[1], 400e18);
        arc.mint(actors[1], 10_000e18);
        for (uint256 i = 0; i < 3; i++) {
            VM.prank(actors[i]);
            weth.approve(address(staking), type(uint256).max);
        }
        handler = new SafetyStakingHandler(staking, weth, arc, actors);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_rewardsAreFunded() public view {
        require(staking.invariant_rewardsAreFunded(), "rewards are not funded");
    }
}

contract SafetyStakingTest is SafetyStakingSetup {
    function deploy(SafetyStakingToken weth, SafetyStakingToken arc) internal override returns (SafetyStaking) {
        return new SafetyStaking(weth, arc);
    }
}

contract SafetyStakingFixedTest is SafetyStakingSetup {
    function deploy(SafetyStakingToken weth, SafetyStakingToken arc) internal override returns (SafetyStaking) {
        return new SafetyStakingFixed(weth, arc);
    }
}
