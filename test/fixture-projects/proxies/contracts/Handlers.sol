// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

interface Vm {
    function prank(address sender) external;
    function warp(uint256 timestamp) external;
    function deal(address account, uint256 amount) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function assume(bool condition) external;
}

/// As forge-std names it.
abstract contract Base {
    address internal constant VM_ADDRESS = address(uint160(uint256(keccak256("hevm cheat code"))));
    Vm internal constant vm = Vm(VM_ADDRESS);
}

/// A bounded handler as Foundry teams have them.
contract Handler is Base {
    uint256 public hits;

    function hit(address sender, uint256 amount) external {
        vm.assume(amount > 0);
        vm.deal(sender, amount);
        vm.startPrank(sender);
        hits += amount;
        vm.stopPrank();
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time);
    }
}

/// Has the constant, and needs none of the cheatcodes.
contract Mentions is Base {
    uint256 public hits;

    function hit(address other) external {
        require(other != VM_ADDRESS, "not the cheatcodes");
        hits++;
    }
}

/// Has a function of the same name as a cheatcode.
contract Pranks {
    function prank(address) external {}

    function call(Pranks other) external {
        other.prank(msg.sender);
    }
}

/// A property that only forge can check.
contract ForgeProperty is Base {
    function invariant_holds() external returns (bool) {
        vm.prank(address(1));
        return true;
    }
}
