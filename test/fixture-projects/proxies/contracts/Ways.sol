// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

import { Clones } from "@openzeppelin/contracts/proxy/Clones.sol";

/// What all of these promise. Each is flawed or not, as its constructor is told.
abstract contract Keeps {
    bool public broken;
    bool internal immutable flawed;

    constructor(bool isFlawed) {
        flawed = isFlawed;
    }

    function invariant_holds() external view returns (bool) {
        return !broken;
    }

    function breakIf(bool wrong) internal {
        if (wrong && flawed) broken = true;
    }
}

/// Used through its router alone.
contract Engine is Keeps {
    address public router;
    uint256 public moved;

    constructor(bool isFlawed) Keeps(isFlawed) {}

    function setRouter(address to) external {
        require(router == address(0), "set");
        router = to;
    }

    function move(uint256 amount) external {
        require(msg.sender == router, "not the router");
        moved += amount;
        breakIf(amount > 0);
    }
}

contract Router {
    error Closed();

    Engine public immutable engine;
    uint256 public tries;

    constructor(Engine to) {
        engine = to;
    }

    function go(uint256 amount) external {
        engine.move(amount);
    }

    function close() external {
        tries += 1;
        revert Closed();
    }
}

/// Something that a breeder creates.
contract Kid {
    address public parent;
    uint256 public hits;

    function adopt(address by) external {
        require(parent == address(0), "adopted");
        parent = by;
    }

    function hit(uint256 times) external {
        hits += times;
        if (times > 0) Breeder(parent).flag();
    }
}

/// Creates kids in one of the ways there are: 0 plainly, 1 with a salt, 2 as clones, 3 from code that it is given.
contract Breeder is Keeps {
    event Born(address indexed kid);

    uint256 internal immutable way;
    address internal immutable template;
    mapping(address => bool) internal isKid;
    uint256 public count;

    constructor(uint256 how, bool isFlawed) Keeps(isFlawed) {
        way = how;
        template = how == 2 ? address(new Kid()) : address(0);
    }

    function breed() external {
        address kid;
        if (way == 2) {
            kid = Clones.clone(template);
            Kid(kid).adopt(address(this));
        } else {
            // an account of one instruction: STOP
            bytes memory code = hex"6001600c60003960016000f300";
            assembly {
                kid := create(0, add(code, 32), mload(code))
            }
        }
        born(kid);
    }

    function flag() external {
        require(isKid[msg.sender], "no kid");
        breakIf(true);
    }

    function born(address kid) internal {
        isKid[kid] = true;
        count += 1;
        emit Born(kid);
    }
}

contract PlainBreeder is Breeder {
    constructor(bool isFlawed) Breeder(0, isFlawed) {}

    function bear() external {
        Kid kid = new Kid();
        kid.adopt(address(this));
        born(address(kid));
    }
}

contract SaltedBreeder is Breeder {
    constructor(bool isFlawed) Breeder(1, isFlawed) {}

    function bear() external {
        Kid kid = new Kid{ salt: bytes32(count) }();
        kid.adopt(address(this));
        born(address(kid));
    }
}

/// Breaks when it is paid without a call, or called by a selector that nobody has.
contract Doors is Keeps {
    uint256 public paid;
    uint256 public knocked;

    constructor(bool isFlawed) Keeps(isFlawed) {}

    receive() external payable {
        paid += msg.value;
        breakIf(knocked > 0 && msg.value > 0);
    }

    fallback() external payable {
        require(msg.data.length >= 4, "empty");
        knocked += 1;
    }
}

/// Takes native coin, and nothing else happens.
contract Purse {
    receive() external payable {}

    function open() external pure {
        revert("locked");
    }

    function invariant_holds() external pure returns (bool) {
        return true;
    }
}

/// Lets anybody take from anybody.
contract OpenCoin is Keeps {
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    constructor(bool isFlawed) Keeps(isFlawed) {
        balanceOf[msg.sender] = 100e18;
    }

    function draw() external {
        balanceOf[msg.sender] += 1e18;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (!flawed) allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        breakIf(from != msg.sender && amount > 0);
        return true;
    }
}

/// Needs more gas than most calls.
contract Hungry is Keeps {
    mapping(uint256 => uint256) internal stored;

    constructor(bool isFlawed) Keeps(isFlawed) {}

    function rebalance() external {
        for (uint256 at; at < 150; ++at) stored[at] = block.timestamp + at;
        breakIf(true);
    }
}

/// Only its owner, and those whom the owner lists, may do anything.
contract Club is Keeps {
    address public immutable owner = msg.sender;
    mapping(address => bool) public listed;
    uint256 public visits;

    constructor(bool isFlawed) Keeps(isFlawed) {}

    function list(address guest) external {
        require(msg.sender == owner, "not the owner");
        listed[guest] = true;
    }

    function visit() external {
        require(listed[msg.sender], "not listed");
        visits += 1;
        breakIf(true);
    }
}

/// An owner that is a contract.
contract Board {
    function found(bool isFlawed) external returns (Club) {
        return new Club(isFlawed);
    }
}
