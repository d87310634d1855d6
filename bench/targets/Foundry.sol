// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a handler needs of Foundry, without a copy of its library.
interface Vm {
    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function warp(uint256 timestamp) external;
    function roll(uint256 number) external;
    function deal(address account, uint256 balance) external;
}

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// @dev forge-std's: a value in range is unchanged, and edges of the type become edges of the range.
function bound(uint256 value, uint256 least, uint256 most) pure returns (uint256) {
    require(least <= most);
    if (value >= least && value <= most) return value;
    uint256 size = most - least + 1;
    if (value <= 3 && size > value) return least + value;
    if (value >= type(uint256).max - 3 && size > type(uint256).max - value) return most - (type(uint256).max - value);
    if (value > most) {
        uint256 over = (value - most) % size;
        return over == 0 ? most : least + over - 1;
    }
    uint256 under = (least - value) % size;
    return under == 0 ? least : most - under + 1;
}
