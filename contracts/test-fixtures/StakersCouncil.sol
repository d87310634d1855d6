// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title StakersTreasury
/// @notice Pays out what its council decides.
contract StakersTreasury {
    IERC20 private immutable TOKEN;
    address public immutable council;

    constructor(IERC20 token, address council_) {
        TOKEN = token;
        council = council_;
    }

    function sweep(address receiver) external {
        require(msg.sender == council, "not the council");
        TOKEN.transfer(receiver, TOKEN.balanceOf(address(this)));
    }
}

/// @notice Whoever has staked enough queues calls, which anybody executes a day later.
abstract contract StakersCouncilBase {
    struct Queued {
        address target;
        uint256 value;
        bytes data;
        uint256 eta;
    }

    uint256 public constant DELAY = 1 days;
    IERC20 private immutable TOKEN;
    uint256 public totalStaked;
    uint256 public count;
    mapping(address account => uint256) public stakeOf;
    mapping(uint256 id => Queued) private queued;

    constructor(IERC20 token) {
        TOKEN = token;
    }

    function stake(uint256 amount) external {
        TOKEN.transferFrom(msg.sender, address(this), amount);
        stakeOf[msg.sender] += amount;
        totalStaked += amount;
    }

    function unstake(uint256 amount) external {
        stakeOf[msg.sender] -= amount;
        totalStaked -= amount;
        TOKEN.transfer(msg.sender, amount);
    }

    function queue(address target, uint256 value, bytes calldata data) external returns (uint256 id) {
        require(stakeOf[msg.sender] >= quorum(), "too small a stake");
        require(target != address(TOKEN), "not the stakes");
        id = count++;
        queued[id] = Queued(target, value, data, block.timestamp + DELAY);
    }

    function execute(uint256 id) external {
        Queued memory one = queued[id];
        require(one.eta != 0 && block.timestamp >= one.eta, "not yet");
        delete queued[id];
        (bool done, ) = one.target.call{value: one.value}(one.data);
        require(done, "failed");
    }

    function quorum() public view virtual returns (uint256);
}

/// @title StakersCouncil
/// @notice FLAW: a fixed stake decides, however much others have staked.
contract StakersCouncil is StakersCouncilBase {
    constructor(IERC20 token) StakersCouncilBase(token) {}

    function quorum() public pure override returns (uint256) {
        return 10_000e6;
    }
}

/// @title StakersCouncilFixed
/// @notice The twin: more than half of all stakes decides.
contract StakersCouncilFixed is StakersCouncilBase {
    constructor(IERC20 token) StakersCouncilBase(token) {}

    function quorum() public view override returns (uint256) {
        return totalStaked / 2 + 1;
    }
}
