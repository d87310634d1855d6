// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// An ERC-20 token.
abstract contract Erc20 {
    string public symbol;
    uint8 public immutable decimals;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(string memory symbol_, uint8 decimals_) {
        symbol = symbol_;
        decimals = decimals_;
    }

    function _mint(address to, uint256 value) internal {
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return _move(from, to, value);
    }

    function _move(address from, address to, uint256 value) private returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}

/// A token that anybody mints.
contract MockToken is Erc20 {
    constructor(string memory symbol_, uint8 decimals_) Erc20(symbol_, decimals_) {}

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }
}

contract MockUsdc is MockToken {
    constructor() MockToken("USDC", 6) {}
}

contract MockWeth is MockToken {
    constructor() MockToken("WETH", 18) {}
}

interface IPriceFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// A feed whose answer anybody sets.
contract MockPriceFeed is IPriceFeed {
    uint8 public constant decimals = 8;
    int256 private _answer;
    uint256 private _at;

    constructor(int256 answer) {
        updateAnswer(answer);
    }

    function updateAnswer(int256 answer) public {
        _answer = answer;
        _at = block.timestamp;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _answer, _at, _at, 1);
    }
}
