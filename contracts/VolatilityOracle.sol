// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title VolatilityOracle
/// @notice A surface of implied volatilities: one level, which is published, times a shape over strikes and expiries, which
/// stays. The level can also be read as a price feed's answer (`latestRoundData`).
/// @dev All volatilities are annual, with 18 decimals: 0.8e18 is 80 %. Strikes are fractions of the forward, with 18 decimals.
contract VolatilityOracle {
    /// @dev src/oracles/chainlink/stand-in-feed.ts holds the same constant.
    address private constant PUBLISHER = 0x000000000000000000000000000000051e6EFeED;

    uint8 public constant decimals = 18;
    string public constant description = "implied volatility";

    uint256 private constant ONE = 1e18;

    int256 private _level;
    uint80 private _round;
    uint256 private _updatedAt;

    uint256[] private _expiries;
    uint256[] private _strikes;
    uint256[] private _ratios;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    error NotThePublisher();
    error NoVolatility();

    /// @param level the volatility that ratios are of
    /// @param expiries seconds, ascending
    /// @param strikes fractions of the forward, 18 decimals, ascending
    /// @param ratios of the level, 18 decimals: for each expiry, those of all strikes
    constructor(int256 level, uint256[] memory expiries, uint256[] memory strikes, uint256[] memory ratios) {
        _expiries = expiries;
        _strikes = strikes;
        _ratios = ratios;
        _publish(level);
    }

    /// @notice Publishes the level.
    function publish(int256 level) external {
        if (msg.sender != PUBLISHER) revert NotThePublisher();
        _publish(level);
    }

    /// @notice The implied volatility of an option. Between strikes, volatilities are interpolated, and between expiries total
    /// variances; beyond the surface it is that of its edge.
    /// @param strike as a fraction of the forward, 18 decimals
    /// @param expiry seconds from now
    function impliedVolatility(uint256 strike, uint256 expiry) external view returns (uint256) {
        if (_level <= 0) revert NoVolatility();
        return (uint256(_level) * _ratioAt(strike, expiry)) / ONE;
    }

    /// @notice The shape.
    function surface() external view returns (uint256[] memory, uint256[] memory, uint256[] memory) {
        return (_expiries, _strikes, _ratios);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_round, _level, _updatedAt, _updatedAt, _round);
    }

    function latestAnswer() external view returns (int256) {
        return _level;
    }

    function _publish(int256 level) private {
        _level = level;
        _round += 1;
        _updatedAt = block.timestamp;
        emit AnswerUpdated(level, _round, block.timestamp);
    }

    function _ratioAt(uint256 strike, uint256 expiry) private view returns (uint256) {
        uint256 last = _expiries.length - 1;
        uint256 next = 0;
        while (next < last && _expiries[next] < expiry) next++;
        uint256 later = _expiries[next];
        if (next == 0 || expiry >= later) return _ratioOf(next, strike);
        uint256 sooner = _expiries[next - 1];
        uint256 from = _ratioOf(next - 1, strike);
        uint256 to = _ratioOf(next, strike);
        uint256 start = from * from * sooner;
        uint256 end = to * to * later;
        uint256 variance = (start * (later - expiry) + end * (expiry - sooner)) / (later - sooner);
        return _root(variance / expiry);
    }

    /// @dev The ratio at one of the expiries.
    function _ratioOf(uint256 row, uint256 strike) private view returns (uint256) {
        uint256 count = _strikes.length;
        uint256 next = 0;
        while (next < count - 1 && _strikes[next] < strike) next++;
        uint256 above = _strikes[next];
        uint256 to = _ratios[row * count + next];
        if (next == 0 || strike >= above) return to;
        uint256 below = _strikes[next - 1];
        uint256 from = _ratios[row * count + next - 1];
        return (from * (above - strike) + to * (strike - below)) / (above - below);
    }

    /// @dev Rounded down (Newton's method, from above).
    function _root(uint256 value) private pure returns (uint256 root) {
        if (value == 0) return 0;
        root = value;
        uint256 next = value / 2 + 1;
        while (next < root) {
            root = next;
            next = (value / next + next) / 2;
        }
    }
}
