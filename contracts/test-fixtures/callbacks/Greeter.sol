// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IGreeted {
    function onGreeting(uint256 count) external;
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
