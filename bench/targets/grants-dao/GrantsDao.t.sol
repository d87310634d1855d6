// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {GrantsDao, GrantsDaoChecks, GrantsDaoFixed, GrantsDaoToken, GrantsDaoUsdc} from "./GrantsDao.sol";

contract GrantsDaoHandler {
    GrantsDao public immutable dao;
    GrantsDaoToken public immutable token;
    GrantsDaoUsdc public immutable usdc;
    address[3] public actors = [address(0xac1), address(0xac2), address(0xac3)];

    constructor(GrantsDao dao_, GrantsDaoToken token_, GrantsDaoUsdc usdc_) {
        dao = dao_;
        token = token_;
        usdc = usdc_;
        for (uint256 i; i < 3; i++) {
            VM.prank(actors[i]);
            usdc.approve(address(dao), type(uint256).max);
        }
    }

    function fund(uint256 who, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, usdc.balanceOf(actor));
        VM.prank(actor);
        dao.fund(amount);
    }

    function propose(uint256 who, uint256 to, uint256 amount) external {
        address recipient = _actor(to);
        VM.prank(_actor(who));
        dao.propose(recipient, uint128(bound(amount, 1, 500_000e6)), "");
    }

    function castVote(uint256 who, uint256 id, uint256 support) external {
        id = _grant(id);
        VM.prank(_actor(who));
        dao.castVote(id, uint8(bound(support, 0, 2)));
    }

    function queue(uint256 who, uint256 id) external {
        id = _grant(id);
        VM.prank(_actor(who));
        dao.queue(id);
    }

    function execute(uint256 who, uint256 id) external {
        id = _grant(id);
        VM.prank(_actor(who));
        dao.execute(id);
    }

    function cancel(uint256 who, uint256 id) external {
        id = _grant(id);
        VM.prank(_actor(who));
        dao.cancel(id);
    }

    function delegate(uint256 who, uint256 to) external {
        address receiver = _actor(to);
        VM.prank(_actor(who));
        token.delegate(receiver);
    }

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        address actor = _actor(who);
        amount = bound(amount, 0, token.balanceOf(actor));
        VM.prank(actor);
        token.transfer(_actor(to), amount);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12, 2 days));
    }

    function _grant(uint256 id) internal view returns (uint256) {
        return bound(id, 0, dao.grantCount() - 1);
    }

    function _actor(uint256 who) internal view returns (address) {
        return actors[bound(who, 0, 2)];
    }
}

abstract contract GrantsDaoSetUp {
    GrantsDaoHandler internal handler;
    GrantsDaoChecks internal checks;
    GrantsDao internal dao;
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    address internal constant CAROL = address(0xca401);
    address internal constant DAVE = address(0xda7e);

    function _deploy(GrantsDaoToken token, GrantsDaoUsdc usdc) internal virtual returns (GrantsDao);

    function setUp() external {
        uint256 time = 1_750_000_000;
        VM.warp(time);
        GrantsDaoToken token = new GrantsDaoToken();
        GrantsDaoUsdc usdc = new GrantsDaoUsdc();
        dao = _deploy(token, usdc);
        checks = new GrantsDaoChecks(dao);
        usdc.approve(address(dao), 6_000_000e6);
        dao.fund(6_000_000e6);
        _hold(token, ALICE, 1_800_000e18);
        _hold(token, BOB, 1_200_000e18);
        _hold(token, CAROL, 900_000e18);
        _hold(token, DAVE, 200_000e18);
        VM.warp(time += 1);
        _propose(ALICE, address(0xa0d1), 180_000e6);
        _propose(BOB, address(0xe0e0), 60_000e6);
        _propose(DAVE, DAVE, 400_000e6);
        VM.warp(time += 13 hours);
        for (uint256 id; id < 2; id++) {
            _vote(ALICE, id, 1);
            _vote(BOB, id, 1);
        }
        _vote(CAROL, 2, 0);
        _vote(DAVE, 2, 1);
        VM.warp(time += 73 hours);
        dao.queue(0);
        dao.queue(1);
        _propose(CAROL, CAROL, 90_000e6);
        VM.warp(time += 25 hours);
        dao.execute(1);
        _vote(BOB, 3, 1);
        _vote(CAROL, 3, 1);
        handler = new GrantsDaoHandler(dao, token, usdc);
        token.transfer(handler.actors(0), 300_000e18);
        token.transfer(handler.actors(1), 50_000e18);
        token.transfer(handler.actors(2), 50_000e18);
        for (uint256 i; i < 3; i++) usdc.transfer(handler.actors(i), 100_000e6);
    }

    function _hold(GrantsDaoToken token, address account, uint256 amount) internal {
        token.transfer(account, amount);
        VM.prank(account);
        token.delegate(account);
    }

    function _propose(address by, address to, uint128 amount) internal {
        VM.prank(by);
        dao.propose(to, amount, "");
    }

    function _vote(address by, uint256 id, uint8 support) internal {
        VM.prank(by);
        dao.castVote(id, support);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_paidWithinGranted() external view {
        require(checks.invariant_paidWithinGranted());
    }
}

contract GrantsDaoTest is GrantsDaoSetUp {
    function _deploy(GrantsDaoToken token, GrantsDaoUsdc usdc) internal override returns (GrantsDao) {
        return new GrantsDao(token, usdc, 500_000e6);
    }
}

contract GrantsDaoFixedTest is GrantsDaoSetUp {
    function _deploy(GrantsDaoToken token, GrantsDaoUsdc usdc) internal override returns (GrantsDao) {
        return new GrantsDaoFixed(token, usdc, 500_000e6);
    }
}
