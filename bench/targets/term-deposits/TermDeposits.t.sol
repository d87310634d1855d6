// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {TermDepositsActor} from "./TermDepositsActor.sol";
import {TermDeposits, TermDepositsChecks, TermDepositsFixed, TermDepositsUsdc} from "./TermDeposits.sol";

contract TermDepositsHandler {
    TermDeposits public immutable desk;
    TermDepositsUsdc public immutable usdc;
    TermDepositsActor[3] public actors;
    uint64[3] internal _terms = [7 days, 30 days, 90 days];

    constructor(TermDeposits desk_, TermDepositsUsdc usdc_) {
        desk = desk_;
        usdc = usdc_;
        for (uint256 i; i < 3; i++) {
            actors[i] = new TermDepositsActor();
            actors[i].exec(address(usdc), abi.encodeCall(usdc.approve, (address(desk_), type(uint256).max)));
        }
    }

    function open(uint256 who, uint256 principal, uint256 term) external {
        TermDepositsActor actor = actors[bound(who, 0, 2)];
        principal = bound(principal, 100e6, usdc.balanceOf(address(actor)));
        actor.exec(address(desk), abi.encodeCall(desk.open, (principal, _terms[bound(term, 0, 2)])));
    }

    function split(uint256 seed, uint256 principal) external {
        (TermDepositsActor actor, uint256 id) = _owned(seed);
        (uint128 held,,) = desk.deposits(id);
        actor.exec(address(desk), abi.encodeCall(desk.split, (id, bound(principal, 100e6, held - 100e6))));
    }

    function merge(uint256 seed, uint256 other) external {
        (TermDepositsActor actor, uint256 id) = _owned(seed);
        (, uint256 into) = _owned(other);
        actor.exec(address(desk), abi.encodeCall(desk.merge, (id, into)));
    }

    function redeem(uint256 seed) external {
        (TermDepositsActor actor, uint256 id) = _owned(seed);
        actor.exec(address(desk), abi.encodeCall(desk.redeem, (id)));
    }

    function transfer(uint256 seed, uint256 to) external {
        (TermDepositsActor actor, uint256 id) = _owned(seed);
        address receiver = address(actors[bound(to, 0, 2)]);
        actor.exec(
            address(desk),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", address(actor), receiver, id)
        );
    }

    function fund(uint256 who, uint256 amount) external {
        TermDepositsActor actor = actors[bound(who, 0, 2)];
        actor.exec(address(desk), abi.encodeCall(desk.fund, (bound(amount, 0, 10_000e6))));
    }

    /// @notice What an actor does when it next receives an NFT.
    function queue(uint256 seed, uint256 what, uint256 amount, uint256 other) external {
        (TermDepositsActor actor, uint256 id) = _owned(seed);
        bytes memory data;
        what = bound(what, 0, 3);
        amount = bound(amount, 100e6, 2_000_000e6);
        if (what == 0) data = abi.encodeCall(desk.open, (amount, _terms[bound(other, 0, 2)]));
        if (what == 1) data = abi.encodeCall(desk.split, (id, amount));
        if (what == 2) data = abi.encodeCall(desk.merge, (id, bound(other, 1, desk.nextId() - 1)));
        if (what == 3) data = abi.encodeCall(desk.redeem, (id));
        actor.queue(address(desk), data);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12, 3 days));
    }

    /// @dev A deposit of one of the actors.
    function _owned(uint256 seed) internal view returns (TermDepositsActor, uint256) {
        uint256 end = desk.nextId();
        uint256 first = bound(seed, 1, end - 1);
        for (uint256 i; i < end - 1; i++) {
            uint256 id = (first - 1 + i) % (end - 1) + 1;
            if (desk.owed(id) == 0) continue;
            address owner = desk.ownerOf(id);
            for (uint256 j; j < 3; j++) if (owner == address(actors[j])) return (actors[j], id);
        }
        revert("no deposit");
    }
}

abstract contract TermDepositsSetUp {
    TermDepositsHandler internal handler;
    TermDepositsChecks internal checks;

    function _deploy(TermDepositsUsdc usdc) internal virtual returns (TermDeposits);

    function setUp() external {
        TermDepositsUsdc usdc = new TermDepositsUsdc();
        TermDeposits desk = _deploy(usdc);
        checks = new TermDepositsChecks(desk);
        usdc.approve(address(desk), type(uint256).max);
        desk.fund(250_000e6);
        _open(desk, usdc, address(0xa11ce), 1_500_000e6, 90 days);
        _open(desk, usdc, address(0xa11ce), 800_000e6, 30 days);
        _open(desk, usdc, address(0xb0b), 1_200_000e6, 30 days);
        VM.warp(block.timestamp + 5 days);
        _open(desk, usdc, address(0xb0b), 400_000e6, 7 days);
        VM.prank(address(0xb0b));
        desk.split(4, 150_000e6);
        handler = new TermDepositsHandler(desk, usdc);
        for (uint256 i; i < 3; i++) usdc.transfer(address(handler.actors(i)), i == 0 ? 2_000_000e6 : 200_000e6);
    }

    function _open(TermDeposits desk, TermDepositsUsdc usdc, address account, uint256 principal, uint64 term) internal {
        usdc.transfer(account, principal);
        VM.startPrank(account);
        usdc.approve(address(desk), principal);
        desk.open(principal, term);
        VM.stopPrank();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_depositsAreCovered() external view {
        require(checks.invariant_depositsAreCovered());
    }
}

contract TermDepositsTest is TermDepositsSetUp {
    function _deploy(TermDepositsUsdc usdc) internal override returns (TermDeposits) {
        return new TermDeposits(usdc);
    }
}

contract TermDepositsFixedTest is TermDepositsSetUp {
    function _deploy(TermDepositsUsdc usdc) internal override returns (TermDeposits) {
        return new TermDepositsFixed(usdc);
    }
}
