// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract GrantsDaoToken is ERC20, ERC20Permit, ERC20Votes {
    constructor() ERC20("Grove", "GROVE") ERC20Permit("Grove") {
        _mint(msg.sender, 10_000_000e18);
    }

    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}

/// @notice Holders of GROVE vote on grants in USDC. What has passed is queued, and paid after a delay by whoever calls.
contract GrantsDao is Ownable {
    using SafeERC20 for IERC20;

    enum State {
        Pending,
        Active,
        Defeated,
        Succeeded,
        Queued,
        Expired,
        Executed,
        Cancelled
    }

    struct Grant {
        address proposer;
        address recipient;
        uint128 amount;
        uint48 snapshot;
        uint48 deadline;
        uint48 eta; // when it may be paid; 0 if it is not queued
        bool cancelled;
        bool executed;
        uint256 votesFor;
        uint256 votesAgainst;
        uint256 votesAbstained;
    }

    uint256 public constant VOTING_DELAY = 12 hours;
    uint256 public constant VOTING_PERIOD = 3 days;
    uint256 public constant TIMELOCK = 1 days;
    uint256 public constant GRACE_PERIOD = 7 days;
    uint256 public constant PROPOSAL_THRESHOLD = 50_000e18;
    uint256 public constant QUORUM = 1_000; // basis points of the supply
    uint256 internal constant BPS = 10_000;

    GrantsDaoToken public immutable token;
    IERC20 public immutable usdc;
    uint128 public maxGrant;
    uint256 public totalFunded;
    uint256 public totalPaid;

    Grant[] public grants;
    mapping(uint256 => mapping(address => bool)) public hasVoted;

    event Funded(address indexed from, uint256 amount);
    event Proposed(uint256 indexed id, address indexed proposer, address indexed recipient, uint256 amount, string title);
    event VoteCast(uint256 indexed id, address indexed voter, uint8 support, uint256 votes);
    event Queued(uint256 indexed id, uint256 eta);
    event Executed(uint256 indexed id, address indexed recipient, uint256 amount);
    event Cancelled(uint256 indexed id);

    error BelowThreshold();
    error BadAmount();
    error WrongState(State state);
    error AlreadyVoted();
    error BadSupport();
    error NotYet();
    error MayNotCancel();

    constructor(GrantsDaoToken token_, IERC20 usdc_, uint128 maxGrant_) Ownable(msg.sender) {
        token = token_;
        usdc = usdc_;
        maxGrant = maxGrant_;
    }

    function setMaxGrant(uint128 maxGrant_) external onlyOwner {
        maxGrant = maxGrant_;
    }

    function fund(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        totalFunded += amount;
        emit Funded(msg.sender, amount);
    }

    function propose(address recipient, uint128 amount, string calldata title) external returns (uint256 id) {
        if (token.getPastVotes(msg.sender, block.timestamp - 1) < PROPOSAL_THRESHOLD) revert BelowThreshold();
        if (amount == 0 || amount > maxGrant || recipient == address(0)) revert BadAmount();
        id = grants.length;
        Grant storage grant = grants.push();
        grant.proposer = msg.sender;
        grant.recipient = recipient;
        grant.amount = amount;
        grant.snapshot = uint48(block.timestamp + VOTING_DELAY);
        grant.deadline = uint48(block.timestamp + VOTING_DELAY + VOTING_PERIOD);
        emit Proposed(id, msg.sender, recipient, amount, title);
    }

    /// @param support 0 against, 1 for, 2 abstain
    function castVote(uint256 id, uint8 support) external returns (uint256 votes) {
        _requireState(id, State.Active);
        if (hasVoted[id][msg.sender]) revert AlreadyVoted();
        if (support > 2) revert BadSupport();
        hasVoted[id][msg.sender] = true;
        Grant storage grant = grants[id];
        votes = token.getPastVotes(msg.sender, grant.snapshot);
        if (support == 0) grant.votesAgainst += votes;
        else if (support == 1) grant.votesFor += votes;
        else grant.votesAbstained += votes;
        emit VoteCast(id, msg.sender, support, votes);
    }

    function queue(uint256 id) external {
        _requireState(id, State.Succeeded);
        uint48 eta = uint48(block.timestamp + TIMELOCK);
        grants[id].eta = eta;
        emit Queued(id, eta);
    }

    function execute(uint256 id) external {
        _requireState(id, State.Queued);
        Grant storage grant = grants[id];
        if (block.timestamp < grant.eta) revert NotYet();
        _close(grant);
        totalPaid += grant.amount;
        usdc.safeTransfer(grant.recipient, grant.amount);
        emit Executed(id, grant.recipient, grant.amount);
    }

    /// @notice The proposer may withdraw a grant until it is paid, the guardian (owner) as well.
    function cancel(uint256 id) external {
        Grant storage grant = grants[id];
        if (msg.sender != grant.proposer && msg.sender != owner()) revert MayNotCancel();
        State current = state(id);
        if (current == State.Executed || current == State.Cancelled) revert WrongState(current);
        grant.cancelled = true;
        emit Cancelled(id);
    }

    /// @dev Takes a grant off the queue as it is paid.
    function _close(Grant storage grant) internal virtual {
        grant.eta = 0;
    }

    function _requireState(uint256 id, State expected) internal view {
        State current = state(id);
        if (current != expected) revert WrongState(current);
    }

    function state(uint256 id) public view returns (State) {
        Grant storage grant = grants[id];
        if (grant.cancelled) return State.Cancelled;
        if (grant.executed) return State.Executed;
        if (block.timestamp <= grant.snapshot) return State.Pending;
        if (block.timestamp <= grant.deadline) return State.Active;
        if (!carried(id)) return State.Defeated;
        if (grant.eta == 0) return State.Succeeded;
        return block.timestamp > grant.eta + GRACE_PERIOD ? State.Expired : State.Queued;
    }

    /// @notice Whether the votes on a grant are in its favour.
    function carried(uint256 id) public view returns (bool) {
        Grant storage grant = grants[id];
        if (block.timestamp <= grant.deadline) return false;
        uint256 quorum = token.getPastTotalSupply(grant.snapshot) * QUORUM / BPS;
        return grant.votesFor > grant.votesAgainst && grant.votesFor + grant.votesAbstained >= quorum;
    }

    function grantCount() external view returns (uint256) {
        return grants.length;
    }
}

contract GrantsDaoFixed is GrantsDao {
    constructor(GrantsDaoToken token_, IERC20 usdc_, uint128 maxGrant_) GrantsDao(token_, usdc_, maxGrant_) {}

    function _close(Grant storage grant) internal override {
        grant.eta = 0;
        grant.executed = true;
    }
}

/// @notice States that no more has left the treasury than votes have granted.
contract GrantsDaoChecks {
    GrantsDao public immutable dao;

    constructor(GrantsDao dao_) {
        dao = dao_;
    }

    function invariant_paidWithinGranted() external view returns (bool) {
        uint256 granted;
        uint256 count = dao.grantCount();
        for (uint256 id; id < count; id++) {
            (,, uint128 amount,,,,,,,,) = dao.grants(id);
            if (dao.carried(id)) granted += amount;
        }
        return dao.usdc().balanceOf(address(dao)) + granted >= dao.totalFunded();
    }
}

contract GrantsDaoUsdc is ERC20 {
    constructor() ERC20("USD Coin", "USDC") {
        _mint(msg.sender, 100_000_000e6);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
