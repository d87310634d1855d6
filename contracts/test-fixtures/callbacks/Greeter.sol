// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

interface IGreeted {
    function onGreeting(uint256 count) external;
    function onGreetingForTrue(uint256 a, uint256 b, uint256 c, uint256 d) external returns (bool);
    function tokensReceived(address, address, address, uint256, bytes calldata, bytes calldata) external;
}

interface IERC1820 {
    function getInterfaceImplementer(address account, bytes32 hash) external view returns (address);
}

/// @title Greeter
/// @notice Calls its caller back and tells what is done meanwhile.
contract Greeter {
    IERC1820 private constant REGISTRY = IERC1820(0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24);

    uint256 public greetings;
    uint256 public calls;
    /// In which of three callbacks calls were made: a digit for each.
    uint256 public during;
    uint256 private spent;

    function greet() external {
        for (uint256 count = 1; count <= 3; count++) {
            uint256 before = calls;
            IGreeted(msg.sender).onGreeting(count);
            if (calls > before) during = during * 10 + count;
        }
        greetings += 1;
    }

    /// As an ERC-777 token greets who gets it.
    function greetHolder() external {
        address holder = REGISTRY.getInterfaceImplementer(msg.sender, keccak256("ERC777TokensRecipient"));
        if (holder != address(0)) IGreeted(holder).tokensReceived(address(0), address(0), holder, 1, "", "");
        greetings += 1;
    }

    /// The same, for a hook that the standard does not have, by its name as tokens write it.
    function greetByName() external {
        address holder = REGISTRY.getInterfaceImplementer(msg.sender, hashOf("GreetedTokensRecipient"));
        if (holder != address(0)) IGreeted(holder).tokensReceived(address(0), address(0), holder, 1, "", "");
        greetings += 1;
    }

    /// As a token of ERC-721 does.
    function greetReceiver() external {
        bytes4 answer = IERC721Receiver(msg.sender).onERC721Received(msg.sender, address(0), 1, "");
        require(answer == IERC721Receiver.onERC721Received.selector, "refused");
        greetings += 1;
    }

    /// As a token of ERC-1155 does.
    function greetReceiverOfOne() external {
        bytes4 answer = IERC1155Receiver(msg.sender).onERC1155Received(msg.sender, address(0), 1, 1, "");
        require(answer == IERC1155Receiver.onERC1155Received.selector, "refused");
        greetings += 1;
    }

    function greetReceiverOfMany() external {
        uint256[] memory one = new uint256[](1);
        bytes4 answer = IERC1155Receiver(msg.sender).onERC1155BatchReceived(msg.sender, address(0), one, one, "");
        require(answer == IERC1155Receiver.onERC1155BatchReceived.selector, "refused");
        greetings += 1;
    }

    /// With as many arguments as those hooks, of which no standard says what they return.
    function greetForTrue() external {
        require(IGreeted(msg.sender).onGreetingForTrue(0, 0, 0, 0), "refused");
        greetings += 1;
    }

    function call() external {
        calls += 1;
    }

    function fail() external pure {
        revert("fails");
    }

    /// Uses all gas.
    function loop() external {
        while (true) spent += 1;
    }

    /// Only for accounts without code.
    function callAsPerson() external {
        require(msg.sender.code.length == 0, "not a person");
        calls += 100;
    }

    function hashOf(string memory name) private pure returns (bytes32) {
        return keccak256(bytes(name));
    }

    function invariant_holds() external pure returns (bool) {
        return true;
    }
}

/// @title HookRegistry
/// @notice The storage of ERC-1820's registry, and the only function of it that tokens use.
contract HookRegistry {
    mapping(address account => mapping(bytes32 hash => address)) internal interfaces;

    function getInterfaceImplementer(address account, bytes32 hash) external view returns (address) {
        return interfaces[account][hash];
    }
}
