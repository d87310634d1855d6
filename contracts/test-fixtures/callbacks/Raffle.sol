// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @notice One ticket for each account.
abstract contract RaffleBase is ERC721 {
    uint256 public sold;
    mapping(address account => uint256) public bought;
    uint256 public most;

    constructor() ERC721("Raffle", "TICKET") {}

    function buy() external virtual;

    function write() internal {
        bought[msg.sender] += 1;
        if (bought[msg.sender] > most) most = bought[msg.sender];
    }

    function invariant_oneEach() external view returns (bool) {
        return most <= 1;
    }
}

/// @title Raffle
/// @notice FLAW: whoever gets a ticket is asked whether it takes it before it is written down that it has one.
contract Raffle is RaffleBase {
    function buy() external override {
        require(bought[msg.sender] == 0, "has one");
        _safeMint(msg.sender, ++sold);
        write();
    }
}

/// @title RaffleFixed
/// @notice The twin: writes first.
contract RaffleFixed is RaffleBase {
    function buy() external override {
        require(bought[msg.sender] == 0, "has one");
        write();
        _safeMint(msg.sender, ++sold);
    }
}
