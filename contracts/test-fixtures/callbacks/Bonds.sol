// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";

/// @notice Issues series of bonds for native coin, each in equal pieces, and pays them back at any time.
abstract contract BondsBase is ERC1155 {
    uint256 public next = 1;
    /// Of a piece, wei.
    mapping(uint256 series => uint256) public worth;

    constructor() payable ERC1155("") {}

    /// A series for what is sent along.
    function issue(uint256 pieces) external payable virtual;

    function redeem(uint256 series, uint256 pieces) external {
        _burn(msg.sender, series, pieces);
        (bool taken, ) = msg.sender.call{value: pieces * worth[series]}("");
        require(taken, "not taken");
    }
}

/// @title Bonds
/// @notice FLAW: whoever gets pieces is asked whether it takes them before the series is closed, so that it may be issued more of
/// the same for less (Revest Finance, March 2022).
contract Bonds is BondsBase {
    constructor() payable {}

    function issue(uint256 pieces) external payable override {
        require(pieces > 0, "nothing");
        uint256 series = next;
        _mint(msg.sender, series, pieces, "");
        worth[series] = msg.value / pieces;
        next = series + 1;
    }
}

/// @title BondsFixed
/// @notice The twin: closes the series first.
contract BondsFixed is BondsBase {
    constructor() payable {}

    function issue(uint256 pieces) external payable override {
        require(pieces > 0, "nothing");
        uint256 series = next++;
        worth[series] = msg.value / pieces;
        _mint(msg.sender, series, pieces, "");
    }
}
