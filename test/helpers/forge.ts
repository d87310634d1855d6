import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const BENCH = path.resolve(import.meta.dirname, "../../bench");

/** How a test of forge ended. */
export interface ForgeResult {
  readonly status: "Failure" | "Skipped" | "Success";
  /** Why it failed. */
  readonly reason: string | undefined;
}

/** A project of forge with test files, compiled once. */
export interface ForgeProject {
  /** Runs the tests of a file, or of all files; results by the file's name, which has one test. @param file - like `Vault.t.sol` */
  test(file?: string, env?: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, ForgeResult>>;
  remove(): Promise<void>;
}

/** The binary from npm; `undefined` unless `npm --prefix bench ci` has installed it. */
export function forgeBinary(): string | undefined {
  const platform = process.platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  try {
    const file = createRequire(path.join(BENCH, "package.json")).resolve(
      `@foundry-rs/forge-${platform}-${arch}/bin/forge`,
    );
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A project with these test files. @param files - their texts by name */
export async function forgeProject(forge: string, files: ReadonlyMap<string, string>): Promise<ForgeProject> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-forge-"));
  await mkdir(path.join(folder, "test"));
  // as in a project that `forge init` made, but for the compiler, which comes as a package
  await writeFile(
    path.join(folder, "foundry.toml"),
    `[profile.default]\nsrc = "src"\nlibs = []\noffline = true\nsolc = "${path.join(BENCH, "forge/solc-npm.mjs")}"\n`,
  );
  for (const [name, text] of files) await writeFile(path.join(folder, "test", name), text);
  return {
    test: async (file, env = {}) => {
      const args = ["test", "--json", ...(file === undefined ? [] : ["--match-path", `test/${file}`])];
      return resultsIn(await run(forge, args, folder, env));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function resultsIn(output: string): ReadonlyMap<string, ForgeResult> {
  const suites = JSON.parse(output) as Readonly<
    Record<
      string,
      {
        readonly test_results: Readonly<
          Record<string, { readonly status: ForgeResult["status"]; readonly reason?: string | null }>
        >;
      }
    >
  >;
  return new Map(
    Object.entries(suites).flatMap(([suite, { test_results: tests }]) =>
      Object.values(tests).map(
        ({ status, reason }) =>
          [path.basename(suite.split(":")[0] ?? suite), { status, reason: reason ?? undefined }] as const,
      ),
    ),
  );
}

/** @returns what it printed; that a test fails is no error */
async function run(
  forge: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
    execFile(forge, [...args], options, (error, stdout, stderr) => {
      const json = stdout.split("\n").find((line) => line.startsWith("{"));
      if (json !== undefined) resolve(json);
      else reject(new Error(`forge ${args.join(" ")}: ${stdout}${stderr}`, { cause: error }));
    });
  });
}
