// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title PromiseDesk
/// @notice Takes anybody's word for a value, with a bond, if nobody challenges it for a day. Whoever challenges a false one gets the
/// bond.
/// @dev The flaw: the bond goes back to whoever lied, so that nobody has a reason to challenge.
contract PromiseDesk {
    using SafeERC20 for IERC20;

    struct Claim {
        address by;
        uint64 at;
        uint256 value;
        uint256 bond;
    }

    uint256 public constant PERIOD = 1 days;
    uint256 public constant LEAST_BOND = 1e18;
    uint256 public constant TRUTH = 100;

    IERC20 public immutable weth;
    uint256 public value = TRUTH;
    Claim public pending;

    error TooLow();
    error AlreadyPending();
    error TooEarly();
    error NothingFalse();

    constructor(IERC20 weth_) {
        weth = weth_;
    }

    function claim(uint256 newValue, uint256 bond) external {
        if (pending.by != address(0)) revert AlreadyPending();
        if (bond < LEAST_BOND) revert TooLow();
        weth.safeTransferFrom(msg.sender, address(this), bond);
        pending = Claim(msg.sender, uint64(block.timestamp), newValue, bond);
    }

    function challenge() public virtual {
        Claim memory claimed = _false();
        delete pending;
        weth.safeTransfer(_winner(claimed), claimed.bond);
    }

    function settle() external virtual {
        Claim memory claimed = pending;
        if (claimed.by == address(0) || block.timestamp < claimed.at + _period()) revert TooEarly();
        delete pending;
        value = claimed.value;
        weth.safeTransfer(claimed.by, claimed.bond);
    }

    function invariant_tellsTheTruth() external view returns (bool) {
        return value == TRUTH;
    }

    function _false() internal view returns (Claim memory claimed) {
        claimed = pending;
        if (claimed.by == address(0) || claimed.value == TRUTH) revert NothingFalse();
    }

    function _period() internal view virtual returns (uint256) {
        return PERIOD;
    }

    function _winner(Claim memory claimed) internal view virtual returns (address) {
        return claimed.by;
    }
}

/// @title PromiseDeskFixed
contract PromiseDeskFixed is PromiseDesk {
    constructor(IERC20 weth_) PromiseDesk(weth_) {}

    function _winner(Claim memory) internal view override returns (address) {
        return msg.sender;
    }
}

/// @title StoppableDesk
/// @dev The flaw: anybody can stop the challenges.
contract StoppableDesk is PromiseDeskFixed {
    bool public stopped;

    error Stopped();

    constructor(IERC20 weth_) PromiseDeskFixed(weth_) {}

    function stop() external {
        stopped = true;
    }

    function challenge() public override {
        if (stopped) revert Stopped();
        super.challenge();
    }
}

/// @title HastyDesk
/// @dev The flaw: whoever asks twice need not wait.
contract HastyDesk is PromiseDeskFixed {
    uint256 public hurried;

    constructor(IERC20 weth_) PromiseDeskFixed(weth_) {}

    function hurry() external {
        hurried += 1;
    }

    function _period() internal view override returns (uint256) {
        return hurried < 2 ? PERIOD : 0;
    }
}

/// @title RuledDesk
/// @notice The same, but a challenge takes a bond, too, and the owner rules who gets both.
/// @dev The flaw: the owner rules for whoever lied.
contract RuledDesk is PromiseDesk {
    using SafeERC20 for IERC20;

    address public immutable owner = msg.sender;
    address public challenger;

    error NotTheOwner();

    constructor(IERC20 weth_) PromiseDesk(weth_) {}

    function challenge() public override {
        if (challenger != address(0)) revert AlreadyPending();
        weth.safeTransferFrom(msg.sender, address(this), _false().bond);
        challenger = msg.sender;
    }

    function rule() external {
        if (msg.sender != owner) revert NotTheOwner();
        Claim memory claimed = _false();
        address winner = _winner(claimed);
        delete pending;
        delete challenger;
        weth.safeTransfer(winner, 2 * claimed.bond);
    }

    function settle() external override {
        Claim memory claimed = pending;
        if (challenger != address(0) || claimed.by == address(0) || block.timestamp < claimed.at + PERIOD) {
            revert TooEarly();
        }
        delete pending;
        value = claimed.value;
        weth.safeTransfer(claimed.by, claimed.bond);
    }
}

/// @title RuledDeskFixed
contract RuledDeskFixed is RuledDesk {
    constructor(IERC20 weth_) RuledDesk(weth_) {}

    function _winner(Claim memory) internal view override returns (address) {
        return challenger;
    }
}

/// @title DailyTill
/// @notice Pays its staff their wages, once a day.
/// @dev The flaw: it pays whoever asks. What others take of it is lost, too.
contract DailyTill {
    using SafeERC20 for IERC20;

    uint256 public constant WAGE = 0.4e18;

    IERC20 public immutable weth;
    mapping(address account => uint256) public paidAt;

    error NotYet();

    constructor(IERC20 weth_) {
        weth = weth_;
    }

    function take() external {
        if (block.timestamp < paidAt[msg.sender] + 1 days) revert NotYet();
        paidAt[msg.sender] = block.timestamp;
        weth.safeTransfer(msg.sender, WAGE);
    }
}

/// @title LooseTill
/// @dev A second flaw: it pays the same to whoever grabs it, at any time.
contract LooseTill is DailyTill {
    using SafeERC20 for IERC20;

    constructor(IERC20 weth_) DailyTill(weth_) {}

    function grab() external {
        weth.safeTransfer(msg.sender, WAGE);
    }
}
