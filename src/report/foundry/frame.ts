/** The cheatcodes that a test uses: it needs no library. */
export const VM_INTERFACE = `interface Vm {
    struct StorageAccess {
        address account;
        bytes32 slot;
        bool isWrite;
        bytes32 previousValue;
        bytes32 newValue;
        bool reverted;
    }

    struct AccountAccess {
        uint256 forkId;
        uint256 chainId;
        uint8 kind;
        address account;
        address accessor;
        bool initialized;
        uint256 oldBalance;
        uint256 newBalance;
        bytes deployedCode;
        uint256 value;
        bytes data;
        bool reverted;
        StorageAccess[] storageAccesses;
        uint64 depth;
    }

    function chainId(uint256 id) external;
    function coinbase(address builder) external;
    function roll(uint256 number) external;
    function warp(uint256 timestamp) external;
    function fee(uint256 baseFee) external;
    function prevrandao(bytes32 value) external;
    function setBlockhash(uint256 number, bytes32 hash) external;
    function prank(address sender, address origin) external;
    function deal(address account, uint256 balance) external;
    function etch(address account, bytes calldata code) external;
    function store(address account, bytes32 slot, bytes32 value) external;
    function setNonceUnsafe(address account, uint64 nonce) external;
    function setEvmVersion(string calldata version) external;
    function snapshotState() external returns (uint256);
    function revertToState(uint256 snapshot) external returns (bool);
    function startStateDiffRecording() external;
    function stopAndReturnStateDiff() external returns (AccountAccess[] memory);
    function envOr(string calldata name, bytes calldata otherwise) external view returns (bytes memory);
    function toString(uint256 value) external pure returns (string memory);
    function toString(bytes32 value) external pure returns (string memory);
    function toString(address value) external pure returns (string memory);
}`;

/** What every test has. */
export const HELPERS = `    struct Known {
        bool account;
        bool created;
        mapping(bytes32 => bool) slots;
    }

    /// The state that the recording touched: everything else is zero here, whatever it was on the chain.
    mapping(address => Known) private _known;
    bool private _isFixed;

    function _mine(uint256 number, uint256 timestamp, uint256 baseFee, bytes32 randao) private {
        VM.roll(number);
        VM.warp(timestamp);
        VM.fee(baseFee);
        VM.prevrandao(randao);
    }

    /// A transaction. With the recorded code it does what was recorded; with a fix, whatever the fix lets it do.
    function _send(address from, address to, uint256 value, bytes memory data, uint256 gasCost, bool succeeds) private {
        VM.prank(from, from);
        (bool success, ) = to.call{ value: value }(data);
        require(_isFixed || success == succeeds, "INEXACT: a transaction did not do what was recorded");
        VM.deal(from, from.balance > gasCost ? from.balance - gasCost : 0);
    }

    function _slot(address account, bytes32 slot, bytes32 value) private {
        _known[account].slots[slot] = true;
        if (value != 0) VM.store(account, slot, value);
    }

    /// State that a fix reads and the recording does not hold would be zero, and the verdict worth nothing.
    function _requireKnown(Vm.AccountAccess[] memory accesses) private {
        for (uint256 i = 0; i < accesses.length; i++) {
            address account = accesses[i].account;
            // 4: a contract is created
            if (accesses[i].kind == 4) (_known[account].account, _known[account].created) = (true, true);
            else if (accesses[i].kind < 4 && uint160(account) > 0xffff && account != address(this) && account != address(VM)) {
                require(
                    _known[account].account,
                    string.concat("MISSING STATE: the account ", VM.toString(account), " is called, and is not in this file")
                );
            }
            Vm.StorageAccess[] memory slots = accesses[i].storageAccesses;
            for (uint256 j = 0; j < slots.length; j++) {
                if (slots[j].account == address(this) || _known[slots[j].account].created) continue;
                require(
                    _known[slots[j].account].slots[slots[j].slot],
                    string.concat(
                        "MISSING STATE: slot ",
                        VM.toString(slots[j].slot),
                        " of ",
                        VM.toString(slots[j].account),
                        " is read, and is not in this file"
                    )
                );
            }
        }
    }
`;

/** What only some tests have. */
export const STATEMENT_HELPERS = {
  numbers: `
    /// A number that is what it was when the condition was judged.
    function _same(uint256 value, uint256 was) private view returns (uint256) {
        require(
            _isFixed || value == was,
            string.concat("INEXACT: a view returns ", VM.toString(value), ", and returned ", VM.toString(was))
        );
        return value;
    }

    function _part(uint256 value, uint256 times, uint256 over) private pure returns (int256) {
        return int256((value * times) / over);
    }

    /// A word of what a view returns.
    function _word(address to, bytes memory data, uint256 at) private view returns (uint256 word) {
        (bool success, bytes memory returned) = to.staticcall(data);
        require(success && returned.length >= 32 * (at + 1), "a view of the condition reverts");
        assembly {
            word := mload(add(add(returned, 32), mul(32, at)))
        }
    }
`,
  ratios: `
    /// A product over a number; zero where that is zero.
    function _ratio(uint256 one, uint256 other, uint256 over, bool roundsUp) private pure returns (uint256) {
        return over == 0 ? 0 : (one * other + (roundsUp ? over - 1 : 0)) / over;
    }
`,
  updates: `
    /// What anyone may call to bring numbers up to date.
    function _update(address to, bytes memory data) private returns (bool success) {
        (success, ) = to.call(data);
    }
`,
  amounts: `
    function _decimal(int256 value, uint256 decimals) private pure returns (string memory) {
        uint256 absolute = uint256(value < 0 ? -value : value);
        uint256 one = 10 ** decimals;
        uint256 rest = ((absolute % one) * 1e6) / one;
        string memory digits = VM.toString(1e6 + rest);
        bytes memory fraction = bytes(digits);
        fraction[0] = ".";
        return string.concat(value < 0 ? "-" : "", VM.toString(absolute / one), string(fraction));
    }
`,
  guards: `
    function _answers(address to, bytes memory data, uint256 at) private view returns (bool) {
        (bool success, bytes memory returned) = to.staticcall(data);
        return success && returned.length >= 32 * (at + 1);
    }

    /// Zero where the view reverts.
    function _number(address to, bytes memory data, uint256 at) private view returns (uint256) {
        return _answers(to, data, at) ? _word(to, data, at) : 0;
    }
`,
  attempts: `
    function _attempt(address from, address to, bytes memory data) private returns (bool success, bytes memory returned) {
        VM.prank(from, from);
        (success, returned) = to.call(data);
    }

    /// Whether a call reverted for a reason: four bytes are the selector of an error, whatever its arguments.
    function _is(bytes memory returned, bytes memory reason) private pure returns (bool) {
        if (reason.length == 4) return returned.length >= 4 && bytes4(returned) == bytes4(reason);
        return keccak256(returned) == keccak256(reason);
    }

    function _stuck(bool isStuck, bool was) private view returns (bool) {
        require(_isFixed || isStuck == was, "INEXACT: an account does not fare as was recorded");
        return isStuck;
    }
`,
  fails: `
    /// Whether a check reverts or returns false, in a simulation of its own.
    function _fails(address to, bytes memory data, bool returnsBool, bool failed) private returns (bool fails) {
        uint256 snapshot = VM.snapshotState();
        (bool success, bytes memory returned) = to.call(data);
        VM.revertToState(snapshot);
        fails = !success || (returnsBool && returned.length >= 32 && bytes32(returned) == 0);
        require(_isFixed || fails == failed, "INEXACT: a check does not say what it said");
    }
`,
  redemptions: `
    /// All depositors redeem everything, one after the other; what arrives is compared with what the vault promised before.
    function _redemptions(
        address vault,
        address asset,
        uint256 minimum,
        uint256 dust,
        string memory request,
        address[] memory depositors,
        bool[] memory failed
    ) private returns (string memory failure) {
        uint256[] memory shares = new uint256[](depositors.length);
        uint256[] memory promised = new uint256[](depositors.length);
        for (uint256 i = 0; i < depositors.length; i++) {
            shares[i] = _numberOf(vault, abi.encodeWithSignature("balanceOf(address)", depositors[i]), 0);
            promised[i] = _numberOf(
                vault,
                abi.encodeWithSignature("convertToAssets(uint256)", shares[i]),
                type(uint256).max
            );
        }
        for (uint256 i = 0; i < depositors.length; i++) {
            (bool success, uint256 paid) = _redeem(vault, asset, depositors[i], shares[i]);
            bool mayAsk = bytes(request).length > 0 && _asks(vault, request, depositors[i], shares[i]);
            bool isPromised = promised[i] != type(uint256).max;
            bool fails = shares[i] > 0 &&
                (success
                    ? isPromised && paid + dust < (promised[i] * minimum) / 1e6
                    : !mayAsk && (!isPromised || promised[i] > dust));
            require(_isFixed || fails == failed[i], "INEXACT: a depositor does not fare as was recorded");
            if (fails && bytes(failure).length == 0) {
                failure = string.concat(
                    VM.toString(depositors[i]),
                    success ? " gets less than its shares are worth" : " cannot redeem its shares"
                );
            }
        }
    }

    function _redeem(address vault, address asset, address owner, uint256 shares) private returns (bool success, uint256 paid) {
        bytes memory balance = abi.encodeWithSignature("balanceOf(address)", owner);
        uint256 before = _numberOf(asset, balance, 0);
        VM.prank(owner, owner);
        (success, ) = vault.call(abi.encodeWithSignature("redeem(uint256,address,address)", shares, owner, owner));
        paid = _numberOf(asset, balance, 0) - before;
    }

    /// A request for a withdrawal: its whole number is the shares, every address the owner.
    function _asks(address vault, string memory request, address owner, uint256 shares) private returns (bool success) {
        bytes memory data = abi.encodePacked(bytes4(keccak256(bytes(request))));
        bytes memory signature = bytes(request);
        for (uint256 i = 1; i < signature.length; i++) {
            if (signature[i - 1] != "(" && signature[i - 1] != ",") continue;
            if (signature[i] == "a") data = abi.encodePacked(data, abi.encode(owner));
            if (signature[i] == "u") data = abi.encodePacked(data, shares);
        }
        VM.prank(owner, owner);
        (success, ) = vault.call(data);
    }

    function _numberOf(address to, bytes memory data, uint256 otherwise) private view returns (uint256) {
        (bool success, bytes memory returned) = to.staticcall(data);
        return success && returned.length >= 32 ? uint256(bytes32(returned)) : otherwise;
    }
`,
};
