// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The cheatcodes used here; forge and EDR both have them.
interface Vm {
    function loadAllocs(string calldata file) external;

    function readFile(string calldata file) external view returns (string memory);

    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);

    function parseJsonAddress(string calldata json, string calldata key) external pure returns (address);

    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);

    function prank(address sender) external;

    function startPrank(address sender) external;

    function stopPrank() external;

    function warp(uint256 timestamp) external;

    function roll(uint256 number) external;
}
