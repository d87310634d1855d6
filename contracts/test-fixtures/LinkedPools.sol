// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title CollateralMarket
/// @notice A constant-product market without fees for one collateral, against dollars with 18 decimals. Its price follows the fair price,
/// and falls with everything that was sold: fair * depth^2 / (depth + sold)^2.
contract CollateralMarket {
    uint256 public immutable depth;
    uint256 public fair;
    uint256 public sold;

    constructor(uint256 depth_, uint256 fair_) {
        depth = depth_;
        fair = fair_;
    }

    function mark(uint256 fair_) external {
        fair = fair_;
    }

    function sell(uint256 amount) external returns (uint256 proceeds) {
        uint256 before = depth + sold;
        proceeds = fair * depth / before * depth / (before + amount) * amount / 1e18;
        sold += amount;
    }

    /// @notice Dollars for one of the collateral.
    function price() external view returns (uint256) {
        return fair * depth * depth / (depth + sold) / (depth + sold);
    }
}

/// @title LinkedPool
/// @notice A lending pool whose borrowers' collateral, and whose shortfall, is valued at the prices of the markets on which it is sold.
contract LinkedPool {
    address public immutable owner;
    /// @notice Whether it splits a sale over its markets, or sells on the first.
    bool public immutable routes;
    CollateralMarket[] public markets;
    uint256 public collateral;
    /// @notice What is owed, dollars with 18 decimals.
    uint256 public debt;

    constructor(CollateralMarket[] memory markets_, bool routes_, uint256 collateral_, uint256 debt_) {
        owner = msg.sender;
        markets = markets_;
        routes = routes_;
        collateral = collateral_;
        debt = debt_;
    }

    /// @notice Sells all collateral; the proceeds repay what they can.
    function liquidate() external {
        require(msg.sender == owner, "not the owner");
        uint256 amount = collateral;
        collateral = 0;
        uint256 parts = routes ? markets.length : 1;
        uint256 proceeds;
        for (uint256 index = 0; index < parts; index++) proceeds += markets[index].sell(amount / parts);
        debt = proceeds < debt ? debt - proceeds : 0;
    }

    /// @notice Dollars by which the collateral, at the mean price of the markets, falls short of the debt.
    function shortfall() external view returns (uint256) {
        uint256 total;
        for (uint256 index = 0; index < markets.length; index++) total += markets[index].price();
        uint256 value = collateral * total / markets.length / 1e18;
        return value < debt ? debt - value : 0;
    }
}
