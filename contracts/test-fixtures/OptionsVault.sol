// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";

/// @notice Sells puts on ether, settled in USDC: a buyer that insures `notional` dollars receives the fraction of them by which
/// ether is below the strike at exercise. The strike is the feed's price at purchase. The sale opens four hours after the
/// epoch begins, and all puts expire after a week. Each put is fully collateralised by USDC of a treasury, which funds the
/// vault by plain transfer.
/// @dev The feed has a heartbeat of 20 minutes. What happens to the USDC after the epoch is not modelled.
abstract contract OptionsVaultBase {
    using SafeERC20 for IERC20;

    struct Put {
        uint256 notional;
        uint256 strike;
    }

    /// @notice Price of a put, basis points of its notional.
    uint256 public constant PREMIUM = 500;
    uint256 private constant BPS = 10_000;

    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    /// @notice When the sale opens, and when all puts expire, seconds.
    uint256 public immutable saleFrom;
    uint256 public immutable expiry;

    /// @notice The put of an account: USDC insured, and the strike in USDC base units per whole ether.
    mapping(address account => Put) public putOf;

    /// @notice USDC that collateralises puts, base units.
    uint256 public reserved;

    event Bought(address indexed account, uint256 notional, uint256 strike);
    event Exercised(address indexed account, uint256 payoff);

    /// @notice Outside the allowed time window.
    error NotNow();

    /// @notice An account can have only one put at a time.
    error PutIsOpen();

    /// @notice Nothing is left to sell, or to pay out.
    error NothingToDo();

    constructor(IERC20 usdc_, IPriceFeed feed_) {
        usdc = usdc_;
        feed = feed_;
        saleFrom = block.timestamp + 4 hours;
        expiry = block.timestamp + 7 days;
    }

    /// @notice Buys a put, at most what the vault can collateralise.
    /// @param notional USDC insured, base units
    function buyPut(uint256 notional) external {
        if (block.timestamp < saleFrom || block.timestamp > expiry) revert NotNow();
        if (putOf[msg.sender].notional != 0) revert PutIsOpen();
        notional = Math.min(notional, usdc.balanceOf(address(this)) - reserved);
        if (notional == 0) revert NothingToDo();

        uint256 strike = price();
        putOf[msg.sender] = Put(notional, strike);
        reserved += notional;
        usdc.safeTransferFrom(msg.sender, address(this), Math.ceilDiv(notional * PREMIUM, BPS));
        emit Bought(msg.sender, notional, strike);
    }

    /// @notice Settles the caller's put at the feed's price.
    function exercise() external {
        if (block.timestamp > expiry) revert NotNow();
        Put memory put = putOf[msg.sender];
        uint256 payoff = put.notional == 0
            ? 0
            : Math.mulDiv(put.notional, Math.saturatingSub(put.strike, price()), put.strike);
        if (payoff == 0) revert NothingToDo();

        delete putOf[msg.sender];
        reserved -= put.notional;
        usdc.safeTransfer(msg.sender, payoff);
        emit Exercised(msg.sender, payoff);
    }

    /// @notice The vault's price of a whole ether, USDC base units.
    function price() public view virtual returns (uint256);
}

/// @title OptionsVault
/// @notice FLAW: takes the feed's last round for the present price, however old it is. While the feed is silent in a
/// falling market, puts are sold at a strike far above the market.
contract OptionsVault is OptionsVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) OptionsVaultBase(usdc_, feed_) {}

    /// @inheritdoc OptionsVaultBase
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title OptionsVaultFixed
/// @notice The twin: neither sells nor settles on a round older than the heartbeat plus five minutes.
contract OptionsVaultFixed is OptionsVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) OptionsVaultBase(usdc_, feed_) {}

    /// @inheritdoc OptionsVaultBase
    function price() public view override returns (uint256) {
        return FeedPrice.latestWithin(feed, 25 minutes);
    }
}
