// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";

/// @notice Sells short puts on ether, settled in USDC: whoever insures `notional` dollars receives the fraction of them
/// by which ether is below the strike at exercise. The strike is the feed's price at the purchase. Each put is secured
/// in full by USDC of a treasury, which funds the vault by plain transfer.
/// @dev The feed has a heartbeat of 20 minutes. A put lives for four of them, in which ether hardly falls by more than
/// the premium of 6 %.
abstract contract OptionsVaultBase {
    using SafeERC20 for IERC20;

    struct Put {
        uint256 notional;
        uint256 strike;
        uint256 expiry;
    }

    /// @notice Basis points of the notional that a put costs.
    uint256 public constant PREMIUM = 600;
    uint256 private constant BPS = 10_000;

    /// @notice Seconds in which a put can be exercised.
    uint256 public constant LIFETIME = 80 minutes;

    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    /// @notice The put of an account: USDC insured, strike in USDC base units a whole ether, last second of its life.
    mapping(address account => Put) public putOf;

    /// @notice USDC that secures puts, base units.
    uint256 public reserved;

    event Bought(address indexed account, uint256 notional, uint256 strike, uint256 expiry);
    event Exercised(address indexed account, uint256 payoff);
    event Lapsed(address indexed account);

    /// @notice After clamping there is nothing left to do.
    error NothingToDo();

    /// @notice An account has one put at a time.
    error PutIsOpen();

    /// @notice The account has no put that can be exercised.
    error NoPut();

    constructor(IERC20 usdc_, IPriceFeed feed_) {
        usdc = usdc_;
        feed = feed_;
    }

    /// @notice Buys a put, of what the vault can secure at most.
    /// @param notional USDC insured, base units
    function buyPut(uint256 notional) external {
        lapse(msg.sender);
        if (putOf[msg.sender].notional != 0) revert PutIsOpen();
        notional = Math.min(notional, usdc.balanceOf(address(this)) - reserved);
        if (notional == 0) revert NothingToDo();

        uint256 strike = price();
        uint256 expiry = block.timestamp + LIFETIME;
        putOf[msg.sender] = Put(notional, strike, expiry);
        reserved += notional;
        usdc.safeTransferFrom(msg.sender, address(this), Math.ceilDiv(notional * PREMIUM, BPS));
        emit Bought(msg.sender, notional, strike, expiry);
    }

    /// @notice Settles the caller's put at the feed's price.
    function exercise() external {
        Put memory put = putOf[msg.sender];
        if (put.notional == 0 || block.timestamp > put.expiry) revert NoPut();
        uint256 payoff = Math.mulDiv(put.notional, Math.saturatingSub(put.strike, price()), put.strike);
        if (payoff == 0) revert NothingToDo();

        delete putOf[msg.sender];
        reserved -= put.notional;
        usdc.safeTransfer(msg.sender, payoff);
        emit Exercised(msg.sender, payoff);
    }

    /// @notice Frees what secures a put that has expired.
    function lapse(address account) public {
        Put memory put = putOf[account];
        if (put.notional == 0 || block.timestamp <= put.expiry) return;
        delete putOf[account];
        reserved -= put.notional;
        emit Lapsed(account);
    }

    /// @notice What a whole ether is worth to the vault, USDC base units.
    function price() public view virtual returns (uint256);
}

/// @title OptionsVault
/// @notice FLAW: takes the feed's last round for the price of now, however old it is. While the feed is silent in a
/// falling market, puts are sold at a strike that the market has left long ago.
contract OptionsVault is OptionsVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) OptionsVaultBase(usdc_, feed_) {}

    /// @inheritdoc OptionsVaultBase
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title OptionsVaultFixed
/// @notice The twin: neither sells nor settles on a round older than the heartbeat and five minutes.
contract OptionsVaultFixed is OptionsVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) OptionsVaultBase(usdc_, feed_) {}

    /// @inheritdoc OptionsVaultBase
    function price() public view override returns (uint256) {
        return FeedPrice.latestWithin(feed, 25 minutes);
    }
}
