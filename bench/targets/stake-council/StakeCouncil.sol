// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice Stakers of COUNCIL, or those they delegate to, decide on payments from a treasury in USDC.
/// @dev Stake leaves through a cooldown. Until it is claimed it keeps its vote, as it can still be slashed by a later version.
contract StakeCouncil {
    using SafeERC20 for IERC20;
    using Checkpoints for Checkpoints.Trace208;

    struct Proposal {
        address recipient;
        uint48 snapshot;
        uint48 end;
        bool executed;
        uint128 amount;
        uint256 votesFor;
        uint256 votesAgainst;
    }

    struct Exit {
        uint208 amount;
        uint48 claimableAt;
    }

    uint256 public constant COOLDOWN = 3 days;
    uint256 public constant VOTING_PERIOD = 3 days;
    uint256 public constant PROPOSAL_THRESHOLD = 100; // basis points of all votes
    uint256 public constant QUORUM = 2_000;
    uint256 public constant MAX_PAYMENT = 1_000; // of the treasury
    uint256 internal constant BPS = 10_000;

    IERC20 public immutable token;
    IERC20 public immutable usdc;

    mapping(address => uint256) public staked;
    mapping(address => Exit) public exits;
    mapping(address => address) internal _delegates;
    mapping(address => Checkpoints.Trace208) internal _votes;
    Checkpoints.Trace208 internal _totalVotes;

    address[] public members;
    mapping(address => bool) public isMember;

    Proposal[] public proposals;
    mapping(uint256 => mapping(address => bool)) public hasVoted;

    event Staked(address indexed account, uint256 amount);
    event ExitRequested(address indexed account, uint256 amount, uint256 claimableAt);
    event ExitCancelled(address indexed account, uint256 amount);
    event ExitClaimed(address indexed account, uint256 amount);
    event Delegated(address indexed account, address indexed from, address indexed to);
    event Proposed(uint256 indexed id, address indexed proposer, address recipient, uint256 amount, string reason);
    event Voted(uint256 indexed id, address indexed voter, bool support, uint256 votes);
    event Executed(uint256 indexed id, address indexed recipient, uint256 amount);

    error ZeroAmount();
    error ExitPending();
    error NotClaimable();
    error BelowThreshold();
    error PaymentTooLarge();
    error VotingClosed();
    error AlreadyVoted();
    error NotPassed();

    constructor(IERC20 token_, IERC20 usdc_) {
        token = token_;
        usdc = usdc_;
    }

    // ---- stake

    function stake(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        token.safeTransferFrom(msg.sender, address(this), amount);
        if (!isMember[msg.sender]) {
            isMember[msg.sender] = true;
            members.push(msg.sender);
        }
        staked[msg.sender] += amount;
        _moveVotes(address(0), delegateOf(msg.sender), amount);
        emit Staked(msg.sender, amount);
    }

    /// @notice Starts the cooldown of part of the stake. One exit at a time.
    function requestExit(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        if (exits[msg.sender].amount != 0) revert ExitPending();
        staked[msg.sender] -= amount;
        uint256 claimableAt = block.timestamp + COOLDOWN;
        exits[msg.sender] = Exit(SafeCast.toUint208(amount), uint48(claimableAt));
        emit ExitRequested(msg.sender, amount, claimableAt);
    }

    function cancelExit() external {
        uint256 amount = exits[msg.sender].amount;
        if (amount == 0) revert ZeroAmount();
        delete exits[msg.sender];
        staked[msg.sender] += amount;
        emit ExitCancelled(msg.sender, amount);
    }

    function claimExit() external {
        Exit memory exit = exits[msg.sender];
        if (exit.amount == 0 || block.timestamp < exit.claimableAt) revert NotClaimable();
        delete exits[msg.sender];
        _moveVotes(delegateOf(msg.sender), address(0), exit.amount);
        token.safeTransfer(msg.sender, exit.amount);
        emit ExitClaimed(msg.sender, exit.amount);
    }

    /// @notice Gives one's votes to another member; the zero address takes them back.
    function delegate(address to) external {
        address from = delegateOf(msg.sender);
        _delegates[msg.sender] = to;
        address next = delegateOf(msg.sender);
        _moveVotes(from, next, _delegable(msg.sender));
        emit Delegated(msg.sender, from, next);
    }

    /// @dev How many votes move when an account changes its delegate.
    function _delegable(address account) internal view virtual returns (uint256) {
        return staked[account];
    }

    function _moveVotes(address from, address to, uint256 amount) internal {
        if (from == to || amount == 0) return;
        uint48 time = uint48(block.timestamp);
        uint208 delta = SafeCast.toUint208(amount);
        if (from == address(0)) _totalVotes.push(time, _totalVotes.latest() + delta);
        else _votes[from].push(time, _votes[from].latest() - delta);
        if (to == address(0)) _totalVotes.push(time, _totalVotes.latest() - delta);
        else _votes[to].push(time, _votes[to].latest() + delta);
    }

    // ---- treasury

    function propose(address recipient, uint128 amount, string calldata reason) external returns (uint256 id) {
        if (votesOf(msg.sender) * BPS < totalVotes() * PROPOSAL_THRESHOLD) revert BelowThreshold();
        if (amount == 0) revert ZeroAmount();
        if (uint256(amount) * BPS > usdc.balanceOf(address(this)) * MAX_PAYMENT) revert PaymentTooLarge();
        id = proposals.length;
        // Votes of the second before: nothing in this block can change them.
        uint48 snapshot = uint48(block.timestamp - 1);
        proposals.push(Proposal(recipient, snapshot, uint48(block.timestamp + VOTING_PERIOD), false, amount, 0, 0));
        emit Proposed(id, msg.sender, recipient, amount, reason);
    }

    function vote(uint256 id, bool support) external {
        Proposal storage proposal = proposals[id];
        if (block.timestamp >= proposal.end) revert VotingClosed();
        if (hasVoted[id][msg.sender]) revert AlreadyVoted();
        hasVoted[id][msg.sender] = true;
        uint256 votes = _votes[msg.sender].upperLookupRecent(proposal.snapshot);
        if (support) proposal.votesFor += votes;
        else proposal.votesAgainst += votes;
        emit Voted(id, msg.sender, support, votes);
    }

    function execute(uint256 id) external {
        Proposal storage proposal = proposals[id];
        if (proposal.executed || block.timestamp < proposal.end || !passed(id)) revert NotPassed();
        proposal.executed = true;
        usdc.safeTransfer(proposal.recipient, proposal.amount);
        emit Executed(id, proposal.recipient, proposal.amount);
    }

    // ---- views

    function passed(uint256 id) public view returns (bool) {
        Proposal storage proposal = proposals[id];
        uint256 quorum = uint256(_totalVotes.upperLookupRecent(proposal.snapshot)) * QUORUM / BPS;
        return proposal.votesFor > proposal.votesAgainst && proposal.votesFor >= quorum;
    }

    function delegateOf(address account) public view returns (address) {
        address to = _delegates[account];
        return to == address(0) ? account : to;
    }

    function votesOf(address account) public view returns (uint256) {
        return _votes[account].latest();
    }

    function totalVotes() public view returns (uint256) {
        return _totalVotes.latest();
    }

    function memberCount() external view returns (uint256) {
        return members.length;
    }

    function proposalCount() external view returns (uint256) {
        return proposals.length;
    }
}

contract StakeCouncilFixed is StakeCouncil {
    constructor(IERC20 token_, IERC20 usdc_) StakeCouncil(token_, usdc_) {}

    function _delegable(address account) internal view override returns (uint256) {
        return staked[account] + exits[account].amount;
    }
}

/// @notice States that members have the votes of the stakes behind them, and that stakes can be paid back.
contract StakeCouncilChecks {
    StakeCouncil public immutable council;

    constructor(StakeCouncil council_) {
        council = council_;
    }

    function invariant_votesMatchStakes() external view returns (bool) {
        uint256 count = council.memberCount();
        for (uint256 i; i < count; i++) {
            address member = council.members(i);
            uint256 backing;
            for (uint256 j; j < count; j++) {
                address other = council.members(j);
                if (council.delegateOf(other) == member) backing += _stakeOf(other);
            }
            if (council.votesOf(member) != backing) return false;
        }
        return true;
    }

    function invariant_stakesAreHeld() external view returns (bool) {
        uint256 count = council.memberCount();
        uint256 sum;
        for (uint256 i; i < count; i++) sum += _stakeOf(council.members(i));
        return council.totalVotes() == sum && council.token().balanceOf(address(council)) >= sum;
    }

    function _stakeOf(address account) internal view returns (uint256) {
        (uint208 leaving,) = council.exits(account);
        return council.staked(account) + leaving;
    }
}

contract StakeCouncilToken is ERC20 {
    constructor() ERC20("Council", "COUNCIL") {
        _mint(msg.sender, 20_000_000e18);
    }
}

contract StakeCouncilUsdc is ERC20 {
    constructor() ERC20("USD Coin", "USDC") {
        _mint(msg.sender, 100_000_000e6);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
