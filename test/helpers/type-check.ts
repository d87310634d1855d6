import path from "node:path";

import ts from "typescript";

import { ROOT } from "./documentation.js";

/** Where the names under which users import the package lead here. */
const PATHS = {
  "hardhat-siege": ["./src/index.ts"],
  "hardhat-siege/types": ["./src/types.ts"],
  "hardhat-siege/*": ["./src/*/index.ts"],
};

/** What the configs of users load. */
const LOADED = ["hardhat-siege", "@nomicfoundation/hardhat-viem", "@nomicfoundation/hardhat-ethers"];

/**
 * Type-checks modules against the sources, in one program, as strictly as the sources themselves.
 *
 * @param modules - their texts by name
 * @returns what is wrong with them: `name:line: message`
 */
export function typeErrorsOf(modules: ReadonlyMap<string, string>): readonly string[] {
  // the files do not exist; packages are found from where they would be
  const fileOf = (name: string): string => path.join(ROOT, `${name}.ts`);
  const loaded = fileOf("loaded-by-configs");
  const files = new Map([...modules].map(([name, text]) => [fileOf(name), `${text}\nexport {};\n`]));
  files.set(loaded, LOADED.map((name) => `import ${JSON.stringify(name)};\n`).join(""));

  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  const directoryExists = host.directoryExists?.bind(host);
  const folders = new Set([...files.keys()].map((file) => path.dirname(file)));
  host.directoryExists = (folder) => folders.has(folder) || directoryExists?.(folder) !== false;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) => {
        const { line } = source.getLineAndCharacterOfPosition(start);
        const name = path.relative(ROOT, file).replace(/\.ts$/, "");
        return `${name}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      },
    );
  });
}

function compilerOptions(): ts.CompilerOptions {
  const file = path.join(ROOT, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as { readonly config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  return { ...options, paths: PATHS };
}
