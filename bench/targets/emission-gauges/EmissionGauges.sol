// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @notice Holders lock TIDE for 1 to 52 weeks, and vote with it on which pools get the weekly emissions.
/// @dev A lock's power is its amount, more by up to 100 % the longer its term. Votes stay from week to week.
contract EmissionGauges is Ownable {
    using SafeERC20 for IERC20;

    struct Lock {
        uint128 amount;
        uint128 power;
        uint64 end;
    }

    struct Gauge {
        address receiver;
        uint256 weight;
        uint256 received;
        bool killed;
    }

    uint256 public constant MIN_TERM = 1 weeks;
    uint256 public constant MAX_TERM = 52 weeks;
    uint256 public constant EPOCH = 1 weeks;

    IERC20 public immutable token;
    uint256 public weeklyEmission;
    uint256 public nextEpoch;

    Gauge[] public gauges;
    uint256 public totalWeight;
    uint256 public totalPower;
    uint256 public totalLocked;
    mapping(address => Lock) public locks;
    /// @notice The weight that an account's votes give a gauge.
    mapping(address => mapping(uint256 => uint256)) public votes;
    mapping(address => uint256[]) internal _votedFor;

    event Locked(address indexed account, uint256 amount, uint256 power, uint256 end);
    event Increased(address indexed account, uint256 amount, uint256 power);
    event Withdrawn(address indexed account, uint256 amount);
    event Voted(address indexed account, uint256 indexed gauge, uint256 weight);
    event VotesReset(address indexed account);
    event GaugeAdded(uint256 indexed gauge, address receiver);
    event GaugeKilled(uint256 indexed gauge);
    event Emitted(uint256 indexed gauge, uint256 amount);

    error LockExists();
    error NoLock();
    error BadTerm();
    error ZeroAmount();
    error LockExpired();
    error LockNotExpired();
    error BadVotes();
    error TooEarly();

    constructor(IERC20 token_, uint256 weeklyEmission_) Ownable(msg.sender) {
        token = token_;
        weeklyEmission = weeklyEmission_;
        nextEpoch = block.timestamp + EPOCH;
    }

    // ---- owner

    function addGauge(address receiver) external onlyOwner returns (uint256 gauge) {
        gauge = gauges.length;
        gauges.push(Gauge(receiver, 0, 0, false));
        emit GaugeAdded(gauge, receiver);
    }

    /// @notice A killed gauge gets no new votes; its share of the emissions stays here.
    function killGauge(uint256 gauge) external onlyOwner {
        gauges[gauge].killed = true;
        emit GaugeKilled(gauge);
    }

    function setWeeklyEmission(uint256 amount) external onlyOwner {
        weeklyEmission = amount;
    }

    // ---- locks

    function lock(uint128 amount, uint64 term) external {
        if (locks[msg.sender].amount != 0) revert LockExists();
        if (amount == 0) revert ZeroAmount();
        if (term < MIN_TERM || term > MAX_TERM) revert BadTerm();
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint128 power = _power(amount, term);
        locks[msg.sender] = Lock(amount, power, uint64(block.timestamp) + term);
        totalLocked += amount;
        totalPower += power;
        emit Locked(msg.sender, amount, power, block.timestamp + term);
    }

    /// @notice Adds to a lock. The new tokens count for the time that is left; call `poke` to vote with them.
    function increase(uint128 amount) external {
        Lock storage held = locks[msg.sender];
        if (held.amount == 0) revert NoLock();
        if (block.timestamp >= held.end) revert LockExpired();
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint128 power = _power(amount, uint64(held.end - block.timestamp));
        held.amount += amount;
        held.power += power;
        totalLocked += amount;
        totalPower += power;
        emit Increased(msg.sender, amount, power);
    }

    /// @notice Pays back a lock that has expired.
    function withdraw() external virtual {
        _withdraw();
    }

    function _withdraw() internal {
        Lock memory held = locks[msg.sender];
        if (held.amount == 0) revert NoLock();
        if (block.timestamp < held.end) revert LockNotExpired();
        delete locks[msg.sender];
        totalLocked -= held.amount;
        totalPower -= held.power;
        token.safeTransfer(msg.sender, held.amount);
        emit Withdrawn(msg.sender, held.amount);
    }

    // ---- votes

    /// @notice Splits the caller's power among gauges in proportion to `shares`. Replaces earlier votes.
    function vote(uint256[] calldata ids, uint256[] calldata shares) external {
        Lock memory held = locks[msg.sender];
        if (held.amount == 0) revert NoLock();
        if (block.timestamp >= held.end) revert LockExpired();
        if (ids.length == 0 || ids.length != shares.length || ids.length > 10) revert BadVotes();
        _reset(msg.sender);
        uint256 sum;
        for (uint256 i; i < shares.length; i++) sum += shares[i];
        if (sum == 0) revert BadVotes();
        for (uint256 i; i < ids.length; i++) {
            uint256 weight = uint256(held.power) * shares[i] / sum;
            if (weight == 0 || votes[msg.sender][ids[i]] != 0 || gauges[ids[i]].killed) revert BadVotes();
            _add(msg.sender, ids[i], weight);
        }
    }

    /// @notice Votes again as before, with all the power that the caller has now.
    function poke() external {
        Lock memory held = locks[msg.sender];
        if (block.timestamp >= held.end) revert LockExpired();
        uint256[] memory ids = _votedFor[msg.sender];
        uint256[] memory weights = new uint256[](ids.length);
        uint256 sum;
        for (uint256 i; i < ids.length; i++) {
            weights[i] = votes[msg.sender][ids[i]];
            sum += weights[i];
        }
        _reset(msg.sender);
        for (uint256 i; i < ids.length; i++) _add(msg.sender, ids[i], uint256(held.power) * weights[i] / sum);
    }

    /// @notice Takes back all of the caller's votes.
    function reset() external {
        _reset(msg.sender);
    }

    function _add(address account, uint256 gauge, uint256 weight) internal {
        votes[account][gauge] = weight;
        _votedFor[account].push(gauge);
        gauges[gauge].weight += weight;
        totalWeight += weight;
        emit Voted(account, gauge, weight);
    }

    function _reset(address account) internal {
        uint256[] memory ids = _votedFor[account];
        for (uint256 i; i < ids.length; i++) {
            uint256 weight = votes[account][ids[i]];
            delete votes[account][ids[i]];
            gauges[ids[i]].weight -= weight;
            totalWeight -= weight;
        }
        delete _votedFor[account];
        emit VotesReset(account);
    }

    // ---- emissions

    /// @notice Pays the emission of a week, once a week, as far as there is something to emit.
    function distribute() external {
        if (block.timestamp < nextEpoch) revert TooEarly();
        nextEpoch += EPOCH;
        uint256 available = token.balanceOf(address(this)) - totalLocked;
        uint256 emission = weeklyEmission < available ? weeklyEmission : available;
        uint256 weights = totalWeight;
        if (weights == 0) return;
        for (uint256 i; i < gauges.length; i++) {
            Gauge storage gauge = gauges[i];
            uint256 amount = emission * gauge.weight / weights;
            if (gauge.killed || amount == 0) continue;
            gauge.received += amount;
            token.safeTransfer(gauge.receiver, amount);
            emit Emitted(i, amount);
        }
    }

    function _power(uint128 amount, uint64 term) internal pure returns (uint128) {
        return uint128(amount + uint256(amount) * term / MAX_TERM);
    }

    function gaugeCount() external view returns (uint256) {
        return gauges.length;
    }
}

contract EmissionGaugesFixed is EmissionGauges {
    constructor(IERC20 token_, uint256 weeklyEmission_) EmissionGauges(token_, weeklyEmission_) {}

    function withdraw() external override {
        _reset(msg.sender);
        _withdraw();
    }
}

/// @notice States that gauges have no more weight than there is power to vote with, and that locks can be paid back.
contract EmissionGaugesChecks {
    EmissionGauges public immutable controller;

    constructor(EmissionGauges controller_) {
        controller = controller_;
    }

    function invariant_weightWithinPower() external view returns (bool) {
        uint256 sum;
        uint256 count = controller.gaugeCount();
        for (uint256 i; i < count; i++) {
            (, uint256 weight,,) = controller.gauges(i);
            sum += weight;
        }
        return sum == controller.totalWeight() && sum <= controller.totalPower();
    }

    function invariant_locksAreHeld() external view returns (bool) {
        return controller.token().balanceOf(address(controller)) >= controller.totalLocked();
    }
}

contract EmissionGaugesToken is ERC20 {
    constructor() ERC20("Tide", "TIDE") {
        _mint(msg.sender, 50_000_000e18);
    }
}
