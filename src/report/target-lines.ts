import type { Implementation, ProxyKind, ProxySource, TargetSource } from "../target/source.js";

/** The most facets of a diamond that are listed. */
const LISTED = 4;

const KINDS: Readonly<Record<ProxyKind, string>> = {
  "ERC-1967": "ERC-1967 proxy",
  beacon: "beacon proxy",
  "ERC-1822": "ERC-1822 proxy",
  zeppelinos: "zeppelinos proxy",
  "minimal clone": "minimal clone",
  diamond: "diamond",
  delegating: "proxy of no standard",
};

/** Whose code a target runs and where its ABI comes from; nothing for a plain contract with the ABI that was given. */
export function targetLines({ kind, proxy, recovered }: TargetSource): readonly string[] {
  return [
    ...(proxy === undefined ? [] : [`  ${proxyText(proxy)}`]),
    ...(kind === "artifact" ? ["  ABI completed from the project's artifacts, by the deployed code"] : []),
    ...(recovered === undefined
      ? []
      : [
          `  ABI recovered from bytecode: ${recovered.functions} function${recovered.functions === 1 ? "" : "s"}, ${recovered.named} of them with a known name`,
        ]),
  ];
}

function proxyText({ kind, implementations }: ProxySource): string {
  const listed = implementations.slice(0, LISTED).map(implementationText);
  const more = implementations.length - listed.length;
  return `${KINDS[kind]}: its calls run the code of ${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function implementationText({ name, address }: Implementation): string {
  return name === undefined ? address : `${name} at ${address}`;
}
