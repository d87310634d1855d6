// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "./Vault.sol";
import {IPriceFeed} from "./Mocks.sol";

/// Lends dollars against ether, up to 80 % of its price, and never liquidates: the planted flaw.
contract CreditLine {
    IERC20 public immutable collateralToken;
    IERC20 public immutable debtToken;
    IPriceFeed public immutable feed;
    address public immutable treasury;
    mapping(address => uint256) public collateralOf;
    mapping(address => uint256) public debtOf;

    constructor(IERC20 weth, IERC20 usdc, IPriceFeed feed_, address treasury_) {
        (collateralToken, debtToken, feed, treasury) = (weth, usdc, feed_, treasury_);
    }

    function ltv() public pure virtual returns (uint256) {
        return 80;
    }

    function deposit(uint256 amount) external {
        collateralToken.transferFrom(msg.sender, address(this), amount);
        collateralOf[msg.sender] += amount;
    }

    function fund(uint256 amount) external {
        debtToken.transferFrom(msg.sender, address(this), amount);
    }

    function borrow(uint256 amount) external {
        (, int256 answer,,,) = feed.latestRoundData();
        debtOf[msg.sender] += amount;
        // 18 decimals and 8 to 6
        uint256 worth = collateralOf[msg.sender] * uint256(answer) / 1e20;
        require(debtOf[msg.sender] <= worth * ltv() / 100, "too much");
        debtToken.transfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        debtToken.transferFrom(msg.sender, address(this), amount);
        debtOf[msg.sender] -= amount;
    }
}

/// The same, under another name.
contract ForkedLine is CreditLine {
    string public constant name = "forked line";

    constructor(IERC20 weth, IERC20 usdc, IPriceFeed feed_, address treasury_)
        CreditLine(weth, usdc, feed_, treasury_)
    {}
}

/// Lends so little that no fall of the scenario reaches it.
contract CautiousLine is CreditLine {
    constructor(IERC20 weth, IERC20 usdc, IPriceFeed feed_, address treasury_)
        CreditLine(weth, usdc, feed_, treasury_)
    {}

    function ltv() public pure override returns (uint256) {
        return 20;
    }
}
