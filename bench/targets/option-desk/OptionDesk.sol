// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

contract OptionDeskUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract OptionDeskFeed {
    uint8 public constant decimals = 8;
    int256 public answer;
    uint256 public updatedAt;
    uint80 public roundId;

    constructor(int256 initial) {
        setAnswer(initial);
    }

    function setAnswer(int256 next) public {
        answer = next;
        updatedAt = block.timestamp;
        roundId++;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (roundId, answer, updatedAt, updatedAt, roundId);
    }
}

/// @title American ether puts, sold by a pool of USDC
/// @notice Liquidity providers share premiums and payouts. The pool locks the strike of each option that it sells.
contract OptionDesk {
    using SafeERC20 for IERC20;

    struct Option {
        address holder;
        uint256 strike; // USDC per ether, 6 decimals
        uint256 size; // ether, 18 decimals
        uint256 expiry;
        uint256 collateral; // USDC
    }

    uint256 public constant MIN_SIZE = 0.1e18;
    uint256 public constant BASE_BPS = 50;
    uint256 public constant BPS_PER_DAY = 12;
    uint256 public constant MAX_DAYS = 30;
    uint256 public constant MAX_AGE = 25 hours;

    IERC20 public immutable usdc;
    OptionDeskFeed public immutable feed;

    uint256 public totalLiquidity;
    uint256 public locked;
    uint256 public totalShares;
    mapping(address provider => uint256) public shares;
    Option[] public options;

    event Deposited(address indexed provider, uint256 assets, uint256 minted);
    event Withdrawn(address indexed provider, uint256 assets, uint256 burned);
    event Bought(uint256 indexed id, address indexed holder, uint256 strike, uint256 size, uint256 premium);
    event Exercised(address indexed holder, uint256[] ids, uint256 paid);
    event Expired(uint256 indexed id);

    error NotHolder(uint256 id);
    error NotOpen(uint256 id);
    error OptionExpired(uint256 id);
    error NotExpired(uint256 id);
    error BadStrike();
    error BadDuration();
    error TooSmall();
    error NotEnoughLiquidity();
    error StalePrice();

    constructor(IERC20 usdc_, OptionDeskFeed feed_) {
        usdc = usdc_;
        feed = feed_;
    }

    function deposit(uint256 assets) external returns (uint256 minted) {
        minted = totalShares == 0 ? assets : (assets * totalShares) / totalLiquidity;
        if (minted == 0) revert TooSmall();
        shares[msg.sender] += minted;
        totalShares += minted;
        totalLiquidity += assets;
        usdc.safeTransferFrom(msg.sender, address(this), assets);
        emit Deposited(msg.sender, assets, minted);
    }

    /// @notice Redeems shares for liquidity that is not locked.
    function withdraw(uint256 burned) external returns (uint256 assets) {
        assets = (burned * totalLiquidity) / totalShares;
        if (assets > available()) revert NotEnoughLiquidity();
        shares[msg.sender] -= burned;
        totalShares -= burned;
        totalLiquidity -= assets;
        usdc.safeTransfer(msg.sender, assets);
        emit Withdrawn(msg.sender, assets, burned);
    }

    /// @notice Buys a put that may be exercised for `numberOfDays`, with a strike within 20 % of the price.
    function buy(uint256 strike, uint256 size, uint256 numberOfDays) external returns (uint256 id) {
        if (size < MIN_SIZE) revert TooSmall();
        if (numberOfDays == 0 || numberOfDays > MAX_DAYS) revert BadDuration();
        uint256 spot = price();
        if (strike * 10 < spot * 8 || strike * 10 > spot * 12) revert BadStrike();
        uint256 premium = quote(strike, size, numberOfDays);
        uint256 collateral = (strike * size) / 1e18;
        totalLiquidity += premium;
        locked += collateral;
        if (locked > totalLiquidity) revert NotEnoughLiquidity();
        id = options.length;
        options.push(Option(msg.sender, strike, size, block.timestamp + numberOfDays * 1 days, collateral));
        usdc.safeTransferFrom(msg.sender, address(this), premium);
        emit Bought(id, msg.sender, strike, size, premium);
    }

    function transferOption(uint256 id, address to) external {
        if (options[id].holder != msg.sender) revert NotHolder(id);
        options[id].holder = to;
    }

    /// @notice Exercises options of the caller at the price of the moment.
    function exercise(uint256[] calldata ids) external returns (uint256 paid) {
        uint256 spot = price();
        for (uint256 i = 0; i < ids.length; i++) {
            Option storage option = options[ids[i]];
            if (option.holder != msg.sender) revert NotHolder(ids[i]);
            if (block.timestamp > option.expiry) revert OptionExpired(ids[i]);
            paid += _intrinsic(option.strike, option.size, spot);
        }
        for (uint256 i = 0; i < ids.length; i++) _close(ids[i]);
        totalLiquidity -= paid;
        usdc.safeTransfer(msg.sender, paid);
        emit Exercised(msg.sender, ids, paid);
    }

    /// @notice Unlocks the collateral of options that have expired. Anybody may call it.
    function expire(uint256[] calldata ids) external {
        for (uint256 i = 0; i < ids.length; i++) {
            Option storage option = options[ids[i]];
            if (option.holder == address(0)) revert NotOpen(ids[i]);
            if (block.timestamp <= option.expiry) revert NotExpired(ids[i]);
            _close(ids[i]);
            emit Expired(ids[i]);
        }
    }

    function available() public view returns (uint256) {
        return totalLiquidity > locked ? totalLiquidity - locked : 0;
    }

    function optionsLength() external view returns (uint256) {
        return options.length;
    }

    /// @notice The premium: intrinsic value, and a time value by the day.
    function quote(uint256 strike, uint256 size, uint256 numberOfDays) public view returns (uint256) {
        uint256 spot = price();
        uint256 timeValue = ((spot * size) / 1e18) * (BASE_BPS + BPS_PER_DAY * numberOfDays) / 10_000;
        return _intrinsic(strike, size, spot) + timeValue + 1;
    }

    /// @notice USDC per ether, 6 decimals.
    function price() public view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_AGE) revert StalePrice();
        return uint256(answer) / 100;
    }

    function _close(uint256 id) internal virtual {
        locked -= options[id].collateral;
        delete options[id];
    }

    function _intrinsic(uint256 strike, uint256 size, uint256 spot) internal pure returns (uint256) {
        return strike > spot ? ((strike - spot) * size) / 1e18 : 0;
    }
}

contract OptionDeskFixed is OptionDesk {
    constructor(IERC20 usdc_, OptionDeskFeed feed_) OptionDesk(usdc_, feed_) {}

    function _close(uint256 id) internal override {
        if (options[id].holder == address(0)) revert NotOpen(id);
        super._close(id);
    }
}
